// Goal: who is quoted by a name that no rule has found becomes a person, where
// something tells that it is one. Method: small texts without known names.

#include "stages/tag/quotes/unknown_speakers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "stages/tag/marks/text_spots.h"

namespace wiredesk {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "name@places" of those whom only quotations make known.
std::vector<std::string> FindUnknown(absl::string_view text,
                                     std::vector<int32_t>& entities) {
  std::vector<Word> words;
  SplitWords(text, words);
  TextSpots spots;
  FindSpots(text, words, spots);
  std::vector<FoundQuote> quotes;
  FindQuotes(text, words, spots, {}, "en", quotes);
  std::vector<UnknownSpeaker> speakers;
  FindUnknownSpeakers(text, words, {}, 7, quotes, speakers);
  entities.clear();
  for (const FoundQuote& quote : quotes) {
    entities.push_back(quote.speaker);
  }
  std::vector<std::string> found;
  for (const UnknownSpeaker& one : speakers) {
    const Mention& at = one.mentions[0];
    found.push_back(absl::StrCat(text.substr(at.begin, at.end - at.begin), "@",
                                 one.mentions.size()));
  }
  return found;
}

TEST(UnknownSpeakersTest, WhoIsQuotedByNameIsSomebody) {
  std::vector<int32_t> entities;
  EXPECT_THAT(
      FindUnknown(
          "“I wait,” said Jo Coelbat, a retired baker. Jo Coelbat left. "
          "“We go,” Coelbat said.",
          entities),
      ElementsAre("Jo Coelbat@2"));
  EXPECT_THAT(entities, ElementsAre(7, 7));
  EXPECT_THAT(FindUnknown("“I wait,” said attorney Vik Zarb.", entities),
              ElementsAre("Vik Zarb@1"));
  EXPECT_THAT(FindUnknown("“I wait,” Robert Zarb said.", entities),
              ElementsAre("Robert Zarb@1"));
  EXPECT_THAT(FindUnknown("“I wait,” said Vik Zarb, Roe's aide.", entities),
              ElementsAre("Vik Zarb@1"));
  // Nothing tells that these are people.
  EXPECT_THAT(FindUnknown("“I wait,” Zero Hedge said.", entities), IsEmpty());
  EXPECT_THAT(FindUnknown("“I wait,” the Plain Dealer said.", entities),
              IsEmpty());
  EXPECT_THAT(FindUnknown("“I wait,” a Texas baker said.", entities),
              IsEmpty());
}

}  // namespace
}  // namespace wiredesk
