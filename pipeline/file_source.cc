#include "pipeline/file_source.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "config/status_macros.h"
#include "pipeline/file_stream.h"

namespace wiredesk {
namespace {

namespace fs = std::filesystem;

std::string WithoutPacking(absl::string_view name) {
  if (!absl::ConsumeSuffix(&name, ".gz")) absl::ConsumeSuffix(&name, ".zst");
  return std::string(name);
}

bool NamesLines(absl::string_view name) {
  const std::string plain = WithoutPacking(name);
  return absl::EndsWith(plain, ".ndjson") || absl::EndsWith(plain, ".jsonl");
}

int64_t StoredBytes(const std::string& path) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  return error ? 0 : static_cast<int64_t>(size);
}

absl::StatusOr<std::vector<InputFile>> WalkFolder(const std::string& folder) {
  std::vector<InputFile> files;
  std::error_code error;
  fs::recursive_directory_iterator walk(folder, error);
  for (const fs::recursive_directory_iterator end; !error && walk != end;
       walk.increment(error)) {
    const fs::path& path = walk->path();
    if (absl::StartsWith(path.filename().string(), ".")) {
      if (walk->is_directory()) walk.disable_recursion_pending();
      continue;
    }
    if (!walk->is_regular_file()) continue;
    files.push_back({path.string(), path.lexically_relative(folder).string(),
                     StoredBytes(path.string())});
  }
  if (error) {
    return absl::UnavailableError(
        absl::StrCat("cannot read the folder ", folder, ": ", error.message()));
  }
  std::sort(files.begin(), files.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return files;
}

}  // namespace

absl::StatusOr<std::vector<InputFile>> ExpandInputs(
    const std::vector<std::string>& arguments) {
  std::vector<InputFile> files;
  for (const std::string& argument : arguments) {
    if (argument == "-") {
      files.push_back({"-", "stdin", 0});
      continue;
    }
    std::error_code error;
    if (fs::is_directory(argument, error)) {
      WD_ASSIGN_OR_RETURN(std::vector<InputFile> found, WalkFolder(argument));
      files.insert(files.end(), found.begin(), found.end());
    } else if (fs::exists(argument, error)) {
      files.push_back({argument, fs::path(argument).filename().string(),
                       StoredBytes(argument)});
    } else {
      return absl::NotFoundError(
          absl::StrCat(argument,
                       ": no such file or folder; --input takes files, folders "
                       "and - for standard input"));
    }
  }
  if (files.empty()) {
    return absl::NotFoundError("there are no files in what --input names");
  }
  return files;
}

// A file that is open: its records, one after the other.
class FileReader::Input {
 public:
  Input(std::unique_ptr<FileStream> stream, const InputFile& file,
        const RecordSplitter::Limits& limits)
      : splitter_(std::move(stream), NamesLines(file.name), limits) {}

  absl::StatusOr<std::optional<absl::string_view>> Next() {
    return splitter_.Next();
  }
  int64_t stored_bytes() const { return splitter_.stored_bytes(); }

 private:
  RecordSplitter splitter_;
};

FileReader::FileReader(std::vector<InputFile> files, const Options& options)
    : files_(std::move(files)), options_(options) {
  for (const InputFile& file : files_) bytes_total_ += file.bytes;
}

FileReader::~FileReader() = default;

absl::Status FileReader::Fill(Batch& batch) {
  absl::MutexLock lock(&mutex_);
  WD_RETURN_IF_ERROR(FillLocked(batch));
  if (batch.empty()) return absl::OutOfRangeError("the input has ended");
  batch.set_sequence(next_sequence_++);
  return absl::OkStatus();
}

absl::Status FileReader::FillLocked(Batch& batch) {
  while (!batch.full() && records_read_ < options_.records_limit) {
    if (input_ == nullptr) {
      if (next_file_ == files_.size()) break;
      WD_ASSIGN_OR_RETURN(std::unique_ptr<FileStream> stream,
                          FileStream::Open(files_[next_file_].path));
      input_ = std::make_unique<Input>(std::move(stream), files_[next_file_],
                                       options_.limits);
      offset_ = 0;
    }
    const InputFile& file = files_[next_file_];
    WD_ASSIGN_OR_RETURN(const auto record, input_->Next());
    bytes_read_ = finished_bytes_ + input_->stored_bytes();
    if (!record) {
      finished_bytes_ += input_->stored_bytes();
      input_ = nullptr;
      ++next_file_;
      continue;
    }
    batch.Append({file.name, 0, offset_}, "", *record, {}, std::nullopt);
    batch.Advance(file.name, 0, ++offset_);
    ++records_read_;
  }
  return absl::OkStatus();
}

RecordReader::Progress FileReader::progress() const {
  return {records_read_.load(), bytes_read_.load(), bytes_total_};
}

}  // namespace wiredesk
