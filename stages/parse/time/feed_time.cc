// A date is read token by token, and each token says what it can be: numbers
// around colons are a clock time, numbers around equal signs a numeric date, a
// word is a month, a zone, a half of the day or filler, and what numbers are
// left over are the day and the year around a month's name. So the order hardly
// matters, which is what dates in feeds need. Strict where laxness would invent
// a date: a word that clings to a number, a clock with four parts, a day that
// its month does not have, a month without any year are refused.
//
// Here is the clock and who gets which token; the day is put together by
// TimeDateReader, the zone by TimeZoneReader.

#include "stages/parse/time/feed_time.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"
#include "stages/parse/time/cursor.h"
#include "stages/parse/time/date.h"
#include "stages/parse/time/era.h"
#include "stages/parse/time/lexer.h"
#include "stages/parse/time/names.h"
#include "stages/parse/time/number.h"
#include "stages/parse/time/plain.h"
#include "stages/parse/time/words.h"
#include "stages/parse/time/zone.h"

namespace wiredesk {
namespace {

using Type = TimeToken::Type;

constexpr int kUnknownWordsMax = 8;

class TimeReader {
 public:
  TimeReader(const std::vector<TimeToken>& tokens, absl::string_view comment,
             const absl::TimeZone& fallback)
      : comment_(comment), fallback_(fallback), cursor_(tokens) {}

  TimeReader(const TimeReader&) = delete;  // its parts share the cursor
  TimeReader& operator=(const TimeReader&) = delete;

  std::optional<ParsedTime> Read() {
    while (!cursor_.done()) {
      if (!Step()) return std::nullopt;
    }
    const bool alone = unknown_words_ == 0;
    if (!date_.Settle(hour_ >= 0, alone) || !SettleClock()) return std::nullopt;
    return Result();
  }

 private:
  // Reads what stands at the cursor; false if this is not a date after all.
  bool Step() {
    const TimeToken& token = cursor_.token();
    switch (token.type) {
      case Type::kNumber:
        return token.digits <= 18 && ReadNumber(token);
      case Type::kWord:
        return ReadWord(token);
      case Type::kSign:
        return ReadSign(token);
    }
    return false;
  }

  bool ReadNumber(const TimeToken& token) {
    if (cursor_.IsSign(1, ':') && cursor_.Number(2) != nullptr)
      return ReadClock();
    if (ReadUnit(token) || ReadCompact(token)) return true;
    if (date_.ReadNumeric() || ReadBareHour(token)) return true;
    date_.AddLoose(token);
    cursor_.Skip(1);
    return true;
  }

  bool ReadClock() {
    if (hour_ >= 0) return false;
    hour_ = cursor_.Number(0)->value;
    minute_ = cursor_.Number(2)->value;
    clock_digits_ = cursor_.Number(2)->digits;
    cursor_.Skip(3);
    if (cursor_.IsSign(0, ':')) {
      if (cursor_.Number(1) == nullptr) return false;
      second_ = cursor_.Number(1)->value;
      cursor_.Skip(2);
      SkipFraction();
    }
    return !cursor_.IsSign(0, ':') && clock_digits_ <= 2;
  }

  void SkipFraction() {
    if ((cursor_.IsSign(0, '.') || cursor_.IsSign(0, ',')) &&
        cursor_.Number(1) != nullptr && cursor_.Number(1)->attached) {
      cursor_.Skip(2);
    }
  }

  // "2024年7月11日", "9시 30분", "14h30".
  bool ReadUnit(const TimeToken& token) {
    const TimeToken* word = cursor_.Word(1);
    if (word == nullptr) return false;
    for (const UnitWord& unit : kUnits) {
      if (!absl::StartsWith(word->text, unit.word)) continue;
      if (word->text != unit.word && FindMonth(word->text) != 0) continue;
      SetUnit(unit.unit, token);
      cursor_.Skip(2);
      const absl::string_view rest = word->text.substr(unit.word.size());
      if (!rest.empty()) SetMeridian(rest);
      return true;
    }
    const bool hour = token.value < 24 && token.digits <= 2 &&
                      (word->text == "h" || word->text == "H") &&
                      word->attached && hour_ < 0;
    if (!hour) return false;
    hour_ = token.value;
    minute_ = 0;
    cursor_.Skip(2);
    if (cursor_.Number(0) != nullptr && cursor_.Number(0)->attached &&
        cursor_.Number(0)->digits == 2) {
      minute_ = cursor_.Number(0)->value;
      cursor_.Skip(1);
    }
    return true;
  }

  void SetUnit(TimePart unit, const TimeToken& token) {
    date_.SetUnit(unit, token);
    if (unit == TimePart::kHour) hour_ = token.value;
    if (unit == TimePart::kHour && minute_ < 0) minute_ = 0;
    if (unit == TimePart::kMinute) minute_ = token.value;
    if (unit == TimePart::kSecond) second_ = token.value;
  }

  // 20240711, 20240711093000, and after such a date 0930 or 093000.
  bool ReadCompact(const TimeToken& token) {
    const int64_t value = token.value;
    if (date_.complete() && hour_ < 0 && compact_ &&
        (token.digits == 6 || token.digits == 4)) {
      SetCompactClock(value, token.digits);
      cursor_.Skip(1);
      SkipFraction();
      return true;
    }
    if (!date_.empty()) return false;
    if (token.digits != 8 && token.digits != 12 && token.digits != 14) {
      return false;
    }
    const int64_t clock_scale =
        token.digits == 8 ? 1 : (token.digits == 12 ? 10'000 : 1'000'000);
    const int64_t date = value / clock_scale;
    date_.Set(date / 10'000, date / 100 % 100, date % 100);
    compact_ = true;
    if (token.digits > 8)
      SetCompactClock(value % clock_scale, token.digits - 8);
    cursor_.Skip(1);
    if (token.digits > 8) SkipFraction();
    return true;
  }

  void SetCompactClock(int64_t value, uint32_t digits) {
    if (digits == 6) {
      second_ = value % 100;
      value /= 100;
    }
    hour_ = value / 100;
    minute_ = value % 100;
  }

  // "3 pm", and "9.30" after the date.
  bool ReadBareHour(const TimeToken& token) {
    if (hour_ >= 0 || token.digits > 2) return false;
    const TimeToken* word = cursor_.Word(1);
    if (word != nullptr && (absl::EqualsIgnoreCase(word->text, "am") ||
                            absl::EqualsIgnoreCase(word->text, "pm"))) {
      hour_ = token.value;
      minute_ = 0;
      cursor_.Skip(1);
      return true;
    }
    if (!cursor_.IsSign(1, '.') || !cursor_.Peek(1)->attached) return false;
    const TimeToken* minutes = cursor_.Number(2);
    if (minutes == nullptr || !minutes->attached || minutes->digits != 2 ||
        !date_.may_be_complete() || token.value > 24) {
      return false;
    }
    hour_ = token.value;
    minute_ = minutes->value;
    cursor_.Skip(3);
    if (cursor_.IsSign(0, '.') && cursor_.Number(1) != nullptr &&
        cursor_.Number(1)->attached) {
      second_ = cursor_.Number(1)->value;
      cursor_.Skip(2);
    }
    return true;
  }

  bool ReadWord(const TimeToken& token) {
    cursor_.Skip(1);
    const absl::string_view word = token.text;
    if (SetMeridian(word) || date_.ReadMonth(word)) return true;
    if (date_.ReadWeekday(word)) return true;
    if (date_.ReadWeek(word)) return true;
    const TimeToken* before = cursor_.Before(2);
    const bool clings =
        token.attached && before != nullptr && before->type == Type::kNumber;
    if (word == "T" || word == "t") {
      if (cursor_.Number(0) != nullptr && cursor_.Number(0)->attached)
        return true;
    }
    if (zone_.ReadWord(word, hour_ >= 0)) return true;
    if (clings && hour_ >= 0 && !IsSuffix(word)) return false;
    return ++unknown_words_ <= kUnknownWordsMax;
  }

  // What may cling to a number: "11th", "1er", "9h", "14 Uhr".
  static bool IsSuffix(absl::string_view word) {
    for (const absl::string_view suffix : {"st", "nd", "rd", "th", "er", "e",
                                           "h", "hs", "hrs", "uhr", "r", "г"}) {
      if (absl::EqualsIgnoreCase(word, suffix)) return true;
    }
    return false;
  }

  bool SetMeridian(absl::string_view word) {
    for (const MeridianWord& meridian : kMeridians) {
      if (!absl::EqualsIgnoreCase(word, meridian.word)) continue;
      meridian_ = meridian.afternoon ? 2 : 1;
      zone_.Imply(meridian.offset);
      return true;
    }
    return false;
  }

  bool ReadSign(const TimeToken& token) {
    const TimeToken* number = cursor_.Number(1);
    const bool offset = (token.sign == '+' || token.sign == '-') &&
                        number != nullptr && number->attached && hour_ >= 0 &&
                        !zone_.given();
    if (offset) return zone_.ReadOffset();
    if (token.sign == '+' && hour_ >= 0 && !zone_.given()) return false;
    const TimeToken* before = cursor_.Before(1);
    if (token.sign == ':' && token.attached && before != nullptr &&
        before->type == Type::kNumber) {
      return false;
    }
    cursor_.Skip(1);
    return true;
  }

  bool SettleClock() {
    if (hour_ < 0) return true;
    if (meridian_ == 2 && hour_ < 12) hour_ += 12;
    if (meridian_ == 1 && hour_ == 12) hour_ = 0;
    if (minute_ > 59 || second_ > 60) return false;
    return hour_ < 24 || (hour_ == 24 && minute_ <= 0 && second_ <= 0);
  }

  ParsedTime Result() {
    ParsedTime result;
    result.precision = hour_ >= 0 && second_ >= 0 ? TimePrecision::kSecond
                       : hour_ >= 0               ? TimePrecision::kMinute
                       : date_.has_day()          ? TimePrecision::kDay
                                                  : TimePrecision::kMonth;
    if (!zone_.given() && hour_ >= 0) zone_.ReadComment(comment_);
    const absl::CivilDay day = date_.first_day();
    const absl::CivilSecond civil(
        day.year(), day.month(), day.day(), hour_ < 0 ? 0 : hour_,
        minute_ < 0 ? 0 : minute_, second_ < 0 ? 0 : second_);
    const absl::TimeZone zone = zone_.Zone(fallback_);
    result.instant = absl::FromCivil(civil, zone);
    result.offset = zone.At(result.instant).offset;
    result.has_zone = zone_.given();
    return result;
  }

  const absl::string_view comment_;
  const absl::TimeZone& fallback_;
  TimeCursor cursor_;
  TimeDateReader date_{cursor_};
  TimeZoneReader zone_{cursor_};
  int64_t hour_ = -1;  // -1 is not given
  int64_t minute_ = -1;
  int64_t second_ = -1;
  uint32_t clock_digits_ = 0;
  int meridian_ = 0;  // 1 before noon, 2 after
  int unknown_words_ = 0;
  bool compact_ = false;
};

}  // namespace

std::optional<ParsedTime> ParseTime(absl::string_view text,
                                    const absl::TimeZone& fallback) {
  const std::optional<ParsedTime> plain =
      ParsePlainTime(absl::StripAsciiWhitespace(text), fallback);
  return plain.has_value() ? plain : ParseTimeByTokens(text, fallback);
}

std::optional<ParsedTime> ParseTimeByTokens(absl::string_view text,
                                            const absl::TimeZone& fallback) {
  text = UnwrapTimeText(text);
  if (text.empty()) return std::nullopt;
  if (IsNumberTime(text)) {
    const size_t size =
        text.find('.') == absl::string_view::npos ? text.size() : 0;
    if (size != 4 && size != 8 && size != 12 && size != 14) {
      return ReadNumberTime(text, fallback);
    }
  }
  const TimeText plain = NormalizeTimeText(WithoutEra(text));
  const std::vector<TimeToken> tokens = LexTime(plain.text);
  std::optional<ParsedTime> result =
      TimeReader(tokens, plain.comment, fallback).Read();
  // A clock that says exactly zero of 1970 was never set.
  if (result.has_value() && result->precision <= TimePrecision::kMinute &&
      result->instant == absl::UnixEpoch()) {
    return std::nullopt;
  }
  return result;
}

}  // namespace wiredesk
