// NewsML-G2 and NewsML 1.x: the envelopes in which agencies send news.
//
// One document is a news item, or a message with several. A package only lists
// items and is not an article; nor are concepts, plans and catalogs. The body
// is XHTML, NITF or plain text inside of the item. A kill (canceled) is an
// article with that status even where it has no text.
//
// Tested by newsml_test.cc and newsml_fuzz.cc.

#ifndef WIREDESK_STAGES_PARSE_NEWSML_NEWSML_H_
#define WIREDESK_STAGES_PARSE_NEWSML_NEWSML_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "stages/parse/draft/article_draft.h"

namespace wiredesk {

// A ParseFunction. `bytes` are UTF-8.
void ParseNewsMl(absl::string_view bytes, const ParseContext& context,
                 std::vector<ArticleDraft>& drafts, ParseReport& report);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_NEWSML_NEWSML_H_
