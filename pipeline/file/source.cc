#include "pipeline/file/source.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
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

// The name of a file with one more folder of its path before it, or itself
// where there is none.
std::string LongerName(const InputFile& file) {
  const fs::path path = fs::path(file.path).lexically_normal();
  std::vector<std::string> parts;
  for (const fs::path& part : path.relative_path()) {
    parts.push_back(part.string());
  }
  const auto have = static_cast<size_t>(
      std::distance(fs::path(file.name).begin(), fs::path(file.name).end()));
  const size_t want = std::min(have + 1, parts.size());
  return absl::StrJoin(parts.end() - static_cast<ptrdiff_t>(want), parts.end(),
                       "/");
}

// Two files of one name would be one origin: their records would pass for the
// same.
void TellApart(std::vector<InputFile>& files) {
  bool changed = true;
  while (changed) {
    changed = false;
    absl::flat_hash_map<std::string, int> uses;
    for (const InputFile& file : files) ++uses[file.name];
    for (InputFile& file : files) {
      if (uses[file.name] == 1 || file.path == "-") continue;
      std::string longer = LongerName(file);
      changed |= longer != file.name;
      file.name = std::move(longer);
    }
  }
  // The same file, named again.
  absl::flat_hash_map<std::string, int> seen;
  for (InputFile& file : files) {
    const int before = seen[file.name]++;
    if (before > 0) absl::StrAppend(&file.name, "#", before + 1);
  }
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
  TellApart(files);
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

// Appends a record of which `value` is all, or the beginning: then it is a dead
// letter that says so. `bytes` is its whole length, 0 where not known.
void AppendLimited(const Origin& origin, absl::string_view key,
                   absl::string_view value, absl::Span<const Header> headers,
                   std::optional<absl::Time> timestamp, size_t bytes,
                   size_t limit, Batch& batch) {
  const bool cut = value.size() > limit;
  RawRecord& raw =
      batch.Append(origin, key, value.substr(0, limit), headers, timestamp);
  if (!cut) return;
  raw.whole_bytes = std::max(bytes, value.size());
  batch.DeadLetter(static_cast<uint32_t>(batch.raw_records().size() - 1),
                   "source", "too_large",
                   absl::StrCat("has ", raw.whole_bytes,
                                " bytes, and limits.record_bytes_max is ",
                                limit, ": cut to that"));
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
      : limit_(limits.record_bytes_max),
        splitter_(std::move(stream), NamesLines(file.name), limits) {}

  absl::StatusOr<bool> AppendNext(const Origin& origin, Batch& batch) override {
    WD_ASSIGN_OR_RETURN(const auto record, splitter_.Next());
    if (!record.has_value()) return false;
    AppendLimited(origin, "", *record, {}, std::nullopt,
                  splitter_.record_bytes(), limit_, batch);
    return true;
  }
  int64_t stored_bytes() const override { return splitter_.stored_bytes(); }

 private:
  const size_t limit_;
  RecordSplitter splitter_;
};

// Pages and feeds of a web archive, with what was said of them on their way,
// as a crawler that writes to Kafka would put it into headers.
class FileReader::WarcInput : public FileReader::Input {
 public:
  WarcInput(std::unique_ptr<FileStream> stream, const InputFile& file,
            const RecordSplitter::Limits& limits)
      : name_(file.name),
        limit_(limits.record_bytes_max),
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
    AppendLimited(origin, "", document.body, headers, fetched,
                  document.body_bytes, limit_, batch);
    return true;
  }
  int64_t stored_bytes() const override { return reader_.stored_bytes(); }

 private:
  const std::string name_;
  const size_t limit_;
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

absl::Status FileReader::FillLocked(Batch& batch) {
  while (!batch.full() && records_read_ < options_.records_limit) {
    if (!AppendNext(batch)) break;
  }
  return absl::OkStatus();
}

bool FileReader::AppendNext(Batch& batch) {
  while (next_file_ < files_.size()) {
    const InputFile& file = files_[next_file_];
    absl::StatusOr<bool> appended = false;
    if (input_ == nullptr) {
      auto opened = Input::Open(file, options_.limits);
      offset_ = 0;
      if (opened.ok()) {
        input_ = *std::move(opened);
      } else {
        AddFault(file, opened.status());
      }
    }
    if (input_ != nullptr) {
      appended = input_->AppendNext({file.name, 0, offset_}, batch);
      bytes_read_ = finished_bytes_ + input_->stored_bytes();
    }
    if (!appended.ok()) {
      AddFault(file, appended.status());
    } else if (*appended) {
      batch.Advance(file.name, 0, ++offset_);
      ++records_read_;
      return true;
    } else {
      if (input_ != nullptr) finished_bytes_ += input_->stored_bytes();
      input_ = nullptr;
      ++next_file_;
    }
  }
  return false;
}

void FileReader::AddFault(const InputFile& file, const absl::Status& status) {
  constexpr int64_t kFaultsKept = 20;
  if (++fault_count_ > kFaultsKept) return;
  std::string what(status.message());
  if (!absl::StrContains(what, file.path)) {
    what = absl::StrCat(file.path, ": ", what);
  }
  absl::StrAppend(&what, ", behind record ", offset_);
  LogError("input_damaged", {{"input", file.name}, {"reason", what}});
  faults_.push_back(std::move(what));
}

absl::Status FileReader::faults() const {
  absl::MutexLock lock(&mutex_);
  if (fault_count_ == 0) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat(
      fault_count_, fault_count_ == 1 ? " fault" : " faults",
      " in the input, of which all else was read:\n  ",
      absl::StrJoin(faults_, "\n  "),
      fault_count_ > static_cast<int64_t>(faults_.size()) ? "\n  ..." : ""));
}

RecordReader::Progress FileReader::progress() const {
  return {records_read_.load(), bytes_read_.load(), bytes_total_};
}

}  // namespace wiredesk
