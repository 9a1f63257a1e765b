#include "stages/parse/time/number.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"

namespace wiredesk {
namespace {

constexpr int kYearMin = 1000;
constexpr int kYearMax = 2999;
// A date of digits alone, without a mark between them: 031231, 2003335, and
// "-03-12" and "-0312" of the older ISO 8601.
std::optional<absl::CivilDay> ReadDigitsDate(absl::string_view digits) {
  int64_t value = 0;
  if (!absl::SimpleAtoi(digits, &value)) return std::nullopt;
  int64_t year = 0;
  int64_t month = 1;
  int64_t day = 1;
  if (digits.size() == 6) {  // YYMMDD, else YYYYMM
    year = FullYear(value / 10'000, 2);
    month = value / 100 % 100;
    day = value % 100;
    if (month > 12 || month < 1) {
      year = value / 100;
      month = day;
      day = 1;
    }
  } else if (digits.size() == 7 || digits.size() == 5) {
    year = FullYear(value / 1000, digits.size() == 7 ? 4 : 2);
    day = value % 1000;
    const absl::CivilDay found = absl::CivilDay(year, 1, 1) + (day - 1);
    if (day < 1 || found.year() != year || !IsYear(year)) return std::nullopt;
    return found;
  } else {
    return std::nullopt;
  }
  const absl::CivilDay found(year, month, day);
  if (!IsYear(year) || found.month() != month || found.day() != day) {
    return std::nullopt;
  }
  return found;
}

ParsedTime FromDay(absl::CivilDay day, TimePrecision precision,
                   const absl::TimeZone& zone) {
  ParsedTime result;
  result.instant = absl::FromCivil(day, zone);
  result.precision = precision;
  result.offset = zone.At(result.instant).offset;
  return result;
}

}  // namespace

bool IsYear(int64_t value) { return value >= kYearMin && value <= kYearMax; }

int64_t FullYear(int64_t value, uint32_t digits) {
  if (digits >= 4) return value;
  if (digits == 3) return value + 1900;
  return value < 50 ? value + 2000 : value + 1900;
}

std::optional<ParsedTime> ReadNumberTime(absl::string_view text,
                                         const absl::TimeZone& fallback) {
  constexpr size_t kShortestEpoch = 9;
  const bool negative = absl::ConsumePrefix(&text, "-");
  absl::ConsumePrefix(&text, "-");
  std::string digits(text);
  if (negative &&
      (digits.size() == 4 || digits.size() == 5)) {  // -0312, -03-12
    if (digits.size() == 5 && digits[2] == '-') digits.erase(2, 1);
    int64_t value = 0;
    if (digits.size() != 4 || !absl::SimpleAtoi(digits, &value)) {
      return std::nullopt;
    }
    if (value % 100 < 1 || value % 100 > 12) return std::nullopt;
    return FromDay(absl::CivilDay(FullYear(value / 100, 2), value % 100, 1),
                   TimePrecision::kMonth, fallback);
  }
  const size_t whole = std::min(digits.find('.'), digits.size());
  if (whole >= kShortestEpoch && whole != 12 && whole != 14) {
    double count = 0;
    if (!absl::SimpleAtod(digits, &count)) return std::nullopt;
    return ParseEpoch(negative ? -count : count);
  }
  if (negative || whole != digits.size()) return std::nullopt;
  const std::optional<absl::CivilDay> day = ReadDigitsDate(digits);
  if (!day.has_value()) return std::nullopt;
  return FromDay(*day, TimePrecision::kDay, fallback);
}

bool IsNumberTime(absl::string_view text) {
  if (text.empty()) return false;
  for (const char c : text) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c)) && c != '-' &&
        c != '.') {
      return false;
    }
  }
  size_t dots = 0;
  for (const char c : text) dots += c == '.' ? 1 : 0;
  const size_t dash = text.rfind('-');
  return dots <= 1 && (dash == absl::string_view::npos || dash == 0 ||
                       (text[0] == '-' && text.size() <= 6));
}

std::optional<ParsedTime> ParseEpoch(double count) {
  constexpr double kSecondsMax = 1e11;
  constexpr double kStep = 1000;
  // -1 stands for no time as 0 does.
  if (!std::isfinite(count) || count == 0 || count == -1) return std::nullopt;
  double seconds = count;
  for (int step = 0; step < 3 && std::fabs(seconds) >= kSecondsMax; ++step) {
    seconds /= kStep;
  }
  const absl::Time instant = absl::FromUnixSeconds(static_cast<int64_t>(
      std::floor(std::fabs(seconds) < kSecondsMax ? seconds : kSecondsMax)));
  const int64_t year = absl::ToCivilYear(instant, absl::UTCTimeZone()).year();
  if (year < 1900 || year > 2200) return std::nullopt;
  ParsedTime result;
  result.instant = instant;
  result.has_zone = true;
  return result;
}

}  // namespace wiredesk
