#include "stages/tag/dates/text.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"

namespace wiredesk {
namespace {

// Numbers of more digits are not part of a date.
constexpr size_t kMaxDigits = 4;

bool IsOrdinalSuffix(absl::string_view suffix) {
  return absl::EqualsIgnoreCase(suffix, "st") ||
         absl::EqualsIgnoreCase(suffix, "nd") ||
         absl::EqualsIgnoreCase(suffix, "rd") ||
         absl::EqualsIgnoreCase(suffix, "th") || suffix == "er" ||
         suffix == "\xC2\xBA";  // "1er mai", "1º de mayo"
}

Gap ByteGap(char byte) {
  switch (byte) {
    case ' ':
    case '\n':
      return Gap::kSpace;
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
      return absl::ascii_isspace(byte) ? Gap::kSpace : Gap::kOther;
  }
}

Gap LongGap(absl::string_view gap) {
  if (gap == "\xC2\xA0") return Gap::kSpace;
  if (absl::StrContains(gap, "\n\n")) return Gap::kBreak;
  if (gap == "\xE2\x80\x93" || gap == "\xE2\x80\x94" || gap == "\xE2\x80\x90" ||
      gap == "\xE2\x80\x91") {
    return Gap::kHyphen;
  }
  if (gap == "\xE2\x80\x99") return Gap::kApostrophe;
  // Wrapped lines: any run of white space is one space.
  if (absl::StripAsciiWhitespace(gap).empty()) return Gap::kSpace;
  return Gap::kOther;
}

}  // namespace

void DateVocabulary::MarkWords(WordMarker& marker) const {
  words_.ForEachKey([&marker](uint64_t hash, const DateWord& word) {
    marker.Add(hash, kWordNoDate);
    if (word.kind <= DateClass::kLastStart) marker.Add(hash, kWordNoDateStart);
  });
}

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
  const DateWord word = At(i);
  return word.kind <= DateClass::kLastStart ? word : DateWord();
}

DateWord DateText::At(size_t i) const {
  if (i >= words_.size()) return {};
  const Word& word = words_.data()[i];
  if ((word.flags & kWordNoDate) != 0) return {};
  if ((word.flags & kWordDigits) != 0) return Digits(i);
  return vocabulary_.Find(word.hash);
}

Gap DateText::After(size_t i) const {
  if (i + 1 >= words_.size()) return Gap::kBreak;
  if (IsPlain(words_.data()[i + 1])) return Gap::kSpace;
  const absl::string_view gap = text_.substr(end(i), begin(i + 1) - end(i));
  if (gap.size() == 1) return ByteGap(gap[0]);
  if (gap.size() == 2 && (gap[1] == ' ' || gap[1] == '\n')) {
    if (gap[0] == ',') return Gap::kComma;
    if (gap[0] == '.') return Gap::kStop;
  }
  return LongGap(gap);
}

bool DateText::SentenceEndsAfter(size_t i) const {
  if (i + 1 >= words_.size()) return true;
  if (IsPlain(words_.data()[i + 1])) return false;
  const absl::string_view gap = text_.substr(end(i), begin(i + 1) - end(i));
  if (gap.size() < 2) return false;
  bool stop = false;
  for (size_t at = 0; at < gap.size(); ++at) {
    if (gap[at] == '\n' && at > 0 && gap[at - 1] == '\n') return true;
    stop |= gap[at] == '.' || gap[at] == '!' || gap[at] == '?';
  }
  // "Sept. 5", "J. Smith", "U.S. officials" go on.
  return stop && Capital(i + 1) && words_[i].length > 1 &&
         !(gap[0] == '.' && words_[i].length <= 4 && Capital(i));
}

bool DateText::QuoteAfter(size_t i) const {
  if (i + 1 >= words_.size() || IsPlain(words_.data()[i + 1])) return false;
  const absl::string_view gap = text_.substr(end(i), begin(i + 1) - end(i));
  return gap.size() > 1 && (absl::StrContains(gap, "\"") ||
                            absl::StrContains(gap, "\xE2\x80\x9C") ||
                            absl::StrContains(gap, "\xE2\x80\x9D"));
}

char DateText::ByteBefore(size_t i) const {
  return begin(i) == 0 ? ' ' : text_[begin(i) - 1];
}

char DateText::ByteAfter(size_t i) const {
  return end(i) >= text_.size() ? ' ' : text_[end(i)];
}

}  // namespace wiredesk
