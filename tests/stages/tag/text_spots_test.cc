// Goal: no quotation mark and no indicator stands where no spot is. Method:
// texts with the gaps that are expected, and a plain loop over random text.

#include "stages/tag/marks/text_spots.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace wiredesk {
namespace {

using ::testing::ElementsAre;

class TextSpotsTest : public testing::Test {
 protected:
  void Find(absl::string_view text) {
    words_.clear();
    SplitWords(text, words_);
    FindSpots(text, words_, spots_);
  }

  std::vector<absl::string_view> Gaps(absl::string_view text,
                                      const std::vector<uint32_t>& spots) {
    std::vector<absl::string_view> gaps;
    gaps.reserve(spots.size());
    for (const uint32_t spot : spots) {
      gaps.push_back(SpotGap(text, words_, spot));
    }
    return gaps;
  }

  std::vector<Word> words_;
  TextSpots spots_;
};

TEST_F(TextSpotsTest, MarksStandWhereAQuotationMayBegin) {
  const absl::string_view text = "\"We go,\" she said, too.\n\nThen “rain”";
  Find(text);
  EXPECT_THAT(Gaps(text, spots_.marks),
              ElementsAre("\"", ",\" ", ".\n\n", " “", "”"));
}

TEST_F(TextSpotsTest, JoinsStandInAddressesAndIds) {
  const absl::string_view text = "At 1.2.3.4 (x), a@b or CVE-2024-3400: so-so.";
  Find(text);
  EXPECT_THAT(Gaps(text, spots_.joins),
              ElementsAre("", ".", ".", ".", " (", "), ", "@", "-", "-", "."));
}

TEST_F(TextSpotsTest, OddWordsJoin) {
  const absl::string_view text =
      "uses T1059 and d41d8cd98f00b204e9800998ecf8427e here, Trump";
  Find(text);
  EXPECT_THAT(spots_.joins, ElementsAre(0, 1, 3, 6));
}

TEST_F(TextSpotsTest, TextWithoutWordsHasOne) {
  for (const absl::string_view text : {"", " ... "}) {
    Find(text);
    EXPECT_THAT(Gaps(text, spots_.marks), ElementsAre(text));
    EXPECT_THAT(Gaps(text, spots_.joins), ElementsAre(text));
  }
}

TEST_F(TextSpotsTest, WordsWithoutSpacesHaveNone) {
  Find("東京");
  EXPECT_THAT(spots_.marks, ElementsAre(0, 2));
  EXPECT_THAT(spots_.joins, ElementsAre(0, 2));
}

// As the header tells of a gap.
bool IsShort(absl::string_view gap) {
  return gap.size() < 2 || (gap.size() == 2 && gap[1] == ' ');
}

bool MayHaveMark(absl::string_view gap) {
  if (!IsShort(gap)) return true;
  return !gap.empty() && (gap[0] == '"' || gap[0] == '\n' ||
                          static_cast<uint8_t>(gap[0]) >= 0x80);
}

bool MayJoin(absl::string_view gap, const Word& word) {
  if (!IsShort(gap)) return true;
  if (gap.size() != 1) return false;
  return absl::string_view("@\\[{(:").find(gap[0]) != gap.npos ||
         ((gap == "." || gap == "-") && (word.flags & kWordDigits) != 0);
}

TEST_F(TextSpotsTest, SameAsAPlainLoop) {
  constexpr unsigned kSeed = 7;
  std::mt19937 random(kSeed);
  constexpr absl::string_view kPieces[] = {
      " ",      " ",   "ab", ", ", "\n", "é", "T1059", "1", "東", ".",
      "longer", "\" ", "-",  ":",  "(",  "@", "\n ",   "”", "\"", " [ "};
  for (int round = 0; round < 500; ++round) {
    std::string text;
    for (int i = 0; i < 60; ++i) {
      text += std::string(kPieces[random() % std::size(kPieces)]);
    }
    Find(text);
    std::vector<uint32_t> marks = {0};
    std::vector<uint32_t> joins = {0};
    for (uint32_t i = 1; i < words_.size(); ++i) {
      const absl::string_view gap = SpotGap(text, words_, i);
      if (MayHaveMark(gap)) marks.push_back(i);
      if (MayJoin(gap, words_[i]) || IsOddWord(text.data(), words_[i])) {
        joins.push_back(i);
      }
    }
    if (!words_.empty()) {
      marks.push_back(static_cast<uint32_t>(words_.size()));
      joins.push_back(static_cast<uint32_t>(words_.size()));
    }
    ASSERT_EQ(spots_.marks, marks) << "seed " << kSeed << ": " << text;
    ASSERT_EQ(spots_.joins, joins) << "seed " << kSeed << ": " << text;
  }
}

}  // namespace
}  // namespace wiredesk
