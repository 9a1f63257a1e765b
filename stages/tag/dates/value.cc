#include "stages/tag/dates/value.h"

#include <algorithm>
#include <cstring>

namespace wiredesk {

TimexValue& TimexValue::Append(absl::string_view text) {
  const size_t room = sizeof(text_) - length_;
  const size_t count = std::min(room, text.size());
  std::memcpy(text_ + length_, text.data(), count);
  length_ += static_cast<uint8_t>(count);
  return *this;
}

TimexValue& TimexValue::Append(int64_t number, int width) {
  char digits[20];
  size_t begin = sizeof(digits);
  for (int64_t rest = std::max<int64_t>(number, 0);
       begin > 0 && (rest > 0 || width > 0); rest /= 10, --width) {
    digits[--begin] = static_cast<char>('0' + rest % 10);
  }
  return Append(absl::string_view(digits + begin, sizeof(digits) - begin));
}

void TimexValue::CopyTo(FoundDate& date) const {
  std::memcpy(date.value_text, text_, length_);
  date.value_length = length_;
}

TimexValue TimexValue::Day(absl::CivilDay day) {
  TimexValue value = Month(absl::CivilMonth(day));
  return value.Append("-").Append(day.day(), 2);
}

TimexValue TimexValue::Month(absl::CivilMonth month) {
  TimexValue value = Year(month.year());
  return value.Append("-").Append(month.month(), 2);
}

TimexValue TimexValue::Year(int64_t year) {
  TimexValue value;
  return value.Append(year, 4);
}

TimexValue TimexValue::Quarter(int64_t year, int64_t quarter) {
  TimexValue value = Year(year);
  return value.Append("-Q").Append(quarter);
}

TimexValue TimexValue::Half(int64_t year, int64_t half) {
  TimexValue value = Year(year);
  return value.Append("-H").Append(half);
}

// ISO 8601: a week belongs to the year in which its Thursday lies.
TimexValue TimexValue::Week(absl::CivilDay day) {
  const absl::CivilDay thursday = MondayOf(day) + 3;
  TimexValue value = Year(thursday.year());
  return value.Append("-W").Append((absl::GetYearDay(thursday) - 1) / 7 + 1, 2);
}

TimexValue TimexValue::Weekend(absl::CivilDay day) {
  return Week(day).Append("-WE");
}

TimexValue TimexValue::Season(int64_t year, absl::string_view season) {
  return Year(year).Append("-").Append(season);
}

TimexValue TimexValue::Decade(int64_t year) {
  TimexValue value;
  return value.Append(year / 10, 3);
}

TimexValue TimexValue::Century(int64_t year) {
  TimexValue value;
  return value.Append(year / 100, 2);
}

TimexValue TimexValue::Duration(int64_t count, TimeUnit unit) {
  constexpr absl::string_view kLetters[] = {"S", "M", "H", "D", "WE", "W",
                                            "M", "Q", "Y", "Y", "Y"};
  TimexValue value(unit <= TimeUnit::kHour ? "PT" : "P");
  if (unit == TimeUnit::kDecade && count >= 0) count *= 10;
  if (unit == TimeUnit::kCentury && count >= 0) count *= 100;
  if (count < 0) {
    value.Append("X");
  } else {
    value.Append(count);
  }
  return value.Append(kLetters[static_cast<int>(unit)]);
}

TimexValue TimexValue::Shifted(absl::CivilSecond from, TimeUnit unit,
                               int64_t count) {
  const absl::CivilDay day(from);
  switch (unit) {
    case TimeUnit::kSecond:
    case TimeUnit::kMinute: {
      const absl::CivilMinute minute =
          absl::CivilMinute(from) +
          (unit == TimeUnit::kMinute ? count : count / 60);
      TimexValue value = Day(absl::CivilDay(minute));
      return value.Append("T")
          .Append(minute.hour(), 2)
          .Append(":")
          .Append(minute.minute(), 2);
    }
    case TimeUnit::kHour: {
      const absl::CivilHour hour = absl::CivilHour(from) + count;
      TimexValue value = Day(absl::CivilDay(hour));
      return value.Append("T").Append(hour.hour(), 2);
    }
    case TimeUnit::kDay:
      return Day(day + count);
    case TimeUnit::kWeekend:
      return Weekend(day + 7 * count);
    case TimeUnit::kWeek:
      return Week(day + 7 * count);
    case TimeUnit::kMonth:
      return Month(absl::CivilMonth(from) + count);
    case TimeUnit::kQuarter: {
      const absl::CivilMonth month = absl::CivilMonth(from) + 3 * count;
      return Quarter(month.year(), (month.month() - 1) / 3 + 1);
    }
    case TimeUnit::kYear:
      return Year(from.year() + count);
    case TimeUnit::kDecade:
      return Decade(from.year() + 10 * count);
    case TimeUnit::kCentury:
      return Century(from.year() + 100 * count);
  }
  return TimexValue();
}

int IsoWeekday(absl::CivilDay day) {
  return static_cast<int>(absl::GetWeekday(day)) + 1;
}

absl::CivilDay MondayOf(absl::CivilDay day) {
  return day - (IsoWeekday(day) - 1);
}

absl::CivilDay WeekdayBefore(absl::CivilDay from, int weekday, bool same_day) {
  int back = (IsoWeekday(from) - weekday + 7) % 7;
  if (back == 0 && !same_day) back = 7;
  return from - back;
}

absl::CivilDay WeekdayAfter(absl::CivilDay from, int weekday, bool same_day) {
  int on = (weekday - IsoWeekday(from) + 7) % 7;
  if (on == 0 && !same_day) on = 7;
  return from + on;
}

bool IsCalendarDay(int64_t year, int64_t month, int64_t day) {
  if (month < 1 || month > 12 || day < 1 || day > 31) return false;
  return absl::CivilDay(year, month, day).day() == day;
}

// Butcher's algorithm, as in Meeus, Astronomical Algorithms (1991).
absl::CivilDay EasterSunday(int64_t year) {
  const int64_t a = year % 19;
  const int64_t b = year / 100;
  const int64_t c = year % 100;
  const int64_t f = (b + 8) / 25;
  const int64_t g = (b - f + 1) / 3;
  const int64_t h = (19 * a + b - b / 4 - g + 15) % 30;
  const int64_t l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  const int64_t m = (a + 11 * h + 22 * l) / 451;
  const int64_t sum = h + l - 7 * m + 114;
  return absl::CivilDay(year, sum / 31, sum % 31 + 1);
}

}  // namespace wiredesk
