#include "stages/tag/dates_text.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"

namespace wiredesk {
namespace {

// Numbers of more digits are no part of a date.
constexpr size_t kMaxDigits = 4;

bool IsOrdinalSuffix(absl::string_view suffix) {
  return absl::EqualsIgnoreCase(suffix, "st") ||
         absl::EqualsIgnoreCase(suffix, "nd") ||
         absl::EqualsIgnoreCase(suffix, "rd") ||
         absl::EqualsIgnoreCase(suffix, "th");
}

}  // namespace

DateWord DateText::Digits(size_t i) const {
  const absl::string_view all = text(i);
  size_t count = 0;
  int32_t value = 0;
  for (; count < all.size() && absl::ascii_isdigit(all[count]); ++count) {
    if (count == kMaxDigits) return {};
    value = 10 * value + (all[count] - '0');
  }
  if (count == 0) return {};
  const auto digits = static_cast<uint8_t>(count);
  const absl::string_view suffix = all.substr(count);
  if (suffix.empty()) return {DateClass::kNumber, kDateDigits, digits, value};
  if (IsOrdinalSuffix(suffix)) {
    return {DateClass::kOrdinal, kDateDigits, digits, value};
  }
  if (suffix == "s") return {DateClass::kDecade, kDateDigits, digits, value};
  if (absl::EqualsIgnoreCase(suffix, "am") && value <= 12) {
    return {DateClass::kClock, kDateDigits, digits, value % 12};
  }
  if (absl::EqualsIgnoreCase(suffix, "pm") && value <= 12) {
    return {DateClass::kClock, kDateDigits, digits, value % 12 + 12};
  }
  return {};
}

DateWord DateText::StartAt(size_t i) const {
  if ((words_[i].flags & kWordDigits) != 0) return Digits(i);
  const DateWord* found = starts_.Find(words_[i].hash);
  return found == nullptr ? DateWord() : *found;
}

DateWord DateText::At(size_t i) const {
  if (i >= words_.size()) return {};
  const DateWord start = StartAt(i);
  if (start.kind != DateClass::kNone) return start;
  const DateWord* found = others_.Find(words_[i].hash);
  return found == nullptr ? DateWord() : *found;
}

Gap DateText::After(size_t i) const {
  if (i + 1 >= words_.size()) return Gap::kBreak;
  absl::string_view gap = text_.substr(end(i), begin(i + 1) - end(i));
  if (gap == " " || gap == "\n" || gap == "\xC2\xA0") return Gap::kSpace;
  if (gap.size() == 1) {
    switch (gap[0]) {
      case '-':
        return Gap::kHyphen;
      case '.':
        return Gap::kDot;
      case '/':
        return Gap::kSlash;
      case ':':
        return Gap::kColon;
      case '\'':
        return Gap::kApostrophe;
      default:
        return Gap::kOther;
    }
  }
  if (absl::StrContains(gap, "\n\n")) return Gap::kBreak;
  if (gap == "\xE2\x80\x93" || gap == "\xE2\x80\x94" || gap == "\xE2\x80\x90" ||
      gap == "\xE2\x80\x91") {
    return Gap::kHyphen;
  }
  if (gap == "\xE2\x80\x99") return Gap::kApostrophe;
  if (gap == ", " || gap == ",\n") return Gap::kComma;
  if (gap == ". " || gap == ".\n") return Gap::kStop;
  // Wrapped lines: any run of white space is one space.
  if (absl::StripAsciiWhitespace(gap).empty()) return Gap::kSpace;
  return Gap::kOther;
}

bool DateText::SentenceEndsAfter(size_t i) const {
  if (i + 1 >= words_.size()) return true;
  const absl::string_view gap = text_.substr(end(i), begin(i + 1) - end(i));
  if (gap.size() < 2) return false;
  if (absl::StrContains(gap, "\n\n")) return true;
  if (gap.find_first_of(".!?") == absl::string_view::npos) return false;
  // "Sept. 5", "J. Smith", "U.S. officials" go on.
  return Capital(i + 1) && words_[i].length > 1 &&
         !(gap[0] == '.' && words_[i].length <= 4 && Capital(i));
}

char DateText::ByteBefore(size_t i) const {
  return begin(i) == 0 ? ' ' : text_[begin(i) - 1];
}

char DateText::ByteAfter(size_t i) const {
  return end(i) >= text_.size() ? ' ' : text_[end(i)];
}

}  // namespace wiredesk
