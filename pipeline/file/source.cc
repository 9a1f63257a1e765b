#include "pipeline/file/source.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "config/base/status_macros.h"
#include "pipeline/file/recording_line.h"
#include "pipeline/file/stream.h"
#include "pipeline/file/warc_reader.h"
#include "pipeline/observe/log.h"

namespace wiredesk {
namespace {

namespace fs = std::filesystem;

// Enough to know a web archive by, unpacked.
constexpr size_t kHeadBytes = 64;

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

namespace {

// What follows on a look at the first bytes of a stream: these bytes again,
// then the rest.
class ResumedStream : public FileStream {
 public:
  ResumedStream(std::string head, std::unique_ptr<FileStream> rest)
      : head_(std::move(head)), rest_(std::move(rest)) {}

  absl::StatusOr<size_t> Read(char* out, size_t size) override {
    if (given_ == head_.size()) return rest_->Read(out, size);
    const size_t got = head_.copy(out, size, given_);
    given_ += got;
    return got;
  }
  int64_t stored_bytes() const override { return rest_->stored_bytes(); }

 private:
  const std::string head_;
  size_t given_ = 0;
  const std::unique_ptr<FileStream> rest_;
};

// The first bytes of a stream, fewer only where it has no more.
absl::StatusOr<std::string> ReadHead(FileStream& stream) {
  std::string head(kHeadBytes, '\0');
  size_t size = 0;
  while (size < head.size()) {
    WD_ASSIGN_OR_RETURN(const size_t got,
                        stream.Read(head.data() + size, head.size() - size));
    if (got == 0) break;
    size += got;
  }
  head.resize(size);
  return head;
}

}  // namespace

// A file that is open: its records, one after the other.
class FileReader::Input {
 public:
  virtual ~Input() = default;

  static absl::StatusOr<std::unique_ptr<Input>> Open(
      const InputFile& file, const RecordSplitter::Limits& limits);

  // Appends the next record; false at the end.
  virtual absl::StatusOr<bool> AppendNext(const Origin& origin,
                                          Batch& batch) = 0;
  virtual int64_t stored_bytes() const = 0;
};

class FileReader::SplitInput : public FileReader::Input {
 public:
  SplitInput(std::unique_ptr<FileStream> stream, const InputFile& file,
             const RecordSplitter::Limits& limits)
      : splitter_(std::move(stream), NamesLines(file.name), limits) {}

  absl::StatusOr<bool> AppendNext(const Origin& origin, Batch& batch) override {
    WD_ASSIGN_OR_RETURN(const auto record, splitter_.Next());
    if (!record.has_value()) return false;
    batch.Append(origin, "", *record, {}, std::nullopt);
    return true;
  }
  int64_t stored_bytes() const override { return splitter_.stored_bytes(); }

 private:
  RecordSplitter splitter_;
};

// Pages and feeds of a web archive, with what was said of them on their way,
// as a crawler that writes to Kafka would put it into headers.
class FileReader::WarcInput : public FileReader::Input {
 public:
  WarcInput(std::unique_ptr<FileStream> stream, const InputFile& file,
            const RecordSplitter::Limits& limits)
      : name_(file.name),
        reader_(std::move(stream),
                {.body_bytes_max = limits.record_bytes_max}) {}
  ~WarcInput() override {
    if (reader_.broken_records() == 0) return;
    LogWarning("broken_warc_records",
               {{"input", name_}, {"records", reader_.broken_records()}});
  }

  absl::StatusOr<bool> AppendNext(const Origin& origin, Batch& batch) override {
    auto next = reader_.Next();
    if (!next.ok()) {
      const absl::string_view what = next.status().message();
      if (absl::StrContains(what, name_)) return next.status();
      return absl::Status(next.status().code(),
                          absl::StrCat(name_, ": ", what));
    }
    if (!next->has_value()) return false;
    const WarcDocument& document = **next;
    std::vector<Header> headers;
    const auto add = [&headers](absl::string_view name,
                                const std::string& value) {
      if (!value.empty()) headers.push_back({name, value});
    };
    add("url", document.url);
    add("content-type", document.content_type);
    add("last-modified", document.last_modified);
    std::optional<absl::Time> fetched;
    absl::Time date;
    if (absl::ParseTime(absl::RFC3339_full, document.date, &date, nullptr)) {
      fetched = date;
    }
    batch.Append(origin, "", document.body, headers, fetched);
    return true;
  }
  int64_t stored_bytes() const override { return reader_.stored_bytes(); }

 private:
  const std::string name_;
  WarcReader reader_;
};

// A recording, whose records bring their own origin.
class FileReader::RecordedInput : public FileReader::Input {
 public:
  RecordedInput(std::unique_ptr<FileStream> stream, const InputFile& file,
                const RecordSplitter::Limits& limits)
      : name_(file.name),
        splitter_(std::move(stream), /*lines=*/true, LineLimits(limits)) {}

  absl::StatusOr<bool> AppendNext(const Origin& /*origin*/,
                                  Batch& batch) override {
    while (true) {
      WD_ASSIGN_OR_RETURN(const auto line, splitter_.Next());
      if (!line.has_value()) return false;
      if (line_++ == 0) continue;  // the head
      const absl::Status status = reader_.Read(*line, record_);
      if (!status.ok()) {
        return absl::DataLossError(
            absl::StrCat(name_, ": line ", line_, " ", status.message()));
      }
      batch.Append(record_.origin, record_.key, record_.value, record_.headers,
                   record_.timestamp);
      return true;
    }
  }
  int64_t stored_bytes() const override { return splitter_.stored_bytes(); }

 private:
  // A record's bytes may each become an escape of six.
  static RecordSplitter::Limits LineLimits(RecordSplitter::Limits limits) {
    limits.record_bytes_max = 6 * limits.record_bytes_max + (1 << 20);
    return limits;
  }

  const std::string name_;
  RecordSplitter splitter_;
  RecordedLineReader reader_;
  RawRecord record_;
  int64_t line_ = 0;
};

absl::StatusOr<std::unique_ptr<FileReader::Input>> FileReader::Input::Open(
    const InputFile& file, const RecordSplitter::Limits& limits) {
  WD_ASSIGN_OR_RETURN(std::unique_ptr<FileStream> stream,
                      FileStream::Open(file.path));
  WD_ASSIGN_OR_RETURN(std::string head, ReadHead(*stream));
  const bool warc = LooksLikeWarc(head);
  const bool recorded = absl::StartsWith(head, kRecordingMagic);
  auto resumed =
      std::make_unique<ResumedStream>(std::move(head), std::move(stream));
  if (warc) {
    return std::make_unique<WarcInput>(std::move(resumed), file, limits);
  }
  if (recorded) {
    return std::make_unique<RecordedInput>(std::move(resumed), file, limits);
  }
  return std::make_unique<SplitInput>(std::move(resumed), file, limits);
}

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

// A fault in a file ends the replay, but only after what stands before it.
absl::Status FileReader::FillLocked(Batch& batch) {
  while (!batch.full() && records_read_ < options_.records_limit) {
    const absl::StatusOr<bool> more = AppendNext(batch);
    if (!more.ok()) return batch.empty() ? more.status() : absl::OkStatus();
    if (!*more) break;
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> FileReader::AppendNext(Batch& batch) {
  WD_RETURN_IF_ERROR(fault_);
  while (next_file_ < files_.size()) {
    const InputFile& file = files_[next_file_];
    if (input_ == nullptr) {
      auto opened = Input::Open(file, options_.limits);
      if (!opened.ok()) return fault_ = opened.status();
      input_ = *std::move(opened);
      offset_ = 0;
    }
    const absl::StatusOr<bool> appended =
        input_->AppendNext({file.name, 0, offset_}, batch);
    if (!appended.ok()) return fault_ = appended.status();
    bytes_read_ = finished_bytes_ + input_->stored_bytes();
    if (*appended) {
      batch.Advance(file.name, 0, ++offset_);
      ++records_read_;
      return true;
    }
    finished_bytes_ += input_->stored_bytes();
    input_ = nullptr;
    ++next_file_;
  }
  return false;
}

RecordReader::Progress FileReader::progress() const {
  return {records_read_.load(), bytes_read_.load(), bytes_total_};
}

}  // namespace wiredesk
