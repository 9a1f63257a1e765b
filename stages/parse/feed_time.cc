// A date is read token by token, and each token says what it can be: numbers
// around colons are a clock time, numbers around equal signs a numeric date, a
// word is a month, a zone, a half of the day or filler, and what numbers are
// left over are the day and the year around a month's name. So the order hardly
// matters, which is what dates in feeds need. Strict where laxness would invent
// a date: a word that clings to a number, a clock with four parts, a day that
// its month does not have, a month without any year are refused.

#include "stages/parse/feed_time.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"
#include "stages/parse/feed_time_lexer.h"
#include "stages/parse/feed_time_names.h"
#include "stages/parse/feed_time_number.h"
#include "stages/parse/feed_time_plain.h"
#include "stages/parse/feed_time_words.h"

namespace wiredesk {
namespace {

using Type = TimeToken::Type;

constexpr int32_t kOffsetMax = 15 * 3600 + 59 * 60;
constexpr int kUnknownWordsMax = 8;

class TimeReader {
 public:
  TimeReader(const std::vector<TimeToken>& tokens, absl::string_view comment,
             const absl::TimeZone& fallback)
      : tokens_(tokens), comment_(comment), fallback_(fallback) {}

  std::optional<ParsedTime> Read() {
    for (at_ = 0; at_ < tokens_.size();) {
      if (!Step()) return std::nullopt;
    }
    if (!SettleDate() || !SettleClock()) return std::nullopt;
    return Result();
  }

 private:
  const TimeToken* Peek(size_t ahead) const {
    return at_ + ahead < tokens_.size() ? &tokens_[at_ + ahead] : nullptr;
  }
  bool IsSign(size_t ahead, char sign) const {
    const TimeToken* token = Peek(ahead);
    return token != nullptr && token->type == Type::kSign &&
           token->sign == sign;
  }
  const TimeToken* Number(size_t ahead) const {
    const TimeToken* token = Peek(ahead);
    return token != nullptr && token->type == Type::kNumber ? token : nullptr;
  }
  const TimeToken* Word(size_t ahead) const {
    const TimeToken* token = Peek(ahead);
    return token != nullptr && token->type == Type::kWord ? token : nullptr;
  }

  // Reads what stands at `at_`; false if this is no date after all.
  bool Step() {
    const TimeToken& token = tokens_[at_];
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
    if (IsSign(1, ':') && Number(2) != nullptr) return ReadClock();
    if (ReadUnit(token) || ReadCompact(token)) return true;
    if (ReadNumericDate() || ReadBareHour(token)) return true;
    loose_.push_back(token);
    ++at_;
    return true;
  }

  bool ReadClock() {
    if (hour_ >= 0) return false;
    hour_ = Number(0)->value;
    minute_ = Number(2)->value;
    clock_digits_ = Number(2)->digits;
    at_ += 3;
    if (IsSign(0, ':')) {
      if (Number(1) == nullptr) return false;
      second_ = Number(1)->value;
      at_ += 2;
      SkipFraction();
    }
    return !IsSign(0, ':') && clock_digits_ <= 2;
  }

  void SkipFraction() {
    if ((IsSign(0, '.') || IsSign(0, ',')) && Number(1) != nullptr &&
        Number(1)->attached) {
      at_ += 2;
    }
  }

  // "2024年7月11日", "9시 30분", "14h30".
  bool ReadUnit(const TimeToken& token) {
    const TimeToken* word = Word(1);
    if (word == nullptr) return false;
    for (const UnitWord& unit : kUnits) {
      if (!absl::StartsWith(word->text, unit.word)) continue;
      if (word->text != unit.word && FindMonth(word->text) != 0) continue;
      SetUnit(unit.unit, token);
      at_ += 2;
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
    at_ += 2;
    if (Number(0) != nullptr && Number(0)->attached && Number(0)->digits == 2) {
      minute_ = Number(0)->value;
      ++at_;
    }
    return true;
  }

  void SetUnit(TimeUnit unit, const TimeToken& token) {
    if (unit == TimeUnit::kYear) year_ = FullYear(token.value, token.digits);
    if (unit == TimeUnit::kMonth) month_ = token.value;
    if (unit == TimeUnit::kDay) day_ = token.value;
    if (unit == TimeUnit::kHour) hour_ = token.value;
    if (unit == TimeUnit::kHour && minute_ < 0) minute_ = 0;
    if (unit == TimeUnit::kMinute) minute_ = token.value;
    if (unit == TimeUnit::kSecond) second_ = token.value;
  }

  // 20240711, 20240711093000, and after such a date 0930 or 093000.
  bool ReadCompact(const TimeToken& token) {
    const int64_t value = token.value;
    if (has_date() && hour_ < 0 && compact_ &&
        (token.digits == 6 || token.digits == 4)) {
      SetCompactClock(value, token.digits);
      ++at_;
      SkipFraction();
      return true;
    }
    if (has_date() || !loose_.empty() || year_ >= 0) return false;
    if (token.digits != 8 && token.digits != 12 && token.digits != 14) {
      return false;
    }
    const int64_t clock_scale =
        token.digits == 8 ? 1 : (token.digits == 12 ? 10'000 : 1'000'000);
    const int64_t date = value / clock_scale;
    SetDate(date / 10'000, date / 100 % 100, date % 100);
    compact_ = true;
    if (token.digits > 8)
      SetCompactClock(value % clock_scale, token.digits - 8);
    ++at_;
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

  // 2024-07-11, 11.07.2024, 7/11/24, "2024. 7. 11.", 2004-july-13, 2024-193.
  bool ReadNumericDate() {
    if (has_date() || year_ >= 0 || month_ >= 0 || !loose_.empty())
      return false;
    const TimeToken* first = Number(0);
    const char sign = Peek(1) != nullptr ? Peek(1)->sign : '\0';
    if (sign != '-' && sign != '/' && sign != '.') return false;
    if (const TimeToken* name = Word(2); name != nullptr && sign != '.') {
      return ReadDateWithName(*name, sign);
    }
    const TimeToken* second = Number(2);
    if (second == nullptr) return false;
    const TimeToken* third = IsSign(3, sign) ? Number(4) : nullptr;
    if (third != nullptr) {
      at_ += 5;
      SetThree(*first, *second, *third, sign);
      if (IsSign(0, '.')) ++at_;
      return true;
    }
    if (first->digits != 4 || !IsYear(first->value) || sign == '.') {
      return false;
    }
    at_ += 3;
    if (second->digits == 3) {
      SetOrdinal(first->value, second->value);
    } else {
      year_ = first->value;
      month_ = second->value;
    }
    return true;
  }

  // "11-Jul-2024", "2004-július-13".
  bool ReadDateWithName(const TimeToken& name, char sign) {
    const int month = FindMonth(name.text);
    if (month == 0 || !IsSign(3, sign) || Number(4) == nullptr) return false;
    const TimeToken& first = *Number(0);
    const TimeToken& last = *Number(4);
    if (first.digits == 4) {
      SetDate(first.value, month, last.value);
    } else {
      SetDate(FullYear(last.value, last.digits), month, first.value);
    }
    at_ += 5;
    return true;
  }

  void SetThree(const TimeToken& a, const TimeToken& b, const TimeToken& c,
                char sign) {
    if (a.digits >= 3) {
      const bool swapped = b.value > 12 && c.value <= 12;
      SetDate(a.value, swapped ? c.value : b.value,
              swapped ? b.value : c.value);
      return;
    }
    const int64_t year = FullYear(c.value, c.digits);
    const bool iso = c.digits <= 2 && sign == '-' && b.value <= 12 &&
                     c.value >= 1 && c.value <= 31;
    if (iso) {  // 03-12-31, as ISO 8601 once allowed
      SetDate(FullYear(a.value, a.digits), b.value, c.value);
    } else if (a.value > 12 || (b.value <= 12 && sign != '/')) {
      SetDate(year, b.value, a.value);
    } else {
      SetDate(year, a.value, b.value);
    }
  }

  void SetDate(int64_t year, int64_t month, int64_t day) {
    year_ = year;
    month_ = month;
    day_ = day;
  }

  void SetOrdinal(int64_t year, int64_t day_of_year) {
    const absl::CivilDay day = absl::CivilDay(year, 1, 1) + (day_of_year - 1);
    if (day_of_year >= 1 && day.year() == year) {
      SetDate(year, day.month(), day.day());
    } else {
      SetDate(year, 0, 0);
    }
  }

  // "3 pm", and "9.30" after the date.
  bool ReadBareHour(const TimeToken& token) {
    if (hour_ >= 0 || token.digits > 2) return false;
    const TimeToken* word = Word(1);
    if (word != nullptr && (absl::EqualsIgnoreCase(word->text, "am") ||
                            absl::EqualsIgnoreCase(word->text, "pm"))) {
      hour_ = token.value;
      minute_ = 0;
      ++at_;
      return true;
    }
    if (!IsSign(1, '.') || !Peek(1)->attached) return false;
    const TimeToken* minutes = Number(2);
    const bool dated = has_date() || (month_ > 0 && loose_.size() >= 2);
    if (minutes == nullptr || !minutes->attached || minutes->digits != 2 ||
        !dated || token.value > 24) {
      return false;
    }
    hour_ = token.value;
    minute_ = minutes->value;
    at_ += 3;
    if (IsSign(0, '.') && Number(1) != nullptr && Number(1)->attached) {
      second_ = Number(1)->value;
      at_ += 2;
    }
    return true;
  }

  bool ReadWord(const TimeToken& token) {
    ++at_;
    const absl::string_view word = token.text;
    if (SetMeridian(word) || ReadMonth(word)) return true;
    if (ReadWeekDate(word)) return true;
    const bool clings =
        token.attached && at_ >= 2 && tokens_[at_ - 2].type == Type::kNumber;
    if (word == "T" || word == "t") {
      if (Number(0) != nullptr && Number(0)->attached) return true;
    }
    if (ReadZone(word)) return true;
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
      implied_offset_ = meridian.offset;
      return true;
    }
    return false;
  }

  // The last name of a month counts: "mar" is a Tuesday in "mar 3 jul".
  bool ReadMonth(absl::string_view word) {
    if (has_date()) return false;
    if (word == "tháng" || word == "thg") return true;
    int month = 0;
    if (const TimeToken* next = Word(0); next != nullptr) {
      std::string pair(word);
      pair += ' ';
      pair.append(next->text.data(), next->text.size());
      month = FindMonth(pair);
      if (month != 0) ++at_;
    }
    if (month == 0) month = FindMonth(word);
    if (month == 0) return false;
    month_ = month;
    if (IsSign(0, '.')) ++at_;
    return true;
  }

  // The rest of "2024-W28-4": loose 2024, a dash, then this word.
  bool ReadWeekDate(absl::string_view word) {
    if ((word != "W" && word != "w") || loose_.size() != 1 || has_date() ||
        Number(0) == nullptr || !Number(0)->attached ||
        !IsYear(loose_[0].value)) {
      return false;
    }
    int64_t week = Number(0)->value;
    int64_t day = 1;
    if (Number(0)->digits == 3) {
      day = week % 10;
      week /= 10;
    }
    ++at_;
    if (IsSign(0, '-') && Number(1) != nullptr && Number(1)->digits == 1) {
      day = Number(1)->value;
      at_ += 2;
    }
    if (week < 1 || week > 53 || day < 1 || day > 7) return true;
    const absl::CivilDay fourth(loose_[0].value, 1, 4);
    const int64_t monday = (static_cast<int64_t>(absl::GetWeekday(fourth))) % 7;
    const absl::CivilDay found = fourth - monday + (week - 1) * 7 + (day - 1);
    loose_.clear();
    SetDate(found.year(), found.month(), found.day());
    return true;
  }

  bool ReadZone(absl::string_view word) {
    if (IsSign(0, '/') && Word(1) != nullptr) return ReadIanaZone(word);
    const NamedZone* zone = FindZone(word);
    if (zone == nullptr) return ReadZonePhrase(word);
    const bool universal = absl::EqualsIgnoreCase(word, "gmt") ||
                           absl::EqualsIgnoreCase(word, "utc");
    if (hour_ < 0 && !universal) return false;
    if (zone_ == Zone::kNone) {
      zone_ = Zone::kFixed;
      offset_ = zone->offset;
      if (!zone->iana.empty() &&
          absl::LoadTimeZone(std::string(zone->iana), &iana_)) {
        zone_ = Zone::kIana;
      }
    }
    // "GMT-07:00", "UTC+8", but not "Z".
    if (word.size() >= 2 && (IsSign(0, '+') || IsSign(0, '-')) &&
        Number(1) != nullptr && Number(1)->attached) {
      zone_ = Zone::kNone;
      return ReadOffset();
    }
    return true;
  }

  // "Eastern Standard Time"; the parts of a zone's long name.
  bool ReadZonePhrase(absl::string_view word) {
    if (hour_ < 0 || zone_ != Zone::kNone || Word(0) == nullptr) return false;
    for (const ZonePhrase& phrase : kZonePhrases) {
      if (!absl::EqualsIgnoreCase(word, phrase.word)) continue;
      if (!absl::LoadTimeZone(std::string(phrase.iana), &iana_)) return false;
      zone_ = Zone::kIana;
      return true;
    }
    return false;
  }

  // "Europe/Brussels", "America/Argentina/Buenos_Aires", "Etc/GMT+5".
  bool ReadIanaZone(absl::string_view first) {
    const char* const begin = first.data();
    const char* end = begin + first.size();
    while ((IsSign(0, '/') || IsSign(0, '_') || IsSign(0, '-') ||
            IsSign(0, '+') || Number(0) != nullptr || Word(0) != nullptr) &&
           Peek(0)->text.data() == end) {  // "a.m." stands elsewhere
      end = Peek(0)->text.data() + Peek(0)->text.size();
      ++at_;
    }
    const std::string name(begin, static_cast<size_t>(end - begin));
    if (zone_ == Zone::kNone && absl::LoadTimeZone(name, &iana_)) {
      zone_ = Zone::kIana;
    }
    return true;
  }

  bool ReadSign(const TimeToken& token) {
    const TimeToken* number = Number(1);
    const bool offset = (token.sign == '+' || token.sign == '-') &&
                        number != nullptr && number->attached && hour_ >= 0 &&
                        zone_ == Zone::kNone;
    if (offset) return ReadOffset();
    if (token.sign == '+' && hour_ >= 0 && zone_ == Zone::kNone) return false;
    if (token.sign == ':' && token.attached &&
        tokens_[at_ - 1].type == Type::kNumber) {
      return false;
    }
    ++at_;
    return true;
  }

  // "+0200", "-05:00", "+2", "+05:30:00"; what is out of range is no zone.
  bool ReadOffset() {
    const bool west = IsSign(0, '-');
    const TimeToken& number = *Number(1);
    int64_t hours = number.value;
    int64_t minutes = 0;
    if (number.digits > 2) {
      if (number.digits > 6) return false;
      const int64_t scale = number.digits > 4 ? 10'000 : 100;
      hours = number.value / scale;
      minutes = number.value % scale / (scale / 100);
    }
    at_ += 2;
    for (int part = 0; part < 2 && IsSign(0, ':') && Number(1) != nullptr;
         ++part) {
      if (part == 0) minutes = Number(1)->value;
      at_ += 2;
    }
    if (minutes > 59) return true;
    const int64_t seconds = hours * 3600 + minutes * 60;
    if (seconds > kOffsetMax) return true;
    zone_ = Zone::kFixed;
    offset_ = static_cast<int32_t>(west ? -seconds : seconds);
    return true;
  }

  // Gives the loose numbers around a month's name, or a lone year, their place.
  bool SettleDate() {
    if (month_ < 0 && loose_.size() == 1 && hour_ < 0 && unknown_words_ == 0 &&
        loose_[0].digits == 4 && IsYear(loose_[0].value)) {
      year_ = loose_[0].value;
      return true;
    }
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
    if (year_ < 0 || month_ < 0) return false;
    return day_ >= 0 || hour_ < 0;
  }

  bool SettleClock() {
    if (!IsYear(year_)) return false;
    if (month_ >= 0 && (month_ < 1 || month_ > 12)) return false;
    const absl::CivilDay day(year_, month_ < 0 ? 1 : month_,
                             day_ < 0 ? 1 : day_);
    if (day_ >= 0 && day.day() != day_) return false;
    if (hour_ < 0) return true;
    if (meridian_ == 2 && hour_ < 12) hour_ += 12;
    if (meridian_ == 1 && hour_ == 12) hour_ = 0;
    if (minute_ > 59 || second_ > 60) return false;
    return hour_ < 24 || (hour_ == 24 && minute_ <= 0 && second_ <= 0);
  }

  ParsedTime Result() {
    ParsedTime result;
    result.precision = hour_ >= 0 && second_ >= 0 ? ParsedPrecision::kSecond
                       : hour_ >= 0               ? ParsedPrecision::kMinute
                       : day_ >= 0                ? ParsedPrecision::kDay
                                                  : ParsedPrecision::kMonth;
    if (zone_ == Zone::kNone && hour_ >= 0) ReadCommentZone();
    const absl::CivilSecond civil(year_, month_ < 0 ? 1 : month_,
                                  day_ < 0 ? 1 : day_, hour_ < 0 ? 0 : hour_,
                                  minute_ < 0 ? 0 : minute_,
                                  second_ < 0 ? 0 : second_);
    const absl::TimeZone zone = ZoneOfResult();
    result.instant = absl::FromCivil(civil, zone);
    result.offset = zone.At(result.instant).offset;
    result.has_zone = zone_ != Zone::kNone;
    return result;
  }

  absl::TimeZone ZoneOfResult() const {
    if (zone_ == Zone::kFixed) return absl::FixedTimeZone(offset_);
    if (zone_ == Zone::kIana) return iana_;
    if (implied_offset_ != 0 && fallback_ == absl::UTCTimeZone()) {
      return absl::FixedTimeZone(implied_offset_);
    }
    return fallback_;
  }

  // "17:26 (EST)": a zone that stands only in a comment.
  void ReadCommentZone() {
    const NamedZone* zone = FindZone(absl::StripAsciiWhitespace(comment_));
    if (zone == nullptr) return;
    zone_ = Zone::kFixed;
    offset_ = zone->offset;
  }

  bool has_date() const { return year_ >= 0 && month_ >= 0 && day_ >= 0; }

  enum class Zone : uint8_t { kNone, kFixed, kIana };

  const std::vector<TimeToken>& tokens_;
  const absl::string_view comment_;
  const absl::TimeZone& fallback_;
  size_t at_ = 0;
  std::vector<TimeToken> loose_;  // numbers whose part is not known yet
  int64_t year_ = -1;             // -1 is not given
  int64_t month_ = -1;
  int64_t day_ = -1;
  int64_t hour_ = -1;
  int64_t minute_ = -1;
  int64_t second_ = -1;
  uint32_t clock_digits_ = 0;
  int meridian_ = 0;  // 1 before noon, 2 after
  int unknown_words_ = 0;
  bool compact_ = false;
  Zone zone_ = Zone::kNone;
  int32_t offset_ = 0;
  int32_t implied_offset_ = 0;
  absl::TimeZone iana_;
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
  const TimeText plain = NormalizeTimeText(text);
  const std::vector<TimeToken> tokens = LexTime(plain.text);
  std::optional<ParsedTime> result =
      TimeReader(tokens, plain.comment, fallback).Read();
  // A clock that says exactly zero of 1970 was never set.
  if (result.has_value() && result->precision <= ParsedPrecision::kMinute &&
      result->instant == absl::UnixEpoch()) {
    return std::nullopt;
  }
  return result;
}

}  // namespace wiredesk
