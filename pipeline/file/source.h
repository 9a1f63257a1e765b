// Raw records out of files, for a replay. One FileReader reads all inputs, in
// order.
//
// What a file is, its first bytes say: a web archive gives the pages and feeds
// in it (warc_reader.h), each with the headers `url`, `content-type` and
// `last-modified` and the time when it was fetched; all else goes through
// RecordSplitter. Where a file is damaged or cut, the records around the fault
// are read, and so are the other files; faults() tells of it in the end.
//
// A record that is longer than the limit becomes a dead letter here, with its
// beginning and its length.

#ifndef WIREDESK_PIPELINE_FILE_SOURCE_H_
#define WIREDESK_PIPELINE_FILE_SOURCE_H_

#include <atomic>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "pipeline/file/record_splitter.h"
#include "pipeline/flow/record_reader.h"
#include "pipeline/record/batch.h"

namespace wiredesk {

// One input file; `name` is what its records give as their topic: the path
// below the folder that was asked for, so that it is the same on every machine.
// Where that names two files, it has as many folders before it as tell them
// apart.
struct InputFile {
  std::string path;  // "-" is standard input
  std::string name;
  int64_t bytes = 0;  // as stored; 0 where not known
};

// The files that FILE, DIR and "-" arguments stand for; folders are walked,
// sorted by name, hidden files left out. NotFound names the argument.
absl::StatusOr<std::vector<InputFile>> ExpandInputs(
    const std::vector<std::string>& arguments);

// Thread-safe; outlives its sources.
class FileReader : public RecordReader {
 public:
  struct Options {
    int64_t records_limit = std::numeric_limits<int64_t>::max();
    RecordSplitter::Limits limits;
  };

  FileReader(std::vector<InputFile> files, const Options& options);
  ~FileReader() override;

  absl::Status Fill(Batch& batch) override;
  absl::Status faults() const override;
  Progress progress() const override;

 private:
  class Input;          // the records of one open file, whatever its kind
  class SplitInput;     // NDJSON, arrays, whole files
  class WarcInput;      // web archives
  class RecordedInput;  // of `wiredesk record`

  absl::Status FillLocked(Batch& batch) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Appends the next record of all files; false behind the last one.
  bool AppendNext(Batch& batch) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void AddFault(const InputFile& file, const absl::Status& status)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::vector<InputFile> files_;
  const Options options_;
  int64_t bytes_total_ = 0;
  std::atomic<int64_t> records_read_ = 0;
  std::atomic<int64_t> bytes_read_ = 0;

  mutable absl::Mutex mutex_;
  size_t next_file_ ABSL_GUARDED_BY(mutex_) = 0;
  std::unique_ptr<Input> input_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::string> faults_ ABSL_GUARDED_BY(mutex_);  // the first ones
  int64_t fault_count_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t offset_ ABSL_GUARDED_BY(mutex_) = 0;  // in the open file
  int64_t finished_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t next_sequence_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_FILE_SOURCE_H_
