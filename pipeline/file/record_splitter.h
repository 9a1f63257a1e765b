// Splits the bytes of a file into raw records.
//
//   lines     NDJSON: a record a line, blank lines passed over
//   elements  a JSON array: a record for each element
//   whole     the file is one record: a feed, a page, a JSON document
//
// A file that is named .ndjson or .jsonl is lines; every other one is whole if
// it is not larger than a record may be, and otherwise elements if it begins
// with '[' and lines if it begins with '{'. The splitter does not judge: what
// is broken goes on as it stands, and parse dead-letters it.
//
// Belongs to one thread at a time.

#ifndef WIREDESK_PIPELINE_FILE_RECORD_SPLITTER_H_
#define WIREDESK_PIPELINE_FILE_RECORD_SPLITTER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "pipeline/file/stream.h"

namespace wiredesk {

class RecordSplitter {
 public:
  struct Limits {
    size_t record_bytes_max = 32 << 20;
  };

  // `lines` says that the name of the file promises NDJSON.
  RecordSplitter(std::unique_ptr<FileStream> stream, bool lines,
                 const Limits& limits);

  // The next record, valid until the next call, or nullopt at the end.
  // A record larger than the limit comes cut to one byte more than the limit,
  // so that parse sees that it is too large; the rest of it is passed over.
  absl::StatusOr<std::optional<absl::string_view>> Next();

  int64_t stored_bytes() const { return stream_->stored_bytes(); }

 private:
  enum class Shape { kUnknown, kLines, kElements, kWhole };

  absl::Status Fill();
  absl::Status FindShape();
  absl::StatusOr<std::optional<absl::string_view>> NextLine();
  absl::StatusOr<std::optional<absl::string_view>> NextElement();
  absl::StatusOr<std::optional<absl::string_view>> NextWhole();
  // Takes the first `size` bytes of the buffer, and gives what a record may
  // have of them.
  absl::string_view TakeRecord(size_t size);

  const std::unique_ptr<FileStream> stream_;
  const Limits limits_;
  Shape shape_;
  std::string buffer_;
  size_t begin_ = 0;  // what of the buffer is already given away
  bool ended_ = false;
  // An empty file is one record, empty: a dead letter, not nothing. Behind an
  // array it is nothing.
  bool given_whole_ = false;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_FILE_RECORD_SPLITTER_H_
