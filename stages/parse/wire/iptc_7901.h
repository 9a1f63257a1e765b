// IPTC 7901, the text format of news agencies since 1979, and the telex that it
// comes from:
//
//   SOH service, number, priority, category, words, keyword
//   STX headline
//   text
//   ETX day and time
//
// with the control characters of ASCII, or "ZCZC" and "NNNN" around the text.
// The keyword of the header is the slugline, by which takes are told.
//
// Tested by wire_test.cc and wire_fuzz.cc.

#ifndef WIREDESK_STAGES_PARSE_WIRE_IPTC_7901_H_
#define WIREDESK_STAGES_PARSE_WIRE_IPTC_7901_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "stages/parse/draft/article_draft.h"

namespace wiredesk {

bool LooksLikeIptc7901(absl::string_view bytes);

// A ParseFunction. `bytes` are UTF-8; several messages may follow each other.
void ParseIptc7901(absl::string_view bytes, const ParseContext& context,
                   std::vector<ArticleDraft>& drafts, ParseReport& report);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_WIRE_IPTC_7901_H_
