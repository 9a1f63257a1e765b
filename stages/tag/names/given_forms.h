// English given names and what they are shortened to: "Charles" and "Chuck".

#ifndef WIREDESK_STAGES_TAG_NAMES_GIVEN_FORMS_H_
#define WIREDESK_STAGES_TAG_NAMES_GIVEN_FORMS_H_

#include <cstdint>

#include "absl/functional/function_ref.h"

namespace wiredesk {

// The same number for the hashes of two given names that one person may have;
// names that are short for several others, and all the rest, are their own.
uint64_t CanonicalGiven(uint64_t given);

// Calls `call` with the hash of each form that the name may stand for or be
// shortened to, the name itself included.
void ForEachGivenForm(uint64_t given, absl::FunctionRef<void(uint64_t)> call);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_NAMES_GIVEN_FORMS_H_
