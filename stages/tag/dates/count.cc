// English expressions that count units of time: "three days", "two years ago",
// "a year earlier", "the third quarter", "19th century".

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "stages/tag/dates/english.h"

namespace wiredesk {
namespace {

// A number in words or digits from word `at` on, as "twenty-five", "two
// hundred", "10". `last` is its last word.
int64_t ReadNumber(const DateText& text, size_t at, size_t& last) {
  int64_t number = text.At(at).value;
  last = at;
  if (text.At(at).has(kDateDigits)) return number;
  while (text.JoinedAfter(last)) {
    const DateWord next = text.At(last + 1);
    if (!next.is(DateClass::kNumber) || next.has(kDateDigits)) break;
    if (next.value == 100 || next.value == 1000) {
      number = std::max<int64_t>(number, 1) * next.value;
    } else if (number >= 20 && next.value > 0 && next.value < 10) {
      number += next.value;
    } else {
      break;
    }
    ++last;
  }
  return number;
}

// Reads "1/2" or "and a half" behind word `last` and moves that behind it.
bool ReadHalf(const DateText& text, size_t& last) {
  if (text.After(last + 1) == Gap::kSlash && text.At(last + 2).value == 2 &&
      text.At(last + 1).value == 1) {
    last += 2;
    return true;
  }
  if (text.At(last + 1).is(DateClass::kAnd) &&
      text.At(last + 3).is(DateClass::kHalfOfYear)) {
    last += 3;
    return true;
  }
  return false;
}

// The half of "two and a half years"; of other units nothing is told.
void AppendHalf(TimeUnit unit, TimexValue& value) {
  if (unit == TimeUnit::kYear) value.Append("6M");
  if (unit == TimeUnit::kHour) value.Append("30M");
  if (unit == TimeUnit::kMinute) value.Append("30S");
}

}  // namespace

bool EnglishDates::ParseNumber(size_t i, const DateWord& number, Timex& found) {
  if (number.has(kDateDigits)) {
    // "1,990", "$3.5", "No. 4": a piece of a larger number.
    const char before = text_.ByteBefore(i);
    if (before == '$' || before == ',' || before == '.' || before == '#') {
      return false;
    }
    return ParseRaceClock(i, number, found) || ParseClock(i, number, found) ||
           ParseNumericDate(i, number, found) ||
           ParseDayMonth(i, number, found) || ParseCount(i, found) ||
           ParseYear(i, found);
  }
  return ParseSpelledYear(i, number, found) || ParseCount(i, found);
}

// "two years", "three-day", "10 more days", and "ago", "earlier" behind them.
bool EnglishDates::ParseCount(size_t i, Timex& found) {
  size_t last = i;
  const int64_t count = ReadNumber(text_, i, last);
  if (text_.At(last + 1).is(DateClass::kOf) && count == 2) ++last;
  const bool half = ReadHalf(text_, last);
  if (text_.At(last + 1).is(DateClass::kMore) && text_.SpaceAfter(last)) {
    ++last;
  }
  DateWord unit = text_.At(last + 1);
  if (unit.is(DateClass::kOrdinal) && unit.value == 2 &&
      text_.After(last) == Gap::kHyphen) {
    unit.kind = DateClass::kUnit;  // "30-second"
    unit.value = static_cast<int>(TimeUnit::kSecond);
  }
  if (!unit.is(DateClass::kUnit) || !text_.JoinedAfter(last) ||
      text_.Capital(last + 1)) {
    return false;
  }
  // "2000 years" counts; "1990 year" does not.
  if (count >= 1000 && !unit.has(kDatePlural)) return false;
  ++last;
  const TimeUnit kind = UnitOf(unit);
  const DateWord after = text_.At(last + 1);
  const bool ago = after.is(DateClass::kAgo);
  const bool earlier = after.is(DateClass::kEarlier);
  const bool later = after.is(DateClass::kLater);
  if ((ago || earlier || later) && text_.JoinedAfter(last)) {
    if (!reference_.known) return false;
    return Set(CountedFromNow(count, kind, later), DateType::kDate, i, last + 1,
               found);
  }
  TimexValue value = TimexValue::Duration(count, kind);
  if (half) AppendHalf(kind, value);
  if (text_.At(last + 1).is(DateClass::kLong) &&
      text_.After(last) == Gap::kHyphen) {
    ++last;
  }
  // "a six-year-old", "37 years old" is an age, and "three-quarters" a share.
  if (text_.At(last + 1).is(DateClass::kOld) && text_.JoinedAfter(last)) {
    return false;
  }
  if (kind == TimeUnit::kQuarter && text_.After(last - 1) == Gap::kHyphen) {
    return false;
  }
  return Set(value, DateType::kDuration, i, last, found);
}

// The value of "two years ago", or "later"; `count` is negative of "some".
TimexValue EnglishDates::CountedFromNow(int64_t count, TimeUnit unit,
                                        bool later) const {
  if (count < 0) return TimexValue(later ? "FUTURE_REF" : "PAST_REF");
  if (!later) return TimexValue::Shifted(reference_.local, unit, -count);
  return TimexValue::Shifted(
      has_anchor_ ? absl::CivilSecond(anchor_) : reference_.local, unit, count);
}

// "by year end", "year's end"
bool EnglishDates::ParseYearEnd(size_t i, Timex& found) const {
  const bool owns = text_.After(i) == Gap::kApostrophe && i + 2 < text_.size();
  const size_t end = owns ? i + 2 : i + 1;
  return reference_.known && (owns || text_.JoinedAfter(i)) &&
         end < text_.size() && text_.text(end) == "end" &&
         Set(TimexValue::Year(reference_.local.year()), DateType::kDate, i, end,
             found);
}

// "a year ago", "the quarter", "for years", "year-earlier period".
bool EnglishDates::ParseUnit(size_t i, const DateWord& unit, Timex& found) {
  if (text_.Capital(i) && i > 0 && !text_.SentenceEndsAfter(i - 1)) {
    return false;
  }
  const TimeUnit kind = UnitOf(unit);
  const DateWord before = text_.At(i - 1);
  const DateWord after = text_.At(i + 1);
  const bool joined = text_.JoinedAfter(i);
  const bool a = before.is(DateClass::kA) && text_.SpaceAfter(i - 1);
  const size_t first = a ? i - 1 : i;
  if ((a || text_.After(i) == Gap::kHyphen) && joined && reference_.known &&
      (after.is(DateClass::kAgo) || after.is(DateClass::kEarlier) ||
       after.is(DateClass::kLater))) {
    return SetUnitFromNow(first, i, kind, after.kind, found);
  }
  if (kind == TimeUnit::kYear && !before.is(DateClass::kA) &&
      ParseYearEnd(i, found)) {
    return true;
  }
  if (a && kind != TimeUnit::kQuarter && kind != TimeUnit::kWeekend) {
    size_t last = i;
    TimexValue value = TimexValue::Duration(1, kind);
    if (text_.At(i + 1).is(DateClass::kAnd) &&
        text_.At(i + 3).is(DateClass::kHalfOfYear)) {
      last = i + 3;
      AppendHalf(kind, value);
    }
    return Set(value, DateType::kDuration, first, last, found);
  }
  if (before.is(DateClass::kThe) && text_.SpaceAfter(i - 1)) {
    return ParseUnitAfterThe(i, kind, found);
  }
  if (unit.has(kDatePlural) && kind >= TimeUnit::kHour &&
      (before.is(DateClass::kIn) || before.is(DateClass::kOf)) &&
      text_.SpaceAfter(i - 1)) {
    return Set(TimexValue::Duration(-1, kind), DateType::kDuration, i, i,
               found);
  }
  return ParseThat(i, found);
}

// "a year ago", "a year earlier", "a week later": `side` is the last word's.
bool EnglishDates::SetUnitFromNow(size_t first, size_t i, TimeUnit unit,
                                  DateClass side, Timex& found) {
  const int64_t sign = side == DateClass::kLater ? 1 : -1;
  TimexValue value;
  if (unit == TimeUnit::kYear && has_quarter_) {
    value = TimexValue::Quarter(quarter_year_ + sign, quarter_);
  } else if (unit == TimeUnit::kDecade) {
    value = TimexValue::Year(reference_.local.year() + 10 * sign);
  } else {
    const bool from_anchor = side != DateClass::kAgo && has_anchor_;
    value = TimexValue::Shifted(
        from_anchor ? absl::CivilSecond(anchor_) : reference_.local, unit,
        sign);
  }
  return Set(value, DateType::kDate, first, i + 1, found);
}

// What "the" and a unit mean, by the unit.
bool EnglishDates::ParseUnitAfterThe(size_t i, TimeUnit unit, Timex& found) {
  switch (unit) {
    case TimeUnit::kDay:
      return ParseTheDay(i, found);
    case TimeUnit::kWeek:
      return ParseTheWeek(i, found);
    case TimeUnit::kWeekend:
      return ParseTheWeekend(i, found);
    case TimeUnit::kQuarter:
      return ParseTheQuarter(i, found);
    case TimeUnit::kYear:
      return Ends(i) && Set(TimexValue::Duration(1, unit), DateType::kDuration,
                            i, i, found);
    default:
      return false;
  }
}

// Whether "ended" or "ending" stands behind word `i`.
bool EnglishDates::Ends(size_t i) const {
  return i + 1 < text_.size() &&
         (text_.text(i + 1) == "ended" || text_.text(i + 1) == "ending");
}

// "the day after tomorrow"
bool EnglishDates::ParseTheDay(size_t i, Timex& found) {
  if (!reference_.known || !text_.At(i + 2).is(DateClass::kRelativeDay)) {
    return false;
  }
  const DateWord side = text_.At(i + 1);
  const int day = text_.At(i + 2).value;
  if (side.is(DateClass::kAfter) && day == 1) {
    return SetDay(today() + 2, i, i + 2, found);
  }
  return side.is(DateClass::kBefore) && day == -1 &&
         SetDay(today() - 2, i, i + 2, found);
}

// "the week of March 5"
bool EnglishDates::ParseTheWeek(size_t i, Timex& found) {
  const DateWord month = text_.At(i + 2);
  return text_.At(i + 1).is(DateClass::kOf) && month.is(DateClass::kMonth) &&
         ParseMonth(i + 2, month, found) && found.is_day &&
         Set(TimexValue::Week(found.day), DateType::kDate, i, found.last,
             found);
}

bool EnglishDates::ParseTheWeekend(size_t i, Timex& found) {
  if (!reference_.known) return false;
  const bool future = TenseAt(i, i) == Tense::kFuture;
  const bool now = IsoWeekday(today()) >= 6;
  const absl::CivilDay day = future || now ? today() : today() - 7;
  return Set(TimexValue::Weekend(day), DateType::kDate, i, i, found);
}

// "the quarter ended Sept. 30", and the one that was named before.
bool EnglishDates::ParseTheQuarter(size_t i, Timex& found) {
  if (Ends(i) && text_.At(i + 2).is(DateClass::kMonth)) {
    Timex day;
    if (!ParseMonth(i + 2, text_.At(i + 2), day) || !day.is_day) return false;
    has_quarter_ = true;
    quarter_ = (day.day.month() + 2) / 3;
    quarter_year_ = day.day.year();
  }
  return has_quarter_ && Set(TimexValue::Quarter(quarter_year_, quarter_),
                             DateType::kDate, i, i, found);
}

// "that year", "the same day": what was last named.
bool EnglishDates::ParseThat(size_t i, Timex& found) {
  if (!text_.At(i - 1).is(DateClass::kThat) || !text_.SpaceAfter(i - 1) ||
      !has_anchor_) {
    return false;
  }
  const DateWord unit = text_.At(i);
  if (unit.has(kDatePlural) || UnitOf(unit) < TimeUnit::kDay) return false;
  return Set(TimexValue::Shifted(absl::CivilSecond(anchor_), UnitOf(unit), 0),
             DateType::kDate, i - 1, i, found);
}

// "third quarter of 1989", "first half", "first nine months", "19th century".
bool EnglishDates::ParseOrdinal(size_t i, const DateWord& ordinal,
                                Timex& found) {
  if (ParseDayMonth(i, ordinal, found)) return true;
  if (!text_.JoinedAfter(i) || text_.Capital(i + 1)) return false;
  const DateWord next = text_.At(i + 1);
  if (next.is(DateClass::kUnit) && UnitOf(next) == TimeUnit::kQuarter &&
      ordinal.value <= 4) {
    return ParseQuarter(i, ordinal.value, i + 1, found);
  }
  if (next.is(DateClass::kUnit) && UnitOf(next) == TimeUnit::kCentury &&
      ordinal.value >= 2) {
    return Set(TimexValue::Century(int64_t{100} * (ordinal.value - 1)),
               DateType::kDate, i, i + 1, found);
  }
  if (next.is(DateClass::kHalfOfYear) && ordinal.value <= 2) {
    size_t last = i + 1;
    const int64_t year = YearOfHalf(last);
    return year != 0 && Set(TimexValue::Half(year, ordinal.value),
                            DateType::kDate, i, last, found);
  }
  // "the first nine months" is as long as "nine months".
  if (next.is(DateClass::kNumber) && text_.SpaceAfter(i) &&
      ordinal.value == 1 && ParseCount(i + 1, found)) {
    found.first = i;
    return true;
  }
  return false;
}

// "of 1989", "of last year" behind word `last`, which moves to its end; else 0.
int64_t EnglishDates::YearOfHalf(size_t& last) const {
  if (!text_.At(last + 1).is(DateClass::kOf)) return 0;
  if (const int64_t year = YearAt(last + 2); year != 0) {
    last += 2;
    return year;
  }
  const DateWord unit = text_.At(last + 3);
  if (!unit.is(DateClass::kUnit) || UnitOf(unit) != TimeUnit::kYear ||
      !reference_.known) {
    return 0;
  }
  const DateWord which = text_.At(last + 2);
  last += 3;
  return reference_.local.year() - (which.is(DateClass::kLast) ? 1 : 0) +
         (which.is(DateClass::kNext) ? 1 : 0);
}

// A quarter whose words end with `last`, and the year behind it.
bool EnglishDates::ParseQuarter(size_t i, int quarter, size_t last,
                                Timex& found) {
  int64_t year = 0;
  size_t at = last + 1;
  if (text_.At(at).is(DateClass::kOf) || text_.At(at).is(DateClass::kIn)) ++at;
  if (text_.At(at).is(DateClass::kFiscal)) ++at;
  if (YearAt(at) != 0 && text_.After(last) != Gap::kBreak) {
    year = YearAt(at);
    last = at;
  } else if (text_.At(at).is(DateClass::kLast) &&
             text_.At(at + 1).is(DateClass::kUnit) && reference_.known) {
    year = reference_.local.year() - 1;
    last = at + 1;
  } else if (YearAt(i - 1) != 0 && text_.SpaceAfter(i - 1)) {
    year = YearAt(i - 1);
    --i;
  } else if (reference_.known) {
    // The last that has begun, or the next that ends.
    const int now = (reference_.local.month() - 1) / 3 + 1;
    year = reference_.local.year();
    const bool future = TenseAt(i, last) == Tense::kFuture;
    if (!future && quarter > now) --year;
    if (future && quarter < now - 1) ++year;
  } else {
    return false;
  }
  has_quarter_ = true;
  quarter_ = quarter;
  quarter_year_ = year;
  return Set(TimexValue::Quarter(year, quarter), DateType::kDate, i, last,
             found);
}

}  // namespace wiredesk
