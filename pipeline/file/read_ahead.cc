#include "pipeline/file/read_ahead.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace wiredesk {

FileReadAhead::FileReadAhead(std::unique_ptr<FileStream> stream)
    : stream_(std::move(stream)), thread_([this] { ReadAll(); }) {}

FileReadAhead::~FileReadAhead() {
  {
    absl::MutexLock lock(&mutex_);
    stopped_ = true;
  }
  thread_.join();
}

// An error of the stream is a chunk of its own, told once; the stream reads on
// behind it.
void FileReadAhead::ReadAll() {
  bool ended = false;
  while (!ended) {
    Chunk chunk;
    chunk.bytes.resize(kChunkBytes);
    size_t size = 0;
    while (!ended && chunk.status.ok() && size < kChunkBytes) {
      const absl::StatusOr<size_t> got =
          stream_->Read(chunk.bytes.data() + size, kChunkBytes - size);
      if (got.ok()) size += *got;
      ended = got.ok() ? *got == 0 : !absl::IsDataLoss(got.status());
      chunk.status = got.status();
    }
    chunk.bytes.resize(size);
    const int64_t stored_bytes = stream_->stored_bytes();
    chunk.stored_bytes = stored_bytes;
    // What was read before an error comes first.
    Chunk fault = {"", std::exchange(chunk.status, absl::OkStatus()),
                   stored_bytes};
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(this, &FileReadAhead::MayPush));
    if (stopped_) return;
    if (size > 0) chunks_.push_back(std::move(chunk));
    if (!fault.status.ok()) chunks_.push_back(std::move(fault));
    if (ended) chunks_.push_back({"", absl::OkStatus(), stored_bytes});
  }
}

absl::StatusOr<size_t> FileReadAhead::Read(char* out, size_t size) {
  while (begin_ == taken_.bytes.size() && !ended_) {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(this, &FileReadAhead::MayTake));
    taken_ = std::move(chunks_.front());
    chunks_.pop_front();
    begin_ = 0;
    stored_bytes_ = taken_.stored_bytes;
    if (!taken_.status.ok()) {
      return std::exchange(taken_.status, absl::OkStatus());
    }
    ended_ = taken_.bytes.empty();
  }
  const size_t got = std::min(size, taken_.bytes.size() - begin_);
  if (got > 0) std::memcpy(out, taken_.bytes.data() + begin_, got);
  begin_ += got;
  return got;
}

}  // namespace wiredesk
