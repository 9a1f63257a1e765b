// English dates: which rule reads what, and what becomes of a reading.
//
// The text is read once, word by word. A word that may begin an expression is
// given to the rule of its class, which looks at the words after it and,
// seldom, before; the longest reading is taken, and reading goes on behind it.
// A rule never searches further than a few words, so the cost is one table
// look-up for each word of the text. What is not said, such as the year, is
// taken from the time of publication (tense.cc).
//
// Example: published on 2024-07-12, "planned for September" has the value
// 2024-09, and "On Thursday, Yoon emphasized" 2024-07-11.
//
// After HeidelTime (Strötgen and Gertz, 2010) and SUTime (Chang and Manning,
// 2012) in what it finds; no rule or word list of theirs is used. Tested by
// dates_test.cc, measured on the training part of TempEval-3.

#include "stages/tag/dates/english.h"

#include <cstddef>

namespace wiredesk {

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
      // "the Communist Party daily Granma" is a newspaper.
      return !text_.Capital(i) &&
             !(text_.SpaceAfter(i) && text_.Capital(i + 1)) &&
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
size_t EnglishDates::ExtendLeft(size_t first, size_t last) const {
  // "the 2016 campaign": the article is the noun's.
  const bool year = first == last && text_.At(first).is(DateClass::kNumber) &&
                    text_.At(first).digits == 4;
  for (int steps = 0; steps < 4 && first > next_free_; ++steps) {
    if (!text_.JoinedAfter(first - 1)) break;
    const DateClass kind = text_.At(first - 1).kind;
    if (kind == DateClass::kThan && first > next_free_ + 1 &&
        text_.At(first - 2).is(DateClass::kMore)) {
      first -= 2;
    } else if ((kind == DateClass::kThe && !year) ||
               kind == DateClass::kEarly || kind == DateClass::kApproximate ||
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
  found.first = ExtendLeft(found.first, found.last);
  next_free_ = found.last + 1;
  FoundDate date;
  date.begin = text_.begin(found.first);
  date.end = text_.end(found.last);
  date.type = found.type;
  found.value.CopyTo(date);
  dates_.push_back(date);
}

}  // namespace wiredesk
