#ifndef WIREDESK_CONFIG_BASE_NEAREST_NAME_H_
#define WIREDESK_CONFIG_BASE_NEAREST_NAME_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace wiredesk {

// The name among `known` that whoever wrote `name` will have meant: the one
// with the least edits between them, a swap of neighbours being one, if these
// are at most a third of its bytes. nullptr: none is near, or `name` is longer
// than 64 bytes, which nobody means as a name.
const std::string* NearestName(absl::string_view name,
                               const std::vector<std::string>& known);

// A remedy: "did you mean \"politics\"?", or "expected one of a, b, c" where
// none is near; at most 12 are listed.
std::string MeantName(absl::string_view name,
                      const std::vector<std::string>& known);

}  // namespace wiredesk

#endif  // WIREDESK_CONFIG_BASE_NEAREST_NAME_H_
