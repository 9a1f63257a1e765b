#include "stages/parse/time/plain.h"

#include <array>

#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"

namespace wiredesk {
namespace {

constexpr std::array<absl::string_view, 7> kDays = {
    "Mon, ", "Tue, ", "Wed, ", "Thu, ", "Fri, ", "Sat, ", "Sun, "};
constexpr std::array<absl::string_view, 12> kMonths = {
    " Jan ", " Feb ", " Mar ", " Apr ", " May ", " Jun ",
    " Jul ", " Aug ", " Sep ", " Oct ", " Nov ", " Dec "};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Takes exactly `digits` digits; false, and anything taken, where they are not
// there or make no number of first..last.
bool TakeNumber(absl::string_view& text, size_t digits, int first, int last,
                int& value) {
  if (text.size() < digits) return false;
  value = 0;
  for (size_t i = 0; i < digits; ++i) {
    if (!IsDigit(text[i])) return false;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return value >= first && value <= last;
}

// Index of the name that stands at the front, which is taken; -1 for none.
template <size_t n>
int TakeName(absl::string_view& text,
             const std::array<absl::string_view, n>& names) {
  for (size_t i = 0; i < n; ++i) {
    if (absl::ConsumePrefix(&text, names[i])) return static_cast<int>(i);
  }
  return -1;
}

struct Civil {
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
};

bool TakeYear(absl::string_view& text, Civil& civil) {
  // Earlier years have their pitfalls (a clock that was never set says 1970).
  return TakeNumber(text, 4, 1971, 2099, civil.year);
}

bool TakeClock(absl::string_view& text, Civil& civil) {
  return TakeNumber(text, 2, 0, 23, civil.hour) &&
         absl::ConsumePrefix(&text, ":") &&
         TakeNumber(text, 2, 0, 59, civil.minute) &&
         absl::ConsumePrefix(&text, ":") &&
         TakeNumber(text, 2, 0, 59, civil.second);
}

// ".25"; false if digits are missing.
bool TakeFraction(absl::string_view& text) {
  if (!absl::ConsumePrefix(&text, ".")) return true;
  size_t digits = 0;
  while (digits < text.size() && IsDigit(text[digits])) ++digits;
  text.remove_prefix(digits);
  return digits > 0 && digits <= 9;
}

// "+09:00" or "-0530", up to the end.
bool TakeOffset(absl::string_view text, int32_t& offset) {
  const bool west = absl::ConsumePrefix(&text, "-");
  if (!west && !absl::ConsumePrefix(&text, "+")) return false;
  int hours = 0;
  int minutes = 0;
  if (!TakeNumber(text, 2, 0, 14, hours)) return false;
  absl::ConsumePrefix(&text, ":");
  if (!TakeNumber(text, 2, 0, 59, minutes) || !text.empty()) return false;
  offset = (hours * 60 + minutes) * (west ? -60 : 60);
  return !west || offset != 0;  // "-00:00" is not a zone to some
}

std::optional<ParsedTime> Result(const Civil& civil, bool has_zone,
                                 int32_t offset,
                                 const absl::TimeZone& fallback) {
  if (absl::CivilDay(civil.year, civil.month, civil.day).day() != civil.day) {
    return std::nullopt;
  }
  const absl::CivilSecond second(civil.year, civil.month, civil.day, civil.hour,
                                 civil.minute, civil.second);
  ParsedTime time;
  time.has_zone = has_zone;
  if (has_zone) {
    time.instant =
        absl::FromCivil(second, absl::UTCTimeZone()) - absl::Seconds(offset);
    time.offset = offset;
  } else {
    time.instant = absl::FromCivil(second, fallback);
    time.offset = fallback.At(time.instant).offset;
  }
  return time;
}

// "2024-07-11"
bool TakeDate(absl::string_view& text, Civil& civil) {
  return TakeYear(text, civil) && absl::ConsumePrefix(&text, "-") &&
         TakeNumber(text, 2, 1, 12, civil.month) &&
         absl::ConsumePrefix(&text, "-") &&
         TakeNumber(text, 2, 1, 31, civil.day);
}

std::optional<ParsedTime> ReadDate(absl::string_view text,
                                   const absl::TimeZone& fallback) {
  Civil civil;
  if (!TakeDate(text, civil)) return std::nullopt;
  std::optional<ParsedTime> time = Result(civil, false, 0, fallback);
  if (time.has_value()) time->precision = TimePrecision::kDay;
  return time;
}

std::optional<ParsedTime> ReadRfc3339(absl::string_view text,
                                      const absl::TimeZone& fallback) {
  Civil civil;
  int32_t offset = 0;
  if (!TakeDate(text, civil) ||
      !(absl::ConsumePrefix(&text, "T") || absl::ConsumePrefix(&text, " ")) ||
      !TakeClock(text, civil) || !TakeFraction(text)) {
    return std::nullopt;
  }
  const bool has_zone = !text.empty();
  if (has_zone && text != "Z" && !TakeOffset(text, offset)) return std::nullopt;
  return Result(civil, has_zone, offset, fallback);
}

std::optional<ParsedTime> ReadRfc822(absl::string_view text) {
  Civil civil;
  int32_t offset = 0;
  if (TakeName(text, kDays) < 0 || text.size() < 2) return std::nullopt;
  if (!TakeNumber(text, IsDigit(text[1]) ? 2 : 1, 1, 31, civil.day)) {
    return std::nullopt;
  }
  civil.month = TakeName(text, kMonths) + 1;
  if (civil.month == 0 || !TakeYear(text, civil) ||
      !absl::ConsumePrefix(&text, " ") || !TakeClock(text, civil) ||
      !absl::ConsumePrefix(&text, " ") ||
      (text != "GMT" && !TakeOffset(text, offset))) {
    return std::nullopt;
  }
  return Result(civil, true, offset, absl::UTCTimeZone());
}

}  // namespace

std::optional<ParsedTime> ParsePlainTime(absl::string_view text,
                                         const absl::TimeZone& fallback) {
  if (text.size() == 10) return ReadDate(text, fallback);
  if (text.size() < 19) return std::nullopt;
  return IsDigit(text[0]) ? ReadRfc3339(text, fallback) : ReadRfc822(text);
}

}  // namespace wiredesk
