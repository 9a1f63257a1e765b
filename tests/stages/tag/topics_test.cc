// Goal: an article is found to be about what its terms say, with evidence, and
// a bad table is refused with its line. Method: the compiled table on small
// texts; tables written in the test.

#include "stages/tag/topics/topics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "stages/tag/topics/default_topics.h"

namespace wiredesk {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<Word> Split(absl::string_view text) {
  std::vector<Word> words;
  SplitWords(text, words);
  return words;
}

absl::StatusOr<std::shared_ptr<const TopicSet>> ParseTable(
    absl::string_view table) {
  const std::vector<TopicSet::File> files = {{"my.tsv", std::string(table)}};
  return TopicSet::Parse(files);
}

std::vector<std::string> Slugs(const TopicSet& set, absl::string_view headline,
                               absl::string_view body) {
  TopicScratch scratch;
  const std::vector<Word> headline_words = Split(headline);
  const std::vector<Word> body_words = Split(body);
  set.Find(headline_words, body_words, scratch);
  std::vector<std::string> slugs;
  for (const FoundTopic& found : scratch.found) {
    slugs.push_back(found.topic->slug);
  }
  return slugs;
}

TEST(TopicsTest, TheCompiledTableHasTheTopLevelAndNarrowerSubjects) {
  const auto set = TopicSet::Default();
  EXPECT_EQ(
      std::count_if(set->topics().begin(), set->topics().end(),
                    [](const TopicInfo& one) { return one.parent.empty(); }),
      17);
  EXPECT_GE(set->topics().size(), 17U + 150U);
  for (const TopicInfo& one : set->topics()) {
    EXPECT_EQ(one.parent.empty(), one.id.rfind("medtop:", 0) == 0) << one.id;
  }
  EXPECT_EQ(set->Lookup("politics")->id, "medtop:11000000");
}

TEST(TopicsTest, TheCompiledTableIsTheFile) {
  std::ifstream file(WIREDESK_SOURCE_DIR "/config/topics/topics.tsv");
  std::stringstream content;
  content << file.rdbuf();
  EXPECT_EQ(content.str(), DefaultTopicTable());
}

TEST(TopicsTest, ASubjectAndItsParentAreFound) {
  const auto slugs =
      Slugs(*TopicSet::Default(), "Cyber exercise",
            "A ransomware attack and malware are cyber threats to hospitals.");
  EXPECT_THAT(slugs, Contains("cyber-security"));
  EXPECT_THAT(slugs, Not(Contains("sport")));
}

TEST(TopicsTest, OneWeakTermIsNotEnough) {
  const auto set = ParseTable("a\tA\t\tone;two*2;three four");
  ASSERT_TRUE(set.ok());
  EXPECT_THAT(Slugs(**set, "", "one"), IsEmpty());
  EXPECT_THAT(Slugs(**set, "", "two"), Contains("a"));
  EXPECT_THAT(Slugs(**set, "", "one and three four"), Contains("a"));
  EXPECT_THAT(Slugs(**set, "", "three and four"), IsEmpty());
}

TEST(TopicsTest, EvidenceIsWhereTheTermStands) {
  const auto set = ParseTable("a\tA\t\tpeace talks*2");
  ASSERT_TRUE(set.ok());
  TopicScratch scratch;
  const absl::string_view text = "The peace talks failed";
  const std::vector<Word> words = Split(text);
  for (int again = 0; again < 2; ++again) {
    (*set)->Find({}, words, scratch);
    ASSERT_EQ(scratch.evidence.size(), 1U);
    EXPECT_EQ(scratch.evidence[0].begin, 4U);
    EXPECT_EQ(scratch.evidence[0].end, 15U);
  }
}

TEST(TopicsTest, ABadTableIsRefusedWithItsLine) {
  const auto message = [](absl::string_view table) {
    return std::string(ParseTable(table).status().message());
  };
  EXPECT_THAT(message("# fine\na\tA\tnone\tx"),
              HasSubstr("my.tsv:2: no topic"));
  EXPECT_THAT(message("a\tA\t"), HasSubstr("my.tsv:1: expected 4 columns"));
  EXPECT_THAT(message("a\tA\t\tx*y"), HasSubstr("weight"));
  EXPECT_THAT(message("a\tA\t\tx\na\tB\t\ty"), HasSubstr("stands twice"));
}

}  // namespace
}  // namespace wiredesk
