// What an English date does not say is taken from the time of publication: "on
// Thursday" is the last one in a report of what happened and the next one after
// "will"; so is the year of "in September".
//
// The tense of the sentence decides, and that is told by the verb that stands
// nearest: one to the left is a word nearer than one to the right. "will"
// counts more than a verb of the past ("said it will open on Friday"): only a
// past verb right next to the date outweighs it ("said Friday that it will
// open").

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "stages/tag/dates/english.h"

namespace wiredesk {
namespace {

// How far TenseAt() looks for a verb, in words.
constexpr size_t kTenseReach = 14;
// A date of the future without a verb that says so lies at most this many
// months ahead.
constexpr int kMonthsAhead = 3;

}  // namespace

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
    const int back = today_is.month() - month;
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

}  // namespace wiredesk
