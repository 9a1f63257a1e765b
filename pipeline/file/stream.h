// Bytes of a file, or of standard input, unpacked on the way where they are
// gzip or zstd (by magic number, not by name), then on a thread of their own.
//
// Belongs to one thread at a time.

#ifndef WIREDESK_PIPELINE_FILE_STREAM_H_
#define WIREDESK_PIPELINE_FILE_STREAM_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace wiredesk {

class FileStream {
 public:
  virtual ~FileStream() = default;

  // Opens a file; "-" is standard input.
  static absl::StatusOr<std::unique_ptr<FileStream>> Open(
      const std::string& path);

  // Reads up to `size` bytes to `out`; 0 is the end.
  // DataLoss: what is read is no longer gzip or zstd, or ends too early. That
  // is told once, after all that could be unpacked; the next call reads on at
  // the next member or frame, or gives the end where there is none.
  virtual absl::StatusOr<size_t> Read(char* out, size_t size) = 0;

  // Bytes taken from the file so far, as stored, for a progress bar.
  virtual int64_t stored_bytes() const = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_FILE_STREAM_H_
