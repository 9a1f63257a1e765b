// Goal: a number has the value and the unit that a reader gives it, and a
// number without a unit is none. Method: a table.

#include "stages/tag/dates/amounts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace wiredesk {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Find(absl::string_view text,
                              absl::string_view language = "en",
                              absl::string_view country = "US") {
  std::vector<Word> words;
  SplitWords(text, words);
  std::vector<FoundDate> dates;
  FindDates(text, words, {true, absl::CivilSecond(2024, 7, 12)}, language,
            dates);
  std::vector<Amount> amounts;
  FindAmounts(Field::kBody, text, words, dates, language, country, amounts);
  std::vector<std::string> found;
  for (const Amount& one : amounts) {
    found.push_back(absl::StrCat(
        one.value, " ", one.unit, " [",
        text.substr(one.mention.begin, one.mention.end - one.mention.begin),
        "]"));
  }
  return found;
}

TEST(AmountsTest, MoneyPercentAndCounts) {
  EXPECT_THAT(Find("the 32-member alliance"),
              ElementsAre("32 member [32-member]"));
  EXPECT_THAT(Find("in 11 sectors"), ElementsAre("11 sectors [11 sectors]"));
  EXPECT_THAT(Find("after 35 years"), ElementsAre("35 years [35 years]"));
  EXPECT_THAT(Find("$3.5 million"), ElementsAre("3.5e+06 USD [$3.5 million]"));
  EXPECT_THAT(Find("1,234.5 euros"), ElementsAre("1234.5 EUR [1,234.5 euros]"));
  EXPECT_THAT(Find("up 12% and 5 percent"),
              ElementsAre("12 percent [12%]", "5 percent [5 percent]"));
  EXPECT_THAT(Find("£2bn"), ElementsAre("2e+09 GBP [£2bn]"));
  EXPECT_THAT(Find("five soldiers"), ElementsAre("5 soldiers [five soldiers]"));
}

TEST(AmountsTest, ADollarIsThatOfTheCountry) {
  EXPECT_THAT(Find("$5 more", "en", "CA"), ElementsAre("5 CAD [$5]"));
  EXPECT_THAT(Find("US$5 more", "en", "CA"), ElementsAre("5 USD [US$5]"));
}

TEST(AmountsTest, CommasAreThoseOfTheLanguage) {
  EXPECT_THAT(Find("1.234,5 Euro", "de"),
              ElementsAre("1234.5 EUR [1.234,5 Euro]"));
}

TEST(AmountsTest, AWrittenNumberIsReadWhole) {
  EXPECT_THAT(Find("Eighty-seven sheep dogs and forty-one nuns"),
              ElementsAre("41 nuns [forty-one nuns]"));
  EXPECT_THAT(Find("thirty boats, twenty-first rows, ninety million years"),
              ElementsAre("30 boats [thirty boats]",
                          "9e+07 years [ninety million years]"));
}

TEST(AmountsTest, ANumberThatIsANameCountsNothing) {
  EXPECT_THAT(Find("A storm of category 4 nears, version 2.5 adds phase 3 "
                   "trials, and magnitude 7.1 rocks Oruro"),
              IsEmpty());
}

TEST(AmountsTest, DatesAndBareNumbersAreNone) {
  EXPECT_THAT(Find("on July 9 to 11 at 10:30, in 1999, 42 of them"), IsEmpty());
}

}  // namespace
}  // namespace wiredesk
