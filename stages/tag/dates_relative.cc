// English expressions that are counted: from the time of publication ("last
// week", "two years ago"), or from nothing ("three days", "daily").

#include <algorithm>
#include <cstddef>

#include "stages/tag/dates_english.h"
#include "stages/tag/dates_words.h"

namespace wiredesk {
namespace {

bool IsUnit(const DateWord& word) { return word.is(DateClass::kUnit); }

TimeUnit UnitOf(const DateWord& word) {
  return static_cast<TimeUnit>(word.value);
}

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

}  // namespace

bool EnglishDates::ParseNumber(size_t i, const DateWord& number, Timex& found) {
  if (number.has(kDateDigits)) {
    // "1,990", "$3.5", "No. 4": a piece of a larger number.
    const char before = text_.ByteBefore(i);
    if (before == '$' || before == ',' || before == '.' || before == '#') {
      return false;
    }
    return ParseClock(i, number, found) || ParseNumericDate(i, number, found) ||
           ParseDayMonth(i, number, found) || ParseCount(i, found) ||
           ParseYear(i, number, found);
  }
  return ParseSpelledYear(i, number, found) || ParseCount(i, found);
}

// "two years", "three-day", "10 more days", and "ago", "earlier" behind them.
bool EnglishDates::ParseCount(size_t i, Timex& found) {
  size_t last = i;
  int64_t count = ReadNumber(text_, i, last);
  bool half = false;
  if (text_.At(last + 1).is(DateClass::kOf) && count == 2) ++last;
  // "2 1/2 years", "two and a half years"
  if (text_.After(last + 1) == Gap::kSlash && text_.At(last + 2).value == 2 &&
      text_.At(last + 1).value == 1) {
    half = true;
    last += 2;
  } else if (text_.At(last + 1).is(DateClass::kAnd) &&
             text_.At(last + 3).is(DateClass::kHalfOfYear)) {
    half = true;
    last += 3;
  }
  if (text_.At(last + 1).is(DateClass::kMore) && text_.SpaceAfter(last)) {
    ++last;
  }
  DateWord unit = text_.At(last + 1);
  if (unit.is(DateClass::kOrdinal) && unit.value == 2 &&
      text_.After(last) == Gap::kHyphen) {
    unit.kind = DateClass::kUnit;  // "30-second"
    unit.value = static_cast<int>(TimeUnit::kSecond);
  }
  if (!IsUnit(unit) || !text_.JoinedAfter(last) || text_.Capital(last + 1)) {
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
    const TimexValue value =
        count < 0 ? TimexValue(later ? "FUTURE_REF" : "PAST_REF")
                  : TimexValue::Shifted(later && has_anchor_
                                            ? absl::CivilSecond(anchor_)
                                            : reference_.local,
                                        kind, later ? count : -count);
    return Set(value, DateType::kDate, i, last + 1, found);
  }
  TimexValue value = TimexValue::Duration(count, kind);
  if (half && kind == TimeUnit::kYear) value.Append("6M");
  if (half && kind == TimeUnit::kHour) value.Append("30M");
  if (half && kind == TimeUnit::kMinute) value.Append("30S");
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
    const int sign = after.is(DateClass::kLater) ? 1 : -1;
    if (kind == TimeUnit::kYear && has_quarter_) {
      return Set(TimexValue::Quarter(quarter_year_ + sign, quarter_),
                 DateType::kDate, first, i + 1, found);
    }
    const bool from_anchor = !after.is(DateClass::kAgo) && has_anchor_;
    if (kind == TimeUnit::kDecade) {
      return Set(TimexValue::Year(reference_.local.year() + 10 * sign),
                 DateType::kDate, first, i + 1, found);
    }
    return Set(TimexValue::Shifted(
                   from_anchor ? absl::CivilSecond(anchor_) : reference_.local,
                   kind, sign),
               DateType::kDate, first, i + 1, found);
  }
  if (kind == TimeUnit::kYear && joined && reference_.known &&
      !before.is(DateClass::kA) && i + 1 < text_.size() &&
      text_.text(i + 1) == "end") {
    return SetDay(absl::CivilDay(reference_.local.year(), 12, 31), i, i + 1,
                  found);
  }
  if (a && kind != TimeUnit::kQuarter && kind != TimeUnit::kWeekend) {
    size_t last = i;
    TimexValue value = TimexValue::Duration(1, kind);
    if (text_.At(i + 1).is(DateClass::kAnd) &&
        text_.At(i + 3).is(DateClass::kHalfOfYear)) {
      last = i + 3;
      if (kind == TimeUnit::kYear) value.Append("6M");
      if (kind == TimeUnit::kHour) value.Append("30M");
      if (kind == TimeUnit::kMinute) value.Append("30S");
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

bool EnglishDates::ParseUnitAfterThe(size_t i, TimeUnit unit, Timex& found) {
  // "the week of March 5", "the day after tomorrow"
  if (unit == TimeUnit::kWeek && text_.At(i + 1).is(DateClass::kOf)) {
    const DateWord month = text_.At(i + 2);
    if (month.is(DateClass::kMonth) && ParseMonth(i + 2, month, found) &&
        found.is_day) {
      return Set(TimexValue::Week(found.day), DateType::kDate, i, found.last,
                 found);
    }
  }
  if (unit == TimeUnit::kDay && reference_.known &&
      text_.At(i + 2).is(DateClass::kRelativeDay)) {
    const DateWord side = text_.At(i + 1);
    const int day = text_.At(i + 2).value;
    if (side.is(DateClass::kAfter) && day == 1) {
      return SetDay(today() + 2, i, i + 2, found);
    }
    if (side.is(DateClass::kBefore) && day == -1) {
      return SetDay(today() - 2, i, i + 2, found);
    }
  }
  if (unit == TimeUnit::kQuarter && has_quarter_) {
    return Set(TimexValue::Quarter(quarter_year_, quarter_), DateType::kDate, i,
               i, found);
  }
  if (unit == TimeUnit::kWeekend && reference_.known) {
    const bool future = TenseAt(i, i) == Tense::kFuture;
    const bool now = IsoWeekday(today()) >= 6;
    const absl::CivilDay day = future || now ? today() : today() - 7;
    return Set(TimexValue::Weekend(day), DateType::kDate, i, i, found);
  }
  return false;
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
  if (IsUnit(next) && UnitOf(next) == TimeUnit::kQuarter &&
      ordinal.value <= 4) {
    return ParseQuarter(i, ordinal.value, i + 1, found);
  }
  if (IsUnit(next) && UnitOf(next) == TimeUnit::kCentury &&
      ordinal.value >= 2) {
    return Set(TimexValue::Century(100 * (ordinal.value - 1)), DateType::kDate,
               i, i + 1, found);
  }
  if (next.is(DateClass::kHalfOfYear) && ordinal.value <= 2) {
    size_t last = i + 1;
    int64_t year = 0;
    if (text_.At(last + 1).is(DateClass::kOf)) {
      if (YearAt(last + 2) != 0) {
        year = YearAt(last + 2);
        last += 2;
      } else if (text_.At(last + 3).is(DateClass::kUnit) &&
                 UnitOf(text_.At(last + 3)) == TimeUnit::kYear &&
                 reference_.known) {
        year = reference_.local.year();
        if (text_.At(last + 2).is(DateClass::kLast)) --year;
        if (text_.At(last + 2).is(DateClass::kNext)) ++year;
        last += 3;
      }
    }
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

// --- last, next, this, past -------------------------------------------------

bool EnglishDates::ParseModifier(size_t i, const DateWord& modifier,
                                 Timex& found) {
  return ParseModifierBefore(i, modifier, found) ||
         ParseBareModifier(i, modifier, found);
}

// "in the past", "recent events", "the current talks".
bool EnglishDates::ParseBareModifier(size_t i, const DateWord& modifier,
                                     Timex& found) const {
  if (text_.Capital(i) && i > 0 && !text_.SentenceEndsAfter(i - 1)) {
    return false;
  }
  if (modifier.is(DateClass::kThis)) {
    return modifier.value == 1 &&
           Set(TimexValue("PRESENT_REF"), DateType::kDate, i, i, found);
  }
  if (!modifier.is(DateClass::kPast)) return false;
  const bool in_the_past = modifier.value == 0 &&
                           text_.At(i - 1).is(DateClass::kThe) &&
                           text_.At(i - 2).is(DateClass::kIn);
  return (in_the_past || modifier.value == 1) &&
         Set(TimexValue("PAST_REF"), DateType::kDate, i, i, found);
}

// "last", "next", "this", "past" and the words behind them.
bool EnglishDates::ParseModifierBefore(size_t i, const DateWord& modifier,
                                       Timex& found) {
  if (!text_.SpaceAfter(i)) return false;
  size_t at = i + 1;
  const DateWord next = text_.At(at);
  if (next.is(DateClass::kFiscal)) ++at;
  if (next.is(DateClass::kNumber) && !modifier.is(DateClass::kThis) &&
      next.value < 1000) {
    // "the last two weeks", "the next few days"
    if (!ParseCount(at, found) || found.type != DateType::kDuration) {
      return false;
    }
    found.first = i;
    return true;
  }
  if (text_.At(at).is(DateClass::kUnit) && text_.SpaceAfter(at - 1)) {
    return ParseModifiedUnit(i, modifier, at, found);
  }
  if (modifier.is(DateClass::kPast)) {
    return modifier.value == 2 && text_.At(at).is(DateClass::kPeriod) &&
           has_quarter_ &&
           Set(TimexValue::Quarter(quarter_year_, quarter_), DateType::kDate, i,
               at, found);
  }
  if (!reference_.known || !ParseModifiedName(modifier, at, found)) {
    return false;
  }
  found.first = i;
  return true;
}

bool EnglishDates::ParseModifiedUnit(size_t i, const DateWord& modifier,
                                     size_t at, Timex& found) {
  const DateWord unit = text_.At(at);
  const TimeUnit kind = UnitOf(unit);
  if (text_.Capital(at)) return false;
  if (modifier.is(DateClass::kPast) || unit.has(kDatePlural)) {
    // "recent years", "the past year", "coming months"
    if (kind < TimeUnit::kHour) return false;
    if (modifier.is(DateClass::kThis)) return false;
    if (modifier.is(DateClass::kPast) && modifier.value == 2 &&
        kind == TimeUnit::kQuarter && reference_.known) {
      return Set(TimexValue::Shifted(reference_.local, kind, -1),
                 DateType::kDate, i, at, found);
    }
    return Set(TimexValue::Duration(unit.has(kDatePlural) ? -1 : 1, kind),
               DateType::kDuration, i, at, found);
  }
  if (!reference_.known || kind < TimeUnit::kDay) return false;
  int count = 0;
  if (modifier.is(DateClass::kLast)) count = -1;
  if (modifier.is(DateClass::kNext)) count = 1;
  absl::CivilSecond from = reference_.local;
  const bool relative = modifier.value == 1;  // "following", "previous"
  if (relative || kind == TimeUnit::kDay) {
    // "the last day of the summit", "this day" name no day by themselves.
    if (!relative && !modifier.is(DateClass::kNext)) return false;
    if (!has_anchor_) return false;
    from = absl::CivilSecond(anchor_);
  }
  if (kind == TimeUnit::kDay) {
    return SetDay(absl::CivilDay(from) + count, i, at, found);
  }
  return Set(TimexValue::Shifted(from, kind, count), DateType::kDate, i, at,
             found);
}

// "last November", "next Friday", "this summer", "last night".
bool EnglishDates::ParseModifiedName(const DateWord& modifier, size_t at,
                                     Timex& found) {
  const DateWord name = text_.At(at);
  const bool last = modifier.is(DateClass::kLast);
  const bool next = modifier.is(DateClass::kNext);
  const absl::CivilDay day = today();
  switch (name.kind) {
    case DateClass::kMonth: {
      if (!text_.Capital(at)) return false;
      Timex whole;
      if (ParseMonth(at, name, whole) && whole.last > at) {
        found = whole;
        return true;
      }
      int64_t year = day.year();
      if (last && name.value >= day.month()) --year;
      if (next && name.value <= day.month()) ++year;
      return Set(TimexValue::Month(absl::CivilMonth(year, name.value)),
                 DateType::kDate, at, at, found);
    }
    case DateClass::kWeekday: {
      if (!text_.Capital(at) || name.has(kDatePlural)) return false;
      const absl::CivilDay on = last   ? WeekdayBefore(day, name.value, false)
                                : next ? WeekdayAfter(day, name.value, false)
                                       : MondayOf(day) + (name.value - 1);
      Timex whole;
      if (ParseWeekday(at, name, whole) && whole.last > at &&
          whole.type == DateType::kDate) {
        found = whole;
        return true;
      }
      SetDay(on, at, at, found);
      AddDayPart(on, found);
      return true;
    }
    case DateClass::kSeason: {
      constexpr absl::string_view kNames[] = {"SP", "SU", "FA", "WI"};
      const int month = 3 * name.value + 3;
      int64_t year = day.year();
      if (last && month >= day.month()) --year;
      if (next && month <= day.month()) ++year;
      return Set(TimexValue::Season(year, kNames[name.value]), DateType::kDate,
                 at, at, found);
    }
    case DateClass::kDayPart: {
      // "last night" was yesterday's; "this morning" is today's.
      if (next) return false;
      if (last && name.value != static_cast<int>(DayPart::kNight) &&
          name.value != static_cast<int>(DayPart::kEvening)) {
        return false;
      }
      SetDay(last ? day - 1 : day, at - 1, at - 1, found);
      AddDayPart(found.day, found);
      return true;
    }
    case DateClass::kHoliday: {
      if (!ParseHoliday(at, name, found)) return false;
      if (last && found.day >= day) {
        found.day = absl::CivilDay(found.day.year() - 1, found.day.month(),
                                   found.day.day());
        found.value = TimexValue::Day(found.day);
      }
      return true;
    }
    default:
      return false;
  }
}

// --- Today, now, every ------------------------------------------------------

bool EnglishDates::ParseRelativeDay(size_t i, const DateWord& day,
                                    Timex& found) {
  if (!reference_.known) return false;
  // "USA Today"
  if (text_.Capital(i) && i > 0 && text_.SpaceAfter(i - 1) &&
      text_.Capital(i - 1)) {
    return false;
  }
  SetDay(today() + day.value, i, i, found);
  if (day.has(kDatePlural)) {  // "tonight"
    found.type = DateType::kTime;
    found.value.Append("TNI");
    return true;
  }
  AddDayPart(found.day, found);
  return true;
}

bool EnglishDates::ParseReference(size_t i, const DateWord& reference,
                                  Timex& found) {
  constexpr absl::string_view kValues[] = {"PAST_REF", "PRESENT_REF",
                                           "FUTURE_REF"};
  if (text_.Capital(i) && i > 0 && !text_.SentenceEndsAfter(i - 1) &&
      text_.SpaceAfter(i - 1)) {
    return false;  // "Apocalypse Now"
  }
  if (reference.value == 2) {
    const absl::string_view word = text_.text(i);
    const DateClass before = text_.At(i - 1).kind;
    // "in the future"; its future, as soon as, soon after
    if (word.size() > 4 &&
        !(before == DateClass::kThe && text_.At(i - 2).is(DateClass::kIn)) &&
        (i == 0 || text_.text(i - 1) != "near")) {
      return false;
    }
    const DateClass after = text_.At(i + 1).kind;
    if (after == DateClass::kAfter || (i > 0 && text_.text(i - 1) == "as")) {
      return false;
    }
  }
  return Set(TimexValue(kValues[reference.value]), DateType::kDate, i, i,
             found);
}

// "every day", "each Thursday", "every two weeks".
bool EnglishDates::ParseEvery(size_t i, Timex& found) {
  if (!text_.SpaceAfter(i)) return false;
  const DateWord next = text_.At(i + 1);
  switch (next.kind) {
    case DateClass::kUnit:
      return !next.has(kDatePlural) &&
             Set(TimexValue::Duration(1, UnitOf(next)), DateType::kSet, i,
                 i + 1, found);
    case DateClass::kNumber:
      if (!ParseCount(i + 1, found) || found.type != DateType::kDuration) {
        return false;
      }
      return Set(found.value, DateType::kSet, i, found.last, found);
    case DateClass::kWeekday: {
      TimexValue value("XXXX-WXX-");
      return Set(value.Append(next.value), DateType::kSet, i, i + 1, found);
    }
    case DateClass::kMonth: {
      TimexValue value("XXXX-");
      return text_.Capital(i + 1) &&
             Set(value.Append(next.value, 2), DateType::kSet, i, i + 1, found);
    }
    default:
      return false;
  }
}

}  // namespace wiredesk
