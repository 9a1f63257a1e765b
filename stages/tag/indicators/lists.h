// The top-level domains that make a name with a dot a domain.

#ifndef WIREDESK_STAGES_TAG_INDICATORS_LISTS_H_
#define WIREDESK_STAGES_TAG_INDICATORS_LISTS_H_

#include "absl/strings/string_view.h"

namespace wiredesk {

// Whether `name`, in any case, is a top-level domain: of ICANN's, or one that is
// reserved, such as "example" and "onion".
bool IsTopLevelDomain(absl::string_view name);

// Those of ICANN, in small letters, with spaces between.
absl::string_view TopLevelDomains();

// The warning list that the program has without a file, in its format.
absl::string_view DefaultWarningList();

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_INDICATORS_LISTS_H_
