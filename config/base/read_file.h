// The content of a file, up to a limit.

#ifndef WIREDESK_CONFIG_BASE_READ_FILE_H_
#define WIREDESK_CONFIG_BASE_READ_FILE_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"

namespace wiredesk {

// The first `bytes_max` bytes of a file; who asks for one more than is allowed
// sees which file is too long. NotFound, InvalidArgument for a folder,
// Unavailable: it cannot be read to the end.
absl::StatusOr<std::string> ReadFile(const std::string& path, size_t bytes_max);

// A table or list that an operator gives: unpacked where it is gzip or zstd.
// InvalidArgument too where it is longer than 4 GB, or does not unpack.
absl::StatusOr<std::string> ReadPackedFile(const std::string& path);

}  // namespace wiredesk

#endif  // WIREDESK_CONFIG_BASE_READ_FILE_H_
