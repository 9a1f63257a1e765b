// Two configurations compared over the sample feed: nothing where nothing was
// changed, and exactly the records of the route that was. Method: the program's
// own chain; what a single replay publishes is the second witness.

#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/replay/diff.h"
#include "pipeline/service/options.h"
#include "pipeline/service/program.h"
#include "stages/chain.h"

namespace wiredesk {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

namespace fs = std::filesystem;

constexpr char kRoutes[] = R"(
route:
  routes:
    - name: duplicates
      when: dedupe.verdict in ["near", "exact", "excerpt"]
      to: news.duplicates
    - name: long
      when: word_count > 60
      to: $LONG
  default: {to: news.events}
)";

std::string WithLong(const std::string& topic) {
  std::string text = kRoutes;
  return text.replace(text.find("$LONG"), 5, topic);
}

class ReplayDiffTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) /
              testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    options_.inputs = {WIREDESK_SOURCE_DIR "/config/sample"};
    options_.batch.records_max = 7;  // many batches, so that workers interleave
  }

  std::unique_ptr<Chain> MakeTheChain(const std::string& yaml) {
    const Program program = MakeProgram();
    const fs::path path = folder_ / "config.yaml";
    std::ofstream(path) << yaml;
    Config config;
    Diagnostics diagnostics;
    auto chain = LoadChain(program, path.string(), {}, config, diagnostics);
    EXPECT_NE(chain, nullptr) << diagnostics.Text();
    return chain;
  }

  DiffReport Diff(const std::string& a, const std::string& b, int workers = 1,
                  const DiffAllowance& allowance = {}) {
    const auto first = MakeTheChain(a);
    const auto second = MakeTheChain(b);
    options_.workers = workers;
    FileReader reader(*ExpandInputs(options_.inputs), options_.reader);
    DiffOutput output(second.get(), options_.batch, allowance);
    const auto result = ReplayInto(options_, *first, reader, output);
    EXPECT_TRUE(result.ok()) << result.status();
    return output.report();
  }

  // How many lines a replay writes for a topic.
  size_t Published(const std::string& yaml, const std::string& topic) {
    const auto chain = MakeTheChain(yaml);
    options_.output = (folder_ / "out").string();
    EXPECT_TRUE(Replay(options_, *chain).ok());
    std::ifstream in(folder_ / "out" / (topic + ".ndjson"));
    size_t lines = 0;
    for (std::string line; std::getline(in, line);) ++lines;
    return lines;
  }

  fs::path folder_;
  ReplayOptions options_;
};

TEST_F(ReplayDiffTest, AConfigurationWithItselfDiffersInNothing) {
  const std::string yaml = WithLong("news.long");
  for (const int workers : {1, 3}) {
    const DiffReport report = Diff(yaml, yaml, workers);
    EXPECT_GT(report.articles, 50);
    EXPECT_EQ(report.differing, 0) << DiffJson(report, "A", "B");
    EXPECT_EQ(report.by_route.at("long").a, report.by_route.at("long").b);
  }
}

TEST_F(ReplayDiffTest, AChangedRouteGivesExactlyItsRecords) {
  const size_t published = Published(WithLong("news.long"), "news.long");
  ASSERT_GT(published, 0);
  const DiffReport report = Diff(WithLong("news.long"), WithLong("news.other"));
  EXPECT_EQ(report.differing, static_cast<int64_t>(published));
  EXPECT_EQ(report.by_topic.at("news.long").gone, report.differing);
  EXPECT_EQ(report.by_topic.at("news.other").added, report.differing);
  EXPECT_EQ(report.by_topic.at("news.events").gone, 0);
  for (const RecordDifference& each : report.differences) {
    EXPECT_THAT(each.parts, SizeIs(1));
    EXPECT_EQ(each.parts[0].field, "routes");
    EXPECT_EQ(each.parts[0].text, "- long → news.long  + long → news.other");
    EXPECT_THAT(each.headline, Not(IsEmpty()));
  }
}

TEST_F(ReplayDiffTest, TheNumberOfWorkersChangesNothing) {
  const std::string a = WithLong("news.long");
  const std::string b = "dedupe: {window: 1h}\n" + WithLong("news.other");
  const std::string one = DiffJson(Diff(a, b, 1), "A", "B");
  EXPECT_THAT(one, HasSubstr("\"field\":\"dedupe\""));
  EXPECT_EQ(DiffJson(Diff(a, b, 2), "A", "B"), one);
  EXPECT_EQ(DiffJson(Diff(a, b, 4), "A", "B"), one);
}

TEST_F(ReplayDiffTest, ADroppedArticleIsAnotherFate) {
  const std::string dropping =
      "dedupe: {duplicates: drop}\n" + WithLong("news.long");
  const DiffReport report = Diff(WithLong("news.long"), dropping);
  const SideCounts& dropped = report.by_fate.at("dropped (dedupe/duplicate)");
  EXPECT_GT(dropped.added, 0);
  EXPECT_EQ(report.differing, dropped.added);
  EXPECT_EQ(report.by_route.at("duplicates").gone, dropped.added);
}

TEST_F(ReplayDiffTest, WhatIsAllowedIsShownAndNotCounted) {
  DiffAllowance allowance;
  ASSERT_TRUE(allowance.Add("route:long").ok());
  const DiffReport report =
      Diff(WithLong("news.long"), WithLong("news.other"), 1, allowance);
  EXPECT_GT(report.differing, 0);
  EXPECT_EQ(report.unexpected, 0);
  EXPECT_TRUE(allowance.Covers(report));
  EXPECT_FALSE(DiffAllowance().Covers(
      Diff(WithLong("news.long"), WithLong("news.other"))));
  EXPECT_THAT(PrintDiff(report, "A", "B", 1), HasSubstr("(allowed)"));
}

}  // namespace
}  // namespace wiredesk
