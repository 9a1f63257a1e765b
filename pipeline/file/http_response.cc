// The HTTP responses inside of web archives.

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "config/base/unpack.h"
#include "pipeline/file/warc_reader.h"

namespace wiredesk {
namespace {

constexpr size_t kNone = absl::string_view::npos;

bool IsReadable(absl::string_view content_type) {
  const std::string type =
      absl::AsciiStrToLower(absl::StripAsciiWhitespace(content_type.substr(
          0, std::min(content_type.find(';'), content_type.size()))));
  return type.empty() || absl::StrContains(type, "html") ||
         absl::StrContains(type, "xml") || absl::StrContains(type, "json") ||
         absl::StrContains(type, "rss") || type == "text/plain";
}

// Joins the chunks; what is not chunked after all stays as it is.
std::string JoinChunks(absl::string_view body) {
  std::string joined;
  absl::string_view rest = body;
  while (!rest.empty()) {
    const size_t line = rest.find('\n');
    if (line == kNone) return joined.empty() ? std::string(body) : joined;
    const absl::string_view head = rest.substr(0, line);
    const absl::string_view number =
        absl::StripAsciiWhitespace(head.substr(0, head.find(';')));
    uint64_t size = 0;
    if (number.size() > 8 || !absl::SimpleHexAtoi(number, &size)) {
      return joined.empty() ? std::string(body) : joined;
    }
    rest.remove_prefix(line + 1);
    if (size == 0) break;
    const absl::string_view chunk = rest.substr(0, size);
    joined.append(chunk.data(), chunk.size());
    rest.remove_prefix(chunk.size());
    absl::ConsumePrefix(&rest, "\r");
    absl::ConsumePrefix(&rest, "\n");
  }
  return joined;
}

// Unpacks gzip or zlib up to one byte more than the limit; what breaks off keeps
// its beginning. The bytes as they are where they are not packed after all.
std::string Inflate(std::string packed, size_t bytes_max) {
  const Packing packing = PackingOf(packed);
  std::string out;
  Unpack(packed, packing == Packing::kNone ? Packing::kZlib : packing,
         bytes_max + 1, out);
  if (out.empty()) return packed;
  return out;
}

// What the head says of the body.
struct ResponseHead {
  std::string content_type;
  std::string last_modified;
  bool chunked = false;
  bool packed = false;
  bool unreadable = false;  // in a packing that is not read here
};

void ReadHeader(absl::string_view name, absl::string_view value,
                ResponseHead& head) {
  if (absl::EqualsIgnoreCase(name, "content-type")) {
    head.content_type = std::string(value);
  } else if (absl::EqualsIgnoreCase(name, "last-modified")) {
    head.last_modified = std::string(value);
  } else if (absl::EqualsIgnoreCase(name, "transfer-encoding")) {
    head.chunked = absl::EndsWithIgnoreCase(value, "chunked");
  } else if (absl::EqualsIgnoreCase(name, "content-encoding")) {
    head.unreadable |= absl::EqualsIgnoreCase(value, "br") ||
                       absl::EqualsIgnoreCase(value, "zstd");
    head.packed = !value.empty() && !absl::EqualsIgnoreCase(value, "identity");
  }
}

// Of the lines below the status.
ResponseHead ReadHead(absl::string_view lines) {
  ResponseHead head;
  for (const absl::string_view line : absl::StrSplit(lines, '\n')) {
    const size_t colon = line.find(':');
    if (colon == kNone) continue;
    ReadHeader(line.substr(0, colon),
               absl::StripAsciiWhitespace(line.substr(colon + 1)), head);
  }
  return head;
}

}  // namespace

std::optional<WarcDocument> ReadHttpResponse(absl::string_view response,
                                             size_t body_bytes_max) {
  if (!absl::StartsWith(response, "HTTP/")) return std::nullopt;
  size_t end = response.find("\r\n\r\n");
  size_t body_begin = end == kNone ? kNone : end + 4;
  if (end == kNone) {
    end = response.find("\n\n");
    body_begin = end == kNone ? kNone : end + 2;
  }
  if (end == kNone) return std::nullopt;
  const absl::string_view lines = response.substr(0, end);
  const size_t space = lines.find(' ');
  if (space == kNone || lines.substr(space + 1, 3) != "200") {
    return std::nullopt;
  }
  ResponseHead head =
      ReadHead(lines.substr(std::min(lines.find('\n'), lines.size())));
  if (head.unreadable) return std::nullopt;
  WarcDocument document;
  document.content_type = std::move(head.content_type);
  document.last_modified = std::move(head.last_modified);
  if (!IsReadable(document.content_type)) return std::nullopt;
  const absl::string_view body = response.substr(body_begin);
  document.body = head.chunked ? JoinChunks(body) : std::string(body);
  if (head.packed)
    document.body = Inflate(std::move(document.body), body_bytes_max);
  document.body_bytes = document.body.size();
  if (document.body.size() > body_bytes_max) {
    document.body.resize(body_bytes_max + 1);
  }
  if (document.body.empty()) return std::nullopt;
  return document;
}

}  // namespace wiredesk
