// NITF, the News Industry Text Format: documents, and bodies inside NewsML.
//
// Tested by newsml_test.cc.

#ifndef WIREDESK_STAGES_PARSE_NEWSML_NITF_H_
#define WIREDESK_STAGES_PARSE_NEWSML_NITF_H_

#include <pugixml.hpp>
#include <vector>

#include "absl/strings/string_view.h"
#include "stages/parse/draft/article_draft.h"

namespace wiredesk {

// A ParseFunction. `bytes` are UTF-8.
void ParseNitf(absl::string_view bytes, const ParseContext& context,
               std::vector<ArticleDraft>& drafts, ParseReport& report);

// Fills what is empty in `draft` with what an <nitf> element holds.
void ReadNitf(pugi::xml_node nitf, const ParseContext& context,
              ArticleDraft& draft);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_NEWSML_NITF_H_
