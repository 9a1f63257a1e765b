#include "stages/parse/wire/mime.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "stages/parse/bytes/charset.h"

namespace wiredesk {
namespace {

constexpr size_t kNone = absl::string_view::npos;
constexpr int kDepthMax = 8;
constexpr int kPartsMax = 64;

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// `word`: of a header, where '_' is a space.
std::string DecodeQuotedPrintable(absl::string_view text, bool word) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '=') {
      out += word && text[i] == '_' ? ' ' : text[i];
      continue;
    }
    if (i + 2 < text.size() && HexDigit(text[i + 1]) >= 0 &&
        HexDigit(text[i + 2]) >= 0) {
      out +=
          static_cast<char>(HexDigit(text[i + 1]) * 16 + HexDigit(text[i + 2]));
      i += 2;
      continue;
    }
    // A soft line break.
    size_t end = i + 1;
    while (end < text.size() && (text[end] == ' ' || text[end] == '\r')) ++end;
    if (end < text.size() && text[end] == '\n') {
      i = end;
    } else if (end < text.size()) {
      out += '=';
    }
  }
  return out;
}

std::string DecodeBase64(absl::string_view text) {
  std::string packed;
  for (const char c : text) {
    if (!absl::ascii_isspace(static_cast<unsigned char>(c))) packed += c;
  }
  std::string out;
  return absl::Base64Unescape(packed, &out) ? out : std::string();
}

std::string ToUtf8(const std::string& bytes, absl::string_view charset) {
  std::string storage;
  return std::string(DecodeToUtf8(bytes, charset, storage).text);
}

// One encoded word at the beginning of `text`; its bytes, 0 where there is none.
size_t DecodeWord(absl::string_view text, std::string& out) {
  if (!absl::StartsWith(text, "=?")) return 0;
  const size_t charset = text.find('?', 2);
  if (charset == kNone || charset + 2 >= text.size()) return 0;
  const size_t begin = charset + 3;
  const size_t end = text.find("?=", begin);
  if (text[charset + 2] != '?' || end == kNone) return 0;
  const absl::string_view inside = text.substr(begin, end - begin);
  const bool base64 = (text[charset + 1] | 0x20) == 'b';
  const std::string bytes =
      base64 ? DecodeBase64(inside) : DecodeQuotedPrintable(inside, true);
  absl::StrAppend(&out, ToUtf8(bytes, text.substr(2, charset - 2)));
  return end + 2;
}

class TextReader {
 public:
  MimeTexts Read(const MimePart& message) {
    ReadPart(message, 0);
    return std::move(texts_);
  }

 private:
  void ReadPart(const MimePart& part, int depth) {
    if (depth > kDepthMax || ++parts_ > kPartsMax) return;
    const std::string type = MimeHeader(part.headers, "content-type");
    const std::string kind = absl::AsciiStrToLower(
        absl::StripAsciiWhitespace(type.substr(0, type.find(';'))));
    if (absl::StartsWith(kind, "multipart/")) {
      ReadParts(part.body, MimeParameter(type, "boundary"), depth);
    } else if (kind == "message/rfc822") {
      ReadPart(SplitMimePart(part.body), depth + 1);
    } else if (kind.empty() || kind == "text/plain" || kind == "text/html") {
      const std::string disposition =
          MimeHeader(part.headers, "content-disposition");
      if (absl::StartsWithIgnoreCase(disposition, "attachment")) return;
      std::string& place = kind == "text/html" ? texts_.html : texts_.plain;
      if (place.empty()) place = Decode(part, type);
    }
  }

  void ReadParts(absl::string_view body, const std::string& boundary,
                 int depth) {
    if (boundary.empty()) return;
    const std::string mark = absl::StrCat("--", boundary);
    size_t at = body.find(mark);
    while (at != kNone) {
      absl::string_view rest = body.substr(at + mark.size());
      if (absl::StartsWith(rest, "--")) return;
      rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
      const size_t next = rest.find(absl::StrCat("\n", mark));
      ReadPart(SplitMimePart(rest.substr(0, next)), depth + 1);
      if (next == kNone || parts_ > kPartsMax) return;
      at = static_cast<size_t>(rest.data() - body.data()) + next + 1;
    }
  }

  static std::string Decode(const MimePart& part, absl::string_view type) {
    const std::string encoding =
        absl::AsciiStrToLower(absl::StripAsciiWhitespace(
            MimeHeader(part.headers, "content-transfer-encoding")));
    const std::string charset = MimeParameter(type, "charset");
    if (encoding == "base64") return ToUtf8(DecodeBase64(part.body), charset);
    if (encoding == "quoted-printable") {
      return ToUtf8(DecodeQuotedPrintable(part.body, false), charset);
    }
    return std::string(part.body);  // decoded with the message
  }

  MimeTexts texts_;
  int parts_ = 0;
};

}  // namespace

MimePart SplitMimePart(absl::string_view bytes) {
  size_t end = bytes.find("\n\n");
  size_t gap = 2;
  if (const size_t wide = bytes.find("\n\r\n"); wide < end) {
    end = wide;
    gap = 3;
  }
  // A part may have no headers at all.
  if (!bytes.empty() && bytes[0] == '\n') return {{}, bytes.substr(1)};
  if (absl::StartsWith(bytes, "\r\n")) return {{}, bytes.substr(2)};
  if (end == kNone) return {bytes, {}};
  return {bytes.substr(0, end + 1), bytes.substr(end + gap)};
}

std::string MimeHeader(absl::string_view headers, absl::string_view name) {
  std::string value;
  bool found = false;
  while (!headers.empty()) {
    const size_t end = std::min(headers.find('\n'), headers.size());
    const absl::string_view line = headers.substr(0, end);
    headers.remove_prefix(std::min(end + 1, headers.size()));
    const bool folded = !line.empty() && (line[0] == ' ' || line[0] == '\t');
    if (found && !folded) break;
    if (!found) {
      const size_t colon = line.find(':');
      found = colon != kNone &&
              absl::EqualsIgnoreCase(
                  absl::StripAsciiWhitespace(line.substr(0, colon)), name);
      if (found) value = std::string(line.substr(colon + 1));
    } else {
      absl::StrAppend(&value, " ", absl::StripAsciiWhitespace(line));
    }
  }
  return std::string(absl::StripAsciiWhitespace(value));
}

std::string MimeParameter(absl::string_view value, absl::string_view name) {
  for (size_t at = value.find(';'); at != kNone; at = value.find(';', at + 1)) {
    absl::string_view rest =
        absl::StripLeadingAsciiWhitespace(value.substr(at + 1));
    if (!absl::StartsWithIgnoreCase(rest, name)) continue;
    rest = absl::StripLeadingAsciiWhitespace(rest.substr(name.size()));
    if (!absl::ConsumePrefix(&rest, "=")) continue;
    rest = absl::StripLeadingAsciiWhitespace(rest);
    if (absl::ConsumePrefix(&rest, "\"")) {
      return std::string(rest.substr(0, rest.find('"')));
    }
    return std::string(
        absl::StripAsciiWhitespace(rest.substr(0, rest.find(';'))));
  }
  return {};
}

std::string DecodeMimeWords(absl::string_view value) {
  std::string out;
  while (!value.empty()) {
    const size_t size = DecodeWord(value, out);
    if (size > 0) {
      value.remove_prefix(size);
      // Spaces between two encoded words are none.
      const absl::string_view rest = absl::StripLeadingAsciiWhitespace(value);
      if (absl::StartsWith(rest, "=?")) value = rest;
      continue;
    }
    const size_t next = std::min(value.find("=?", 1), value.size());
    absl::StrAppend(&out, value.substr(0, next));
    value.remove_prefix(next);
  }
  return out;
}

MimeTexts ReadMimeTexts(const MimePart& message) {
  return TextReader().Read(message);
}

}  // namespace wiredesk
