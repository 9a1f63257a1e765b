#include "stages/parse/time/lexer.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"

namespace wiredesk {
namespace {

constexpr uint32_t kDigitsMax = 18;

bool IsWordByte(char c) {
  return absl::ascii_isalpha(static_cast<unsigned char>(c)) ||
         static_cast<uint8_t>(c) >= 0x80;
}

// Appends a character: digits of other scripts, full-width forms, dashes and
// spaces as their ASCII relatives.
void AppendPlain(UChar32 code, absl::string_view bytes, std::string& out) {
  if (code < 0) {
    out += ' ';
    return;
  }
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (u_charDigitValue(code) >= 0) {
    out += static_cast<char>('0' + u_charDigitValue(code));
  } else if (code >= 0xFF01 && code <= 0xFF5E) {
    out += static_cast<char>(code - 0xFEE0);
  } else if (code == 0x2010 || code == 0x2011 || code == 0x2212) {
    out += '-';
  } else if (u_isUWhiteSpace(code) || (u_ispunct(code) && code != 0x2019)) {
    out += ' ';
  } else if (u_charType(code) != U_FORMAT_CHAR) {
    out.append(bytes.data(), bytes.size());
  }
}

// The two halves of "a.m." as one word, if `at` stands there; its bytes.
size_t MeridianWithDots(absl::string_view text, size_t at) {
  const char first = absl::ascii_tolower(static_cast<unsigned char>(text[at]));
  if (first != 'a' && first != 'p') return 0;
  size_t i = at + 1;
  if (i >= text.size() || text[i] != '.') return 0;
  ++i;
  while (i < text.size() && text[i] == ' ') ++i;
  if (i >= text.size() || (text[i] | 0x20) != 'm') return 0;
  ++i;
  if (i < text.size() && IsWordByte(text[i])) return 0;
  return i < text.size() && text[i] == '.' ? i + 1 - at : i - at;
}

TimeToken LexNumber(absl::string_view text, size_t at) {
  TimeToken token;
  token.type = TimeToken::Type::kNumber;
  size_t end = at;
  while (end < text.size() &&
         absl::ascii_isdigit(static_cast<unsigned char>(text[end]))) {
    if (++token.digits <= kDigitsMax) {
      token.value = token.value * 10 + (text[end] - '0');
    }
    ++end;
  }
  token.text = text.substr(at, end - at);
  return token;
}

TimeToken LexWord(absl::string_view text, size_t at) {
  TimeToken token;
  token.type = TimeToken::Type::kWord;
  if (const size_t size = MeridianWithDots(text, at); size != 0) {
    token.text = (text[at] | 0x20) == 'a' ? "am" : "pm";
    token.digits = static_cast<uint32_t>(size);  // bytes to skip
    return token;
  }
  size_t end = at;
  while (end < text.size() && IsWordByte(text[end])) ++end;
  token.text = text.substr(at, end - at);
  token.digits = static_cast<uint32_t>(token.text.size());
  return token;
}

}  // namespace

TimeText NormalizeTimeText(absl::string_view text) {
  TimeText result;
  if (text.size() > kTimeTextMax) return result;
  int depth = 0;
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    const int32_t begin = i;
    UChar32 code = 0;
    U8_NEXT(text.data(), i, size, code);
    const absl::string_view bytes =
        text.substr(static_cast<size_t>(begin), static_cast<size_t>(i - begin));
    std::string& out = depth > 0 ? result.comment : result.text;
    if (code == '\\' && depth > 0 && i < size) {
      ++i;  // an escaped character of a comment
    } else if (code == '(') {
      ++depth;
      result.text += ' ';
    } else if (code == ')') {
      depth = depth > 0 ? depth - 1 : 0;
      out += ' ';
    } else {
      AppendPlain(code, bytes, out);
    }
  }
  return result;
}

std::vector<TimeToken> LexTime(absl::string_view text) {
  std::vector<TimeToken> tokens;
  size_t end_before = 0;
  for (size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (absl::ascii_isspace(static_cast<unsigned char>(c)) || c == ',') {
      ++at;
      continue;
    }
    TimeToken token;
    size_t size = 1;
    if (absl::ascii_isdigit(static_cast<unsigned char>(c))) {
      token = LexNumber(text, at);
      size = token.text.size();
    } else if (IsWordByte(c)) {
      token = LexWord(text, at);
      size = token.digits;
    } else {
      token.sign = c;
      token.text = text.substr(at, 1);
    }
    token.attached = !tokens.empty() && at == end_before;
    at += size;
    end_before = at;
    tokens.push_back(token);
  }
  return tokens;
}

absl::string_view UnwrapTimeText(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  if (absl::ConsumePrefix(&text, "/Date(")) {
    return text.substr(0, text.find_first_of("+)"));
  }
  const size_t equals = text.find('=');
  if (equals == absl::string_view::npos) return text;
  text.remove_prefix(equals + 1);
  return absl::StripAsciiWhitespace(text.substr(0, text.find(';')));
}

}  // namespace wiredesk
