// Texts that wait in memory for somebody who asks, packed.

#ifndef WIREDESK_PIPELINE_DESK_PACKED_TEXT_H_
#define WIREDESK_PIPELINE_DESK_PACKED_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace wiredesk {

// zstd, at its quickest level.
std::string PackText(absl::string_view text);
// What PackText() was given; empty where `packed` is not of it.
std::string UnpackText(absl::string_view packed);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_DESK_PACKED_TEXT_H_
