// The English rules for time expressions. english.cc gives each word to
// its rule: calendar.cc has those of what stands on a calendar,
// years.cc of years alone, count.cc of what is counted, relative.cc of what is told from the
// time of publication, clock.cc those of the day's times.

#ifndef WIREDESK_STAGES_TAG_DATES_ENGLISH_H_
#define WIREDESK_STAGES_TAG_DATES_ENGLISH_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/time/civil_time.h"
#include "stages/tag/dates/dates.h"
#include "stages/tag/dates/text.h"
#include "stages/tag/dates/value.h"

namespace wiredesk {

// TIMEX3's letters of a season, from spring on.
inline constexpr absl::string_view kSeasonLetters[] = {"SP", "SU", "FA", "WI"};

// Of a word of DateClass::kUnit.
inline TimeUnit UnitOf(const DateWord& word) {
  return static_cast<TimeUnit>(word.value);
}

// kPresent: nothing tells, or a verb such as "is".
enum class Tense : uint8_t { kPast, kPresent, kFuture };

// An expression found: words [first, last], both included.
struct Timex {
  size_t first = 0;
  size_t last = 0;
  DateType type = DateType::kDate;
  TimexValue value;
  // The day meant, where the value is one: an anchor for "the next day".
  bool is_day = false;
  absl::CivilDay day;
};

// One text being read. Made for each text; lives no longer.
class EnglishDates {
 public:
  // All three outlive this object.
  EnglishDates(const DateText& text, const DateReference& reference,
               std::vector<FoundDate>& dates)
      : text_(text), reference_(reference), dates_(dates) {}

  void Find();

 private:
  // Each tries to read an expression that begins at word `i`, or around it,
  // and says whether it has set `found`.
  bool Parse(size_t i, const DateWord& word, Timex& found);
  // Calendar: calendar.cc.
  bool ParseMonth(size_t i, const DateWord& month, Timex& found);
  bool ParseMonthDay(size_t i, int month, size_t day_at, Timex& found);
  bool ParseMonthAlone(size_t i, const DateWord& month, Timex& found);
  bool ParseDayMonth(size_t i, const DateWord& day, Timex& found);
  bool ParseWeekday(size_t i, const DateWord& weekday, Timex& found);
  bool ParseNumericDate(size_t i, const DateWord& number, Timex& found);
  // Years: years.cc.
  bool ParseYear(size_t i, Timex& found);
  bool YearNumbers(size_t i) const;
  bool ParseQuarterOfYear(size_t i, Timex& found);
  bool ParseEra(size_t i, Timex& found) const;
  bool ParseSpelledYear(size_t i, const DateWord& number, Timex& found);
  bool ParseDecade(size_t i, const DateWord& decade, Timex& found);
  bool ParseSeason(size_t i, const DateWord& season, Timex& found);
  bool ParseHoliday(size_t i, const DateWord& holiday, Timex& found);
  // Whether no word says that what may be a name is a month.
  bool Ambiguous(size_t i, const DateWord& word) const;
  // Years: years.cc. A year of four digits at word `i`, or 0.
  int64_t YearAt(size_t i) const;
  // Clock: clock.cc.
  bool ParseRaceClock(size_t i, const DateWord& number, Timex& found) const;
  bool LedToClock(size_t i) const;
  bool ParseClock(size_t i, const DateWord& number, Timex& found);
  bool ParseDayAt(size_t at, Timex& found);
  bool ParseDayPart(size_t i, const DateWord& part, Timex& found);
  void AddDayPart(absl::CivilDay day, Timex& found) const;
  // Counts: count.cc.
  bool ParseNumber(size_t i, const DateWord& number, Timex& found);
  bool ParseCount(size_t i, Timex& found);
  TimexValue CountedFromNow(int64_t count, TimeUnit unit, bool later) const;
  bool ParseUnit(size_t i, const DateWord& unit, Timex& found);
  bool SetUnitFromNow(size_t first, size_t i, TimeUnit unit, DateClass side,
                      Timex& found);
  bool ParseYearEnd(size_t i, Timex& found) const;
  bool ParseUnitAfterThe(size_t i, TimeUnit unit, Timex& found);
  bool Ends(size_t i) const;
  bool ParseTheDay(size_t i, Timex& found);
  bool ParseTheWeek(size_t i, Timex& found);
  bool ParseTheWeekend(size_t i, Timex& found);
  bool ParseTheQuarter(size_t i, Timex& found);
  bool ParseThat(size_t i, Timex& found);
  bool ParseOrdinal(size_t i, const DateWord& ordinal, Timex& found);
  int64_t YearOfHalf(size_t& last) const;
  bool ParseQuarter(size_t i, int quarter, size_t last, Timex& found);
  // Relative: relative.cc.
  bool ParseModifier(size_t i, const DateWord& modifier, Timex& found);
  bool ParseModifierBefore(size_t i, const DateWord& modifier, Timex& found);
  bool ParseBareModifier(size_t i, const DateWord& modifier,
                         Timex& found) const;
  bool ParseModifiedUnit(size_t i, const DateWord& modifier, size_t at,
                         Timex& found);
  bool ParseModifiedName(const DateWord& modifier, size_t at, Timex& found);
  bool ParseModifiedMonth(const DateWord& modifier, size_t at, Timex& found);
  bool ParseModifiedWeekday(const DateWord& modifier, size_t at, Timex& found);
  bool ParseModifiedDayPart(const DateWord& modifier, size_t at, Timex& found);
  absl::CivilDay ModifiedDay(const DateWord& modifier, int month,
                             int day) const;
  int64_t ModifiedYear(const DateWord& modifier, int month) const;
  bool ParseRelativeDay(size_t i, const DateWord& day, Timex& found);
  bool ParseReference(size_t i, const DateWord& reference, Timex& found);
  bool ParseEvery(size_t i, Timex& found);

  // Resolution against the time of publication: tense.cc.
  // How many words away the nearest verb of each tense stands.
  struct VerbDistance {
    size_t future;
    size_t past;
    size_t present;
  };
  bool Promises(size_t to) const;
  Tense TenseAt(size_t first, size_t last) const;
  void LookLeft(size_t first, VerbDistance& found) const;
  void LookRight(size_t last, VerbDistance& found) const;
  void LookAt(size_t i, size_t distance, VerbDistance& found) const;
  int64_t YearOfMonth(int month, Tense tense) const;
  int64_t YearOfDay(int month, int day, size_t first, size_t last) const;
  absl::CivilDay DayOfWeekday(int weekday, size_t first, size_t last) const;
  absl::CivilDay today() const { return absl::CivilDay(reference_.local); }

  bool SetDay(absl::CivilDay day, size_t first, size_t last, Timex& found);
  bool Set(const TimexValue& value, DateType type, size_t first, size_t last,
           Timex& found) const;
  void Emit(Timex found);
  size_t ExtendLeft(size_t first, size_t last) const;

  const DateText& text_;
  const DateReference& reference_;
  std::vector<FoundDate>& dates_;
  size_t next_free_ = 0;  // the first word that no expression has taken
  // What was last named, for "the next day", "a year earlier" in a report on a
  // quarter.
  bool has_anchor_ = false;
  absl::CivilDay anchor_;
  bool has_quarter_ = false;
  int64_t quarter_year_ = 0;
  int quarter_ = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_DATES_ENGLISH_H_
