// The marks that interfaces put where they cut a text short.
//
// Tested by json_article_test.cc.

#ifndef WIREDESK_STAGES_PARSE_ARTICLE_JSON_CUT_MARK_H_
#define WIREDESK_STAGES_PARSE_ARTICLE_JSON_CUT_MARK_H_

#include "absl/strings/string_view.h"

namespace wiredesk {

// `text` without "[+7812 chars]", "... [1402 chars]", "(more…)", "[…]" at its
// end. Dots that cling to the last word stay, since the word is cut.
absl::string_view WithoutCutMark(absl::string_view text);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_ARTICLE_JSON_CUT_MARK_H_
