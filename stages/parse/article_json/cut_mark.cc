#include "stages/parse/article_json/cut_mark.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"

namespace wiredesk {
namespace {

constexpr size_t kMarkMax = 32;
constexpr absl::string_view kEllipses[] = {"…", "...", "&hellip;", "&#8230;"};

bool ConsumeEllipsis(absl::string_view& text) {
  for (const absl::string_view dots : kEllipses) {
    if (absl::ConsumePrefix(&text, dots)) return true;
  }
  return false;
}

// "+7812 chars", "1402 characters", "…", "+3 more words".
bool IsCutMark(absl::string_view inside) {
  inside = absl::StripAsciiWhitespace(inside);
  const bool dots = ConsumeEllipsis(inside);
  inside = absl::StripLeadingAsciiWhitespace(inside);
  if (dots && inside.empty()) return true;
  const bool plus = absl::ConsumePrefix(&inside, "+");
  size_t digits = 0;
  while (digits < inside.size() &&
         absl::ascii_isdigit(static_cast<unsigned char>(inside[digits]))) {
    ++digits;
  }
  inside = absl::StripLeadingAsciiWhitespace(inside.substr(digits));
  if (digits == 0) return false;
  for (const absl::string_view unit :
       {"char", "word", "more", "zeichen", "caract", "carácter", "simvol"}) {
    if (absl::StartsWithIgnoreCase(inside, unit)) return true;
  }
  return plus && inside.empty();
}

}  // namespace

absl::string_view WithoutCutMark(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  if (text.empty() || (text.back() != ']' && text.back() != ')')) return text;
  const char open = text.back() == ']' ? '[' : '(';
  const size_t at = text.rfind(open);
  if (at == absl::string_view::npos || text.size() - at > kMarkMax ||
      !IsCutMark(text.substr(at + 1, text.size() - at - 2))) {
    return text;
  }
  text = absl::StripTrailingAsciiWhitespace(text.substr(0, at));
  for (const absl::string_view dots : kEllipses) {
    absl::string_view before = text;
    if (!absl::ConsumeSuffix(&before, dots) || before.empty()) continue;
    if (absl::ascii_isspace(static_cast<unsigned char>(before.back()))) {
      return absl::StripTrailingAsciiWhitespace(before);
    }
  }
  return text;
}

}  // namespace wiredesk
