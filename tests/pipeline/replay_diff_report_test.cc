// What --allow takes, what it covers, and what of two records is said to
// differ. Method: records written by hand.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/replay/diff_report.h"

namespace wiredesk {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

MATCHER_P2(IsPart, field, text, "") {
  return arg.field == field && arg.text == text;
}

// One article, as two configurations have made it.
class RecordComparisonTest : public testing::Test {
 protected:
  RecordComparisonTest() {
    raw_.origin = {"feed", 0, 7};
    for (EventRecord* record : {&a_, &b_}) {
      record->article.headline = "Cranes stand still";
      record->destinations = events_;
    }
  }

  std::vector<DifferentPart> Parts() {
    RecordDifference difference;
    comparison_.Compare({&raw_, &a_}, {&raw_, &b_}, difference);
    return difference.parts;
  }

  const std::vector<Destination> events_ = {
      {.route = "default", .topic = "news.events"}};
  RawRecord raw_;
  EventRecord a_;
  EventRecord b_;
  RecordComparison comparison_;
};

TEST_F(RecordComparisonTest, EqualRecordsDoNotDiffer) {
  EXPECT_THAT(Parts(), IsEmpty());
}

TEST_F(RecordComparisonTest, RoutesThatAreGoneAndNewAreNamed) {
  const std::vector<Destination> both = {
      {.route = "sport", .topic = "news.sport"},
      {.route = "long", .topic = "news.long"}};
  b_.destinations = both;
  EXPECT_THAT(Parts(), ElementsAre(IsPart(
                           "routes",
                           "- default → news.events  + sport → news.sport  + "
                           "long → news.long")));
}

TEST_F(RecordComparisonTest, AnotherKeyIsAnotherMessage) {
  std::vector<Destination> keyed = events_;
  keyed[0].key = "ships";
  b_.destinations = keyed;
  EXPECT_THAT(Parts(),
              ElementsAre(IsPart(
                  "message", "default → news.events: key \"\" ⇒ \"ships\"")));
}

TEST_F(RecordComparisonTest, AFanOutIsOneDestination) {
  std::vector<Destination> fanned(3, events_[0]);
  for (uint32_t i = 0; i < 3; ++i) {
    fanned[i].fan_out = "topics";
    fanned[i].fan_out_item = i;
  }
  a_.destinations = fanned;
  b_.destinations = absl::MakeConstSpan(fanned).subspan(0, 1);
  EXPECT_THAT(Parts(), IsEmpty());
}

TEST_F(RecordComparisonTest, ItemsOfListsAreNamed) {
  const std::vector<Entity> one = {{.id = "org:nato"}, {.id = "org:imf"}};
  const std::vector<Entity> other = {{.id = "org:imf"}, {.id = "org:eu"}};
  a_.entities = one;
  b_.entities = other;
  EXPECT_THAT(Parts(), ElementsAre(IsPart("entities", "- org:nato  + org:eu")));
}

TEST_F(RecordComparisonTest, VerdictsTellWhatTheyRestOn) {
  b_.dedupe.verdict = Verdict::kNear;
  b_.dedupe.reason = MatchReason::kSimilarity;
  b_.dedupe.similarity = 0.875;
  b_.dedupe.of = {0x1234567800000000, 1};
  EXPECT_THAT(Parts(),
              ElementsAre(IsPart("dedupe",
                                 "new ⇒ near (similarity 0.88 of 12345678)")));
}

TEST_F(RecordComparisonTest, ADeadLetterOnOneSideIsAnotherFate) {
  RawRecord dead = raw_;
  dead.dead_letter = true;
  dead.stage = "parse";
  dead.reason = "not_json";
  RecordDifference difference;
  ASSERT_TRUE(comparison_.Compare({&raw_, &a_}, {&dead, nullptr}, difference));
  EXPECT_THAT(
      difference.parts,
      ElementsAre(IsPart("fate", "published ⇒ dead letter (parse/not_json)"),
                  IsPart("routes", "- default → news.events")));
  EXPECT_EQ(difference.headline, "Cranes stand still");
  EXPECT_EQ(difference.offset, 7);
}

TEST(DiffAllowanceTest, TakesNumbersSharesAndNames) {
  for (const char* good : {"0", "20", "0.5%", "100%", "route:a", "topic:b.c",
                           "field:entities", "field:fate"}) {
    EXPECT_TRUE(DiffAllowance().Add(good).ok()) << good;
  }
  for (const char* bad :
       {"", "x", "-1", "101%", "%", "route:", "field:entity", "sport"}) {
    const absl::Status status = DiffAllowance().Add(bad);
    EXPECT_TRUE(absl::IsInvalidArgument(status)) << bad;
    EXPECT_THAT(std::string(status.message()), HasSubstr("--allow"));
  }
}

TEST(DiffAllowanceTest, CoversUpToTheNumberOrTheShare) {
  DiffReport report;
  report.articles = 1000;
  report.unexpected = 5;
  const auto covers = [&](const char* text) {
    DiffAllowance allowance;
    EXPECT_TRUE(allowance.Add(text).ok());
    return allowance.Covers(report);
  };
  EXPECT_TRUE(covers("5"));
  EXPECT_FALSE(covers("4"));
  EXPECT_TRUE(covers("0.5%"));
  EXPECT_FALSE(covers("0.4%"));
  EXPECT_FALSE(covers("route:sport"));
}

TEST(DiffAllowanceTest, ExpectsOnlyWhatIsNamed) {
  DiffAllowance allowance;
  ASSERT_TRUE(allowance.Add("route:sport").ok());
  ASSERT_TRUE(allowance.Add("field:tags").ok());
  RecordDifference difference;
  difference.parts = {{"routes", ""}, {"tags", ""}};
  EXPECT_FALSE(allowance.Expects(difference));
  difference.destinations = {{"sport", "news.sport"}};
  EXPECT_TRUE(allowance.Expects(difference));
  difference.parts.push_back({"dedupe", ""});
  EXPECT_FALSE(allowance.Expects(difference));
}

TEST(DiffAllowanceTest, ARouteThatNobodyHasIsTold) {
  DiffAllowance allowance;
  ASSERT_TRUE(allowance.Add("route:politics").ok());
  EXPECT_TRUE(allowance.CheckRoutes({"sport", "politics"}).ok());
  EXPECT_THAT(std::string(allowance.CheckRoutes({"politic"}).message()),
              HasSubstr("did you mean \"politic\"?"));
}

TEST(DiffReportTest, KeepsNoMoreThanItsLimitButCountsAll) {
  DiffReport report;
  for (size_t i = 0; i < DiffReport::kDifferencesMax + 2; ++i) {
    DiffReport delta;
    delta.Add({});
    report.Merge(std::move(delta));
  }
  EXPECT_EQ(report.differences.size(), DiffReport::kDifferencesMax);
  EXPECT_THAT(DiffJson(report, "A", "B"), HasSubstr("\"left_out\":2"));
}

}  // namespace
}  // namespace wiredesk
