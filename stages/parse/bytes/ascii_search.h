// Looking for ASCII text without regard to case.

#ifndef WIREDESK_STAGES_PARSE_BYTES_ASCII_SEARCH_H_
#define WIREDESK_STAGES_PARSE_BYTES_ASCII_SEARCH_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace wiredesk {

// Where `part`, in lower case, stands in `text` in whatever case, at or after
// `from`; npos where it does not. Other bytes than ASCII compare as they are.
size_t FindIgnoreCase(absl::string_view text, absl::string_view part,
                      size_t from = 0);

bool ContainsIgnoreCase(absl::string_view text, absl::string_view part);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_BYTES_ASCII_SEARCH_H_
