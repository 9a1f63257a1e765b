// English dates of the calendar: "July 9 to 11", "Friday, Oct. 13", "the
// 1990s".
//
// The text is read once, word by word. A word that may begin an expression is
// given to the rule of its class, which looks at the words after it and,
// seldom, before; the longest reading is taken, and reading goes on behind it.
// A rule never searches further than a few words, so the cost is one table
// look-up for each word of the text.
//
// What is not said is taken from the time of publication: "on Thursday" is the
// last one in a report of what happened and the next one after "will"; so is
// the year of "in September". TenseAt() decides by the verb that stands
// nearest in the sentence.
//
// Example: published on 2024-07-12, "planned for September" has the value
// 2024-09, and "On Thursday, Yoon emphasized" 2024-07-11.
//
// After HeidelTime (Strötgen and Gertz, 2010) and SUTime (Chang and Manning,
// 2012) in what it finds; no rule or word list of theirs is used. Tested by
// dates_test.cc, measured on the training part of TempEval-3.

#include "stages/tag/dates_english.h"

#include <algorithm>
#include <cstdlib>

#include "absl/strings/ascii.h"
#include "stages/tag/dates_words.h"

namespace wiredesk {
namespace {

// How far TenseAt() looks for a verb, in words.
constexpr size_t kTenseReach = 14;
// A date of the future without a verb that says so lies at most so many months
// ahead.
constexpr int kMonthsAhead = 3;

constexpr absl::string_view kSeasons[] = {"SP", "SU", "FA", "WI"};

bool IsDayNumber(const DateWord& word) {
  return (word.is(DateClass::kNumber) && word.has(kDateDigits) &&
          word.digits <= 2 && word.value >= 1 && word.value <= 31) ||
         (word.is(DateClass::kOrdinal) && word.value >= 1 && word.value <= 31);
}

}  // namespace

void EnglishDates::Find() {
  text_.ForEachStart([this](size_t i, const DateWord& word) {
    Timex found;
    if (!Parse(i, word, found)) return i;
    Emit(found);
    return found.last;
  });
}

bool EnglishDates::Parse(size_t i, const DateWord& word, Timex& found) {
  switch (word.kind) {
    case DateClass::kMonth:
      return ParseMonth(i, word, found);
    case DateClass::kWeekday:
      return ParseWeekday(i, word, found);
    case DateClass::kUnit:
      return ParseUnit(i, word, found);
    case DateClass::kNumber:
      return ParseNumber(i, word, found);
    case DateClass::kOrdinal:
      return ParseOrdinal(i, word, found);
    case DateClass::kSeason:
      return ParseSeason(i, word, found);
    case DateClass::kDayPart:
      return ParseDayPart(i, word, found);
    case DateClass::kRelativeDay:
      return ParseRelativeDay(i, word, found);
    case DateClass::kReference:
      return ParseReference(i, word, found);
    case DateClass::kSet:
      return !text_.Capital(i) &&
             Set(TimexValue::Duration(1, static_cast<TimeUnit>(word.value)),
                 DateType::kSet, i, i, found);
    case DateClass::kLast:
    case DateClass::kNext:
    case DateClass::kThis:
    case DateClass::kPast:
      return ParseModifier(i, word, found);
    case DateClass::kEvery:
      return ParseEvery(i, found);
    case DateClass::kHoliday:
      return ParseHoliday(i, word, found);
    case DateClass::kDecade:
      return ParseDecade(i, word, found);
    case DateClass::kQuarter:
      return ParseQuarter(i, word.value, i, found);
    case DateClass::kFiscal:
      return text_.SpaceAfter(i) && YearAt(i + 1) != 0 &&
             Set(TimexValue::Year(YearAt(i + 1)), DateType::kDate, i, i + 1,
                 found);
    case DateClass::kClock:
      return ParseClock(i, word, found);
    default:
      return false;
  }
}

// --- Months and days --------------------------------------------------------

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

// --- Numbers with separators, years -----------------------------------------

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

int64_t EnglishDates::YearAt(size_t i) const {
  const DateWord word = text_.At(i);
  const bool year = word.is(DateClass::kNumber) && word.digits == 4 &&
                    word.value >= 1000 && word.value <= 2199 &&
                    text_.ByteAfter(i) != '%' && text_.After(i) != Gap::kColon;
  return year ? word.value : 0;
}

bool EnglishDates::ParseYear(size_t i, const DateWord& number, Timex& found) {
  const int64_t year = YearAt(i);
  if (year == 0) return false;
  const char before = text_.ByteBefore(i);
  if (absl::ascii_isspace(before) == 0 && before != '(' && before != '-' &&
      before != '\'' && before != '"' && before != '/' &&
      static_cast<uint8_t>(before) < 0x80) {
    return false;
  }
  if (before == '-' && i > 0 && text_.end(i - 1) + 1 == text_.begin(i) &&
      text_.At(i - 1).kind == DateClass::kNone && text_.Capital(i - 1)) {
    return false;  // "CVE-2014-6271"; but "post-1959"
  }
  const DateWord previous = text_.At(i - 1);
  const bool led =
      previous.is(DateClass::kIn) || previous.is(DateClass::kSince) ||
      previous.is(DateClass::kOf) || previous.is(DateClass::kFrom) ||
      previous.is(DateClass::kEarly) || previous.is(DateClass::kTo);
  if (!led && (year < 1900 || year > 2050)) return false;
  const Gap gap = text_.After(i);
  const DateWord next = text_.At(i + 1);
  if (gap == Gap::kDot && next.is(DateClass::kNumber)) return false;
  // "1995 miles" can be known only by the unit.
  if (next.is(DateClass::kUnit) && next.has(kDatePlural)) return false;
  // "1988-89", "1990-1995"
  if (gap == Gap::kHyphen && next.is(DateClass::kNumber) &&
      next.has(kDateDigits) && (next.digits == 2 || next.digits == 4)) {
    const int64_t until =
        next.digits == 4 ? next.value : year / 100 * 100 + next.value;
    if (until > year && until < year + 200) {
      TimexValue value = TimexValue::Year(year);
      value.Append("/").Append(TimexValue::Year(until).text());
      return Set(value, DateType::kDate, i, i + 1, found);
    }
  }
  (void)number;
  return Set(TimexValue::Year(year), DateType::kDate, i, i, found);
}

// "nineteen ninety-six", as transcripts of speech have it.
bool EnglishDates::ParseSpelledYear(size_t i, const DateWord& number,
                                    Timex& found) {
  if (number.has(kDateDigits) || !text_.SpaceAfter(i)) return false;
  const DateWord tens = text_.At(i + 1);
  if (number.value < 17 || number.value > 20 || !tens.is(DateClass::kNumber) ||
      tens.has(kDateDigits) || tens.value < 20 || tens.value > 90 ||
      tens.value % 10 != 0) {
    return false;
  }
  int64_t year = 100 * number.value + tens.value;
  size_t last = i + 1;
  const DateWord ones = text_.At(i + 2);
  if (text_.JoinedAfter(i + 1) && ones.is(DateClass::kNumber) &&
      !ones.has(kDateDigits) && ones.value >= 1 && ones.value <= 9) {
    year += ones.value;
    last = i + 2;
  }
  return Set(TimexValue::Year(year), DateType::kDate, i, last, found);
}

bool EnglishDates::ParseDecade(size_t i, const DateWord& decade, Timex& found) {
  int64_t year = decade.value;
  if (year % 10 != 0) return false;
  const bool the = text_.At(i - 1).is(DateClass::kThe) ||
                   text_.At(i - 1).is(DateClass::kEarly);
  if (decade.digits == 4) {
    if (year < 1000 || year > 2190) return false;
  } else {
    // "the '90s", "the nineties"; "in her 20s" is an age.
    const bool apostrophe = text_.ByteBefore(i) == '\'' ||
                            static_cast<uint8_t>(text_.ByteBefore(i)) == 0x99;
    if (year > 90 || !(the || apostrophe)) return false;
    year += 1900;
  }
  const bool century = year % 100 == 0 && year < 2000 && decade.digits == 4;
  return Set(century ? TimexValue::Century(year) : TimexValue::Decade(year),
             DateType::kDate, i, i, found);
}

// --- Seasons and holidays ---------------------------------------------------

bool EnglishDates::ParseSeason(size_t i, const DateWord& season, Timex& found) {
  const absl::string_view name = kSeasons[season.value];
  const Gap gap = text_.After(i);
  size_t year_at = i + 1;
  if (text_.At(year_at).is(DateClass::kOf)) ++year_at;
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
  // "in winter wheat" is no season.
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
  } else if (TenseAt(i, last) == Tense::kPast) {
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

// --- Resolution -------------------------------------------------------------

// The nearest verb decides: one to the left is a word nearer than one to the
// right. "will" counts more than a verb of the past ("said it will open on
// Friday"): only a past verb right beside the date outweighs it ("said Friday
// that it will open").
Tense EnglishDates::TenseAt(size_t first, size_t last) const {
  // "until Friday", "by May", "as soon as Tuesday"
  if (first > 0 && text_.SpaceAfter(first - 1)) {
    const absl::string_view before = text_.text(first - 1);
    if (before == "until" || before == "by" || before == "as" ||
        before == "till") {
      return Tense::kFuture;
    }
  }
  size_t future = kTenseReach;
  size_t past = kTenseReach;
  const auto look = [&](size_t i, size_t distance) {
    if (i + 1 >= text_.size()) return;
    const DateClass kind = text_.At(i).kind;
    if (kind == DateClass::kFutureVerb ||
        (kind == DateClass::kPresentVerb && text_.text(i + 1) == "to")) {
      future = std::min(future, distance);
    }
    if (kind == DateClass::kPastVerb) past = std::min(past, distance);
    const absl::string_view word = text_.text(i);
    if (kind == DateClass::kNone && word.size() > 4 && word.back() == 'd' &&
        word[word.size() - 2] == 'e' && word[word.size() - 3] != 'e') {
      past = std::min(past, distance + 1);
    }
  };
  for (size_t d = 1; d < kTenseReach && d <= first; ++d) {
    if (text_.SentenceEndsAfter(first - d) || text_.QuoteAfter(first - d)) {
      break;
    }
    look(first - d, d);
  }
  for (size_t d = 1; d < kTenseReach && last + d < text_.size(); ++d) {
    const size_t before = last + d - 1;
    if (text_.SentenceEndsAfter(before) || text_.QuoteAfter(before)) break;
    look(last + d, d + 1);
  }
  return future < past ? Tense::kFuture : Tense::kPast;
}

int64_t EnglishDates::YearOfMonth(int month, Tense tense) const {
  const int64_t year = reference_.local.year();
  const int now = reference_.local.month();
  if (tense == Tense::kFuture) return month < now ? year + 1 : year;
  return month > now ? year - 1 : year;
}

int64_t EnglishDates::YearOfDay(int month, int day, size_t first,
                                size_t last) const {
  const absl::CivilDay today_is = today();
  const int64_t year = today_is.year();
  const bool later = month > today_is.month() ||
                     (month == today_is.month() && day > today_is.day());
  if (TenseAt(first, last) == Tense::kFuture) {
    if (later) return year;
    // A day of the last months stays there: the verb was another date's.
    const int64_t back = 12 * year + today_is.month() - 12 * year - month;
    return back <= kMonthsAhead ? year : year + 1;
  }
  if (!later) return year;
  return month - today_is.month() <= kMonthsAhead ? year : year - 1;
}

absl::CivilDay EnglishDates::DayOfWeekday(int weekday, size_t first,
                                          size_t last) const {
  if (TenseAt(first, last) == Tense::kFuture) {
    return WeekdayAfter(today(), weekday, true);
  }
  return WeekdayBefore(today(), weekday, true);
}

bool EnglishDates::SetDay(absl::CivilDay day, size_t first, size_t last,
                          Timex& found) {
  found.is_day = true;
  found.day = day;
  return Set(TimexValue::Day(day), DateType::kDate, first, last, found);
}

bool EnglishDates::Set(const TimexValue& value, DateType type, size_t first,
                       size_t last, Timex& found) const {
  found.value = value;
  found.type = type;
  found.first = first;
  found.last = last;
  return true;
}

// Words before an expression that belong to it and do not change its value:
// "the late 1980s", "more than two years".
size_t EnglishDates::ExtendLeft(size_t first) const {
  for (int steps = 0; steps < 4 && first > next_free_; ++steps) {
    if (!text_.JoinedAfter(first - 1)) break;
    const DateClass kind = text_.At(first - 1).kind;
    if (kind == DateClass::kThan && first > next_free_ + 1 &&
        text_.At(first - 2).is(DateClass::kMore)) {
      first -= 2;
    } else if (kind == DateClass::kThe || kind == DateClass::kEarly ||
               kind == DateClass::kApproximate ||
               (kind == DateClass::kOf && first > next_free_ + 1 &&
                text_.At(first - 2).is(DateClass::kEarly)) ||
               ((kind == DateClass::kEarlier || kind == DateClass::kLater) &&
                text_.StartAt(first).is(DateClass::kThis))) {
      --first;
    } else {
      break;
    }
  }
  return first;
}

void EnglishDates::Emit(Timex found) {
  if (found.is_day) {
    anchor_ = found.day;
    has_anchor_ = true;
  }
  found.first = ExtendLeft(found.first);
  next_free_ = found.last + 1;
  FoundDate date;
  date.begin = text_.begin(found.first);
  date.end = text_.end(found.last);
  date.type = found.type;
  found.value.CopyTo(date);
  dates_.push_back(date);
}

}  // namespace wiredesk
