#ifndef WIREDESK_PIPELINE_FILE_READ_AHEAD_H_
#define WIREDESK_PIPELINE_FILE_READ_AHEAD_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "pipeline/file/stream.h"

namespace wiredesk {

// Reads a stream on a thread of its own, a few chunks ahead of whoever takes
// them: to unpack gzip costs about as much as to write the records, and need
// not wait for it.
//
// Read() and stored_bytes() belong to one thread at a time.
class FileReadAhead : public FileStream {
 public:
  static constexpr size_t kChunkBytes = 512 << 10;
  static constexpr size_t kChunksMax = 4;

  explicit FileReadAhead(std::unique_ptr<FileStream> stream);
  ~FileReadAhead() override;  // waits for the read in flight

  absl::StatusOr<size_t> Read(char* out, size_t size) override;
  int64_t stored_bytes() const override { return stored_bytes_; }

 private:
  struct Chunk {
    std::string bytes;
    absl::Status status;
    int64_t stored_bytes = 0;  // when it had been read
  };

  void ReadAll();
  bool MayPush() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return stopped_ || chunks_.size() < kChunksMax;
  }
  bool MayTake() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return !chunks_.empty();
  }

  const std::unique_ptr<FileStream> stream_;  // the thread's
  Chunk taken_;  // the last one is empty, and stays
  size_t begin_ = 0;
  int64_t stored_bytes_ = 0;

  absl::Mutex mutex_;
  std::deque<Chunk> chunks_ ABSL_GUARDED_BY(mutex_);
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  bool ended_ = false;
  std::thread thread_;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_FILE_READ_AHEAD_H_
