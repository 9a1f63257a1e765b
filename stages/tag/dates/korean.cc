// Korean writes the unit behind the number and particles behind both, all in
// one word: "7월", "11일에", "2024년". So a word that begins with digits is cut
// into number, unit and the rest, and pieces that follow one another are put
// together. A day without a month is one of the month of publication, in
// Korean news the last that has been.
//
// Example: "2024년 7월 11일" is 2024-07-11, "지난해" the year before.
//
// Tested by dates_test.cc.

#include "stages/tag/dates/korean.h"

#include <cstddef>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "stages/tag/dates/value.h"

namespace wiredesk {
namespace {

// "7월에": 7, 월; `end` is the byte behind the unit.
struct Piece {
  int number = 0;
  char unit = 0;  // y, m, d
  uint32_t end = 0;
};

struct RelativeWord {
  absl::string_view word;
  TimeUnit unit;
  int count;
};

// A longer word stands before one that begins it.
constexpr RelativeWord kRelative[] = {
    {"그저께", TimeUnit::kDay, -2},   {"어제", TimeUnit::kDay, -1},
    {"오늘", TimeUnit::kDay, 0},      {"내일", TimeUnit::kDay, 1},
    {"모레", TimeUnit::kDay, 2},      {"지난해", TimeUnit::kYear, -1},
    {"지난달", TimeUnit::kMonth, -1}, {"지난주", TimeUnit::kWeek, -1},
    {"작년", TimeUnit::kYear, -1},    {"재작년", TimeUnit::kYear, -2},
    {"올해", TimeUnit::kYear, 0},     {"내년", TimeUnit::kYear, 1},
    {"다음달", TimeUnit::kMonth, 1},  {"다음주", TimeUnit::kWeek, 1},
    {"이달", TimeUnit::kMonth, 0},    {"이번주", TimeUnit::kWeek, 0}};

constexpr absl::string_view kWeekdays[] = {
    "월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일"};

// 1 for a word that begins with "월요일" to 7, or 0.
int WeekdayOf(absl::string_view word) {
  for (int day = 1; day <= 7; ++day) {
    if (absl::StartsWith(word, kWeekdays[day - 1])) return day;
  }
  return 0;
}

class KoreanDates {
 public:
  KoreanDates(absl::string_view text, absl::Span<const Word> words,
              const DateReference& reference, std::vector<FoundDate>& dates)
      : text_(text), words_(words), reference_(reference), dates_(dates) {}

  void Find() {
    for (size_t i = 0; i < words_.size(); ++i) {
      if ((words_[i].flags & kWordDigits) != 0) {
        const size_t used = ParseNumbers(i);
        i += used > 0 ? used - 1 : 0;
      } else if ((words_[i].flags & kWordNonAscii) != 0 && reference_.known) {
        const size_t used = ParseWords(i);
        i += used > 0 ? used - 1 : 0;
      }
    }
  }

 private:
  static constexpr uint32_t kHere = static_cast<uint32_t>(-1);

  absl::string_view text(size_t i) const {
    return text_.substr(words_[i].begin, words_[i].length);
  }

  std::optional<Piece> PieceAt(size_t i) const {
    if (i >= words_.size() || (words_[i].flags & kWordDigits) == 0) {
      return std::nullopt;
    }
    const absl::string_view word = text(i);
    Piece piece;
    size_t at = 0;
    for (; at < word.size() && at <= 4 && absl::ascii_isdigit(word[at]); ++at) {
      piece.number = 10 * piece.number + (word[at] - '0');
    }
    const absl::string_view rest = word.substr(at);
    constexpr absl::string_view kSpans[] = {"간", "전", "째", "차", "만", "여"};
    if (absl::StartsWith(rest, "년")) piece.unit = 'y';
    if (absl::StartsWith(rest, "월")) piece.unit = 'm';
    if (absl::StartsWith(rest, "일")) piece.unit = 'd';
    if (piece.unit == 0) return std::nullopt;
    const absl::string_view after = rest.substr(3);
    for (const absl::string_view span : kSpans) {
      if (absl::StartsWith(after, span)) return std::nullopt;
    }
    piece.end = words_[i].begin + static_cast<uint32_t>(at) + 3;
    return piece;
  }

  // Words used, 0 for none.
  // `year` is that of a word before ("지난해 9월"), and `begin` its place.
  size_t ParseNumbers(size_t i, int year = 0, uint32_t begin = kHere) {
    int month = 0;
    int day = 0;
    size_t used = 0;
    uint32_t end = 0;
    while (const std::optional<Piece> piece = PieceAt(i + used)) {
      // "9월, 11일" are two.
      if (used > 0 && words_[i + used].begin > end + 1) break;
      if (piece->unit == 'y' && used == 0 && piece->number >= 1000) {
        year = piece->number;
      } else if (piece->unit == 'm' && month == 0 && day == 0) {
        month = piece->number;
      } else if (piece->unit == 'd' && day == 0) {
        day = piece->number;
      } else {
        break;
      }
      end = piece->end;
      ++used;
      if (day != 0) break;
    }
    if (used == 0) return 0;
    // "오는 9월": the coming one.
    if (year == 0 && month != 0 && reference_.known && i > 0 &&
        text(i - 1) == "오는") {
      const int64_t now = reference_.local.month();
      year = static_cast<int>(reference_.local.year() + (month < now ? 1 : 0));
    }
    TimexValue value = Resolve(year, month, day);
    if (value.empty()) return 0;
    Emit(value, begin == kHere ? words_[i].begin : begin, end);
    return used;
  }

  TimexValue Resolve(int year, int month, int day) const {
    if ((year == 0 && !reference_.known) || month > 12) return {};
    if (year != 0 && month == 0) {
      return day == 0 ? TimexValue::Year(year) : TimexValue();
    }
    int64_t in_year = year;
    if (month == 0) {
      const absl::CivilMonth now(reference_.local);
      const absl::CivilMonth of = day > reference_.local.day() ? now - 1 : now;
      in_year = of.year();
      month = of.month();
    } else if (year == 0) {
      in_year = reference_.local.year();
      if (month - reference_.local.month() > 3) --in_year;
      if (month - reference_.local.month() < -8) ++in_year;
    }
    if (day == 0) {
      return TimexValue::Month(absl::CivilMonth(in_year, month));
    }
    if (!IsCalendarDay(in_year, month, day)) return {};
    return TimexValue::Day(absl::CivilDay(in_year, month, day));
  }

  size_t ParseWords(size_t i) {
    const absl::string_view word = text(i);
    for (const RelativeWord& one : kRelative) {
      if (!absl::StartsWith(word, one.word)) continue;
      const std::optional<Piece> next = PieceAt(i + 1);
      if (one.unit == TimeUnit::kYear && next.has_value() &&
          next->unit == 'm') {
        const auto year = static_cast<int>(reference_.local.year() + one.count);
        return 1 + ParseNumbers(i + 1, year, words_[i].begin);
      }
      Emit(TimexValue::Shifted(reference_.local, one.unit, one.count),
           words_[i].begin,
           words_[i].begin + static_cast<uint32_t>(one.word.size()));
      return 1;
    }
    if (const int day = WeekdayOf(word); day != 0) {
      const absl::string_view name = kWeekdays[day - 1];
      const bool next =
          i > 0 && (text(i - 1) == "다음" || text(i - 1) == "오는");
      const absl::CivilDay today(reference_.local);
      Emit(TimexValue::Day(next ? WeekdayAfter(today, day, false)
                                : WeekdayBefore(today, day, true)),
           words_[i].begin,
           words_[i].begin + static_cast<uint32_t>(name.size()));
      return 1;
    }
    return ParseModifiedUnit(i);
  }

  // "지난 주", "다음 달"
  size_t ParseModifiedUnit(size_t i) {
    if (i + 1 >= words_.size()) return 0;
    const absl::string_view word = text(i);
    int64_t count = 0;
    if (word == "지난") count = -1;
    if (word == "다음") count = 1;
    if (count == 0 && word != "이번") return 0;
    const absl::string_view unit = text(i + 1);
    TimeUnit kind = TimeUnit::kWeek;
    if (absl::StartsWith(unit, "달")) {
      kind = TimeUnit::kMonth;
    } else if (!absl::StartsWith(unit, "주") ||
               absl::StartsWith(unit, "주말")) {
      return 0;
    }
    // "다음 주 월요일": that day of the week.
    const int day = i + 2 < words_.size() ? WeekdayOf(text(i + 2)) : 0;
    if (kind == TimeUnit::kWeek && day != 0) {
      const absl::CivilDay monday = MondayOf(absl::CivilDay(reference_.local));
      Emit(TimexValue::Day(monday + 7 * count + day - 1), words_[i].begin,
           words_[i + 2].begin +
               static_cast<uint32_t>(kWeekdays[day - 1].size()));
      return 3;
    }
    Emit(TimexValue::Shifted(reference_.local, kind, count), words_[i].begin,
         words_[i + 1].begin + 3);
    return 2;
  }

  void Emit(const TimexValue& value, uint32_t begin, uint32_t end) {
    FoundDate date;
    date.begin = begin;
    date.end = end;
    value.CopyTo(date);
    dates_.push_back(date);
  }

  absl::string_view text_;
  absl::Span<const Word> words_;
  const DateReference& reference_;
  std::vector<FoundDate>& dates_;
};

}  // namespace

void FindKoreanDates(absl::string_view text, absl::Span<const Word> words,
                     const DateReference& reference,
                     std::vector<FoundDate>& dates) {
  KoreanDates(text, words, reference, dates).Find();
}

}  // namespace wiredesk
