#include "stages/route/cel/time.h"

#include <cstdint>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "stages/route/cel/errors.h"

namespace wiredesk {
namespace {

constexpr int64_t kTimestampMin = -62135596800;  // 0001-01-01T00:00:00Z
constexpr int64_t kTimestampMax = 253402300799;  // 9999-12-31T23:59:59Z
constexpr int64_t kDurationMax = 315576000000;
constexpr uint32_t kNanos = 1000000000;

CelValue OutOfRange() { return CelValue::Error("range"); }

CelValue Checked(CelKind kind, int64_t seconds, int64_t nanoseconds) {
  if (nanoseconds < 0) {
    nanoseconds += kNanos;
    --seconds;
  } else if (nanoseconds >= kNanos) {
    nanoseconds -= kNanos;
    ++seconds;
  }
  const bool good = kind == CelKind::kTimestamp
                        ? seconds >= kTimestampMin && seconds <= kTimestampMax
                        : seconds >= -kDurationMax && seconds <= kDurationMax;
  if (!good) {
    return OutOfRange();
  }
  return CelValue::Time(kind, seconds, static_cast<uint32_t>(nanoseconds));
}

absl::Time ToTime(const CelValue& timestamp) {
  return absl::FromUnixSeconds(timestamp.integer) +
         absl::Nanoseconds(timestamp.size);
}

std::string Fraction(uint32_t nanoseconds) {
  if (nanoseconds == 0) {
    return "";
  }
  std::string digits = absl::StrFormat("%09d", nanoseconds);
  digits.erase(digits.find_last_not_of('0') + 1);
  return "." + digits;
}

std::string DurationToText(const CelValue& duration) {
  int64_t seconds = duration.integer;
  uint32_t nanoseconds = duration.size;
  const bool negative = seconds < 0;
  if (negative) {
    seconds = -seconds;
    if (nanoseconds > 0) {
      --seconds;
      nanoseconds = kNanos - nanoseconds;
    }
  }
  return absl::StrCat(negative ? "-" : "", seconds, Fraction(nanoseconds), "s");
}

}  // namespace

CelValue CelTimestamp(absl::Time time) {
  const int64_t seconds = absl::ToUnixSeconds(time);
  const absl::Duration rest = time - absl::FromUnixSeconds(seconds);
  return Checked(CelKind::kTimestamp, seconds, absl::ToInt64Nanoseconds(rest));
}

CelValue CelTimestampFromSeconds(int64_t seconds) {
  if (seconds < kTimestampMin || seconds > kTimestampMax) {
    return OutOfRange();
  }
  return CelValue::Time(CelKind::kTimestamp, seconds, 0);
}

CelValue CelParseTimestamp(absl::string_view text) {
  absl::Time time;
  std::string error;
  if (text.size() < 20 || text.size() > 40 || text[0] < '0' || text[0] > '9' ||
      text[10] != 'T' ||
      !absl::ParseTime(absl::RFC3339_full, text, &time, &error)) {
    return CelValue::Error("invalid timestamp");
  }
  return CelTimestamp(time);
}

CelValue CelParseDuration(absl::string_view text) {
  absl::Duration duration;
  if (text.empty() || text.size() > 64 ||
      text.find_first_not_of("+-.0123456789hmnsu") != absl::string_view::npos ||
      !absl::ParseDuration(text, &duration) ||
      duration == absl::InfiniteDuration() ||
      duration == -absl::InfiniteDuration()) {
    return CelValue::Error("invalid duration");
  }
  absl::Duration rest;
  const int64_t seconds = absl::IDivDuration(duration, absl::Seconds(1), &rest);
  return Checked(CelKind::kDuration, seconds, absl::ToInt64Nanoseconds(rest));
}

CelValue CelAddTime(const CelValue& a, const CelValue& b) {
  const CelKind kind =
      a.kind == CelKind::kTimestamp || b.kind == CelKind::kTimestamp
          ? CelKind::kTimestamp
          : CelKind::kDuration;
  return Checked(kind, a.integer + b.integer,
                 static_cast<int64_t>(a.size) + b.size);
}

CelValue CelSubtractTime(const CelValue& a, const CelValue& b) {
  const CelKind kind =
      a.kind == b.kind ? CelKind::kDuration : CelKind::kTimestamp;
  return Checked(kind, a.integer - b.integer,
                 static_cast<int64_t>(a.size) - b.size);
}

std::string CelTimeToText(const CelValue& value) {
  if (value.kind == CelKind::kDuration) {
    return DurationToText(value);
  }
  return absl::StrCat(absl::FormatTime("%E4Y-%m-%dT%H:%M:%S",
                                       absl::FromUnixSeconds(value.integer),
                                       absl::UTCTimeZone()),
                      Fraction(value.size), "Z");
}

CelValue CelPartOfTimestamp(const CelValue& timestamp, CelTimePart part,
                            const absl::TimeZone& zone) {
  if (part == CelTimePart::kMilliseconds) {
    return CelValue::Int(timestamp.size / 1000000);
  }
  const absl::CivilSecond civil = zone.At(ToTime(timestamp)).cs;
  switch (part) {
    case CelTimePart::kFullYear:
      return CelValue::Int(civil.year());
    case CelTimePart::kMonth:
      return CelValue::Int(civil.month() - 1);
    case CelTimePart::kDate:
      return CelValue::Int(civil.day());
    case CelTimePart::kDayOfMonth:
      return CelValue::Int(civil.day() - 1);
    case CelTimePart::kDayOfWeek:
      // Abseil's week begins on Monday.
      return CelValue::Int(
          (static_cast<int>(absl::GetWeekday(absl::CivilDay(civil))) + 1) % 7);
    case CelTimePart::kDayOfYear:
      return CelValue::Int(absl::GetYearDay(absl::CivilDay(civil)) - 1);
    case CelTimePart::kHours:
      return CelValue::Int(civil.hour());
    case CelTimePart::kMinutes:
      return CelValue::Int(civil.minute());
    default:
      return CelValue::Int(civil.second());
  }
}

CelValue CelPartOfDuration(const CelValue& duration, CelTimePart part) {
  // Toward zero, as the specification counts.
  const int64_t seconds =
      duration.integer + (duration.integer < 0 && duration.size > 0 ? 1 : 0);
  switch (part) {
    case CelTimePart::kHours:
      return CelValue::Int(seconds / 3600);
    case CelTimePart::kMinutes:
      return CelValue::Int(seconds / 60);
    case CelTimePart::kSeconds:
      return CelValue::Int(seconds);
    case CelTimePart::kMilliseconds: {
      int64_t nanoseconds = duration.size;
      if (duration.integer < 0 && nanoseconds > 0) {
        nanoseconds -= kNanos;
      }
      return CelValue::Int(nanoseconds / 1000000);
    }
    default:
      return CelNoOverloadError();
  }
}

std::optional<absl::TimeZone> CelTimeZone(absl::string_view name) {
  absl::string_view digits = name;
  int sign = 1;
  if (!digits.empty() && (digits[0] == '+' || digits[0] == '-')) {
    sign = digits[0] == '-' ? -1 : 1;
    digits.remove_prefix(1);
  }
  int hours = 0;
  int minutes = 0;
  if (digits.size() == 5 && digits[2] == ':' &&
      absl::SimpleAtoi(digits.substr(0, 2), &hours) &&
      absl::SimpleAtoi(digits.substr(3), &minutes)) {
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
      return std::nullopt;
    }
    return absl::FixedTimeZone(sign * (hours * 3600 + minutes * 60));
  }
  absl::TimeZone zone;
  if (name.empty() || !absl::LoadTimeZone(name, &zone)) {
    return std::nullopt;
  }
  return zone;
}

}  // namespace wiredesk
