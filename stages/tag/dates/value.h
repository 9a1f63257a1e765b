// TIMEX3 values and the calendar behind them.

#ifndef WIREDESK_STAGES_TAG_DATES_VALUE_H_
#define WIREDESK_STAGES_TAG_DATES_VALUE_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "stages/tag/dates/dates.h"

namespace wiredesk {

enum class TimeUnit : uint8_t {
  kSecond,
  kMinute,
  kHour,
  kDay,
  kWeekend,
  kWeek,
  kMonth,
  kQuarter,
  kYear,
  kDecade,
  kCentury
};

// A value in the making: at most as long as FoundDate::value_text, further
// characters are dropped.
class TimexValue {
 public:
  TimexValue() = default;
  explicit TimexValue(absl::string_view text) { Append(text); }

  static TimexValue Day(absl::CivilDay day);                 // 2024-07-11
  static TimexValue Month(absl::CivilMonth month);           // 2024-07
  static TimexValue Year(int64_t year);                      // 2024
  static TimexValue Quarter(int64_t year, int64_t quarter);  // 2024-Q3
  static TimexValue Half(int64_t year, int64_t half);        // 2024-H1
  static TimexValue Week(absl::CivilDay day);     // 2024-W28, that of `day`
  static TimexValue Weekend(absl::CivilDay day);  // 2024-W28-WE
  static TimexValue Season(int64_t year, absl::string_view season);  // 2024-SU
  static TimexValue Decade(int64_t year);                            // 199
  static TimexValue Century(int64_t year);                           // 19
  // "P3Y"; a negative count is an unknown one, "PXY".
  static TimexValue Duration(int64_t count, TimeUnit unit);
  // The `unit` that lies `count` units from `from`: "2023", "2024-06",
  // "2024-07-12T06".
  static TimexValue Shifted(absl::CivilSecond from, TimeUnit unit,
                            int64_t count);

  TimexValue& Append(absl::string_view text);
  TimexValue& Append(int64_t number, int width = 1);

  absl::string_view text() const { return {text_, length_}; }
  bool empty() const { return length_ == 0; }
  void CopyTo(FoundDate& date) const;

 private:
  char text_[sizeof(FoundDate::value_text)] = {};
  uint8_t length_ = 0;
};

// The Monday of the week in which `day` is.
absl::CivilDay MondayOf(absl::CivilDay day);

// 1 for Monday to 7 for Sunday.
int IsoWeekday(absl::CivilDay day);

// The nearest day of a weekday (1 Monday to 7 Sunday) strictly before or after
// `from`, or `from` itself where `same_day` is allowed.
absl::CivilDay WeekdayBefore(absl::CivilDay from, int weekday, bool same_day);
absl::CivilDay WeekdayAfter(absl::CivilDay from, int weekday, bool same_day);

// Whether the day exists: no February 30.
bool IsCalendarDay(int64_t year, int64_t month, int64_t day);

// Easter Sunday of the Gregorian calendar.
absl::CivilDay EasterSunday(int64_t year);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_DATES_VALUE_H_
