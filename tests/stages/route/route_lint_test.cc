// What is said of trees whose parts are right and whose sum is not. Method: a
// table of pairs of tests, and what follows from the first for the second; then
// against an evaluation: a fact that is called implied must hold for every
// record for which the first holds.

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "pipeline/record/batch.h"
#include "stages/route/cel/evaluator.h"
#include "stages/route/route_stage.h"
#include "stages/route/tree/lint.h"

namespace wiredesk {
namespace {

class RouteLintTest : public ::testing::Test {
 protected:
  RouteLintTest() { environment_.record = &RecordStruct(); }

  CelNodeId Add(const std::string& when) {
    CelFault fault;
    const CelNodeId id =
        program_.Add(environment_, when, CelKind::kBool, fault);
    EXPECT_NE(id, kCelNone) << ToString(fault, when);
    return id;
  }

  CelEnvironment environment_;
  CelProgram program_;
};

TEST_F(RouteLintTest, WhatIsImplied) {
  struct Case {
    const char* holds;
    const char* test;
    bool implied;
  };
  for (const Case& each : std::vector<Case>{
           {"language == 'de'", "language == 'de'", true},
           {"language == 'de' && urgency == 1", "language == 'de'", true},
           {"language == 'de'", "language == 'de' && urgency == 1", false},
           {"language == 'de'", "language in ['de', 'fr']", true},
           {"language in ['de', 'fr']", "language in ['fr', 'de', 'it']", true},
           {"language in ['de', 'it']", "language in ['de', 'fr']", false},
           {"language == 'de'", "language != 'fr'", true},
           {"language != 'fr'", "language == 'de'", false},
           {"language == 'de'", "!(language in ['fr', 'it'])", true},
           {"word_count > 100", "word_count > 50", true},
           {"word_count > 50", "word_count > 100", false},
           {"word_count >= 100", "word_count > 100", false},
           {"word_count > 100", "word_count >= 100", true},
           {"100 < word_count", "word_count >= 100", true},
           {"word_count == 7", "word_count < 8 && word_count >= 7", true},
           {"word_count < 5", "word_count != 9", true},
           {"language == 'de'", "language == 'de' || urgency == 1", true},
           {"topics.exists(t, t.slug == 'x') && urgency > 3",
            "topics.exists(o, o.slug == 'x')", true},
           {"topics.exists(t, t.slug == 'x')", "topics.exists(t, true)", false},
           {"has(summary)", "has(summary)", true},
           {"has(summary)", "!has(summary)", false}}) {
    RouteFacts facts(program_);
    facts.Add(Add(each.holds));
    EXPECT_EQ(facts.Imply(Add(each.test)), each.implied)
        << each.holds << " -> " << each.test;
  }
}

TEST_F(RouteLintTest, WhatIsImpossible) {
  struct Case {
    const char* holds;
    bool impossible;
  };
  for (const Case& each : std::vector<Case>{
           {"language == 'de' && language == 'fr'", true},
           {"language == 'de' && urgency == 1", false},
           {"language == 'de' && language in ['fr', 'it']", true},
           {"language in ['de', 'fr'] && language != 'de'", false},
           {"language in ['de'] && language != 'de'", true},
           {"word_count > 10 && word_count < 5", true},
           {"word_count > 10 && word_count < 11",
            false},  // 10.5, for all it knows
           {"word_count > 10 && word_count <= 10", true},
           {"word_count >= 10 && word_count <= 10", false},
           {"word_count == 3 && word_count > 3", true},
           {"has(summary) && !has(summary)", true},
           {"topics.exists(t, t.slug == 'a') && topics.exists(t, t.slug == "
            "'b')",
            false},
           {"1 == 2", true}}) {
    RouteFacts facts(program_);
    facts.Add(Add(each.holds));
    EXPECT_EQ(facts.Impossible(), each.impossible) << each.holds;
  }
}

TEST_F(RouteLintTest, WhatIsCalledImpliedHoldsForEveryRecord) {
  std::vector<std::string> tests;
  for (const char* left :
       {"urgency == 3", "urgency in [1, 3]", "urgency != 3", "urgency > 2",
        "urgency <= 3", "!(urgency in [4])", "3 > urgency", "language == 'de'",
        "language in ['de', 'fr']", "language != 'fr'"}) {
    tests.emplace_back(left);
  }
  const size_t single = tests.size();
  for (size_t i = 0; i < single; ++i) {
    for (size_t j = 0; j < i; ++j) {
      tests.push_back(tests[i] + " && " + tests[j]);
      tests.push_back(tests[i] + " || " + tests[j]);
    }
  }
  std::vector<CelNodeId> ids;
  for (const std::string& test : tests) ids.push_back(Add(test));
  CelEvaluator evaluator(program_);
  std::vector<std::vector<bool>> holds;  // by record, by test
  for (int urgency = 0; urgency < 6; ++urgency) {
    for (const char* language : {"de", "fr", "it"}) {
      EventRecord record;
      record.article.urgency = urgency;
      record.language = language;
      evaluator.Begin(&record);
      holds.emplace_back();
      for (const CelNodeId id : ids)
        holds.back().push_back(evaluator.Holds(id));
    }
  }
  int implied = 0;
  for (size_t a = 0; a < ids.size(); ++a) {
    RouteFacts facts(program_);
    facts.Add(ids[a]);
    for (const auto& record : holds) {
      EXPECT_FALSE(facts.Impossible() && record[a]) << tests[a];
    }
    if (facts.Impossible()) continue;
    for (size_t b = 0; b < ids.size(); ++b) {
      if (!facts.Imply(ids[b])) continue;
      ++implied;
      for (const auto& record : holds) {
        EXPECT_TRUE(!record[a] || record[b]) << tests[a] << " -> " << tests[b];
      }
    }
  }
  EXPECT_GT(implied, 500);
}

TEST_F(RouteLintTest, ValuesThatAFieldNeverHas) {
  std::string remedy;
  EXPECT_EQ(
      FindImpossibleValue(program_, Add("dedupe.verdict == 'nearr'"), remedy),
      "verdict is never \"nearr\"");
  EXPECT_EQ(remedy, "did you mean \"near\"?");
  EXPECT_EQ(
      FindImpossibleValue(
          program_, Add("places.exists(p, p.role in ['event', 'x'])"), remedy),
      "role is never \"x\"");
  EXPECT_EQ(
      FindImpossibleValue(
          program_, Add("status != 'usable' || language == 'nearr'"), remedy),
      "");
}

}  // namespace
}  // namespace wiredesk
