#include "pipeline/command_line/moment.h"

#include <optional>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace wiredesk {
namespace {

constexpr size_t kBytesMax = 64;  // no time is longer

// "1h", "2d12h", "90m", "30s"
std::optional<absl::Duration> ParseSpan(absl::string_view text) {
  absl::Duration sum;
  if (text.empty()) return std::nullopt;
  while (!text.empty()) {
    size_t digits = 0;
    while (digits < text.size() && absl::ascii_isdigit(text[digits])) ++digits;
    int64_t n = 0;
    // Bounded, so that the sum is one.
    if (digits == 0 || digits == text.size() || digits > 9 ||
        !absl::SimpleAtoi(text.substr(0, digits), &n)) {
      return std::nullopt;
    }
    switch (text[digits]) {
      case 'w':
        sum += absl::Hours(int64_t{24} * 7 * n);
        break;
      case 'd':
        sum += absl::Hours(24 * n);
        break;
      case 'h':
        sum += absl::Hours(n);
        break;
      case 'm':
        sum += absl::Minutes(n);
        break;
      case 's':
        sum += absl::Seconds(n);
        break;
      default:
        return std::nullopt;
    }
    text.remove_prefix(digits + 1);
  }
  return sum;
}

// "today 06:00", "yesterday"
std::optional<absl::Time> ParseDay(absl::string_view text, absl::Time now) {
  absl::CivilDay day = absl::ToCivilDay(now, absl::UTCTimeZone());
  if (absl::ConsumePrefix(&text, "yesterday")) {
    --day;
  } else if (!absl::ConsumePrefix(&text, "today")) {
    return std::nullopt;
  }
  const absl::Time begin = absl::FromCivil(day, absl::UTCTimeZone());
  if (text.empty()) return begin;
  absl::Time clock;
  for (const char* format : {" %H:%M", " %H:%M:%S"}) {
    if (absl::ParseTime(format, text, &clock, nullptr)) {
      return begin + (clock - absl::UnixEpoch());
    }
  }
  return std::nullopt;
}

}  // namespace

absl::StatusOr<absl::Time> ParseMoment(absl::string_view text, absl::Time now) {
  if (text.size() <= kBytesMax) {
    if (text == "now") return now;
    absl::string_view rest = text;
    if (absl::ConsumePrefix(&rest, "-")) {
      if (const auto span = ParseSpan(rest)) return now - *span;
    }
    if (const auto day = ParseDay(text, now)) return *day;
    absl::Time time;
    for (const char* format :
         {absl::RFC3339_full, "%Y-%m-%d%ET%H:%M%Ez", "%Y-%m-%d%ET%H:%M:%E*S",
          "%Y-%m-%d%ET%H:%M", "%Y-%m-%d %H:%M:%E*S%Ez", "%Y-%m-%d %H:%M%Ez",
          "%Y-%m-%d %H:%M:%E*S", "%Y-%m-%d %H:%M", "%Y-%m-%d"}) {
      if (absl::ParseTime(format, text, &time, nullptr)) return time;
    }
    int64_t millis = 0;
    // From 1973 on: a smaller number is a year, or seconds.
    if (absl::SimpleAtoi(text, &millis) && millis >= 100'000'000'000) {
      return absl::FromUnixMillis(millis);
    }
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "\"", text.substr(0, kBytesMax),
      "\" is not a time; expected -1h, yesterday, today 06:00, 2026-07-01, "
      "2026-07-01T06:30Z, 2026-07-01T06:30:15+02:00 or milliseconds since "
      "1970"));
}

}  // namespace wiredesk
