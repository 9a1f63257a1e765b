#include "pipeline/file/record_splitter.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/strings/ascii.h"
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
  if (shape_ == Shape::kUnknown) WD_RETURN_IF_ERROR(FindShape());
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
  WD_RETURN_IF_ERROR(got.status());
  ended_ = *got == 0;
  return absl::OkStatus();
}

absl::Status RecordSplitter::FindShape() {
  while (!ended_ && buffer_.size() <= limits_.record_bytes_max) {
    WD_RETURN_IF_ERROR(Fill());
  }
  shape_ = Shape::kWhole;
  if (ended_) return absl::OkStatus();
  const size_t first = buffer_.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return absl::OkStatus();
  if (buffer_[first] == '{') shape_ = Shape::kLines;
  if (buffer_[first] == '[') {
    shape_ = Shape::kElements;
    begin_ = first + 1;
  }
  return absl::OkStatus();
}

absl::string_view RecordSplitter::TakeRecord(size_t size) {
  const absl::string_view record =
      absl::string_view(buffer_).substr(begin_, size);
  begin_ += size;
  return record.substr(0, limits_.record_bytes_max + 1);
}

absl::StatusOr<std::optional<absl::string_view>> RecordSplitter::NextLine() {
  size_t searched = 0;
  while (true) {
    const size_t end = buffer_.find('\n', begin_ + searched);
    if (end == std::string::npos) {
      if (ended_) break;
      searched = buffer_.size() - begin_;
      // The tail of a line that is too large is not kept.
      if (searched > limits_.record_bytes_max + 1) {
        buffer_.resize(begin_ + limits_.record_bytes_max + 1);
        searched = buffer_.size() - begin_;
      }
      WD_RETURN_IF_ERROR(Fill());
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
    if (ended_) break;
    // As in NextLine(): keep no more of an element than a record may have.
    const size_t keep = limits_.record_bytes_max + 1;
    if (seen > keep) {
      buffer_.resize(begin_ + keep);
      seen = keep;
    }
    WD_RETURN_IF_ERROR(Fill());
  }
  const absl::string_view rest = TakeRecord(buffer_.size() - begin_);
  if (IsBlank(rest)) return std::optional<absl::string_view>();
  return std::optional(rest);
}

absl::StatusOr<std::optional<absl::string_view>> RecordSplitter::NextWhole() {
  while (!ended_) {
    if (buffer_.size() - begin_ > limits_.record_bytes_max + 1) {
      buffer_.resize(begin_ + limits_.record_bytes_max + 1);
    }
    WD_RETURN_IF_ERROR(Fill());
  }
  if (given_whole_ && IsBlank(absl::string_view(buffer_).substr(begin_))) {
    return std::optional<absl::string_view>();
  }
  given_whole_ = true;
  return std::optional(TakeRecord(buffer_.size() - begin_));
}

}  // namespace wiredesk
