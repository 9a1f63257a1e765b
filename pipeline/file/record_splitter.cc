#include "pipeline/file/record_splitter.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "config/base/status_macros.h"

namespace wiredesk {
namespace {

constexpr size_t kReadBytes = 1 << 20;

// Follows JSON just far enough to see where an element of an array ends: at a
// comma or a closing bracket that stands in no string and no nested value.
class ElementScan {
 public:
  enum class End { kNone, kComma, kArray };

  End Feed(char c) {
    if (in_string_) {
      if (escaped_) {
        escaped_ = false;
      } else if (c == '\\') {
        escaped_ = true;
      } else if (c == '"') {
        in_string_ = false;
      }
      return End::kNone;
    }
    switch (c) {
      case '"':
        in_string_ = true;
        return End::kNone;
      case '{':
      case '[':
        ++depth_;
        return End::kNone;
      case '}':
      case ']':
        if (depth_ == 0) return End::kArray;
        --depth_;
        return End::kNone;
      case ',':
        return depth_ == 0 ? End::kComma : End::kNone;
      default:
        return End::kNone;
    }
  }

 private:
  bool in_string_ = false;
  bool escaped_ = false;
  int64_t depth_ = 0;
};

bool IsBlank(absl::string_view text) {
  return absl::StripAsciiWhitespace(text).empty();
}

}  // namespace

RecordSplitter::RecordSplitter(std::unique_ptr<FileStream> stream, bool lines,
                               const Limits& limits)
    : stream_(std::move(stream)),
      limits_(limits),
      shape_(lines ? Shape::kLines : Shape::kUnknown) {}

absl::StatusOr<std::optional<absl::string_view>> RecordSplitter::Next() {
  if (shape_ == Shape::kUnknown) FindShape();
  switch (shape_) {
    case Shape::kLines:
      return NextLine();
    case Shape::kElements:
      return NextElement();
    default:
      return NextWhole();
  }
}

absl::Status RecordSplitter::Fill() {
  if (begin_ > 0) {
    buffer_.erase(0, begin_);
    begin_ = 0;
  }
  const size_t size = buffer_.size();
  buffer_.resize(size + kReadBytes);
  const absl::StatusOr<size_t> got =
      stream_->Read(buffer_.data() + size, kReadBytes);
  buffer_.resize(size + (got.ok() ? *got : 0));
  ended_ = got.ok() ? *got == 0 : !absl::IsDataLoss(got.status());
  return got.status();
}

absl::Status RecordSplitter::Advance() {
  absl::Status status = std::exchange(fault_, absl::OkStatus());
  if (status.ok()) status = Fill();
  if (status.ok()) return status;
  buffer_.clear();
  begin_ = 0;
  passed_over_ = 0;
  return status;
}

void RecordSplitter::FindShape() {
  while (!ended_ && fault_.ok() && buffer_.size() <= limits_.record_bytes_max) {
    fault_ = Fill();
  }
  shape_ = Shape::kWhole;
  if (ended_ && fault_.ok()) return;
  const size_t first = buffer_.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return;
  // Of a file that is cut, so much is read as what a larger one would be.
  if (buffer_[first] == '{' && (fault_.ok() || BeginsWithObjectLine())) {
    shape_ = Shape::kLines;
  }
  if (buffer_[first] == '[') {
    shape_ = Shape::kElements;
    begin_ = first + 1;
  }
}

// Whether the first line is an object, as in NDJSON, and not the beginning of
// one that is spread over lines.
bool RecordSplitter::BeginsWithObjectLine() const {
  const absl::string_view held(buffer_);
  const absl::string_view line =
      absl::StripAsciiWhitespace(held.substr(0, held.find('\n')));
  return absl::EndsWith(line, "}");
}

absl::string_view RecordSplitter::TakeRecord(size_t size) {
  const absl::string_view record =
      absl::string_view(buffer_).substr(begin_, size);
  begin_ += size;
  record_bytes_ = size + std::exchange(passed_over_, 0);
  return record.substr(0, limits_.record_bytes_max + 1);
}

void RecordSplitter::CutTail() {
  const size_t keep = begin_ + limits_.record_bytes_max + 1;
  if (buffer_.size() <= keep) return;
  passed_over_ += buffer_.size() - keep;
  buffer_.resize(keep);
}

absl::StatusOr<std::optional<absl::string_view>> RecordSplitter::NextLine() {
  size_t searched = 0;
  while (true) {
    const size_t end = buffer_.find('\n', begin_ + searched);
    if (end == std::string::npos) {
      if (ended_ && fault_.ok()) break;
      CutTail();
      searched = buffer_.size() - begin_;
      WD_RETURN_IF_ERROR(Advance());
      continue;
    }
    const absl::string_view line = TakeRecord(end - begin_);
    ++begin_;
    if (!IsBlank(line)) return std::optional(absl::StripSuffix(line, "\r"));
    searched = 0;
  }
  const absl::string_view line = TakeRecord(buffer_.size() - begin_);
  if (IsBlank(line)) return std::optional<absl::string_view>();
  return std::optional(absl::StripSuffix(line, "\r"));
}

absl::StatusOr<std::optional<absl::string_view>> RecordSplitter::NextElement() {
  ElementScan scan;
  size_t seen = 0;
  while (true) {
    for (; begin_ + seen < buffer_.size(); ++seen) {
      const ElementScan::End end = scan.Feed(buffer_[begin_ + seen]);
      if (end == ElementScan::End::kNone) continue;
      const absl::string_view element = TakeRecord(seen);
      ++begin_;
      // Behind the array there may be white space; anything else is a record
      // of its own, for parse to judge.
      if (end == ElementScan::End::kArray) {
        shape_ = Shape::kWhole;
        given_whole_ = true;
      }
      if (IsBlank(element) && end == ElementScan::End::kArray) return Next();
      return std::optional(absl::StripAsciiWhitespace(element));
    }
    if (ended_ && fault_.ok()) break;
    CutTail();
    seen = buffer_.size() - begin_;
    const absl::Status status = Advance();
    if (status.ok()) continue;
    // Behind a fault nobody knows how deep the text is.
    shape_ = Shape::kWhole;
    given_whole_ = true;
    ended_ = true;
    return status;
  }
  const absl::string_view rest = TakeRecord(buffer_.size() - begin_);
  if (IsBlank(rest)) return std::optional<absl::string_view>();
  return std::optional(rest);
}

absl::StatusOr<std::optional<absl::string_view>> RecordSplitter::NextWhole() {
  while (!ended_ && fault_.ok()) {
    CutTail();
    fault_ = Fill();
  }
  ended_ = true;
  const absl::string_view held =
      absl::StripAsciiWhitespace(absl::string_view(buffer_).substr(begin_));
  // The beginning of a JSON document says nothing; that of a feed does.
  const bool worthless = absl::StartsWith(held, "{") || held.empty();
  if (!fault_.ok() && (given_whole_ || worthless)) {
    given_whole_ = true;
    return Advance();
  }
  if (given_whole_ && held.empty()) return std::optional<absl::string_view>();
  given_whole_ = true;
  return std::optional(TakeRecord(buffer_.size() - begin_));
}

}  // namespace wiredesk
