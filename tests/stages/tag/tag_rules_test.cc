// Goal: a rule gives its tag exactly when its condition holds, thousands cost
// little, and a mistake is told with its place. Method: tables of rules and
// texts; random rules against one-rule files, which touch no other rule.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "stages/tag/rules/rules.h"

namespace wiredesk {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Text {
  absl::string_view headline = {};
  absl::string_view body = {};
  std::vector<absl::string_view> places = {};
  std::vector<absl::string_view> topics = {};
};

std::vector<std::string> Tags(const TagRules& rules, const Text& text,
                              TagRuleScratch& scratch) {
  std::vector<Word> headline;
  std::vector<Word> body;
  SplitWords(text.headline, headline);
  SplitWords(text.body, body);
  TagRuleInput input;
  input.headline_words = headline;
  input.body_words = body;
  input.places = text.places;
  input.topics = text.topics;
  input.language = "en";
  input.domain = "news.example";
  std::vector<absl::string_view> tags;
  rules.Match(input, scratch, tags);
  return {tags.begin(), tags.end()};
}

std::vector<std::string> Tags(absl::string_view rules, const Text& text) {
  const auto parsed = TagRules::Parse("rules", rules);
  EXPECT_TRUE(parsed.ok()) << parsed.status();
  if (!parsed.ok()) return {};
  return Tags(**parsed, text, *MakeTagRuleScratch());
}

TEST(TagRulesTest, BooleanOperators) {
  EXPECT_THAT(Tags("t: a b", {"", "b x a"}), ElementsAre("t"));
  EXPECT_THAT(Tags("t: a AND b", {"", "a"}), IsEmpty());
  EXPECT_THAT(Tags("t: a OR b c", {"", "b c"}), ElementsAre("t"));
  EXPECT_THAT(Tags("t: (a OR b) c", {"", "a"}), IsEmpty());
  EXPECT_THAT(Tags("t: a NOT b", {"", "a b"}), IsEmpty());
  EXPECT_THAT(Tags("t: NOT b", {"", "a"}), ElementsAre("t"));
}

TEST(TagRulesTest, PhrasesCaseAndTitle) {
  EXPECT_THAT(Tags("t: \"data breach\"", {"", "A Data Breach"}),
              ElementsAre("t"));
  EXPECT_THAT(Tags("t: \"data breach\"", {"", "data a breach"}), IsEmpty());
  EXPECT_THAT(Tags("t: title:merger", {"", "merger"}), IsEmpty());
  EXPECT_THAT(Tags("t: title:(merger OR deal)", {"Deal", ""}),
              ElementsAre("t"));
}

TEST(TagRulesTest, NearCountsTheWordsBetween) {
  EXPECT_THAT(Tags("t: peace NEAR/2 talks", {"", "talks a b peace"}),
              ElementsAre("t"));
  EXPECT_THAT(Tags("t: peace NEAR/2 talks", {"", "talks a b c peace"}),
              IsEmpty());
  EXPECT_THAT(Tags("t: peace NEAR/1 talks",
                   {"", "peace x x x talks x x x x peace x talks x x x peace"}),
              ElementsAre("t"));
  EXPECT_THAT(Tags("t: peace NEAR/9 talks", {"peace", "talks"}), IsEmpty());
}

TEST(TagRulesTest, IdsAreCompared) {
  EXPECT_THAT(Tags("t: place:iso3166:KR AND x", {"", "x", {"iso3166:KR"}}),
              ElementsAre("t"));
  EXPECT_THAT(Tags("t: x NOT topic:sport", {"", "x", {}, {"sport"}}),
              IsEmpty());
  EXPECT_THAT(Tags("t: language:en domain:news.example", {"", ""}),
              ElementsAre("t"));
}

TEST(TagRulesTest, WeightsAddUpToTheThreshold) {
  const absl::string_view rule = "t >= 3: missile*2 OR troops OR front*1";
  EXPECT_THAT(Tags(rule, {"", "missile"}), IsEmpty());
  EXPECT_THAT(Tags(rule, {"", "missile troops"}), ElementsAre("t"));
}

TEST(TagRulesTest, MistakesHaveTheirPlace) {
  const auto message = [](absl::string_view rules) {
    return std::string(TagRules::Parse("f", rules).status().message());
  };
  EXPECT_THAT(message("x"), HasSubstr("f:1:2: expected ':'"));
  EXPECT_THAT(message("# c\nx: (a"), HasSubstr("f:2:6: expected ')'"));
  EXPECT_THAT(message("x: a ) b"), HasSubstr("f:1:6:"));
  EXPECT_THAT(message("x: \"a"), HasSubstr("no closing"));
  EXPECT_THAT(message(absl::StrCat("x: ", std::string(1000, '('))),
              HasSubstr("too deep"));
}

std::string RandomRule(std::mt19937& random) {
  const auto word = [&] { return std::string(1, "abcdef"[random() % 6]); };
  switch (random() % 5) {
    case 0:
      return absl::StrCat(word(), " ", word());
    case 1:
      return absl::StrCat(word(), " OR \"", word(), " ", word(), "\"");
    case 2:
      return absl::StrCat("NOT ", word());
    case 3:
      return absl::StrCat(word(), " NEAR/", random() % 3, " ", word());
    default:
      return absl::StrCat("(", word(), " OR ", word(), ") NOT title:", word());
  }
}

// A double negation has the same truth but waits for no word, so that it is
// evaluated on every article: the plain way.
TEST(TagRulesTest, ManyRulesDecideAsEachAloneEvaluatedAlways) {
  constexpr unsigned kSeed = 20240712;
  std::mt19937 random(kSeed);
  for (int round = 0; round < 50; ++round) {
    std::vector<std::string> conditions;
    std::string file;
    for (int i = 0; i < 30; ++i) {
      conditions.push_back(RandomRule(random));
      absl::StrAppend(&file, "r", i, ": ", conditions.back(), "\n");
    }
    const auto rules = TagRules::Parse("rules", file);
    ASSERT_TRUE(rules.ok()) << rules.status();
    const auto scratch = MakeTagRuleScratch();
    for (int article = 0; article < 3; ++article) {
      std::string body;
      for (int i = 0; i < 4; ++i) {
        absl::StrAppend(&body, std::string(1, "abcdef"[random() % 6]), " ");
      }
      std::vector<std::string> expected;
      for (size_t i = 0; i < conditions.size(); ++i) {
        const std::string rule =
            absl::StrCat("r", i, ": NOT (NOT (", conditions[i], "))");
        for (std::string& tag : Tags(rule, {"a", body})) {
          expected.push_back(std::move(tag));
        }
      }
      EXPECT_EQ(Tags(**rules, {"a", body}, *scratch), expected)
          << "seed " << kSeed << ", round " << round;
    }
  }
}

TEST(TagRulesTest, ARuleHoldsThoughItsRarestWordIsNegated) {
  EXPECT_THAT(Tags("t: a AND NOT (b OR NOT c)", {"", "a c"}), ElementsAre("t"));
  EXPECT_THAT(Tags("t >= 1: (NOT b) OR a", {"", "x"}), ElementsAre("t"));
}

}  // namespace
}  // namespace wiredesk
