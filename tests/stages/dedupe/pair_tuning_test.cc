// Goal: an operator's pairs are read with their mistakes named, and judged as
// the index judges.

#include "stages/dedupe/index/pair_tuning.h"

#include "absl/strings/match.h"
#include "gtest/gtest.h"

namespace wiredesk {
namespace {

constexpr char kPairs[] =
    "# label, one text, the other\n"
    "same\tThe minister for fisheries resigned on Tuesday after a long debate "
    "in which the opposition had asked her to go at once and without delay\t"
    "The minister for fisheries resigned on Tuesday after a long debate in "
    "which the opposition had asked her to leave at once\r\n"
    "\n"
    "same\tShort text\tShort, text!\n"
    "different\tHeavy rain fell over the northern hills in the night and two "
    "bridges had to be closed until the water had gone back to its bed\t"
    "The union of train drivers will walk out again on Friday, its leaders "
    "said, since nothing new had come out of the talks with the railway\n"
    "different\tOne\tTwo\n";

TEST(PairTuningTest, JudgesAsTheIndexDoes) {
  const auto pairs = ReadPairs(kPairs);
  ASSERT_TRUE(pairs.ok()) << pairs.status();
  ASSERT_EQ(pairs->size(), 4u);
  const std::vector<JudgedPair> judged = JudgePairs(*pairs);
  EXPECT_TRUE(judged[0].found());
  EXPECT_FALSE(judged[0].equal);
  EXPECT_GT(judged[0].similarity(), 600u);
  EXPECT_TRUE(judged[1].found());
  EXPECT_TRUE(judged[1].equal);
  EXPECT_FALSE(judged[2].found());
  EXPECT_FALSE(judged[3].found());
}

TEST(PairTuningTest, TheTableHasTheRulesOwnLineAndItsMistakes) {
  auto pairs = ReadPairs(kPairs);
  ASSERT_TRUE(pairs.ok());
  EXPECT_TRUE(
      absl::StrContains(PrintTuning(JudgePairs(*pairs), 5),
                        "wiredesk       1.000     1.000     1.000       2\n"));
  (*pairs)[0].same = false;
  const std::string text = PrintTuning(JudgePairs(*pairs), 5);
  EXPECT_TRUE(absl::StrContains(
      text, "wiredesk       0.500     1.000     0.667       2\n"))
      << text;
  EXPECT_TRUE(absl::StrContains(text, "\nwrong 0.")) << text;
}

TEST(PairTuningTest, AWrongLineIsNamed) {
  for (const char* line : {"same\tone", "perhaps\tone\ttwo", "one two"}) {
    const auto pairs = ReadPairs(std::string("same\ta\tb\n") + line);
    ASSERT_FALSE(pairs.ok());
    EXPECT_TRUE(absl::StrContains(pairs.status().message(), "line 2:"));
  }
  EXPECT_FALSE(ReadPairs("# nothing\n").ok());
}

TEST(PairTuningTest, ReadsLabelledFilesAsTheyAre) {
  const char* const file =
      "newid_a\tnewid_b\tlabel\tbin\r\n12\t34\tD\t3\r\n"
      "56\t78\tT\tC\n9\t10\tdebatable\t4\n";
  EXPECT_TRUE(HasColumns(file));
  EXPECT_FALSE(HasColumns(kPairs));
  const auto pairs = ReadPairsOfIds(file, {});
  ASSERT_TRUE(pairs.ok()) << pairs.status();
  ASSERT_EQ(pairs->size(), 2u);
  EXPECT_TRUE((*pairs)[0].same);
  EXPECT_EQ((*pairs)[0].first, "12");
  EXPECT_EQ((*pairs)[0].second, "34");
  EXPECT_FALSE((*pairs)[1].same);
}

TEST(PairTuningTest, MistakesInColumnsAreNamed) {
  EXPECT_TRUE(absl::StrContains(
      ReadPairsOfIds("id_a\tlabel\n1\tD\n", {}).status().message(), "line 1"));
  EXPECT_TRUE(absl::StrContains(
      ReadPairsOfIds("id_a\tid_b\tlabel\n1\t2\n", {}).status().message(),
      "line 2"));
  EXPECT_TRUE(absl::StrContains(
      ReadPairsOfIds("id_a\tid_b\tlabel\n1\t2\tX\n", {}).status().message(),
      "--same"));
}

}  // namespace
}  // namespace wiredesk
