// What a date says of the day: numbers with signs between them, months by name,
// weeks, and the numbers left over that get their meaning at the end; for
// feed_time.cc.

#ifndef WIREDESK_STAGES_PARSE_TIME_DATE_H_
#define WIREDESK_STAGES_PARSE_TIME_DATE_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "stages/parse/time/cursor.h"
#include "stages/parse/time/lexer.h"
#include "stages/parse/time/words.h"

namespace wiredesk {

// Reads one date, piece by piece, and is told the numbers that are not a piece,
// by themselves. Parts that are not given are -1.
class TimeDateReader {
 public:
  // `cursor` outlives this object.
  explicit TimeDateReader(TimeCursor& cursor) : cursor_(cursor) {}

  // Reads a date in numbers at the cursor, if one stands there.
  bool ReadNumeric();
  // Reads what `word`, which stands before the cursor, is the beginning of.
  bool ReadMonth(absl::string_view word);
  bool ReadWeek(absl::string_view word);
  // The name of a day of the week, which tells day and month apart.
  bool ReadWeekday(absl::string_view word);

  void Set(int64_t year, int64_t month, int64_t day);
  // Of "2024年"; units of the clock are none of its.
  void SetUnit(TimePart unit, const TimeToken& number);
  // A number whose part is not known yet.
  void AddLoose(const TimeToken& number) { loose_.push_back(number); }

  // After the last token: gives the loose numbers their place. A year may stand
  // `alone`; next to a clock, the day must be given. False if there is no such
  // day.
  bool Settle(bool has_clock, bool alone);

  bool empty() const { return year_ < 0 && loose_.empty(); }
  bool complete() const { return year_ >= 0 && month_ >= 0 && day_ >= 0; }
  // Whether it will be once the loose numbers have their place.
  bool may_be_complete() const {
    return complete() || (month_ > 0 && loose_.size() >= 2);
  }
  bool has_day() const { return day_ >= 0; }
  // The first day of what was given.
  absl::CivilDay first_day() const {
    return absl::CivilDay(year_, month_ < 0 ? 1 : month_, day_ < 0 ? 1 : day_);
  }

 private:
  bool ReadWithName(const TimeToken& name, char sign);
  void SetThree(const TimeToken& a, const TimeToken& b, const TimeToken& c,
                char sign);
  void SetOrdinal(int64_t year, int64_t day_of_year);
  bool PlaceLoose();
  void SettleOrder();

  TimeCursor& cursor_;
  std::vector<TimeToken> loose_;
  int64_t year_ = -1;
  int64_t month_ = -1;
  int64_t day_ = -1;
  int weekday_ = -1;        // 0 is Monday
  bool ambiguous_ = false;  // day and month may be the other way round
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_TIME_DATE_H_
