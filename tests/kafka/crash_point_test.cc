// What is left behind by a process that dies at each named point of a delivery
// is taken up by the next: nothing is lost, nothing comes twice.

#include "pipeline/crash_point.h"

#include <signal.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "tests/kafka/delivery_oracle.h"
#include "tests/kafka/generated_feed.h"
#include "tests/kafka/kafka_line.h"
#include "tests/kafka/wiredesk_process.h"

namespace wiredesk {
namespace {

constexpr int kRecordsEachCrash = 40;
constexpr absl::Duration kPatience = absl::Seconds(60);

class CrashPointTest : public testing::TestWithParam<const char*> {
 protected:
  CrashPointTest() {
    deployment_.delivery = GetParam();
    deployment_.name = FreshName(absl::StrCat("crash-", GetParam()));
    deployment_.brokers = SharedBroker().brokers();
    deployment_.folder = MakeTestFolder("wiredesk-crash");
    // The records have old timestamps: retention would take them.
    SharedBroker().CreateTopic(deployment_.raw(), 1, {{"retention.ms", "-1"}});
  }
  ~CrashPointTest() override { RemoveTestFolder(deployment_.folder); }

  void Feed() {
    std::vector<KafkaRecord> records;
    for (int i = 0; i < kRecordsEachCrash; ++i) {
      sent_.push_back(feed_.Next());
      KafkaRecord record;
      record.value = sent_.back().value;
      record.partition = 0;
      record.timestamp_ms = sent_.back().timestamp_ms;
      records.push_back(std::move(record));
    }
    SharedBroker().Produce(deployment_.raw(), records);
  }

  // Dies at the second batch, so there is a first one that must stay.
  void Crash(absl::string_view point) {
    WiredeskProcess process(deployment_, "crashes", "one",
                            {{"WIREDESK_CRASH_AT", absl::StrCat(point, ":2")}});
    ASSERT_TRUE(process.process().Wait(kPatience)) << point;
    EXPECT_EQ(process.process().exit_code(), 128 + SIGKILL) << point << "\n"
                                                            << process.Log();
  }

  // The next life delivers the rest, and tells how many raw records it took.
  int Recover() {
    WiredeskProcess process(deployment_, "recovers", "one");
    const auto end = static_cast<int64_t>(sent_.size());
    EXPECT_TRUE(Eventually(kPatience, [&] {
      return SharedBroker().Committed(deployment_.name, deployment_.raw(), 1) ==
             std::vector<int64_t>{end};
    })) << process.Log();
    EXPECT_EQ(process.Stop(kPatience), 0) << process.Log();
    const std::string log = process.Log();
    const std::string field = "\"raw_records\":\"";
    const size_t from = log.find(field) + field.size();
    int records = -1;
    EXPECT_TRUE(absl::SimpleAtoi(log.substr(from, log.find('"', from) - from),
                                 &records))
        << log;
    return records;
  }

  Deployment deployment_;
  GeneratedFeed feed_{TestSeed()};
  std::vector<GeneratedRecord> sent_;
};

TEST_P(CrashPointTest, TheNextLifeTakesUpWhatIsLeft) {
  const bool once = deployment_.delivery == "exactly_once";
  for (const absl::string_view point : kCrashPoints) {
    // Offsets go into a transaction only where there is one.
    if (!once && absl::StrContains(point, "send_offsets")) continue;
    Feed();
    Crash(point);
    if (HasFatalFailure()) return;
    const int again = Recover();
    // The first batch was delivered. The second one is too if the process died
    // after its commit.
    const int delivered = point == "after_commit" ? 2 : 1;
    EXPECT_EQ(again, kRecordsEachCrash - delivered * deployment_.records_max)
        << point;
  }
  const DeliveryOracle::Findings findings =
      DeliveryOracle(deployment_, &SharedBroker(), sent_).Check();
  const std::string examples = absl::StrJoin(findings.examples, "\n");
  EXPECT_EQ(findings.lost, 0) << examples;
  EXPECT_EQ(findings.unknown, 0) << examples;
  EXPECT_EQ(findings.different, 0) << examples;
  if (once) {
    EXPECT_EQ(findings.duplicated, 0) << examples;
  } else {
    // The crashes between publishing and the commit must show, or this test
    // could not see a copy in the other mode either.
    EXPECT_GT(findings.duplicated, 0);
  }
}

INSTANTIATE_TEST_SUITE_P(Delivery, CrashPointTest,
                         testing::Values("exactly_once", "at_least_once"),
                         [](const auto& test) {
                           return std::string(test.param);
                         });

}  // namespace
}  // namespace wiredesk
