#include "pipeline/file/sink.h"

#include <fcntl.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "config/base/status_macros.h"
#include "pipeline/record/dead_letter_json.h"

namespace wiredesk {
namespace {

namespace fs = std::filesystem;

// Tells a folder that an earlier replay has filled from one with other files.
constexpr absl::string_view kMarker = ".wiredesk-replay";

constexpr size_t kTopicBufferBytes = 1 << 20;
constexpr size_t kAllBuffersBytes = 64 << 20;

// Batches that wait for the disk; a worker waits while there are more.
constexpr size_t kQueuedBatches = 4;

// What is kept of the memory of a batch's lines for another one.
constexpr size_t kLinesBytesKept = 64 << 20;

// "<topic>.ndjson". Topics have up to 249 characters, files up to 255 with their
// ending, so of a long name the end becomes a hash.
std::string FileNameOf(absl::string_view topic) {
  constexpr absl::string_view kEnding = ".ndjson";
  constexpr size_t kNameMax = 255;
  constexpr size_t kHash = 17;  // "-" and 16 digits
  if (topic.size() + kEnding.size() <= kNameMax) {
    return absl::StrCat(topic, kEnding);
  }
  return absl::StrCat(
      topic.substr(0, kNameMax - kEnding.size() - kHash), "-",
      absl::Hex(XXH3_64bits(topic.data(), topic.size()), absl::kZeroPad16),
      kEnding);
}

absl::Status WriteAll(int fd, absl::string_view text, const std::string& path) {
  while (!text.empty()) {
    const ssize_t written = write(fd, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      return absl::ErrnoToStatus(
          errno, absl::StrCat("cannot write ", path,
                              errno == ENOSPC ? "; make room and start again,"
                                                " what is there is incomplete"
                                              : ""));
    }
    text.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

absl::Status FolderError(absl::string_view what, const std::string& folder,
                         const std::error_code& error) {
  return absl::UnavailableError(
      absl::StrCat(what, " ", folder, ": ", error.message()));
}

// Removes what an earlier replay has left; refuses other people's files.
absl::Status ClearFolder(const std::string& folder) {
  std::error_code error;
  const bool ours = fs::exists(fs::path(folder) / std::string(kMarker), error);
  std::vector<fs::path> old;
  fs::directory_iterator walk(folder, error);
  for (const fs::directory_iterator end; !error && walk != end;
       walk.increment(error)) {
    if (walk->path().extension() == ".ndjson") old.push_back(walk->path());
  }
  if (error) return FolderError("cannot read", folder, error);
  if (!old.empty() && !ours) {
    return absl::AlreadyExistsError(
        absl::StrCat(folder,
                     " holds .ndjson files that are not of an earlier replay; "
                     "name another folder with --output"));
  }
  for (const fs::path& path : old) {
    fs::remove(path, error);
    if (error) return FolderError("cannot remove", path.string(), error);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<FileWriter>> FileWriter::Open(
    const std::string& folder) {
  auto writer = absl::WrapUnique(new FileWriter(folder));
  if (folder == "-" || folder.empty()) return writer;
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return FolderError("cannot make the folder", folder, error);
  WD_RETURN_IF_ERROR(ClearFolder(folder));
  WD_RETURN_IF_ERROR(writer->WriteToFile(kMarker, ""));
  return writer;
}

FileWriter::FileWriter(std::string folder)
    : folder_(std::move(folder)), disk_([this] { WriteQueued(); }) {}

FileWriter::~FileWriter() { Close().IgnoreError(); }

absl::Status FileWriter::Write(int64_t sequence, Lines& lines) {
  WD_RETURN_IF_ERROR(turnstile_.Enter(sequence));
  const absl::Status status = Queue(lines);
  turnstile_.Leave();
  if (!status.ok()) turnstile_.Close();
  return status;
}

absl::Status FileWriter::Queue(Lines& lines) {
  const auto room = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return queue_.size() < kQueuedBatches || !status_.ok();
  };
  absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(&room));
  if (!status_.ok()) return status_;
  queue_.push_back(std::move(lines));
  lines.clear();
  if (!spare_.empty()) {
    lines = std::move(spare_.back());
    spare_.pop_back();
  }
  return absl::OkStatus();
}

// The disk's thread: until the writer closes and nothing is queued.
void FileWriter::WriteQueued() {
  const auto work = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return closing_ || !queue_.empty();
  };
  while (true) {
    Lines lines;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(&work));
      if (queue_.empty()) return;
      lines = std::move(queue_.front());
      queue_.pop_front();
    }
    const absl::Status status = AppendAll(lines);
    absl::MutexLock lock(&mutex_);
    status_.Update(status);
    if (spare_.size() < kQueuedBatches) spare_.push_back(std::move(lines));
  }
}

// Empties `lines`. Of one that is large for once nothing is kept.
absl::Status FileWriter::AppendAll(Lines& lines) {
  absl::Status status;
  size_t bytes = 0;
  for (auto& [topic, text] : lines) {
    status.Update(Append(topic, text));
    text.clear();
    bytes += text.capacity();
  }
  if (bytes > kLinesBytesKept) lines.clear();
  return status;
}

absl::Status FileWriter::Append(absl::string_view topic,
                                absl::string_view text) {
  if (folder_.empty() || text.empty()) return absl::OkStatus();
  if (folder_ == "-") return WriteAll(STDOUT_FILENO, text, "standard output");
  auto found = buffers_.find(topic);
  if (found == buffers_.end()) {
    found = buffers_.emplace(std::string(topic), std::string()).first;
  }
  std::string& buffer = found->second;
  if (text.size() >= kTopicBufferBytes) {
    // Large enough as it is.
    WD_RETURN_IF_ERROR(Flush(found->first, buffer));
    return WriteToFile(FileNameOf(topic), text);
  }
  buffer.append(text.data(), text.size());
  buffered_bytes_ += text.size();
  if (buffer.size() >= kTopicBufferBytes) return Flush(found->first, buffer);
  if (buffered_bytes_ <= kAllBuffersBytes) return absl::OkStatus();
  for (auto& [other, waiting] : buffers_) {
    WD_RETURN_IF_ERROR(Flush(other, waiting));
  }
  return absl::OkStatus();
}

absl::Status FileWriter::Flush(absl::string_view topic, std::string& buffer) {
  if (buffer.empty()) return absl::OkStatus();
  const absl::Status status = WriteToFile(FileNameOf(topic), buffer);
  buffered_bytes_ -= buffer.size();
  buffer.clear();
  return status;
}

// Opens the file again each time, so that the number of topics is not bounded
// by that of open files.
absl::Status FileWriter::WriteToFile(absl::string_view name,
                                     absl::string_view text) {
  const std::string path = (fs::path(folder_) / std::string(name)).string();
  const int fd =
      open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (fd < 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot open ", path));
  }
  absl::Status status = WriteAll(fd, text, path);
  if (close(fd) != 0 && status.ok()) {
    status = absl::ErrnoToStatus(errno, absl::StrCat("cannot write ", path));
  }
  return status;
}

absl::Status FileWriter::Close() {
  if (disk_.joinable()) {
    {
      absl::MutexLock lock(&mutex_);
      closing_ = true;
    }
    disk_.join();
  }
  {
    absl::MutexLock lock(&mutex_);
    WD_RETURN_IF_ERROR(status_);
  }
  for (auto& [topic, buffer] : buffers_) {
    WD_RETURN_IF_ERROR(Flush(topic, buffer));
  }
  return absl::OkStatus();
}

absl::Status FileSink::Deliver(Batch& batch) {
  AppendDeadLetters(batch);
  absl::Status status;
  batch.ForEachLive([&](const EventRecord& record) {
    status.Update(AppendRecord(record, batch.raw_of(record)));
  });
  WD_RETURN_IF_ERROR(status);
  return writer_->Write(batch.sequence(), lines_);
}

std::string& FileSink::LinesOf(absl::string_view topic) {
  const auto found = lines_.find(topic);
  if (found != lines_.end()) return found->second;
  return lines_[std::string(topic)];
}

void FileSink::AppendDeadLetters(const Batch& batch) {
  for (const RawRecord& raw : batch.raw_records()) {
    if (!raw.dead_letter) continue;
    std::string& out = LinesOf(dead_letter_topic_);
    AppendDeadLetterLine(raw, headers_, out);
    out.push_back('\n');
  }
}

absl::Status FileSink::AppendRecord(const EventRecord& record,
                                    const RawRecord& raw) {
  if (record.destinations.size() == 1) {
    // Written in its place: most records are long, and go to one topic.
    const Destination& destination = record.destinations.front();
    std::string& out = LinesOf(destination.topic);
    json_.Append(record, raw, &destination, out);
    out.push_back('\n');
    return absl::OkStatus();
  }
  return json_.ForEachMessage(
      record, raw,
      [this](const Destination& destination, absl::string_view json) {
        std::string& out = LinesOf(destination.topic);
        out.append(json.data(), json.size());
        out.push_back('\n');
        return absl::OkStatus();
      });
}

}  // namespace wiredesk
