// `wiredesk test` as an operator uses it: the shipped configuration passes its
// own tests; each kind of expectation fails where it should, with its place;
// golden files; the three ways to print results.

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/service/options.h"
#include "stages/chain.h"
#include "stages/route/operator_test_command.h"

namespace wiredesk {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class OperatorTestsTest : public ::testing::Test {
 protected:
  OperatorTestsTest()
      : folder_(std::filesystem::path(::testing::TempDir()) /
                absl::StrCat("operator_tests_", getpid())) {
    std::filesystem::create_directories(folder_);
    program_ = MakeProgram();
    Write("c.yaml",
          "route:\n"
          "  routes:\n"
          "  - {name: german, when: language == 'de', to: news.de}\n"
          "  - {name: none, when: urgency == 9, drop: true}\n"
          "  default: {to: news.rest}\n");
  }
  ~OperatorTestsTest() override { std::filesystem::remove_all(folder_); }

  std::string Write(const std::string& name, const std::string& text) {
    const std::string path = (folder_ / name).string();
    std::ofstream(path) << text;
    return path;
  }

  std::string Read(const std::string& name) {
    std::ifstream file(folder_ / name);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  }

  // Runs a test file with this text.
  std::vector<TestResult> Run(const std::string& text, bool update = false) {
    TestOptions options;
    options.files = {Write("t.yaml", "config: c.yaml\ntests:\n" + text)};
    options.update = update;
    std::vector<TestResult> results;
    errors_.clear();
    RunTestFiles(program_, options, results, errors_);
    return results;
  }

  // The failures of a test of one record that is German, with a headline.
  std::string FailureOf(const std::string& expectation) {
    const std::vector<TestResult> results = Run(
        "- name: n\n"
        "  articles: [{record: {language: de, headline: Zinsen, urgency: 3,\n"
        "    topics: [{slug: economy, score: 0.5}]}}]\n"
        "  expect: [" +
        expectation + "]\n");
    EXPECT_EQ(errors_, "");
    if (results.size() != 1) return "no result";
    return results[0].failures.empty() ? "" : results[0].failures[0];
  }

  const std::filesystem::path folder_;
  Program program_;
  std::string errors_;
};

TEST_F(OperatorTestsTest, TheShippedConfigurationPassesItsTests) {
  TestOptions options;
  options.files = {WIREDESK_SOURCE_DIR "/config/wiredesk_test.yaml"};
  std::vector<TestResult> results;
  EXPECT_TRUE(RunTestFiles(program_, options, results, errors_)) << errors_;
  EXPECT_GE(results.size(), 6u);
  for (const TestResult& each : results) {
    EXPECT_THAT(each.failures, IsEmpty()) << each.name;
  }
}

TEST_F(OperatorTestsTest, EachMatcherHoldsAndFails) {
  const struct {
    const char* expectation;
    const char* failure;  // a part of it; "": it holds
  } kCases[] = {
      {"{topic: news.de}", ""},
      {"{topic: news.rest}", "expected topic news.rest, got news.de"},
      {"{topics: [news.de]}", ""},
      {"{topics: [news.de, x]}", "expected topics news.de, x, got news.de"},
      {"{route: german}", ""},
      {"{route: default}", "expected route default, got german"},
      {"{routes: german}", ""},
      {"{verdict: new}", ""},
      {"{verdict: near}", "expected verdict near, got new"},
      {"{fate: published}", ""},
      {"{fate: dropped}", "expected fate dropped, got published"},
      {"{reason: rule}", "expected reason rule, got none"},
      {"{fields: {/language: de}}", ""},
      {"{fields: {/language: fr}}", "expected /language to be fr, got \"de\""},
      {"{fields: {/urgency: 3, /summary: null}}", ""},
      {"{fields: {/urgency: 4}}", "expected /urgency to be 4, got 3"},
      {"{fields: {/topics/0: {slug: economy, score: 0.50}}}", ""},
      {"{fields: {/topics: []}}", "expected /topics to be []"},
      {"{fields: {/none: x}}", "expected /none to be x, got nothing"},
      {"{when: \"topics.exists(t, t.slug == 'economy')\"}", ""},
      {"{when: urgency > 5}", "expected urgency > 5, got false"},
      {"{not: {topic: news.rest}}", ""},
      {"{not: {topic: news.de}}", "not expected: topic news.de"},
      {"{article: 1, topic: news.de}", ""},
      {"{article: 2, topic: news.de}", "there are only 1 articles"},
  };
  for (const auto& each : kCases) {
    const std::string failure = FailureOf(each.expectation);
    if (each.failure[0] == '\0') {
      EXPECT_EQ(failure, "") << each.expectation;
    } else {
      EXPECT_THAT(failure, HasSubstr(each.failure)) << each.expectation;
      EXPECT_THAT(failure, HasSubstr("t.yaml:6:")) << each.expectation;
    }
  }
}

TEST_F(OperatorTestsTest, TestsDoNotSeeEachOther) {
  const std::string test =
      "- name: n\n"
      "  articles: [{article: {headline: Zinsen steigen wieder deutlich an,\n"
      "    body: Die Zentralbank hat am Donnerstag ihre Zinsen angehoben.}}]\n"
      "  expect: {verdict: new, topic: news.de}\n";
  for (const TestResult& each : Run(test + test)) {
    EXPECT_THAT(each.failures, IsEmpty());
  }
}

TEST_F(OperatorTestsTest, CountsDropsAndDeadLetters) {
  const std::vector<TestResult> results =
      Run("- name: drop\n"
          "  articles: [{record: {urgency: 9}}]\n"
          "  expect: {fate: dropped, reason: rule, topics: []}\n"
          "- name: letters\n"
          "  articles: [{raw: '{'}, {raw: ''}]\n"
          "  count: 0\n"
          "  dead_letters: [not_json]\n");
  ASSERT_EQ(results.size(), 2u);
  EXPECT_THAT(results[0].failures, IsEmpty());
  ASSERT_EQ(results[1].failures.size(), 1u);
  EXPECT_THAT(
      results[1].failures[0],
      HasSubstr("expected the dead letters [not_json], got [not_json,"));
}

TEST_F(OperatorTestsTest, GoldenFilesAreWrittenAndCompared) {
  const std::string test =
      "- name: n\n"
      "  articles: [{article: {headline: One, body: Two words.}}]\n"
      "  golden: g.ndjson\n";
  EXPECT_THAT(Run(test)[0].failures[0],
              HasSubstr("g.ndjson:1: output differs"));
  EXPECT_THAT(Run(test, /*update=*/true)[0].failures, IsEmpty());
  EXPECT_THAT(Read("g.ndjson"), HasSubstr("{\"topic\":\"news.rest\",\"key\":"));
  EXPECT_THAT(Read("g.ndjson"), Not(HasSubstr("processing")));
  EXPECT_THAT(Run(test)[0].failures, IsEmpty());
  Write("g.ndjson", "something else\n");
  EXPECT_THAT(Run(test)[0].failures[0], HasSubstr("expected something else"));
}

TEST_F(OperatorTestsTest, SaysWhatIsWrongWithATestFile) {
  const struct {
    const char* text;
    const char* error;
  } kCases[] = {
      {"- {name: n, articles: [{raw: x}], expekt: {}}", "\"expect\"?"},
      {"- {name: n, articles: [{raw: x}]}", "expects nothing"},
      {"- {name: n, expect: {topic: x}}", "has no articles"},
      {"- {articles: [{raw: x}], count: 1}", "has no name"},
      {"- {name: n, articles: [{raw: x, file: y}], count: 1}", "is no input"},
      {"- {name: n, articles: [{raw: x}, {record: {}}], count: 1}", "mixes"},
      {"- {name: n, articles: [{raw: x}], expect: {topik: x}}", "\"topic\"?"},
      {"- {name: n, articles: [{raw: x, at: noon}], count: 1}", "not a time"},
      {"- {name: n, articles: [{raw: x}], count: many}", "whole number"},
      {"- {name: n, articles: [{raw: x}], expect: {not: {when: urgenci > 5}}}",
       "did you mean \"urgency\"?"},
  };
  for (const auto& each : kCases) {
    EXPECT_THAT(Run(std::string(each.text) + "\n"), IsEmpty());
    EXPECT_THAT(errors_, HasSubstr(each.error));
    EXPECT_THAT(errors_, HasSubstr("t.yaml:3:"));
  }
}

TEST(TestResultsTest, ArePrintedInThreeWays) {
  const std::vector<TestResult> results = {
      {"f.yaml", "good", 1.5, {}},
      {"f.yaml", "bad & #1", 2, {"f.yaml:1:2: expected <a>"}}};
  EXPECT_EQ(PrintResults(results),
            "ok    good (1.5 ms)\nFAIL  bad & #1 (2.0 ms)\n"
            "      f.yaml:1:2: expected <a>\n2 tests, 1 failed, 3.5 ms\n");
  EXPECT_EQ(ResultsTap(results),
            "TAP version 14\n1..2\nok 1 - good\nnot ok 2 - bad & \\#1\n"
            "# f.yaml:1:2: expected <a>\n");
  const std::string junit = ResultsJunit(results);
  EXPECT_THAT(junit, HasSubstr("<testsuites tests=\"2\" failures=\"1\""));
  EXPECT_THAT(junit, HasSubstr("name=\"bad &amp; #1\""));
  EXPECT_THAT(junit, HasSubstr("expected &lt;a&gt;</failure>"));
}

}  // namespace
}  // namespace wiredesk
