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
  set.Find(headline_words, body_words, {}, 100, scratch);
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
    (*set)->Find({}, words, {}, 100, scratch);
    ASSERT_EQ(scratch.evidence.size(), 1U);
    EXPECT_EQ(scratch.evidence[0].begin, 4U);
    EXPECT_EQ(scratch.evidence[0].end, 15U);
  }
}

// "top,child" of what is found in `body`, where `names` are names of people.
std::vector<std::string> SlugsBesideNames(
    absl::string_view body, const std::vector<absl::string_view>& names,
    absl::Span<const absl::string_view> votes = {}, size_t topics_max = 100) {
  const std::vector<Word> words = Split(body);
  std::vector<TopicName> spans;
  for (const absl::string_view name : names) {
    const size_t at = body.find(name);
    spans.push_back({static_cast<uint32_t>(at),
                     static_cast<uint32_t>(at + name.size()), true, false});
  }
  TopicContext context;
  context.body_names = spans;
  context.votes = votes;
  TopicScratch scratch;
  TopicSet::Default()->Find({}, words, context, topics_max, scratch);
  std::vector<std::string> slugs;
  for (const FoundTopic& found : scratch.found) {
    slugs.push_back(found.topic->slug);
  }
  return slugs;
}

TEST(TopicsTest, ATermInsideOfANameOrALongerTermDoesNotCount) {
  const absl::string_view text =
      "Ben King met Laura Battle and Prince Lowell about the price of bread.";
  EXPECT_THAT(
      SlugsBesideNames(text, {"Ben King", "Laura Battle", "Prince Lowell"}),
      Not(Contains("human-interest")));
  // The union of "European Union" is none of workers.
  EXPECT_THAT(Slugs(*TopicSet::Default(), "",
                    "The European Union and its commission in Brussels."),
              Not(Contains("labour")));
}

TEST(TopicsTest, TheHeaviestComesFirstAndWhoHoldsAnOfficeVotes) {
  const auto first = [](absl::string_view text) {
    const auto slugs = Slugs(*TopicSet::Default(), "", text);
    return slugs.empty() ? "" : slugs[0];
  };
  EXPECT_EQ(first("The striker scored twice in the cup final."), "sport");
  EXPECT_EQ(first("Shares fell after the firm's profit warning."), "economy");
  EXPECT_EQ(first("The senator lost the election to a Republican."),
            "politics");
  EXPECT_EQ(first("The film won three awards for its director."), "arts");
  EXPECT_EQ(first("The judge sentenced the gunman to life in prison."),
            "crime");
  // Two that weigh alike: nothing is better than a guess.
  const auto two = ParseTable("a\tA\t\tred*2\nb\tB\t\tblue*2");
  ASSERT_TRUE(two.ok());
  EXPECT_THAT(Slugs(**two, "", "red and blue"), IsEmpty());
  EXPECT_THAT(Slugs(**two, "red", "red and blue"), Contains("a"));
  EXPECT_THAT(SlugsBesideNames("Ann Lee came for talks.", {"Ann Lee"}),
              IsEmpty());
  EXPECT_THAT(
      SlugsBesideNames("Ann Lee came for talks.", {"Ann Lee"}, {"politics"}),
      Contains("politics"));
}

TEST(TopicsTest, NoMoreTopicsThanAsked) {
  const absl::string_view text =
      "The striker scored in the cup final of the football league.";
  EXPECT_EQ(SlugsBesideNames(text, {}, {}, 1).size(), 1U);
  EXPECT_GT(SlugsBesideNames(text, {}, {}, 5).size(), 1U);
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
