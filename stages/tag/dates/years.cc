// English years: "1990-95", "nineteen ninety-six", "the 1988 quarter", "44 BC",
// "the 1990s"; and the numbers of four digits that are none.

#include <cstddef>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "stages/tag/dates/english.h"

namespace wiredesk {
namespace {

// Whether `word`, in any case, is one of `list`, with spaces between.
bool IsListed(absl::string_view list, absl::string_view word) {
  for (const absl::string_view one : absl::StrSplit(list, ' ')) {
    if (absl::EqualsIgnoreCase(one, word)) return true;
  }
  return false;
}

// What bears numbers, and what is counted in thousands.
constexpr absl::string_view kNumbered =
    "page pages room hall flight number no version chapter section article "
    "channel model highway route unit gate lot suite extension resolution "
    "line bus train code form standard rule apartment locker booth stall "
    "building class series item lane paragraph volume release build";
constexpr absl::string_view kCounted =
    "people jobs troops soldiers men women children homes houses miles feet "
    "metres meters tons tonnes barrels employees workers votes shares dollars "
    "euros pounds degrees calories words copies students acres kilometers "
    "kilometres km mph rpm kg lbs residents families members voters patients "
    "cases deaths units hours days visitors fans spectators refugees migrants";
// What bears the year in which it is held.
constexpr absl::string_view kHeldEachYear =
    "cup olympics games bowl election elections championship championships "
    "euro expo awards festival summit world conference convention open "
    "olympic season campaign budget census brexit";

struct Era {
  absl::string_view name;
  int before_first;  // the year before its first
  int digits;        // of its years, at most
};
constexpr Era kEras[] = {{"Reiwa", 2018, 2}, {"Heisei", 1988, 2},
                         {"Showa", 1925, 2}, {"Taisho", 1911, 2},
                         {"Meiji", 1867, 2}, {"AD", 0, 4},
                         {"CE", 0, 4}};

}  // namespace

int64_t EnglishDates::YearAt(size_t i) const {
  const DateWord word = text_.At(i);
  const bool year = word.is(DateClass::kNumber) && word.digits == 4 &&
                    word.value >= 1000 && word.value <= 2199 &&
                    text_.ByteAfter(i) != '%' && text_.After(i) != Gap::kColon;
  return year ? word.value : 0;
}

// "Room 2024", "Windows 2000", "page 2012", "2000 people": four digits that
// number or count something.
bool EnglishDates::YearNumbers(size_t i) const {
  if (i + 1 < text_.size() && text_.SpaceAfter(i) &&
      IsListed(kCounted, text_.text(i + 1))) {
    return true;
  }
  if (i == 0 || !text_.SpaceAfter(i - 1) ||
      text_.At(i - 1).kind != DateClass::kNone) {
    return false;
  }
  const absl::string_view before = text_.text(i - 1);
  if (IsListed(kNumbered, before)) return true;
  const bool opens = i == 1 || text_.SentenceEndsAfter(i - 2);
  return text_.Capital(i - 1) && !opens && !IsListed(kHeldEachYear, before);
}

// "the 1988 third quarter", "the 1988 period" in a report on a quarter.
bool EnglishDates::ParseQuarterOfYear(size_t i, Timex& found) {
  const DateWord next = text_.At(i + 1);
  if (!text_.SpaceAfter(i)) return false;
  if (next.is(DateClass::kOrdinal) && text_.JoinedAfter(i + 1) &&
      text_.At(i + 2).is(DateClass::kUnit) &&
      UnitOf(text_.At(i + 2)) == TimeUnit::kQuarter && next.value <= 4) {
    return ParseQuarter(i + 1, next.value, i + 2, found);
  }
  const bool quarter = next.is(DateClass::kUnit) && !next.has(kDatePlural) &&
                       UnitOf(next) == TimeUnit::kQuarter;
  return has_quarter_ && (quarter || next.is(DateClass::kPeriod)) &&
         Set(TimexValue::Quarter(YearAt(i), quarter_), DateType::kDate, i,
             i + 1, found);
}

// "Reiwa 6", "AD 79", "44 BC".
bool EnglishDates::ParseEra(size_t i, Timex& found) const {
  const DateWord number = text_.At(i);
  if (!number.is(DateClass::kNumber) || number.value < 1) return false;
  if (i > 0 && text_.SpaceAfter(i - 1)) {
    for (const Era& era : kEras) {
      if (text_.text(i - 1) == era.name && number.digits <= era.digits) {
        return Set(TimexValue::Year(era.before_first + number.value),
                   DateType::kDate, i - 1, i, found);
      }
    }
  }
  if (i + 1 >= text_.size() || !text_.SpaceAfter(i)) return false;
  const absl::string_view behind = text_.text(i + 1);
  size_t last = i + 1;
  if (behind == "B" && text_.After(last) == Gap::kDot &&
      last + 1 < text_.size() && text_.text(last + 1) == "C") {
    ++last;
  } else if (behind == "AD" || behind == "CE") {
    return Set(TimexValue::Year(number.value), DateType::kDate, i, last, found);
  } else if (behind != "BC" && behind != "BCE") {
    return false;
  }
  TimexValue value("BC");
  return Set(value.Append(number.value, 4), DateType::kDate, i, last, found);
}

bool EnglishDates::ParseYear(size_t i, Timex& found) {
  if (ParseEra(i, found)) return true;
  const int64_t year = YearAt(i);
  if (year == 0) return false;
  const char before = text_.ByteBefore(i);
  if (absl::ascii_isspace(before) == 0 && before != '(' && before != '-' &&
      before != '\'' && before != '"' && before != '/' &&
      static_cast<uint8_t>(before) < 0x80) {
    return false;
  }
  if (before == '-' && i > 0 && text_.end(i - 1) + 1 == text_.begin(i) &&
      text_.At(i - 1).kind == DateClass::kNone && text_.Capital(i - 1)) {
    return false;  // "CVE-2014-6271"; but "post-1959"
  }
  const DateWord previous = text_.At(i - 1);
  const bool led =
      previous.is(DateClass::kIn) || previous.is(DateClass::kSince) ||
      previous.is(DateClass::kOf) || previous.is(DateClass::kFrom) ||
      previous.is(DateClass::kEarly) || previous.is(DateClass::kTo);
  if (!led && (year < 1900 || year > 2050)) return false;
  if (YearNumbers(i)) return false;
  if (ParseQuarterOfYear(i, found)) {
    found.first = i;
    return true;
  }
  const Gap gap = text_.After(i);
  const DateWord next = text_.At(i + 1);
  if (gap == Gap::kDot && next.is(DateClass::kNumber)) return false;
  // "1995 miles" can be known only by the unit.
  if (next.is(DateClass::kUnit) && next.has(kDatePlural)) return false;
  // "1988-89", "1990-1995"
  if (gap == Gap::kHyphen && next.is(DateClass::kNumber) &&
      next.has(kDateDigits) && (next.digits == 2 || next.digits == 4)) {
    const int64_t until =
        next.digits == 4 ? next.value : year / 100 * 100 + next.value;
    if (until > year && until < year + 200) {
      TimexValue value = TimexValue::Year(year);
      value.Append("/").Append(TimexValue::Year(until).text());
      return Set(value, DateType::kDate, i, i + 1, found);
    }
  }
  return Set(TimexValue::Year(year), DateType::kDate, i, i, found);
}

// "nineteen ninety-six", as transcripts of speech have it.
bool EnglishDates::ParseSpelledYear(size_t i, const DateWord& number,
                                    Timex& found) {
  if (number.has(kDateDigits) || !text_.SpaceAfter(i)) return false;
  const DateWord tens = text_.At(i + 1);
  if (number.value < 17 || number.value > 20 || !tens.is(DateClass::kNumber) ||
      tens.has(kDateDigits) || tens.value < 20 || tens.value > 90 ||
      tens.value % 10 != 0) {
    return false;
  }
  int64_t year = 100 * number.value + tens.value;
  size_t last = i + 1;
  const DateWord ones = text_.At(i + 2);
  if (text_.JoinedAfter(i + 1) && ones.is(DateClass::kNumber) &&
      !ones.has(kDateDigits) && ones.value >= 1 && ones.value <= 9) {
    year += ones.value;
    last = i + 2;
  }
  return Set(TimexValue::Year(year), DateType::kDate, i, last, found);
}

bool EnglishDates::ParseDecade(size_t i, const DateWord& decade, Timex& found) {
  int64_t year = decade.value;
  if (year % 10 != 0) return false;
  const bool the = text_.At(i - 1).is(DateClass::kThe) ||
                   text_.At(i - 1).is(DateClass::kEarly);
  if (decade.digits == 4) {
    if (year < 1000 || year > 2190) return false;
  } else {
    // "the '90s", "the nineties"; "in her 20s" is an age.
    const bool apostrophe = text_.ByteBefore(i) == '\'' ||
                            static_cast<uint8_t>(text_.ByteBefore(i)) == 0x99;
    if (year > 90 || !(the || apostrophe)) return false;
    year += 1900;
  }
  const bool century = year % 100 == 0 && year < 2000 && decade.digits == 4;
  return Set(century ? TimexValue::Century(year) : TimexValue::Decade(year),
             DateType::kDate, i, i, found);
}

}  // namespace wiredesk
