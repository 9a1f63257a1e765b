#include "stages/tag/dates/words.h"

#include "absl/strings/str_split.h"
#include "stages/tag/dates/value.h"

namespace wiredesk {
namespace {

using Map = DateVocabulary;

int Value(TimeUnit unit) { return static_cast<int>(unit); }
int Value(DayPart part) { return static_cast<int>(part); }
int Value(Holiday holiday) { return static_cast<int>(holiday); }

void AddCalendar(Map& map) {
  using enum DateClass;
  AddDateWords(map, kMonth, 1,
               "january february march april may june july august september "
               "october november december");
  AddDateWords(map, kMonth, 1, "jan feb mar apr", kDateShort);
  AddDateWords(map, kMonth, 8, "aug sept/sep oct nov dec", kDateShort);
  AddDateWords(map, kMonth, 6, "jun jul", kDateShort);
  for (const absl::string_view name : {"march", "may", "august"}) {
    map[HashWord(name)].flags |= kDateAmbiguous;
  }
  AddDateWords(map, kWeekday, 1,
               "monday tuesday wednesday thursday friday saturday sunday");
  AddDateWords(map, kWeekday, 1, "mon tue/tues wed thu/thur/thurs fri sat sun",
               kDateShort);
  AddDateWords(map, kWeekday, 1,
               "mondays tuesdays wednesdays thursdays fridays saturdays "
               "sundays",
               kDatePlural);
  AddDateWords(map, kSeason, 0, "spring summer fall/autumn winter");
  for (const absl::string_view name : {"spring", "fall"}) {
    map[HashWord(name)].flags |= kDateAmbiguous;
  }
  AddSameDateWords(map, kHoliday, Value(Holiday::kChristmas), "christmas xmas");
  AddSameDateWords(map, kHoliday, Value(Holiday::kThanksgiving),
                   "thanksgiving");
  AddSameDateWords(map, kHoliday, Value(Holiday::kEaster), "easter");
  AddSameDateWords(map, kHoliday, Value(Holiday::kHalloween), "halloween");
}

void AddUnits(Map& map) {
  using enum DateClass;
  struct UnitWords {
    TimeUnit unit;
    absl::string_view one;
    absl::string_view many;
  };
  constexpr UnitWords kUnits[] = {{TimeUnit::kMinute, "minute", "minutes"},
                                  {TimeUnit::kHour, "hour", "hours"},
                                  {TimeUnit::kDay, "day", "days"},
                                  {TimeUnit::kWeekend, "weekend", "weekends"},
                                  {TimeUnit::kWeek, "week", "weeks"},
                                  {TimeUnit::kMonth, "month", "months"},
                                  {TimeUnit::kQuarter, "quarter", "quarters"},
                                  {TimeUnit::kYear, "year", "years"},
                                  {TimeUnit::kDecade, "decade", "decades"},
                                  {TimeUnit::kCentury, "century", "centuries"}};
  for (const UnitWords& words : kUnits) {
    AddSameDateWords(map, kUnit, Value(words.unit), words.one);
    AddSameDateWords(map, kUnit, Value(words.unit), words.many, kDatePlural);
  }
  AddSameDateWords(map, kUnit, Value(TimeUnit::kSecond), "seconds",
                   kDatePlural);
  AddSameDateWords(map, kSet, Value(TimeUnit::kDay), "daily nightly");
  AddSameDateWords(map, kSet, Value(TimeUnit::kWeek), "weekly");
  AddSameDateWords(map, kSet, Value(TimeUnit::kMonth), "monthly");
  AddSameDateWords(map, kSet, Value(TimeUnit::kYear), "annually yearly");
  AddSameDateWords(map, kSet, Value(TimeUnit::kHour), "hourly");
}

void AddNumbers(Map& map) {
  using enum DateClass;
  AddDateWords(map, kNumber, 1,
               "one two three four five six seven eight nine ten eleven twelve "
               "thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
               "twenty");
  constexpr absl::string_view kTens[] = {"thirty", "forty",   "fifty",
                                         "sixty",  "seventy", "eighty",
                                         "ninety", "hundred"};
  for (int i = 0; i < 8; ++i) {
    AddSameDateWords(map, kNumber, 30 + 10 * i, kTens[i]);
  }
  AddSameDateWords(map, kNumber, 1000, "thousand");
  AddSameDateWords(map, kNumber, -1, "several few many");
  AddSameDateWords(map, kNumber, 2, "couple");
  AddDateWords(map, kOrdinal, 1,
               "first second third fourth fifth sixth seventh eighth ninth "
               "tenth eleventh twelfth thirteenth fourteenth fifteenth "
               "sixteenth seventeenth eighteenth nineteenth twentieth");
  AddDateWords(map, kQuarter, 1, "q1 q2 q3 q4");
  constexpr absl::string_view kDecades[] = {"twenties", "thirties", "forties",
                                            "fifties",  "sixties",  "seventies",
                                            "eighties", "nineties"};
  for (int i = 0; i < 8; ++i) {
    AddSameDateWords(map, kDecade, 20 + 10 * i, kDecades[i]);
  }
}

void AddRelative(Map& map) {
  using enum DateClass;
  AddSameDateWords(map, kDayPart, Value(DayPart::kMorning), "morning");
  AddSameDateWords(map, kDayPart, Value(DayPart::kMidday), "midday");
  AddSameDateWords(map, kDayPart, Value(DayPart::kAfternoon), "afternoon");
  AddSameDateWords(map, kDayPart, Value(DayPart::kEvening), "evening");
  AddSameDateWords(map, kDayPart, Value(DayPart::kNight), "night");
  AddSameDateWords(map, kDayPart, Value(DayPart::kNoon), "noon");
  AddSameDateWords(map, kDayPart, Value(DayPart::kMidnight), "midnight");
  AddDateWords(map, kRelativeDay, -1, "yesterday today tomorrow");
  AddSameDateWords(map, kRelativeDay, 0, "tonight", kDatePlural);
  AddSameDateWords(map, kReference, 0, "recently lately");
  AddSameDateWords(map, kReference, 1, "now currently presently nowadays");
  AddSameDateWords(map, kReference, 2, "soon future");
  AddSameDateWords(map, kLast, 0, "last");
  AddSameDateWords(map, kLast, 1, "previous preceding prior");
  AddSameDateWords(map, kNext, 0, "next coming upcoming");
  AddSameDateWords(map, kNext, 1, "following");
  AddSameDateWords(map, kThis, 0, "this");
  AddSameDateWords(map, kThis, 1, "current");
  AddSameDateWords(map, kPast, 0, "past");
  AddSameDateWords(map, kPast, 1, "recent");
  AddSameDateWords(map, kPast, 2, "latest");
  AddSameDateWords(map, kEvery, 0, "every each");
  AddSameDateWords(map, kFiscal, 0, "fiscal");
}

void AddFunctionWords(Map& map) {
  using enum DateClass;
  AddSameDateWords(map, kThe, 0, "the its");
  AddSameDateWords(map, kA, 0, "a an");
  AddSameDateWords(map, kOf, 0, "of");
  AddSameDateWords(map, kAnd, 0, "and");
  AddSameDateWords(map, kOr, 0, "or");
  AddSameDateWords(map, kTo, 0, "to through until till thru");
  AddSameDateWords(map, kBetween, 0, "between");
  AddSameDateWords(map, kBefore, 0, "before");
  AddSameDateWords(map, kAfter, 0, "after");
  AddSameDateWords(map, kAgo, 0, "ago");
  AddSameDateWords(map, kEarlier, 0, "earlier");
  AddSameDateWords(map, kLater, 0, "later");
  AddSameDateWords(map, kFrom, 0, "from");
  AddSameDateWords(map, kIn, 0, "in during within over for");
  AddSameDateWords(map, kSince, 0, "since by on");
  AddSameDateWords(map, kEarly, 0, "early late mid end beginning middle start");
  AddSameDateWords(map, kApproximate, 0,
                   "about nearly almost around approximately roughly least "
                   "exactly only just");
  AddSameDateWords(map, kThan, 0, "than");
  AddSameDateWords(map, kMore, 0, "more less additional consecutive straight");
  AddSameDateWords(map, kHalfOfYear, 0, "half");
  AddSameDateWords(map, kZone, 0,
                   "gmt utc est edt cst cdt mst mdt pst pdt et pt bst cet cest "
                   "kst jst ist");
  AddSameDateWords(map, kThat, 0, "that same");
  AddSameDateWords(map, kOld, 0, "old");
  AddSameDateWords(map, kLong, 0, "long");
  AddSameDateWords(map, kDay, 0, "eve");
  AddSameDateWords(map, kPeriod, 0, "period");
}

void AddVerbs(Map& map) {
  using enum DateClass;
  AddSameDateWords(map, kFutureVerb, 0,
                   "will ll shall scheduled expected planned planning plan "
                   "plans due slated supposed likely begins starts payable "
                   "hopes hope intends intend "
                   "upcoming expects expect would could should may might must "
                   "until by deadline opens takes");
  AddSameDateWords(map, kPastVerb, 0,
                   "was were had did has have been said told came went took "
                   "made began held met won lost fell rose found gave left "
                   "got sent saw ran shot spoke wrote broke struck hit "
                   "became led kept brought thought knew grew drew flew sold "
                   "bought paid put died since ended");
  AddSameDateWords(map, kPresentVerb, 0, "is are be set");
}

}  // namespace

void AddSameDateWords(DateVocabulary& words, DateClass kind, int value,
                      absl::string_view list, uint8_t flags) {
  for (const absl::string_view word :
       absl::StrSplit(list, ' ', absl::SkipEmpty())) {
    DateWord& meaning = words[HashWord(word)];
    meaning.kind = kind;
    meaning.value = value;
    meaning.flags |= flags;
  }
}

void AddDateWords(DateVocabulary& words, DateClass kind, int first,
                  absl::string_view list, uint8_t flags) {
  int value = first;
  for (const absl::string_view forms :
       absl::StrSplit(list, ' ', absl::SkipEmpty())) {
    for (const absl::string_view word : absl::StrSplit(forms, '/')) {
      AddSameDateWords(words, kind, value, word, flags);
    }
    ++value;
  }
}

const DateVocabulary& EnglishDateWords() {
  static const auto* const words = [] {
    auto* all = new DateVocabulary();
    // A later meaning of a word replaces an earlier one.
    AddVerbs(*all);
    AddFunctionWords(*all);
    AddCalendar(*all);
    AddUnits(*all);
    AddNumbers(*all);
    AddRelative(*all);
    return all;
  }();
  return *words;
}

}  // namespace wiredesk
