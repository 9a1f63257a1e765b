// gzip and zstd values, known by their first bytes.

#ifndef WIREDESK_STAGES_PARSE_BYTES_UNPACK_H_
#define WIREDESK_STAGES_PARSE_BYTES_UNPACK_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace wiredesk {

enum class Packing : uint8_t { kNone, kGzip, kZstd };

Packing DetectPacking(absl::string_view bytes);

enum class UnpackResult : uint8_t { kOk, kTooLarge, kBroken };

// Unpacks all members or frames of `bytes` to `out`, of which never more than
// `bytes_max` bytes are made. Afterwards `out` holds what came out, even where
// the input broke off.
UnpackResult Unpack(absl::string_view bytes, Packing packing, size_t bytes_max,
                    std::string& out);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_BYTES_UNPACK_H_
