#include "pipeline/file_sink.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "config/status_macros.h"
#include "pipeline/dead_letter_json.h"

namespace wiredesk {
namespace {

namespace fs = std::filesystem;

// Tells a folder that an earlier replay has filled from one with other files.
constexpr absl::string_view kMarker = ".wiredesk-replay";

constexpr size_t kTopicBufferBytes = 1 << 20;
constexpr size_t kAllBuffersBytes = 64 << 20;

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
  std::string nothing;
  WD_RETURN_IF_ERROR(writer->Flush(kMarker, nothing));
  return writer;
}

absl::Status FileWriter::Write(int64_t sequence, const Lines& lines) {
  WD_RETURN_IF_ERROR(turnstile_.Enter(sequence));
  absl::Status status;
  for (const auto& [topic, text] : lines) {
    status.Update(Append(topic, text));
  }
  turnstile_.Leave();
  if (!status.ok()) turnstile_.Close();
  return status;
}

absl::Status FileWriter::Append(absl::string_view topic,
                                absl::string_view text) {
  if (folder_.empty()) return absl::OkStatus();
  if (folder_ == "-") return WriteAll(STDOUT_FILENO, text, "standard output");
  std::string& buffer = buffers_[std::string(topic)];
  buffer.append(text.data(), text.size());
  buffered_bytes_ += text.size();
  if (buffered_bytes_ > kAllBuffersBytes) {
    for (auto& [other, waiting] : buffers_) {
      WD_RETURN_IF_ERROR(Flush(absl::StrCat(other, ".ndjson"), waiting));
    }
    return absl::OkStatus();
  }
  if (buffer.size() < kTopicBufferBytes) return absl::OkStatus();
  return Flush(absl::StrCat(topic, ".ndjson"), buffer);
}

// Opens the file anew each time, so that the number of topics is not bounded by
// that of open files.
absl::Status FileWriter::Flush(absl::string_view name, std::string& buffer) {
  const std::string path = (fs::path(folder_) / std::string(name)).string();
  const int fd =
      open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (fd < 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot open ", path));
  }
  absl::Status status = WriteAll(fd, buffer, path);
  if (close(fd) != 0 && status.ok()) {
    status = absl::ErrnoToStatus(errno, absl::StrCat("cannot write ", path));
  }
  buffered_bytes_ -= buffer.size();
  buffer.clear();
  return status;
}

absl::Status FileWriter::Close() {
  for (auto& [topic, buffer] : buffers_) {
    WD_RETURN_IF_ERROR(Flush(absl::StrCat(topic, ".ndjson"), buffer));
  }
  return absl::OkStatus();
}

absl::Status FileSink::Deliver(Batch& batch) {
  FileWriter::Lines lines;
  for (const RawRecord& raw : batch.raw_records()) {
    if (!raw.dead_letter) continue;
    std::string& out = lines[dead_letter_topic_];
    AppendDeadLetterLine(raw, headers_, out);
    out.push_back('\n');
  }
  absl::Status status;
  batch.ForEachLive([&](EventRecord& record) {
    status.Update(json_.ForEachMessage(
        record, batch.raw_of(record),
        [&lines](const Destination& destination, absl::string_view json) {
          std::string& out = lines[std::string(destination.topic)];
          out.append(json.data(), json.size());
          out.push_back('\n');
          return absl::OkStatus();
        }));
  });
  WD_RETURN_IF_ERROR(status);
  return writer_->Write(batch.sequence(), lines);
}

}  // namespace wiredesk
