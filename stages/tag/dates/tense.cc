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
#include <iterator>

#include "absl/strings/match.h"
#include "stages/tag/dates/english.h"

namespace wiredesk {
namespace {

// How far TenseAt() looks for a verb, in words.
constexpr size_t kTenseReach = 16;
// Whether a clause with a verb of its own begins with `word`.
bool BeginsClause(absl::string_view word) {
  for (const absl::string_view one :
       {"and", "but", "while", "when", "who", "which", "because", "although",
        "whereas", "as"}) {
    if (word == one) return true;
  }
  return false;
}

// A date of the future without a verb that says so lies at most this many
// months ahead.
constexpr int kMonthsAhead = 3;
constexpr int kHalfYear = 6;
// How far "to" may stand behind its verb: "agreed on Monday to meet".
constexpr size_t kPromiseReach = 4;
// Verbs whose infinitive lies ahead.
constexpr absl::string_view kPromises[] = {
    "agreed", "decided", "vowed",  "promised", "pledged", "voted",   "wants",
    "want",   "wanted",  "aims",   "ready",    "willing", "offered", "ordered",
    "agree",  "vows",    "pledge", "deal",     "plan",    "chosen",  "asked"};

}  // namespace

// Whether word `to` is the "to" of "agreed on Monday to meet".
bool EnglishDates::Promises(size_t to) const {
  if (text_.text(to) != "to") return false;
  for (size_t d = 1; d <= kPromiseReach && d <= to; ++d) {
    if (text_.SentenceEndsAfter(to - d)) return false;
    const absl::string_view word = text_.text(to - d);
    if (std::find(std::begin(kPromises), std::end(kPromises), word) !=
        std::end(kPromises)) {
      return true;
    }
  }
  return false;
}

// The nearest verb in front of word `first`, or behind word `last`, and how far
// it stands. A clause on the right has a verb of its own, so looking ends where
// it begins: "campaigned on Monday and will speak on Friday".
void EnglishDates::LookLeft(size_t first, VerbDistance& found) const {
  for (size_t d = 1; d < kTenseReach && d <= first; ++d) {
    const size_t i = first - d;
    if (text_.SentenceEndsAfter(i) || text_.QuoteAfter(i)) break;
    if (Promises(i)) found.future = std::min(found.future, d);
    LookAt(i, d, found);
  }
}

void EnglishDates::LookRight(size_t last, VerbDistance& found) const {
  for (size_t d = 1; d < kTenseReach && last + d < text_.size(); ++d) {
    const size_t i = last + d;
    if (text_.SentenceEndsAfter(i - 1) || text_.QuoteAfter(i - 1)) break;
    const bool told = std::min(found.future, found.past) < kTenseReach;
    if (told && BeginsClause(text_.text(i))) break;
    LookAt(i, d + 1, found);
  }
}

void EnglishDates::LookAt(size_t i, size_t distance,
                          VerbDistance& found) const {
  if (i + 1 >= text_.size()) return;
  const DateClass kind = text_.At(i).kind;
  if (kind == DateClass::kFutureVerb ||
      (kind == DateClass::kPresentVerb && text_.text(i + 1) == "to")) {
    found.future = std::min(found.future, distance);
  }
  if (kind == DateClass::kPresentVerb) {
    found.present = std::min(found.present, distance);
  }
  if (kind == DateClass::kPastVerb) {
    found.past = std::min(found.past, distance);
  }
  const absl::string_view word = text_.text(i);
  // "are booked" is as present as "are".
  const bool passive = i > 0 && text_.At(i - 1).is(DateClass::kPresentVerb);
  if (kind == DateClass::kNone && word.size() > 4 && !passive &&
      absl::EndsWith(word, "ed") && word[word.size() - 3] != 'e') {
    found.past = std::min(found.past, distance + 1);
  }
}

Tense EnglishDates::TenseAt(size_t first, size_t last) const {
  VerbDistance found = {kTenseReach, kTenseReach, kTenseReach};
  LookLeft(first, found);
  // "until Friday", "as soon as Tuesday", "through June"; "by May", unless it
  // had happened by then.
  if (first > 0 && text_.SpaceAfter(first - 1)) {
    const absl::string_view before = text_.text(first - 1);
    const bool ahead = before == "until" || before == "as" || before == "till";
    const bool end = before == "by" || before == "through";
    if (ahead || (end && found.future <= found.past)) {
      return Tense::kFuture;
    }
    if (before == "since") return Tense::kPast;
  }
  LookRight(last, found);
  if (found.future < found.past) return Tense::kFuture;
  const bool present = found.past == kTenseReach || found.present < found.past;
  return present ? Tense::kPresent : Tense::kPast;
}

int64_t EnglishDates::YearOfMonth(int month, Tense tense) const {
  const int64_t year = reference_.local.year();
  const int now = reference_.local.month();
  if (tense == Tense::kFuture) return month < now ? year + 1 : year;
  if (tense == Tense::kPresent) {
    // The nearest one.
    if (month - now > kHalfYear) return year - 1;
    return now - month > kHalfYear ? year + 1 : year;
  }
  return month > now ? year - 1 : year;
}

int64_t EnglishDates::YearOfDay(int month, int day, size_t first,
                                size_t last) const {
  const absl::CivilDay today_is = today();
  const int64_t year = today_is.year();
  const bool later = month > today_is.month() ||
                     (month == today_is.month() && day > today_is.day());
  const Tense tense = TenseAt(first, last);
  if (tense == Tense::kPresent && later &&
      month - today_is.month() <= kHalfYear) {
    return year;
  }
  if (tense == Tense::kFuture) {
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
