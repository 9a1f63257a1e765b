// Times of the day: "10:30 a.m. Thursday", "Friday night", "1500 GMT".

#include <cstddef>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "stages/tag/dates/english.h"

namespace wiredesk {
namespace {

// TIMEX3's letters of DayPart; a time for those that are one.
constexpr absl::string_view kDayParts[] = {"TMO", "T12:00", "TAF",   "TEV",
                                           "TNI", "T12:00", "T24:00"};

// Reads "a.m.", "AM", "p.m" behind word `i`: the hours to add, or -1. `last`
// is moved behind it.
int Meridiem(const DateText& text, size_t i, size_t& last) {
  if (i + 1 >= text.size() || !text.SpaceAfter(i)) return -1;
  const absl::string_view word = text.text(i + 1);
  if (absl::EqualsIgnoreCase(word, "am") ||
      absl::EqualsIgnoreCase(word, "pm")) {
    last = i + 1;
    return (word[0] | 0x20) == 'p' ? 12 : 0;
  }
  if (i + 2 < text.size() && word.size() == 1 &&
      ((word[0] | 0x20) == 'a' || (word[0] | 0x20) == 'p') &&
      text.After(i + 1) == Gap::kDot &&
      absl::EqualsIgnoreCase(text.text(i + 2), "m")) {
    last = i + 2;
    return (word[0] | 0x20) == 'p' ? 12 : 0;
  }
  return -1;
}

// A time of day as it is written, up to word `last`. `sure`: it is not another
// number.
struct ClockReading {
  size_t last = 0;
  int hour = 0;
  int minute = 0;
  bool sure = false;
  bool plain = false;  // "04:55", which may be a video's length or a score
};

// Digits: "15:30", "1500 GMT", "10:30 a.m.", "3 p.m.". False: they cannot be a
// time.
bool ReadDigitalClock(const DateText& text, size_t i, const DateWord& number,
                      ClockReading& clock) {
  if (!number.has(kDateDigits)) return false;
  const DateWord minutes = text.At(i + 1);
  if (text.After(i) == Gap::kColon && minutes.digits == 2 &&
      minutes.value < 60 && number.digits <= 2) {
    // "10:30pm": the word is 30pm
    if (minutes.is(DateClass::kClock)) return false;
    clock.minute = minutes.value;
    clock.last = i + 1;
    clock.plain = text.After(clock.last) != Gap::kColon &&
                  text.After(clock.last) != Gap::kDot;
  } else if (number.digits == 4 && minutes.is(DateClass::kZone) &&
             number.value % 100 < 60) {
    clock.hour = number.value / 100;
    clock.minute = number.value % 100;
    clock.sure = true;
  }
  const int add = Meridiem(text, clock.last, clock.last);
  if (add < 0) return true;
  if (clock.hour < 1 || clock.hour > 12) return false;
  clock.hour = clock.hour % 12 + add;
  clock.sure = true;
  return true;
}

// Whether the next word belongs to the same phrase.
bool IsNear(const DateText& text, size_t i) {
  const Gap gap = text.After(i);
  return gap == Gap::kSpace || gap == Gap::kStop || gap == Gap::kComma;
}

TimexValue ClockValue(absl::CivilDay day, int hour, int minute) {
  TimexValue value = TimexValue::Day(day);
  return value.Append("T").Append(hour, 2).Append(":").Append(minute, 2);
}

// What leads to a time of the day.
constexpr absl::string_view kClockLeads[] = {
    "at",    "by",    "until",  "till",    "from", "before", "after",
    "since", "about", "around", "between", "and",  "to"};

}  // namespace

// Whether a word, a day or a dash in front of word `i` says that a time of the
// day follows: "at 14:30", "Tuesday, 14:30", "2024-07-12 14:30", "9:00-17:00".
bool EnglishDates::LedToClock(size_t i) const {
  if (i == 0) return false;
  const DateWord before = text_.At(i - 1);
  if (before.kind == DateClass::kWeekday || before.kind == DateClass::kMonth ||
      before.kind == DateClass::kRelativeDay || before.has(kDateDigits)) {
    return text_.After(i - 1) != Gap::kBreak;
  }
  return absl::c_linear_search(kClockLeads, text_.text(i - 1));
}

// "in 2:04:39", "a time of 3:45.12": how long a race took.
bool EnglishDates::ParseRaceClock(size_t i, const DateWord& number,
                                  Timex& found) const {
  const auto part = [&](size_t at) {
    const DateWord word = text_.At(at);
    return word.is(DateClass::kNumber) && word.digits == 2 && word.value < 60;
  };
  if (!number.is(DateClass::kNumber) || number.digits > 2 || !part(i + 1) ||
      text_.After(i) != Gap::kColon || i == 0) {
    return false;
  }
  const bool hours = text_.After(i + 1) == Gap::kColon && part(i + 2);
  const bool fraction = text_.After(hours ? i + 2 : i + 1) == Gap::kDot &&
                        text_.At(hours ? i + 3 : i + 2).has(kDateDigits);
  const absl::string_view before = text_.text(i - 1);
  if (before != "in" &&
      !(before == "of" && i > 1 && text_.text(i - 2) == "time")) {
    return false;
  }
  if (!hours && !fraction && before == "in" && number.value > 9) return false;
  TimexValue value("PT");
  value.Append(number.value).Append(hours ? "H" : "M");
  value.Append(text_.At(i + 1).value).Append(hours ? "M" : "S");
  if (hours) value.Append(text_.At(i + 2).value).Append("S");
  const size_t last = i + (hours ? 2 : 1) + (fraction ? 1 : 0);
  return Set(value, DateType::kDuration, i, last, found);
}

// "9am", "3 p.m.", "10:30 a.m. EDT Thursday", "15:30", "1500 GMT".
bool EnglishDates::ParseClock(size_t i, const DateWord& number, Timex& found) {
  if (!reference_.known) return false;
  ClockReading clock = {.last = i, .hour = number.value};
  if (number.is(DateClass::kNumber)) {
    if (!ReadDigitalClock(text_, i, number, clock)) return false;
  } else {
    clock.sure = number.is(DateClass::kClock);
  }
  if ((!clock.sure && !clock.plain) || clock.hour > 24) return false;
  size_t last = clock.last;
  bool sure = clock.sure;
  if (IsNear(text_, last) && text_.At(last + 1).is(DateClass::kZone)) {
    ++last;
    sure = true;
  }
  absl::CivilDay day = has_anchor_ ? anchor_ : today();
  size_t at = last + 1;
  if (IsNear(text_, last) && text_.At(at).is(DateClass::kSince)) ++at;
  Timex other;
  if (IsNear(text_, last) && IsNear(text_, at - 1) && ParseDayAt(at, other)) {
    day = other.day;
    last = other.last;
    sure = true;
  }
  if (!sure && !LedToClock(i)) return false;
  SetDay(day, i, last, found);
  return Set(ClockValue(day, clock.hour, clock.minute), DateType::kTime, i,
             last, found);
}

// A day by its weekday, its date or a word such as "tomorrow".
bool EnglishDates::ParseDayAt(size_t at, Timex& found) {
  const DateWord word = text_.At(at);
  const bool parsed =
      (word.is(DateClass::kWeekday) && ParseWeekday(at, word, found)) ||
      (word.is(DateClass::kMonth) && ParseMonth(at, word, found)) ||
      (word.is(DateClass::kRelativeDay) && ParseRelativeDay(at, word, found));
  return parsed && found.is_day;
}

// Adds "morning" behind a day: "Friday morning" is 2024-07-12TMO.
void EnglishDates::AddDayPart(absl::CivilDay day, Timex& found) const {
  const DateWord part = text_.At(found.last + 1);
  if (!part.is(DateClass::kDayPart) || !text_.SpaceAfter(found.last)) return;
  TimexValue value = TimexValue::Day(day);
  Set(value.Append(kDayParts[part.value]), DateType::kTime, found.first,
      found.last + 1, found);
}

// "noon Thursday", "at midnight"; a bare "morning" says too little.
bool EnglishDates::ParseDayPart(size_t i, const DateWord& part, Timex& found) {
  if (!reference_.known) return false;
  absl::CivilDay day = has_anchor_ ? anchor_ : today();
  size_t last = i;
  bool dated = false;
  size_t at = i + 1;
  if (text_.SpaceAfter(i) && text_.At(at).is(DateClass::kSince)) ++at;
  const DateWord next = text_.At(at);
  Timex other;
  if (next.is(DateClass::kWeekday) && text_.SpaceAfter(i) &&
      ParseWeekday(at, next, other) && other.is_day) {
    day = other.day;
    last = other.last;
    dated = true;
  }
  const auto kind = static_cast<DayPart>(part.value);
  if (!dated && kind != DayPart::kNoon && kind != DayPart::kMidnight &&
      kind != DayPart::kMidday) {
    return false;
  }
  // "High Noon", "the Midnight Sun"; "since midnight" does not say which.
  if (!dated &&
      !(i > 0 && !text_.Capital(i) &&
        (text_.text(i - 1) == "at" || text_.text(i - 1) == "by" ||
         text_.text(i - 1) == "until" || text_.text(i - 1) == "before"))) {
    return false;
  }
  SetDay(day, i, last, found);
  TimexValue value = TimexValue::Day(day);
  return Set(value.Append(kDayParts[part.value]), DateType::kTime, i, last,
             found);
}

}  // namespace wiredesk
