#include "stages/route/cel/lexer.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace wiredesk {
namespace {

bool IsIdentifierStart(char c) {
  return absl::ascii_isalpha(static_cast<unsigned char>(c)) || c == '_';
}

bool IsIdentifierPart(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_';
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

void AppendUtf8(uint32_t point, std::string& out) {
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xC0 | (point >> 6));
    out += static_cast<char>(0x80 | (point & 63));
  } else if (point < 0x10000) {
    out += static_cast<char>(0xE0 | (point >> 12));
    out += static_cast<char>(0x80 | ((point >> 6) & 63));
    out += static_cast<char>(0x80 | (point & 63));
  } else {
    out += static_cast<char>(0xF0 | (point >> 18));
    out += static_cast<char>(0x80 | ((point >> 12) & 63));
    out += static_cast<char>(0x80 | ((point >> 6) & 63));
    out += static_cast<char>(0x80 | (point & 63));
  }
}

// The prefix of a string literal.
struct Quoting {
  bool raw = false;
  bool bytes = false;
};

class Lexer {
 public:
  Lexer(absl::string_view source, std::vector<CelToken>& tokens,
        CelFault& fault)
      : source_(source), tokens_(tokens), fault_(fault) {}

  bool Run() {
    while (SkipSpace()) {
      if (!Next()) {
        return false;
      }
    }
    Add(CelTokenKind::kEnd, source_.size());
    return true;
  }

 private:
  char Peek(size_t ahead = 0) const {
    return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
  }

  bool Fail(size_t begin, absl::string_view what,
            absl::string_view remedy = "") {
    fault_ = {begin, std::min(at_ + 1, source_.size()), std::string(what),
              std::string(remedy)};
    return false;
  }

  CelToken& Add(CelTokenKind kind, size_t begin) {
    CelToken& token = tokens_.emplace_back();
    token.kind = kind;
    token.begin = begin;
    token.end = at_;
    return token;
  }

  // Past white space and comments; false at the end.
  bool SkipSpace() {
    while (at_ < source_.size()) {
      if (absl::ascii_isspace(static_cast<unsigned char>(source_[at_]))) {
        ++at_;
      } else if (Peek() == '/' && Peek(1) == '/') {
        at_ = std::min(source_.find('\n', at_), source_.size());
      } else {
        return true;
      }
    }
    return false;
  }

  bool Next() {
    const char c = Peek();
    if (IsDigit(c) || (c == '.' && IsDigit(Peek(1)))) {
      return Number();
    }
    if (c == '"' || c == '\'') {
      return String(at_, {});
    }
    if (c == '`') {
      return QuotedIdentifier();
    }
    if (IsIdentifierStart(c)) {
      return Word();
    }
    return Punctuation();
  }

  bool Word() {
    const size_t begin = at_;
    Quoting quoting;
    size_t length = 0;
    for (; length < 2; ++length) {
      const char c =
          absl::ascii_tolower(static_cast<unsigned char>(Peek(length)));
      if (c == 'r' && !quoting.raw) {
        quoting.raw = true;
      } else if (c == 'b' && !quoting.bytes) {
        quoting.bytes = true;
      } else {
        break;
      }
    }
    if (length > 0 && (Peek(length) == '"' || Peek(length) == '\'')) {
      at_ += length;
      return String(begin, quoting);
    }
    while (IsIdentifierPart(Peek())) {
      ++at_;
    }
    const absl::string_view text = source_.substr(begin, at_ - begin);
    Add(text == "in" ? CelTokenKind::kPunctuation : CelTokenKind::kIdentifier,
        begin)
        .text = std::string(text);
    return true;
  }

  bool QuotedIdentifier() {
    const size_t begin = at_++;
    const size_t end = source_.find('`', at_);
    if (end == absl::string_view::npos || end == at_) {
      return Fail(begin, "a name in back quotes does not end");
    }
    const std::string text(source_.substr(at_, end - at_));
    at_ = end + 1;
    Add(CelTokenKind::kQuotedIdentifier, begin).text = text;
    return true;
  }

  bool Hexadecimal(size_t begin) {
    at_ += 2;
    uint64_t value = 0;
    const size_t first = at_;
    while (absl::ascii_isxdigit(static_cast<unsigned char>(Peek()))) {
      if (at_ - first >= 16) {
        return Fail(begin, "the number is too large");
      }
      const char c = Peek();
      value = value * 16 +
              static_cast<uint64_t>(IsDigit(c) ? c - '0' : (c | 32) - 'a' + 10);
      ++at_;
    }
    if (at_ == first) {
      return Fail(begin, "0x needs digits after it");
    }
    return Whole(begin, value);
  }

  bool Whole(size_t begin, uint64_t value) {
    const bool natural = Peek() == 'u' || Peek() == 'U';
    at_ += natural ? 1 : 0;
    // One more than the largest int: a minus sign may stand before it.
    if (!natural && value > (uint64_t{1} << 63)) {
      return Fail(begin, "the number is too large");
    }
    Add(natural ? CelTokenKind::kUint : CelTokenKind::kInt, begin).natural =
        value;
    return true;
  }

  bool Number() {
    const size_t begin = at_;
    if (Peek() == '0' && (Peek(1) | 32) == 'x') {
      return Hexadecimal(begin);
    }
    bool real = false;
    while (IsDigit(Peek())) {
      ++at_;
    }
    if (Peek() == '.' && IsDigit(Peek(1))) {
      real = true;
      ++at_;
      while (IsDigit(Peek())) {
        ++at_;
      }
    }
    const size_t sign = Peek(1) == '+' || Peek(1) == '-' ? 1 : 0;
    if ((Peek() | 32) == 'e' && IsDigit(Peek(1 + sign))) {
      real = true;
      at_ += 1 + sign;
      while (IsDigit(Peek())) {
        ++at_;
      }
    }
    const absl::string_view text = source_.substr(begin, at_ - begin);
    if (real) {
      double value = 0;
      if (!absl::SimpleAtod(text, &value)) {
        return Fail(begin, "malformed number");
      }
      Add(CelTokenKind::kDouble, begin).real = value;
      return true;
    }
    uint64_t value = 0;
    if (!absl::SimpleAtoi(text, &value)) {
      return Fail(begin, "the number is too large");
    }
    return Whole(begin, value);
  }

  bool String(size_t begin, Quoting quoting) {
    const char quote = Peek();
    const bool triple = Peek(1) == quote && Peek(2) == quote;
    at_ += triple ? 3 : 1;
    std::string value;
    for (;;) {
      if (at_ >= source_.size()) {
        return Fail(begin, "the text does not end", "close its quote");
      }
      const char c = Peek();
      if (c == quote && (!triple || (Peek(1) == quote && Peek(2) == quote))) {
        at_ += triple ? 3 : 1;
        break;
      }
      if (!triple && (c == '\n' || c == '\r')) {
        return Fail(begin, "the text does not end in its line",
                    "use three quotes for a text of several lines");
      }
      if (c == '\\' && !quoting.raw) {
        if (!Escape(quoting.bytes, value)) {
          return false;
        }
        continue;
      }
      value += c;
      ++at_;
    }
    Add(quoting.bytes ? CelTokenKind::kBytes : CelTokenKind::kString, begin)
        .text = std::move(value);
    return true;
  }

  // Reads `count` digits of base 8 or 16; false if they are not there.
  bool Digits(int count, uint32_t base, uint32_t& value) {
    value = 0;
    for (int i = 0; i < count; ++i, ++at_) {
      const char c = Peek();
      uint32_t digit = 99;
      if (IsDigit(c)) {
        digit = static_cast<uint32_t>(c - '0');
      } else if (absl::ascii_isxdigit(static_cast<unsigned char>(c))) {
        digit = static_cast<uint32_t>((c | 32) - 'a' + 10);
      }
      if (digit >= base) {
        return false;
      }
      value = value * base + digit;
    }
    return true;
  }

  bool Escape(bool bytes, std::string& out) {
    constexpr absl::string_view kNames = "abfnrtv\\?\"'`";
    constexpr absl::string_view kValues = "\a\b\f\n\r\t\v\\?\"'`";
    const size_t begin = at_++;
    const char c = Peek();
    if (const size_t i = kNames.find(c);
        c != '\0' && i != absl::string_view::npos) {
      out += kValues[i];
      ++at_;
      return true;
    }
    uint32_t point = 0;
    bool good = false;
    if (c >= '0' && c <= '3') {
      good = Digits(3, 8, point);
    } else if (c == 'x' || c == 'X' || c == 'u' || c == 'U') {
      ++at_;
      good = Digits(c == 'u'   ? 4
                    : c == 'U' ? 8
                               : 2,
                    16, point) &&
             (!bytes || (c | 32) == 'x');
    }
    if (!good || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) {
      return Fail(begin, "this escape is unknown",
                  "write a backslash as \\\\, or use r\"...\"");
    }
    if (bytes) {
      out += static_cast<char>(point);
    } else {
      AppendUtf8(point, out);
    }
    return true;
  }

  bool Punctuation() {
    constexpr absl::string_view kKnown[] = {
        "&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "+", "-", "*",
        "/",  "%",  "?",  ":",  ".",  ",",  "(", ")", "[", "]", "{", "}"};
    const size_t begin = at_;
    for (const absl::string_view known : kKnown) {
      if (source_.substr(at_, known.size()) == known) {
        at_ += known.size();
        Add(CelTokenKind::kPunctuation, begin).text = std::string(known);
        return true;
      }
    }
    const char c = Peek();
    return Fail(begin, "this character has no meaning here",
                c == '='               ? "write == to compare"
                : c == '&' || c == '|' ? "write it twice"
                                       : "");
  }

  const absl::string_view source_;
  std::vector<CelToken>& tokens_;
  CelFault& fault_;
  size_t at_ = 0;
};

}  // namespace

std::string ToString(const CelFault& fault, absl::string_view source) {
  const size_t begin = std::min(fault.begin, source.size());
  const size_t before = source.substr(0, begin).rfind('\n');
  const size_t line_begin = before == absl::string_view::npos ? 0 : before + 1;
  const size_t line_end = std::min(source.find('\n', begin), source.size());
  const absl::string_view line =
      source.substr(line_begin, line_end - line_begin);
  const auto number =
      std::count(source.begin(), source.begin() + static_cast<ptrdiff_t>(begin),
                 '\n') +
      1;
  // Carets are counted in code points, so that they stand below.
  size_t column = 0;
  for (size_t i = line_begin; i < begin; ++i) {
    column += (source[i] & 0xC0) != 0x80 ? 1 : 0;
  }
  size_t width = 0;
  for (size_t i = begin; i < std::min(fault.end, line_end); ++i) {
    width += (source[i] & 0xC0) != 0x80 ? 1 : 0;
  }
  return absl::StrCat(number, ":", column + 1, ": ", fault.what,
                      fault.remedy.empty() ? "" : "; ", fault.remedy, "\n    ",
                      line, "\n    ", std::string(column, ' '),
                      std::string(std::max<size_t>(width, 1), '^'));
}

bool CelLex(absl::string_view source, std::vector<CelToken>& tokens,
            CelFault& fault) {
  return Lexer(source, tokens, fault).Run();
}

}  // namespace wiredesk
