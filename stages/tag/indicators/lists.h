// The top-level domains that make a name with a dot a domain.

#ifndef WIREDESK_STAGES_TAG_INDICATORS_LISTS_H_
#define WIREDESK_STAGES_TAG_INDICATORS_LISTS_H_

#include "absl/strings/string_view.h"

namespace wiredesk {

// Whether `name`, in any case, is a top-level domain: a country's (any two
// letters), or one of the generic ones in common use.
bool IsTopLevelDomain(absl::string_view name);

// The warning list that the program has without a file, in its format.
absl::string_view DefaultWarningList();

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_INDICATORS_LISTS_H_
