// Reads the head and body of a request out of what has come so far.

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "pipeline/observe/http_server.h"

namespace wiredesk {
namespace {

constexpr size_t kHeadersMax = 100;
constexpr absl::string_view kMethods[] = {"GET", "HEAD", "POST"};

// "%20" and, in a query, "+".
std::string Decode(absl::string_view text, bool query) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    int value = 0;
    if (text[i] == '%' && i + 2 < text.size() &&
        absl::SimpleHexAtoi(text.substr(i + 1, 2), &value)) {
      out.push_back(static_cast<char>(value));
      i += 2;
    } else {
      out.push_back(query && text[i] == '+' ? ' ' : text[i]);
    }
  }
  return out;
}

void ReadTarget(absl::string_view target, HttpRequest& request) {
  const size_t mark = std::min(target.find('?'), target.size());
  request.path = Decode(target.substr(0, mark), false);
  if (mark == target.size()) return;
  for (const absl::string_view part :
       absl::StrSplit(target.substr(mark + 1), '&', absl::SkipEmpty())) {
    const std::pair<absl::string_view, absl::string_view> pair =
        absl::StrSplit(part, absl::MaxSplits('=', 1));
    request.query.emplace_back(Decode(pair.first, true),
                               Decode(pair.second, true));
  }
}

// "GET /tap?stage=tag HTTP/1.1"
int ReadRequestLine(absl::string_view line, HttpRequest& request) {
  const std::vector<absl::string_view> parts = absl::StrSplit(line, ' ');
  if (parts.size() != 3 || !absl::StartsWith(parts[2], "HTTP/1.") ||
      !absl::StartsWith(parts[1], "/")) {
    return 400;
  }
  request.method = std::string(parts[0]);
  ReadTarget(parts[1], request);
  return std::find(std::begin(kMethods), std::end(kMethods), parts[0]) ==
                 std::end(kMethods)
             ? 405
             : 200;
}

int ReadHead(absl::string_view head, HttpRequest& request) {
  bool first = true;
  for (absl::string_view line : absl::StrSplit(head, '\n')) {
    if (absl::EndsWith(line, "\r")) line.remove_suffix(1);
    if (first) {
      first = false;
      const int status = ReadRequestLine(line, request);
      if (status != 200) return status;
      continue;
    }
    const size_t colon = line.find(':');
    if (colon == absl::string_view::npos || colon == 0) return 400;
    if (request.headers.size() >= kHeadersMax) return 431;
    request.headers[absl::AsciiStrToLower(line.substr(0, colon))] =
        std::string(absl::StripAsciiWhitespace(line.substr(colon + 1)));
  }
  return 200;
}

}  // namespace

absl::string_view HttpRequest::Header(absl::string_view name) const {
  const auto found = headers.find(std::string(name));
  return found == headers.end() ? absl::string_view() : found->second;
}

int ParseHttpRequest(absl::string_view bytes, size_t body_bytes_max,
                     HttpRequest& request, size_t& taken) {
  size_t end = bytes.find("\r\n\r\n");
  size_t gap = 4;
  if (const size_t bare = bytes.find("\n\n"); bare < end) {
    end = bare;
    gap = 2;
  }
  if (end == absl::string_view::npos) return 0;
  request = {};
  taken = end + gap;
  const int status = ReadHead(bytes.substr(0, end), request);
  if (status != 200) return status;
  if (!request.Header("transfer-encoding").empty()) return 411;
  size_t length = 0;
  const absl::string_view given = request.Header("content-length");
  if (!given.empty() && !absl::SimpleAtoi(given, &length)) return 400;
  if (length > body_bytes_max) return 413;
  if (bytes.size() - taken < length) return 0;
  request.body = std::string(bytes.substr(taken, length));
  taken += length;
  return 200;
}

}  // namespace wiredesk
