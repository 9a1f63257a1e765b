// English expressions that are told from the time of publication: "last week",
// "next Friday", "this summer", "today", "now"; and what comes back: "every
// day".

#include <cstddef>
#include <cstdint>

#include "stages/tag/dates/english.h"

namespace wiredesk {

// --- last, next, this, past -------------------------------------------------

bool EnglishDates::ParseModifier(size_t i, const DateWord& modifier,
                                 Timex& found) {
  return ParseModifierBefore(i, modifier, found) ||
         ParseBareModifier(i, modifier, found);
}

// "in the past"; what is recent or current says too little.
bool EnglishDates::ParseBareModifier(size_t i, const DateWord& modifier,
                                     Timex& found) const {
  if (text_.Capital(i) && i > 0 && !text_.SentenceEndsAfter(i - 1)) {
    return false;
  }
  return modifier.is(DateClass::kPast) && modifier.value == 0 &&
         text_.At(i - 1).is(DateClass::kThe) &&
         text_.At(i - 2).is(DateClass::kIn) &&
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
  // "the last half of 1989"
  if (next.is(DateClass::kHalfOfYear) && modifier.is(DateClass::kLast) &&
      text_.At(at + 1).is(DateClass::kOf) && YearAt(at + 2) != 0) {
    return Set(TimexValue::Half(YearAt(at + 2), 2), DateType::kDate, i, at + 2,
               found);
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
  switch (name.kind) {
    case DateClass::kMonth:
      return ParseModifiedMonth(modifier, at, found);
    case DateClass::kWeekday:
      return ParseModifiedWeekday(modifier, at, found);
    case DateClass::kSeason: {
      int64_t year = ModifiedYear(modifier, 3 * name.value + 3);
      // A winter bears the year in which it began.
      if (name.value == 3 && modifier.is(DateClass::kThis) &&
          today().month() <= 3) {
        --year;
      }
      return Set(TimexValue::Season(year, kSeasonLetters[name.value]),
                 DateType::kDate, at, at, found);
    }
    case DateClass::kDayPart:
      return ParseModifiedDayPart(modifier, at, found);
    case DateClass::kHoliday: {
      if (!ParseHoliday(at, name, found)) return false;
      if (modifier.is(DateClass::kLast) && found.day >= today()) {
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

// The year of the last, the next or this year's month.
int64_t EnglishDates::ModifiedYear(const DateWord& modifier, int month) const {
  const absl::CivilDay day = today();
  if (modifier.is(DateClass::kLast) && month >= day.month()) {
    return day.year() - 1;
  }
  if (modifier.is(DateClass::kNext) && month <= day.month()) {
    return day.year() + 1;
  }
  return day.year();
}

// The last, the next or this year's day of that month.
absl::CivilDay EnglishDates::ModifiedDay(const DateWord& modifier, int month,
                                         int day) const {
  const int64_t year = today().year();
  const absl::CivilDay same(year, month, day);
  if (modifier.is(DateClass::kLast) && same >= today()) {
    return absl::CivilDay(year - 1, month, day);
  }
  if (modifier.is(DateClass::kNext) && same <= today()) {
    return absl::CivilDay(year + 1, month, day);
  }
  return same;
}

bool EnglishDates::ParseModifiedMonth(const DateWord& modifier, size_t at,
                                      Timex& found) {
  if (!text_.Capital(at)) return false;
  const DateWord month = text_.At(at);
  const int64_t year = ModifiedYear(modifier, month.value);
  Timex whole;
  if (ParseMonth(at, month, whole) && whole.last > at) {
    found = whole;
    // "last September 11" is past, whatever the verb; "last 11 September 2001"
    // says its year itself.
    if (found.is_day && whole.last == at + 1) {
      SetDay(ModifiedDay(modifier, month.value, found.day.day()), at, at + 1,
             found);
    }
    return true;
  }
  return Set(TimexValue::Month(absl::CivilMonth(year, month.value)),
             DateType::kDate, at, at, found);
}

bool EnglishDates::ParseModifiedWeekday(const DateWord& modifier, size_t at,
                                        Timex& found) {
  const DateWord weekday = text_.At(at);
  if (!text_.Capital(at) || weekday.has(kDatePlural)) return false;
  Timex whole;
  if (ParseWeekday(at, weekday, whole) && whole.last > at &&
      whole.type == DateType::kDate) {
    found = whole;
    return true;
  }
  absl::CivilDay on = MondayOf(today()) + (weekday.value - 1);
  if (modifier.is(DateClass::kLast)) {
    on = WeekdayBefore(today(), weekday.value, false);
  } else if (modifier.is(DateClass::kNext)) {
    on = WeekdayAfter(today(), weekday.value, false);
  }
  SetDay(on, at, at, found);
  AddDayPart(on, found);
  return true;
}

// "last night" was yesterday's; "this morning" is today's.
bool EnglishDates::ParseModifiedDayPart(const DateWord& modifier, size_t at,
                                        Timex& found) {
  const auto part = static_cast<DayPart>(text_.At(at).value);
  const bool last = modifier.is(DateClass::kLast);
  if (modifier.is(DateClass::kNext)) return false;
  if (last && part != DayPart::kNight && part != DayPart::kEvening) {
    return false;
  }
  SetDay(last ? today() - 1 : today(), at - 1, at - 1, found);
  AddDayPart(found.day, found);
  return true;
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
    case DateClass::kDayPart: {
      constexpr absl::string_view kParts[] = {"TMO", "T12:00", "TAF",   "TEV",
                                              "TNI", "T12:00", "T24:00"};
      TimexValue value("XXXX-XX-XX");
      return Set(value.Append(kParts[next.value]), DateType::kSet, i, i + 1,
                 found);
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
