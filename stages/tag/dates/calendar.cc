// English dates that stand on a calendar: "July 9 to 11", "Friday, Oct. 13",
// "7/11/2024", "the 1990s", "summer of 2012", "Christmas Eve".

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "stages/tag/dates/english.h"

namespace wiredesk {
namespace {

bool IsDayNumber(const DateWord& word) {
  return (word.is(DateClass::kNumber) && word.has(kDateDigits) &&
          word.digits <= 2 && word.value >= 1 && word.value <= 31) ||
         (word.is(DateClass::kOrdinal) && word.value >= 1 && word.value <= 31);
}

}  // namespace

// --- Months and days --------------------------------------------------------

bool EnglishDates::ParseMonth(size_t i, const DateWord& month, Timex& found) {
  if (!text_.Capital(i)) return false;
  const Gap gap = text_.After(i);
  const bool close = gap == Gap::kSpace || gap == Gap::kStop ||
                     (gap == Gap::kDot && month.has(kDateShort));
  if (close && ParseMonthDay(i, month.value, i + 1, found)) return true;
  if ((gap == Gap::kSpace || gap == Gap::kComma || gap == Gap::kStop) &&
      YearAt(i + 1) != 0) {
    const absl::CivilMonth civil(YearAt(i + 1), month.value);
    return Set(TimexValue::Month(civil), DateType::kDate, i, i + 1, found);
  }
  const bool of = text_.At(i + 1).is(DateClass::kOf) && close;
  if (of && YearAt(i + 2) != 0) {
    const absl::CivilMonth civil(YearAt(i + 2), month.value);
    return Set(TimexValue::Month(civil), DateType::kDate, i, i + 2, found);
  }
  // "January nineteen ninety-seven"
  Timex year;
  if (gap == Gap::kSpace && ParseSpelledYear(i + 1, text_.At(i + 1), year)) {
    found = year;
    found.first = i;
    found.value.Append("-").Append(month.value, 2);
    return true;
  }
  return ParseMonthAlone(i, month, found);
}

// "July 9", "July 9, 2024", "July 9 to 11", "July 9-11, 2024".
bool EnglishDates::ParseMonthDay(size_t i, int month, size_t day_at,
                                 Timex& found) {
  const DateWord day = text_.At(day_at);
  if (!IsDayNumber(day) || text_.ByteAfter(day_at) == '%') return false;
  if (text_.After(day_at) == Gap::kColon) return false;
  size_t last = day_at;
  int until = 0;
  const size_t to = text_.At(day_at + 1).is(DateClass::kTo) &&
                            text_.SpaceAfter(day_at) &&
                            text_.SpaceAfter(day_at + 1)
                        ? day_at + 2
                        : day_at + 1;
  const DateWord end = text_.At(to);
  if (IsDayNumber(end) && end.value > day.value &&
      (to == day_at + 2 || text_.After(day_at) == Gap::kHyphen) &&
      text_.ByteAfter(to) != '%' && text_.After(to) != Gap::kColon &&
      !text_.At(to + 1).is(DateClass::kUnit)) {
    until = end.value;
    last = to;
  }
  int64_t year = 0;
  const Gap gap = text_.After(last);
  if (gap == Gap::kComma || gap == Gap::kSpace) year = YearAt(last + 1);
  if (year != 0) {
    ++last;
  } else {
    if (!reference_.known) return false;
    year = YearOfDay(month, day.value, i, last);
  }
  if (!IsCalendarDay(year, month, std::max<int>(day.value, until))) {
    return false;
  }
  SetDay(absl::CivilDay(year, month, day.value), i, last, found);
  if (until != 0) {
    found.value.Append("/").Append(
        TimexValue::Day(absl::CivilDay(year, month, until)).text());
  }
  return true;
}

bool EnglishDates::Ambiguous(size_t i, const DateWord& word) const {
  if (!text_.Capital(i) && word.kind != DateClass::kSeason) return true;
  const DateWord before = text_.At(i - 1);
  switch (before.kind) {
    case DateClass::kIn:
    case DateClass::kOf:
    case DateClass::kSince:
    case DateClass::kTo:
    case DateClass::kEarly:
    case DateClass::kBefore:
    case DateClass::kAfter:
    case DateClass::kFrom:
      return false;
    default:
      return true;
  }
}

bool EnglishDates::ParseMonthAlone(size_t i, const DateWord& month,
                                   Timex& found) {
  if (!reference_.known) return false;
  if (month.has(kDateShort)) {
    if (text_.ByteAfter(i) != '.' || Ambiguous(i, month)) return false;
  }
  if (month.has(kDateAmbiguous) && Ambiguous(i, month)) return false;
  // "April Smith", unless a preposition says that it is the month.
  if (Ambiguous(i, month) && text_.SpaceAfter(i) && text_.Capital(i + 1) &&
      text_.At(i + 1).kind == DateClass::kNone) {
    return false;
  }
  int64_t year = YearOfMonth(month.value, TenseAt(i, i));
  size_t last = i;
  // "in June last year"
  const DateWord modifier = text_.At(i + 1);
  const DateWord unit = text_.At(i + 2);
  if ((modifier.is(DateClass::kLast) || modifier.is(DateClass::kNext) ||
       modifier.is(DateClass::kThis)) &&
      unit.is(DateClass::kUnit) &&
      unit.value == static_cast<int>(TimeUnit::kYear) && text_.SpaceAfter(i)) {
    year = reference_.local.year();
    if (modifier.is(DateClass::kLast)) --year;
    if (modifier.is(DateClass::kNext)) ++year;
    last = i + 2;
  }
  return Set(TimexValue::Month(absl::CivilMonth(year, month.value)),
             DateType::kDate, i, last, found);
}

// "11 July 2024", "the 11th of July".
bool EnglishDates::ParseDayMonth(size_t i, const DateWord& day, Timex& found) {
  if (!IsDayNumber(day)) return false;
  size_t at = i + 1;
  if (text_.At(at).is(DateClass::kOf) && day.is(DateClass::kOrdinal)) ++at;
  const DateWord month = text_.At(at);
  if (!month.is(DateClass::kMonth) || !text_.Capital(at)) return false;
  if (!text_.JoinedAfter(i)) return false;
  int64_t year = 0;
  size_t last = at;
  const Gap gap = text_.After(at);
  if (gap != Gap::kBreak && gap != Gap::kOther) year = YearAt(at + 1);
  if (year != 0) {
    ++last;
  } else {
    // "on 11 May officials": the month must not be a name's beginning.
    if (!reference_.known || IsDayNumber(text_.At(at + 1))) return false;
    year = YearOfDay(month.value, day.value, i, last);
  }
  if (!IsCalendarDay(year, month.value, day.value)) return false;
  return SetDay(absl::CivilDay(year, month.value, day.value), i, last, found);
}

bool EnglishDates::ParseWeekday(size_t i, const DateWord& weekday,
                                Timex& found) {
  if (!text_.Capital(i) && !weekday.has(kDatePlural)) return false;
  if (weekday.has(kDatePlural)) {
    TimexValue value("XXXX-WXX-");
    return Set(value.Append(weekday.value), DateType::kSet, i, i, found);
  }
  // "Friday, Oct. 13"
  const Gap gap = text_.After(i);
  const DateWord next = text_.At(i + 1);
  if (next.is(DateClass::kMonth) &&
      (gap == Gap::kComma || gap == Gap::kSpace || gap == Gap::kStop) &&
      ParseMonth(i + 1, next, found) && found.is_day) {
    found.first = i;
    return true;
  }
  if (IsDayNumber(next) && (gap == Gap::kComma || gap == Gap::kSpace) &&
      ParseDayMonth(i + 1, next, found)) {
    found.first = i;
    return true;
  }
  if (!reference_.known) return false;
  if (weekday.has(kDateShort) && text_.ByteAfter(i) != '.') return false;
  SetDay(DayOfWeekday(weekday.value, i, i), i, i, found);
  // "Thursday last week", "Friday morning"
  AddDayPart(found.day, found);
  return true;
}

// --- Numbers with separators -----------------------------------------

// "2024-07-11", "7/11/2024", "11.07.2024".
bool EnglishDates::ParseNumericDate(size_t i, const DateWord& number,
                                    Timex& found) {
  const Gap gap = text_.After(i);
  if (gap != Gap::kHyphen && gap != Gap::kSlash && gap != Gap::kDot) {
    return false;
  }
  const DateWord second = text_.At(i + 1);
  const DateWord third = text_.At(i + 2);
  if (text_.After(i + 1) != gap || !second.has(kDateDigits) ||
      !third.has(kDateDigits) || !second.is(DateClass::kNumber) ||
      !third.is(DateClass::kNumber) || second.digits > 2) {
    return false;
  }
  int64_t year = third.value;
  int month = number.value;
  int day = second.value;
  if (number.digits == 4) {
    year = number.value;
    month = second.value;
    day = third.value;
  } else if (third.digits == 2 && gap == Gap::kSlash) {
    year += third.value < 70 ? 2000 : 1900;
  } else if (third.digits != 4) {
    return false;
  }
  if (number.digits != 4 && (gap == Gap::kDot || month > 12)) {
    std::swap(month, day);
  }
  return year >= 1000 && IsCalendarDay(year, month, day) &&
         SetDay(absl::CivilDay(year, month, day), i, i + 2, found);
}

// --- Seasons and holidays ---------------------------------------------------

bool EnglishDates::ParseSeason(size_t i, const DateWord& season, Timex& found) {
  const absl::string_view name = kSeasonLetters[season.value];
  const Gap gap = text_.After(i);
  size_t year_at = i + 1;
  if (text_.At(year_at).is(DateClass::kOf)) ++year_at;
  // "the winter of the year 304"
  if (text_.At(year_at).is(DateClass::kThe) &&
      text_.At(year_at + 1).is(DateClass::kUnit) &&
      text_.At(year_at + 2).has(kDateDigits)) {
    return text_.At(year_at + 2).digits >= 3 &&
           Set(TimexValue::Season(text_.At(year_at + 2).value, name),
               DateType::kDate, i, year_at + 2, found);
  }
  if ((gap == Gap::kSpace || gap == Gap::kComma) && YearAt(year_at) != 0) {
    return Set(TimexValue::Season(YearAt(year_at), name), DateType::kDate, i,
               year_at, found);
  }
  if (!reference_.known) return false;
  size_t before = i - 1;
  const bool the = text_.At(before).is(DateClass::kThe);
  if (the) --before;
  const DateClass kind = text_.At(before).kind;
  const bool led = kind == DateClass::kIn || kind == DateClass::kSince ||
                   kind == DateClass::kOf || kind == DateClass::kEarly ||
                   kind == DateClass::kTo;
  if (!led ||
      (season.has(kDateAmbiguous) && !the && kind != DateClass::kEarly)) {
    return false;
  }
  // "in winter wheat" is not a season.
  if (gap == Gap::kSpace && text_.At(i + 1).kind == DateClass::kNone && !the) {
    return false;
  }
  const int month = 3 * season.value + 3;
  return Set(TimexValue::Season(YearOfMonth(month, TenseAt(i, i)), name),
             DateType::kDate, i, i, found);
}

bool EnglishDates::ParseHoliday(size_t i, const DateWord& holiday,
                                Timex& found) {
  if (!text_.Capital(i) || !reference_.known) return false;
  size_t last = i;
  const bool eve = text_.SpaceAfter(i) && text_.At(i + 1).is(DateClass::kDay);
  const bool day = text_.SpaceAfter(i) && text_.text(i + 1) == "Day";
  if (eve || day) ++last;
  int64_t year = reference_.local.year();
  if (YearAt(last + 1) != 0 && text_.SpaceAfter(last)) {
    year = YearAt(++last);
  } else if (TenseAt(i, last) != Tense::kFuture) {
    constexpr int kMonths[] = {12, 11, 4, 10};
    if (kMonths[holiday.value] > reference_.local.month()) --year;
  }
  absl::CivilDay on;
  switch (static_cast<Holiday>(holiday.value)) {
    case Holiday::kChristmas:
      on = absl::CivilDay(year, 12, 25);
      break;
    case Holiday::kThanksgiving:  // of the United States: fourth Thursday
      on = WeekdayAfter(absl::CivilDay(year, 11, 22), 4, true);
      break;
    case Holiday::kEaster:
      on = EasterSunday(year);
      break;
    case Holiday::kHalloween:
      on = absl::CivilDay(year, 10, 31);
      break;
    default:
      return false;
  }
  return SetDay(eve ? on - 1 : on, i, last, found);
}

}  // namespace wiredesk
