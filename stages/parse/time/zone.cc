#include "stages/parse/time/zone.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "stages/parse/time/names.h"
#include "stages/parse/time/words.h"

namespace wiredesk {
namespace {

constexpr int32_t kOffsetMax = 15 * 3600 + 59 * 60;

}  // namespace

bool TimeZoneReader::ReadWord(absl::string_view word, bool has_clock) {
  if (cursor_.IsSign(0, '/') && cursor_.Word(1) != nullptr)
    return ReadIana(word);
  const NamedZone* zone = FindZone(word);
  if (zone == nullptr) return ReadPhrase(word, has_clock);
  const bool universal = absl::EqualsIgnoreCase(word, "gmt") ||
                         absl::EqualsIgnoreCase(word, "utc");
  if (!has_clock && !universal) return false;
  if (kind_ == Kind::kNone) {
    kind_ = Kind::kFixed;
    offset_ = zone->offset;
    if (!zone->iana.empty() &&
        absl::LoadTimeZone(std::string(zone->iana), &iana_)) {
      kind_ = Kind::kIana;
    }
  }
  // "GMT-07:00", "UTC+8", but not "Z".
  if (word.size() >= 2 && (cursor_.IsSign(0, '+') || cursor_.IsSign(0, '-')) &&
      cursor_.Number(1) != nullptr && cursor_.Number(1)->attached) {
    kind_ = Kind::kNone;
    return ReadOffset();
  }
  return true;
}

// "Eastern Standard Time"; the parts of a zone's long name.
bool TimeZoneReader::ReadPhrase(absl::string_view word, bool has_clock) {
  if (!has_clock || kind_ != Kind::kNone || cursor_.Word(0) == nullptr)
    return false;
  for (const ZonePhrase& phrase : kZonePhrases) {
    if (!absl::EqualsIgnoreCase(word, phrase.word)) continue;
    if (!absl::LoadTimeZone(std::string(phrase.iana), &iana_)) return false;
    kind_ = Kind::kIana;
    return true;
  }
  return false;
}

// "Europe/Brussels", "America/Argentina/Buenos_Aires", "Etc/GMT+5".
bool TimeZoneReader::ReadIana(absl::string_view first) {
  const char* const begin = first.data();
  const char* end = begin + first.size();
  while ((cursor_.IsSign(0, '/') || cursor_.IsSign(0, '_') ||
          cursor_.IsSign(0, '-') || cursor_.IsSign(0, '+') ||
          cursor_.Number(0) != nullptr || cursor_.Word(0) != nullptr) &&
         cursor_.Peek(0)->text.data() == end) {  // "a.m." stands elsewhere
    end = cursor_.Peek(0)->text.data() + cursor_.Peek(0)->text.size();
    cursor_.Skip(1);
  }
  const std::string name(begin, static_cast<size_t>(end - begin));
  if (kind_ == Kind::kNone && absl::LoadTimeZone(name, &iana_)) {
    kind_ = Kind::kIana;
  }
  return true;
}

// "+0200", "-05:00", "+2", "+05:30:00"; what is out of range is not a zone.
bool TimeZoneReader::ReadOffset() {
  const bool west = cursor_.IsSign(0, '-');
  const TimeToken& number = *cursor_.Number(1);
  int64_t hours = number.value;
  int64_t minutes = 0;
  if (number.digits > 2) {
    if (number.digits > 6) return false;
    const int64_t scale = number.digits > 4 ? 10'000 : 100;
    hours = number.value / scale;
    minutes = number.value % scale / (scale / 100);
  }
  cursor_.Skip(2);
  for (int part = 0;
       part < 2 && cursor_.IsSign(0, ':') && cursor_.Number(1) != nullptr;
       ++part) {
    if (part == 0) minutes = cursor_.Number(1)->value;
    cursor_.Skip(2);
  }
  if (minutes > 59) return true;
  const int64_t seconds = hours * 3600 + minutes * 60;
  if (seconds > kOffsetMax) return true;
  kind_ = Kind::kFixed;
  offset_ = static_cast<int32_t>(west ? -seconds : seconds);
  return true;
}

absl::TimeZone TimeZoneReader::Zone(const absl::TimeZone& fallback) const {
  if (kind_ == Kind::kFixed) return absl::FixedTimeZone(offset_);
  if (kind_ == Kind::kIana) return iana_;
  if (implied_offset_ != 0 && fallback == absl::UTCTimeZone()) {
    return absl::FixedTimeZone(implied_offset_);
  }
  return fallback;
}

// "(CET)", "(GMT+7)", "(UTC-05:00)", "(+0700)".
void TimeZoneReader::ReadComment(absl::string_view comment) {
  comment = absl::StripAsciiWhitespace(comment);
  if (const NamedZone* zone = FindZone(comment); zone != nullptr) {
    kind_ = Kind::kFixed;
    offset_ = zone->offset;
    return;
  }
  for (const absl::string_view name : {"GMT", "UTC", "UT"}) {
    if (!absl::StartsWithIgnoreCase(comment, name)) continue;
    comment = absl::StripLeadingAsciiWhitespace(comment.substr(name.size()));
    break;
  }
  if (comment.empty() || (comment[0] != '+' && comment[0] != '-')) return;
  std::string digits;
  for (const char c : comment.substr(1)) {
    if (absl::ascii_isdigit(static_cast<unsigned char>(c))) {
      digits += c;
    } else if (c != ':') {
      return;
    }
  }
  if (digits.size() <= 2) digits += "00";
  int32_t value = 0;
  if (digits.size() > 4 || !absl::SimpleAtoi(digits, &value)) return;
  const int32_t seconds = value / 100 * 3600 + value % 100 * 60;
  if (value % 100 > 59 || seconds > kOffsetMax) return;
  kind_ = Kind::kFixed;
  offset_ = comment[0] == '-' ? -seconds : seconds;
}

}  // namespace wiredesk
