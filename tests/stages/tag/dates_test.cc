// Goal: expressions are found where they are, with the TIMEX3 value that a
// reader would give. Method: tables of text and what is in it, published on
// Friday, 2024-07-12, 09:00; spans are checked by their text.

#include "stages/tag/dates/dates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "stages/tag/dates/value.h"

namespace wiredesk {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Find(absl::string_view text,
                              absl::string_view language = "en",
                              bool known = true) {
  std::vector<Word> words;
  SplitWords(text, words);
  std::vector<FoundDate> dates;
  FindDates(text, words, {known, absl::CivilSecond(2024, 7, 12, 9, 0, 0)},
            language, dates);
  std::vector<std::string> found;
  for (const FoundDate& date : dates) {
    found.push_back(absl::StrCat(text.substr(date.begin, date.end - date.begin),
                                 "=", date.value()));
  }
  return found;
}

struct Case {
  absl::string_view text;
  absl::string_view found;
};

constexpr Case kEnglish[] = {
    {"He spoke on Thursday.", "Thursday=2024-07-11"},
    // the verb of its own clause
    {"She spoke in Hull on Monday and is due to leave on Friday.",
     "Monday=2024-07-08 Friday=2024-07-12"},
    {"On Monday, when they left, it will not matter.", "Monday=2024-07-08"},
    {"It is due in May.", "May=2025-05"},
    {"They agreed on Monday to meet in September.",
     "Monday=2024-07-08 September=2024-09"},
    {"The Senate votes in August.", "August=2024-08"},
    {"Rooms are booked from August 14 to 25.",
     "August 14 to 25=2024-08-14/2024-08-25"},
    {"felled in the winter of the year 304",
     "the winter of the year 304=0304-WI"},
    {"It holds loans through January.", "January=2025-01"},
    {"The members had filed it by Wednesday.", "Wednesday=2024-07-10"},
    {"It is supposed to end by Wednesday.", "Wednesday=2024-07-17"},
    // numbers that are no years
    {"Meet in Room 2024, on page 2012 of it, by flight 2023.", ""},
    {"He has Windows 2000 and Hall 1999.", ""},
    {"About 2000 people came.", ""},
    {"The 2024 Games and the World Cup 2022 were fine.", "2024=2024 2022=2022"},
    {"He left (2003) the club of 1950.", "2003=2003 1950=1950"},
    // eras
    {"It fell in 44 BC and burned in AD 79.", "44 BC=BC0044 AD 79=0079"},
    {"It was Reiwa 6 by then.", "Reiwa 6=2024"},
    // sets and races
    {"He runs every morning.", "every morning=XXXX-XX-XXTMO"},
    {"She won the race in 2:04:39.", "2:04:39=PT2H4M39S"},
    {"It was a time of 3:45.12.", "3:45.12=PT3M45S"},
    {"The daily Herald said so.", ""},
    // reports on a quarter
    {"In the quarter ended June 30 it lost more than in the 2023 quarter.",
     "the quarter=2024-Q2 June 30=2024-06-30 the 2023 quarter=2023-Q2"},
    {"In the 2023 third quarter it lost.", "the 2023 third quarter=2023-Q3"},
    {"It needs more by year's end.", "year's end=2024"},
    {"The last half of 2023 was bad.", "The last half of 2023=2023-H2"},
    {"January nineteen ninety-seven was cold.",
     "January nineteen ninety-seven=1997-01"},
    {"The film High Noon is long.", ""},
    {"It will open on Thursday.", "Thursday=2024-07-18"},
    {"It was held from July 9 to 11.", "July 9 to 11=2024-07-09/2024-07-11"},
    {"She met him July 9.", "July 9=2024-07-09"},
    {"It is planned for September.", "September=2024-09"},
    {"It was adopted in Vilnius in 2023.", "2023=2023"},
    {"He came on Friday, Oct. 13, 2023.", "Friday, Oct. 13, 2023=2023-10-13"},
    {"Born 12 May 1980 in Rome.", "12 May 1980=1980-05-12"},
    {"They met last week.", "last week=2024-W27"},
    {"They met last November.", "last November=2023-11"},
    // "last" beats the tense
    {"It was shelled last September 11.", "last September 11=2023-09-11"},
    {"They will mark it next March 3.", "next March 3=2025-03-03"},
    // a video's length, a score; a time of the day
    {"Watch the clip 04:55 and share it.", ""},
    {"It opens at 14:30 in Hull.", "14:30=2024-07-12T14:30"},
    {"It opens Friday, 14:30.", "Friday=2024-07-12 14:30=2024-07-12T14:30"},
    {"They met two years ago.", "two years ago=2022"},
    {"It lasted for three days.", "three days=P3D"},
    {"a five-year plan", "five-year=P5Y"},
    {"in recent weeks", "recent weeks=PXW"},
    {"He is now free.", "now=PRESENT_REF"},
    {"The daily flight", "The daily=P1D"},
    {"sales in the third quarter of 2023", "the third quarter of 2023=2023-Q3"},
    {"They left yesterday morning.", "yesterday morning=2024-07-11TMO"},
    {"It began at 10:30 a.m. Thursday.",
     "10:30 a.m. Thursday=2024-07-11T10:30"},
    {"the late 1980s", "the late 1980s=198"},
    {"every Thursday", "every Thursday=XXXX-WXX-4"},
    {"between 1999-2003 it grew", "1999-2003=1999/2003"},
    {"on 2024-07-01 it was", "2024-07-01=2024-07-01"},
    {"the summer of 1994", "the summer of 1994=1994-SU"},
    {"this month it fell", "this month=2024-07"}};

TEST(DatesTest, EnglishExpressionsHaveTheirValues) {
  for (const Case& one : kEnglish) {
    EXPECT_EQ(absl::StrJoin(Find(one.text), " "), one.found) << one.text;
  }
}

TEST(DatesTest, WhatIsNoDateIsNotFound) {
  for (const absl::string_view text :
       {"May I ask?", "They march on.", "April Smith said no.",
        "the last day of the summit", "a six-year-old boy",
        "Patch for CVE-2014-0160 is out", "It cost $2000 in all.", "in her 20s",
        "The Daily Bugle", "three-quarters of it"}) {
    EXPECT_THAT(Find(text), IsEmpty()) << text;
  }
}

TEST(DatesTest, WithoutAReferenceNothingIsGuessed) {
  EXPECT_THAT(Find("on Thursday, last week, in May, July 9", "en", false),
              IsEmpty());
  EXPECT_THAT(Find("on July 9, 2020", "en", false),
              ElementsAre("July 9, 2020=2020-07-09"));
}

TEST(DatesTest, OtherLanguagesHaveDaysMonthsAndRelativeForms) {
  EXPECT_THAT(Find("Am 11. Juli 2024, gestern, letzte Woche", "de"),
              ElementsAre("11. Juli 2024=2024-07-11", "gestern=2024-07-11",
                          "letzte Woche=2024-W27"));
  EXPECT_THAT(Find("Le 11 juillet, hier, la semaine dernière", "fr"),
              ElementsAre("11 juillet=2024-07-11", "hier=2024-07-11",
                          "semaine dernière=2024-W27"));
  EXPECT_THAT(
      Find("El 9 de julio de 2024, hace tres años", "es"),
      ElementsAre("9 de julio de 2024=2024-07-09", "hace tres años=2021"));
  EXPECT_THAT(Find("Il 9 luglio 2024, tre anni fa", "it"),
              ElementsAre("9 luglio 2024=2024-07-09", "tre anni fa=2021"));
  EXPECT_THAT(
      Find("Em 9 de julho de 2024, na semana passada", "pt"),
      ElementsAre("9 de julho de 2024=2024-07-09", "semana passada=2024-W27"));
  EXPECT_THAT(Find("Op 9 juli 2024, vorige week", "nl"),
              ElementsAre("9 juli 2024=2024-07-09", "vorige week=2024-W27"));
  EXPECT_THAT(Find("2024년 7월 11일, 지난해 9월, 오늘은", "ko"),
              ElementsAre("2024년 7월 11일=2024-07-11", "지난해 9월=2023-09",
                          "오늘=2024-07-12"));
}

TEST(DatesTest, AnUnknownLanguageStillHasDatesInDigits) {
  EXPECT_THAT(Find("xx 2024-07-11 yy", "und"),
              ElementsAre("2024-07-11=2024-07-11"));
}

TEST(DatesValueTest, WeeksAreThoseOfIso8601) {
  EXPECT_EQ(TimexValue::Week(absl::CivilDay(2021, 1, 1)).text(), "2020-W53");
  EXPECT_EQ(TimexValue::Week(absl::CivilDay(2024, 12, 30)).text(), "2025-W01");
}

TEST(DatesValueTest, EasterIsOnItsSunday) {
  EXPECT_EQ(EasterSunday(2024), absl::CivilDay(2024, 3, 31));
  EXPECT_EQ(EasterSunday(2000), absl::CivilDay(2000, 4, 23));
}

TEST(DatesValueTest, AValueThatIsTooLongIsCut) {
  TimexValue value;
  for (int i = 0; i < 20; ++i) value.Append("abcdef");
  EXPECT_EQ(value.text().size(), sizeof(FoundDate::value_text));
}

}  // namespace
}  // namespace wiredesk
