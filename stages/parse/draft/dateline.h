// The dateline at the head of an agency's text: "SEOUL, July 11 (Reuters) - ".

#ifndef WIREDESK_STAGES_PARSE_DRAFT_DATELINE_H_
#define WIREDESK_STAGES_PARSE_DRAFT_DATELINE_H_

#include "absl/strings/string_view.h"

namespace wiredesk {

// The dateline as printed, without the agency and the dash ("SEOUL, July 11");
// empty where the text begins without one. A view of `body`, which stays as it
// is: the dateline is part of its first sentence.
//
// A dateline is a place in capitals, perhaps with a region and a date after it,
// before a dash or an agency in parentheses. A place in mixed case needs the
// agency ("Seoul (Reuters) -"). A note of the editors in parentheses may stand
// above, as a paragraph of its own.
absl::string_view FindDateline(absl::string_view body);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_DRAFT_DATELINE_H_
