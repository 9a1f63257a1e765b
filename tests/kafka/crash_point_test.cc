// What is left behind by a process that dies at each named point of a delivery
// is taken up by the next: nothing is lost, nothing comes twice.

#include "pipeline/flow/crash_point.h"

#include <signal.h>

#include <string>
#include <tuple>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/kafka/deployment_fixture.h"

namespace wiredesk {
namespace {

constexpr int kRecordsEachCrash = 40;

class CrashPointTest
    : public DeploymentFixture,
      public testing::WithParamInterface<std::tuple<const char*, int>> {
 protected:
  CrashPointTest() {
    deployment_.delivery = std::get<0>(GetParam());
    deployment_.in_flight = std::get<1>(GetParam());
    MakeRawTopic();
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
    AwaitDelivery();
    EXPECT_EQ(process.Stop(kPatience), 0) << process.Log();
    int records = -1;
    EXPECT_TRUE(
        absl::SimpleAtoi(LastField(process.Log(), "raw_records"), &records));
    return records;
  }
};

TEST_P(CrashPointTest, TheNextLifeTakesUpWhatIsLeft) {
  const bool once = deployment_.delivery == "exactly_once";
  for (const absl::string_view point : kCrashPoints) {
    // Offsets go into a transaction only where there is one.
    if (!once && absl::StrContains(point, "send_offsets")) continue;
    Feed(kRecordsEachCrash);
    Crash(point);
    if (HasFatalFailure()) return;
    const int again = Recover();
    // The first batch was delivered. The second one is too if the process died
    // after its commit.
    const int delivered = point == "after_commit" ? 2 : 1;
    const int left = kRecordsEachCrash - delivered * deployment_.records_max;
    if (deployment_.in_flight == 1) {
      EXPECT_EQ(again, left) << point;
    } else {
      // The second batch may have been there before the first was delivered.
      EXPECT_GE(again, left) << point;
    }
  }
  if (once) {
    ExpectExactlyOnce();
    return;
  }
  const DeliveryOracle::Findings findings =
      DeliveryOracle(deployment_, &SharedBroker(), sent_).Check();
  const std::string examples = absl::StrJoin(findings.examples, "\n");
  EXPECT_EQ(findings.lost, 0) << examples;
  EXPECT_EQ(findings.unknown, 0) << examples;
  EXPECT_EQ(findings.different, 0) << examples;
  // The crashes between publishing and the commit must show, or this test
  // could not see a copy in the other mode either.
  EXPECT_GT(findings.duplicated, 0);
}

INSTANTIATE_TEST_SUITE_P(Delivery, CrashPointTest,
                         testing::Values(std::tuple("exactly_once", 1),
                                         std::tuple("exactly_once", 2),
                                         std::tuple("at_least_once", 1)),
                         [](const auto& test) {
                           return absl::StrCat(std::get<0>(test.param), "_",
                                               std::get<1>(test.param));
                         });

}  // namespace
}  // namespace wiredesk
