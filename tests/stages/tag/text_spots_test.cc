// Goal: a spot stands wherever the words of a text are not parted by just one
// space. Method: texts with the gaps that are expected, and a plain loop over
// random text.

#include "stages/tag/text_spots.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace wiredesk {
namespace {

using ::testing::ElementsAre;

std::vector<uint32_t> Spots(absl::string_view text, std::vector<Word>& words) {
  words.clear();
  SplitWords(text, words);
  std::vector<uint32_t> spots;
  FindSpots(text, words, spots);
  return spots;
}

std::vector<absl::string_view> Gaps(absl::string_view text) {
  std::vector<Word> words;
  std::vector<absl::string_view> gaps;
  for (const uint32_t spot : Spots(text, words)) {
    gaps.push_back(SpotGap(text, words, spot));
  }
  return gaps;
}

TEST(TextSpotsTest, OneSpaceIsNoSpot) {
  EXPECT_THAT(Gaps("\"We go,\" she said.\n\nThen rain"),
              ElementsAre("\"", ",\" ", ".\n\n", ""));
}

TEST(TextSpotsTest, OddWordsAreSpots) {
  EXPECT_THAT(Gaps("uses T1059 and d41d8cd98f00b204e9800998ecf8427e here"),
              ElementsAre("", " ", " ", ""));
}

TEST(TextSpotsTest, TextWithoutWordsHasOne) {
  EXPECT_THAT(Gaps(""), ElementsAre(""));
  EXPECT_THAT(Gaps(" ... "), ElementsAre(" ... "));
}

TEST(TextSpotsTest, WordsWithoutSpacesAreNone) {
  EXPECT_THAT(Gaps("東京"), ElementsAre("", ""));
}

TEST(TextSpotsTest, SameAsAPlainLoop) {
  constexpr unsigned kSeed = 7;
  std::mt19937 random(kSeed);
  constexpr absl::string_view kPieces[] = {
      " ", " ", "ab", ", ", "\n", "é", "T", "1", "東", ".", "  ", "longer"};
  for (int round = 0; round < 500; ++round) {
    std::string text;
    for (int i = 0; i < 60; ++i) text += std::string(kPieces[random() % 12]);
    std::vector<Word> words;
    const std::vector<uint32_t> spots = Spots(text, words);
    std::vector<uint32_t> expected = {0};
    for (uint32_t i = 1; i <= words.size(); ++i) {
      const absl::string_view gap = SpotGap(text, words, i);
      const bool plain = i < words.size() && (gap.empty() || gap == " ") &&
                         !IsOddWord(text.data(), words[i]);
      if (!plain) expected.push_back(i);
    }
    ASSERT_EQ(spots, expected) << "seed " << kSeed << ": " << text;
  }
}

}  // namespace
}  // namespace wiredesk
