// XML of no format that is known here: read as the JSON that says the same, and
// then by its shape. An element becomes an object of its attributes and
// children, children of one name a list, an element with nothing but text that
// text, and one that mixes text with markup the markup.
//
// Linear in the nodes, but for sorting the children of one element by name.
//
// Tested by json_shape_test.cc and feed_fuzz.cc.

#ifndef WIREDESK_STAGES_PARSE_ARTICLE_JSON_PLAIN_XML_H_
#define WIREDESK_STAGES_PARSE_ARTICLE_JSON_PLAIN_XML_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "stages/parse/draft/article_draft.h"

namespace wiredesk {

// A ParseFunction. `bytes` are UTF-8.
void ParsePlainXml(absl::string_view bytes, const ParseContext& context,
                   std::vector<ArticleDraft>& drafts, ParseReport& report);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_ARTICLE_JSON_PLAIN_XML_H_
