#include "stages/parse/time/date.h"

#include <string>
#include <utility>

#include "stages/parse/time/names.h"
#include "stages/parse/time/number.h"
#include "stages/parse/time/weekday.h"

namespace wiredesk {

// 2024-07-11, 11.07.2024, 7/11/24, "2024. 7. 11.", 2004-july-13, 2024-193.
bool TimeDateReader::ReadNumeric() {
  if (!empty() || month_ >= 0) return false;
  const TimeToken* first = cursor_.Number(0);
  const char sign = cursor_.Peek(1) != nullptr ? cursor_.Peek(1)->sign : '\0';
  if (sign != '-' && sign != '/' && sign != '.') return false;
  if (const TimeToken* name = cursor_.Word(2); name != nullptr && sign != '.') {
    return ReadWithName(*name, sign);
  }
  const TimeToken* second = cursor_.Number(2);
  if (second == nullptr) return false;
  const TimeToken* third =
      cursor_.IsSign(3, sign) ? cursor_.Number(4) : nullptr;
  if (third != nullptr) {
    cursor_.Skip(5);
    SetThree(*first, *second, *third, sign);
    if (cursor_.IsSign(0, '.')) cursor_.Skip(1);
    return true;
  }
  if (first->digits != 4 || !IsYear(first->value) || sign == '.') {
    return false;
  }
  cursor_.Skip(3);
  if (second->digits == 3) {
    SetOrdinal(first->value, second->value);
  } else {
    year_ = first->value;
    month_ = second->value;
  }
  return true;
}

// "11-Jul-2024", "2004-július-13".
bool TimeDateReader::ReadWithName(const TimeToken& name, char sign) {
  const int month = FindMonth(name.text);
  if (month == 0 || !cursor_.IsSign(3, sign) || cursor_.Number(4) == nullptr)
    return false;
  const TimeToken& first = *cursor_.Number(0);
  const TimeToken& last = *cursor_.Number(4);
  if (first.digits == 4) {
    Set(first.value, month, last.value);
  } else {
    Set(FullYear(last.value, last.digits), month, first.value);
  }
  cursor_.Skip(5);
  return true;
}

void TimeDateReader::SetThree(const TimeToken& a, const TimeToken& b,
                              const TimeToken& c, char sign) {
  if (a.digits >= 3) {
    const bool swapped = b.value > 12 && c.value <= 12;
    Set(a.value, swapped ? c.value : b.value, swapped ? b.value : c.value);
    return;
  }
  ambiguous_ = true;
  const int64_t year = FullYear(c.value, c.digits);
  const bool iso = c.digits <= 2 && sign == '-' && b.value <= 12 &&
                   c.value >= 1 && c.value <= 31;
  if (iso) {  // 03-12-31, as ISO 8601 once allowed
    Set(FullYear(a.value, a.digits), b.value, c.value);
  } else if (a.value > 12 || (b.value <= 12 && sign != '/')) {
    Set(year, b.value, a.value);
  } else {
    Set(year, a.value, b.value);
  }
}

void TimeDateReader::Set(int64_t year, int64_t month, int64_t day) {
  year_ = year;
  month_ = month;
  day_ = day;
}

void TimeDateReader::SetOrdinal(int64_t year, int64_t day_of_year) {
  const absl::CivilDay day = absl::CivilDay(year, 1, 1) + (day_of_year - 1);
  if (day_of_year >= 1 && day.year() == year) {
    Set(year, day.month(), day.day());
  } else {
    Set(year, 0, 0);
  }
}

// The last name of a month counts: "mar" is a Tuesday in "mar 3 jul".
bool TimeDateReader::ReadMonth(absl::string_view word) {
  if (complete()) return false;
  if (word == "tháng" || word == "thg") return true;
  int month = 0;
  if (const TimeToken* next = cursor_.Word(0); next != nullptr) {
    std::string pair(word);
    pair += ' ';
    pair.append(next->text.data(), next->text.size());
    month = FindMonth(pair);
    if (month != 0) cursor_.Skip(1);
  }
  if (month == 0) month = FindMonth(word);
  if (month == 0) return false;
  month_ = month;
  if (cursor_.IsSign(0, '.')) cursor_.Skip(1);
  return true;
}

// The rest of "2024-W28-4": loose 2024, a dash, then this word.
bool TimeDateReader::ReadWeek(absl::string_view word) {
  if ((word != "W" && word != "w") || loose_.size() != 1 || complete() ||
      cursor_.Number(0) == nullptr || !cursor_.Number(0)->attached ||
      !IsYear(loose_[0].value)) {
    return false;
  }
  int64_t week = cursor_.Number(0)->value;
  int64_t day = 1;
  if (cursor_.Number(0)->digits == 3) {
    day = week % 10;
    week /= 10;
  }
  cursor_.Skip(1);
  if (cursor_.IsSign(0, '-') && cursor_.Number(1) != nullptr &&
      cursor_.Number(1)->digits == 1) {
    day = cursor_.Number(1)->value;
    cursor_.Skip(2);
  }
  if (week < 1 || week > 53 || day < 1 || day > 7) return true;
  const absl::CivilDay fourth(loose_[0].value, 1, 4);
  const int64_t monday = (static_cast<int64_t>(absl::GetWeekday(fourth))) % 7;
  const absl::CivilDay found = fourth - monday + (week - 1) * 7 + (day - 1);
  loose_.clear();
  Set(found.year(), found.month(), found.day());
  return true;
}

void TimeDateReader::SetUnit(TimePart unit, const TimeToken& number) {
  if (unit == TimePart::kYear) year_ = FullYear(number.value, number.digits);
  if (unit == TimePart::kMonth) month_ = number.value;
  if (unit == TimePart::kDay) day_ = number.value;
}

// Gives the loose numbers around a month's name their place.
bool TimeDateReader::PlaceLoose() {
  for (const TimeToken& number : loose_) {
    if (year_ < 0 && number.digits == 4) year_ = number.value;
  }
  bool year_was_taken = false;
  for (const TimeToken& number : loose_) {
    if (number.digits == 4 && number.value == year_ && !year_was_taken) {
      year_was_taken = true;
    } else if (day_ < 0 && number.value <= 31 && number.digits <= 2) {
      day_ = number.value;
    } else if (year_ < 0) {
      year_ = FullYear(number.value, number.digits);
    } else {
      return false;
    }
  }
  return true;
}

bool TimeDateReader::ReadWeekday(absl::string_view word) {
  const int weekday = FindWeekday(word);
  if (weekday < 0 || weekday_ >= 0) return false;
  weekday_ = weekday;
  return true;
}

// "Sunday, 7/3/2021" is the seventh of March: the third of July is a Saturday.
void TimeDateReader::SettleOrder() {
  if (!ambiguous_ || weekday_ < 0 || !complete() || month_ < 1 || month_ > 12 ||
      day_ < 1 || day_ > 12) {
    return;
  }
  const auto is_the_day = [this](int64_t month, int64_t day) {
    return static_cast<int>(
               absl::GetWeekday(absl::CivilDay(year_, month, day))) == weekday_;
  };
  if (!is_the_day(month_, day_) && is_the_day(day_, month_)) {
    std::swap(month_, day_);
  }
}

bool TimeDateReader::Settle(bool has_clock, bool alone) {
  const bool lone_year = alone && !has_clock && weekday_ < 0 && month_ < 0 &&
                         loose_.size() == 1 && loose_[0].digits == 4 &&
                         IsYear(loose_[0].value);
  if (lone_year) {
    year_ = loose_[0].value;
  } else if (!PlaceLoose() || year_ < 0 || month_ < 0 ||
             (day_ < 0 && has_clock)) {
    return false;
  }
  if (!IsYear(year_) || month_ == 0 || month_ > 12) return false;
  SettleOrder();
  return day_ < 0 || first_day().day() == day_;
}

}  // namespace wiredesk
