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
// Where a file is damaged or cut, all that can be read is read: records before
// the fault, and those behind it where the stream goes on. The one that the
// fault lies in is left out, and Next() tells of it once; of a feed or page that
// was whole what is there is given.
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
  // A record larger than the limit comes cut to one byte more than the limit;
  // the rest of it is passed over. DataLoss or another error: here the file
  // could not be read; the next call goes on behind it.
  absl::StatusOr<std::optional<absl::string_view>> Next();

  // Bytes of the last record, with those that were passed over.
  size_t record_bytes() const { return record_bytes_; }

  int64_t stored_bytes() const { return stream_->stored_bytes(); }

 private:
  enum class Shape { kUnknown, kLines, kElements, kWhole };

  absl::Status Fill();
  // Fill(), or what FindShape() met; after an error nothing is held any more.
  absl::Status Advance();
  void FindShape();
  bool BeginsWithObjectLine() const;
  // Keeps no more of a record that is at hand in part than it may have.
  void CutTail();
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
  size_t passed_over_ = 0;  // of the record at hand
  size_t record_bytes_ = 0;
  absl::Status fault_;  // met, and not told yet
  // An empty file is one record, empty: a dead letter, not nothing. Behind an
  // array it is nothing.
  bool given_whole_ = false;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_FILE_RECORD_SPLITTER_H_
