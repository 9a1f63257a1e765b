// ANPA 1312, the wire format of American newspapers:
//
//   SYN SYN SOH a0123 …
//   r i DC3 DC1 BC-Ferry-Islands, 1st Ld 07-09 0210
//   STX ^Ferry line is back<
//   ^By ANN LEE=
//      OAKPORT (Wire) _ Text.
//   ETX wire-07-09-24 0630GMT
//
// The second line has priority, category, slug, take, day and words; "^" begins
// a line of its own, "<" and "=" end it.
//
// Tested by wire_test.cc and wire_fuzz.cc.

#ifndef WIREDESK_STAGES_PARSE_WIRE_ANPA_1312_H_
#define WIREDESK_STAGES_PARSE_WIRE_ANPA_1312_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "stages/parse/draft/article_draft.h"

namespace wiredesk {

bool LooksLikeAnpa1312(absl::string_view bytes);

// A ParseFunction. `bytes` are UTF-8; several stories may follow each other.
void ParseAnpa1312(absl::string_view bytes, const ParseContext& context,
                   std::vector<ArticleDraft>& drafts, ParseReport& report);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_WIRE_ANPA_1312_H_
