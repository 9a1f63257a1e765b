#include "pipeline/file/warc_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "config/base/status_macros.h"

namespace wiredesk {
namespace {

constexpr size_t kReadBytesAtOnce = 256 << 10;
constexpr absl::string_view kMagic = "WARC/";
// Before the version of a record's header that follows on another.
constexpr absl::string_view kNextRecord = "\nWARC/1.";
// With the version and the beginning of the first field.
constexpr size_t kNextRecordBytes = 24;

// Where the header of another record begins in `text`. The pages of an archive
// do not hold this, unless they are archives.
size_t FindNextRecord(absl::string_view text) {
  for (size_t at = text.find(kNextRecord); at != absl::string_view::npos;
       at = text.find(kNextRecord, at + 1)) {
    absl::string_view rest = text.substr(at + kNextRecord.size());
    if (rest.empty() || !absl::ascii_isdigit(static_cast<uint8_t>(rest[0]))) {
      continue;
    }
    rest.remove_prefix(1);
    absl::ConsumePrefix(&rest, "\r");
    if (absl::StartsWith(rest, "\nWARC-") ||
        absl::StartsWith(rest, "\nContent-")) {
      return at;
    }
  }
  return absl::string_view::npos;
}

}  // namespace

struct WarcReader::Header {
  std::string type;
  std::string url;
  std::string date;
  std::string content_type;
  uint64_t size = 0;
  bool has_size = false;
};

WarcReader::WarcReader(std::unique_ptr<FileStream> stream, const Limits& limits)
    : stream_(std::move(stream)), limits_(limits) {}

bool LooksLikeWarc(absl::string_view head) {
  return absl::StartsWith(absl::StripLeadingAsciiWhitespace(head), kMagic);
}

// Reads until `size` bytes lie ahead, or the end.
absl::Status WarcReader::Fill(size_t size) {
  if (begin_ > 0 && rest().size() < size) {
    buffer_.erase(0, begin_);
    begin_ = 0;
  }
  while (!ended_ && rest().size() < size) {
    const size_t old_size = buffer_.size();
    buffer_.resize(old_size + kReadBytesAtOnce);
    absl::StatusOr<size_t> read =
        stream_->Read(buffer_.data() + old_size, kReadBytesAtOnce);
    buffer_.resize(old_size + (read.ok() ? *read : 0));
    ended_ = read.ok() ? *read == 0 : !absl::IsDataLoss(read.status());
    if (!read.ok()) {
      // What is held belongs to a record that is not there as a whole.
      buffer_.clear();
      begin_ = 0;
      return read.status();
    }
  }
  return absl::OkStatus();
}

// Goes to the next "WARC/" at the beginning of a line; false at the end.
absl::StatusOr<bool> WarcReader::FindRecord() {
  bool skipped = false;
  while (true) {
    WD_RETURN_IF_ERROR(Fill(kMagic.size() + 1));
    while (begin_ < buffer_.size() &&
           absl::ascii_isspace(static_cast<uint8_t>(buffer_[begin_]))) {
      ++begin_;
    }
    if (begin_ == buffer_.size()) {
      if (ended_) return false;
      continue;
    }
    WD_RETURN_IF_ERROR(Fill(kMagic.size()));
    if (absl::StartsWith(rest(), kMagic)) return true;
    if (!skipped) ++broken_records_;
    skipped = true;
    const size_t line = rest().find('\n');
    begin_ = line == absl::string_view::npos ? buffer_.size() : begin_ + line;
  }
}

// The header at the front, or nullopt where it is none; then it is passed over.
absl::StatusOr<std::optional<WarcReader::Header>> WarcReader::ReadHeader() {
  size_t end = absl::string_view::npos;
  size_t gap = 4;
  for (size_t size = 4096; end == absl::string_view::npos; size *= 2) {
    WD_RETURN_IF_ERROR(Fill(size));
    // More may be held; it belongs to other records, and is not searched for
    // each of them.
    const absl::string_view head = rest().substr(0, size);
    end = head.find("\r\n\r\n");
    gap = 4;
    if (end == absl::string_view::npos) {
      end = head.find("\n\n");
      gap = 2;
    }
    if (end == absl::string_view::npos &&
        (rest().size() < size || size > limits_.header_bytes_max)) {
      begin_ += kMagic.size();
      return std::nullopt;
    }
  }
  Header header;
  for (const absl::string_view line :
       absl::StrSplit(rest().substr(0, end), '\n')) {
    const size_t colon = line.find(':');
    if (colon == absl::string_view::npos) continue;
    const absl::string_view name = line.substr(0, colon);
    absl::string_view value =
        absl::StripAsciiWhitespace(line.substr(colon + 1));
    if (absl::EqualsIgnoreCase(name, "WARC-Type")) {
      header.type = absl::AsciiStrToLower(value);
    } else if (absl::EqualsIgnoreCase(name, "WARC-Target-URI")) {
      if (absl::ConsumePrefix(&value, "<")) absl::ConsumeSuffix(&value, ">");
      header.url = std::string(value);
    } else if (absl::EqualsIgnoreCase(name, "WARC-Date")) {
      header.date = std::string(value);
    } else if (absl::EqualsIgnoreCase(name, "Content-Type")) {
      header.content_type = std::string(value);
    } else if (absl::EqualsIgnoreCase(name, "Content-Length")) {
      header.has_size = absl::SimpleAtoi(value, &header.size);
    }
  }
  begin_ += end + gap;
  if (!header.has_size) return std::nullopt;
  return header;
}

// The next bytes; those beyond what a body may have are passed over, and all
// of them if they are not to be kept. nullopt where another record begins in
// them. DataLoss where the archive ends in them.
absl::StatusOr<std::optional<std::string>> WarcReader::ReadBlock(uint64_t size,
                                                                 bool keep) {
  const uint64_t keep_max =
      keep ? uint64_t{limits_.body_bytes_max} + limits_.header_bytes_max + 1
           : 0;
  std::string block;
  while (size > 0) {
    // A record's beginning may lie across two pieces.
    WD_RETURN_IF_ERROR(Fill(std::min<uint64_t>(size, kNextRecordBytes)));
    if (rest().empty()) return absl::DataLossError("the archive is cut off");
    auto piece = static_cast<size_t>(std::min<uint64_t>(size, rest().size()));
    // A length that is wrong must not take the next records with it.
    const size_t next = FindNextRecord(rest().substr(0, piece));
    if (next != absl::string_view::npos) {
      begin_ += next + 1;
      return std::nullopt;
    }
    if (piece < size && piece >= kNextRecordBytes) {
      piece -= kNextRecordBytes - 1;
    }
    const auto kept = static_cast<size_t>(std::min<uint64_t>(
        piece, keep_max - std::min<uint64_t>(keep_max, block.size())));
    block.append(buffer_, begin_, kept);
    begin_ += piece;
    size -= piece;
  }
  return block;
}

absl::StatusOr<std::optional<WarcDocument>> WarcReader::Next() {
  while (true) {
    WD_ASSIGN_OR_RETURN(const bool found, FindRecord());
    if (!found) return std::nullopt;
    WD_ASSIGN_OR_RETURN(std::optional<Header> header, ReadHeader());
    if (!header.has_value()) {
      ++broken_records_;
      continue;
    }
    const bool response = header->type == "response";
    const bool resource = header->type == "resource";
    WD_ASSIGN_OR_RETURN(std::optional<std::string> read,
                        ReadBlock(header->size, response || resource));
    if (!read.has_value()) {
      ++broken_records_;
      continue;
    }
    std::string& block = *read;
    const auto passed_over = static_cast<size_t>(header->size - block.size());
    std::optional<WarcDocument> document;
    if (response) {
      document = ReadHttpResponse(block, limits_.body_bytes_max);
    } else if (resource && !block.empty() &&
               (absl::StrContains(header->content_type, "html") ||
                absl::StrContains(header->content_type, "xml"))) {
      document.emplace();
      document->content_type = header->content_type;
      document->body = std::move(block);
      document->body_bytes = document->body.size();
      if (document->body.size() > limits_.body_bytes_max) {
        document->body.resize(limits_.body_bytes_max + 1);
      }
    }
    if (!document.has_value()) continue;
    document->body_bytes += passed_over;
    document->url = std::move(header->url);
    document->date = std::move(header->date);
    return document;
  }
}

}  // namespace wiredesk
