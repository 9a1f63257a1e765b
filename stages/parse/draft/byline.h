// Names of authors out of the ways in which feeds and pages give them.
//
// Tested by byline_test.cc.

#ifndef WIREDESK_STAGES_PARSE_DRAFT_BYLINE_H_
#define WIREDESK_STAGES_PARSE_DRAFT_BYLINE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace wiredesk {

// Appends the names in a byline, one each, without those that are there
// already: "By Ann Lee and Bob Ray, Example Wire" gives "Ann Lee", "Bob Ray"
// and "Example Wire"; "ann@example.org (Ann Lee)" gives "Ann Lee". An e-mail
// address or a URL is not a name. `text` is plain text on one line.
void AppendBylineNames(absl::string_view text, std::vector<std::string>& names);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_DRAFT_BYLINE_H_
