// How long records wait when the instance that had their partitions is killed,
// and after brokers were away: with the times that are the program's defaults.
//
// WIREDESK_KAFKA_OUTAGE is the length of the outage in seconds. The bounds are
// generous, since tests share their machine; what was measured is printed.

#include <cstdio>
#include <cstdlib>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "tests/kafka/deployment_fixture.h"

namespace wiredesk {
namespace {

constexpr absl::Duration kBound = absl::Seconds(20);

class TakeoverTest : public DeploymentFixture {
 protected:
  TakeoverTest() { deployment_.short_times = false; }

  // From now until all that was sent is committed.
  absl::Duration AwaitAll(const char* what) {
    const absl::Time start = absl::Now();
    AwaitDelivery();
    const absl::Duration took = absl::Now() - start;
    std::printf("%s: %.1f s\n", what, absl::ToDoubleSeconds(took));
    return took;
  }

  static absl::Duration Outage() {
    int seconds = 15;
    const char* const text = std::getenv("WIREDESK_KAFKA_OUTAGE");
    if (text != nullptr) (void)absl::SimpleAtoi(text, &seconds);
    return absl::Seconds(seconds);
  }
};

// Killed while it waits for records.
TEST_F(TakeoverTest, AfterAKillByAnInstanceOfAnotherName) {
  MakeRawTopic();
  Feed(20);
  WiredeskProcess first(deployment_, "first", "first");
  AwaitDelivery();
  WiredeskProcess second(deployment_, "second", "second");
  ASSERT_TRUE(second.AwaitLog("partitions_assigned", kPatience));
  // Whoever has the one partition now.
  Feed(20);
  AwaitDelivery();
  const bool second_has_it =
      second.Log().find("\"partitions\":1") != std::string::npos;
  (second_has_it ? second : first).process().Kill();
  Feed(20);
  EXPECT_LE(AwaitAll("take-over after a kill"), kBound);
  ExpectExactlyOnce();
}

// Killed within a transaction that holds the offsets back until it times out,
// unless the successor ends it.
TEST_F(TakeoverTest, AfterAKillWithinATransaction) {
  MakeRawTopic();
  Feed(100);
  WiredeskProcess first(deployment_, "first", "first",
                        {{"WIREDESK_CRASH_AT", "after_send_offsets:3"}});
  ASSERT_TRUE(first.process().Wait(kPatience));
  WiredeskProcess second(deployment_, "second", "second");
  EXPECT_LE(AwaitAll("take-over after a kill within a transaction"), kBound);
  EXPECT_NE(second.Log().find("\"transaction_ended\""), std::string::npos)
      << second.Log();
  ExpectExactlyOnce();
}

TEST_F(TakeoverTest, AfterTheBrokersWereAway) {
  MakeRawTopic();
  Feed(20);
  WiredeskProcess process(deployment_, "one", "one");
  AwaitDelivery();
  SharedBroker().Kill();
  absl::SleepFor(Outage());
  SharedBroker().Start();
  Feed(20);
  EXPECT_LE(AwaitAll("after an outage of the brokers"), kBound);
  EXPECT_EQ(process.Stop(kPatience), 0) << process.Log();
  ExpectExactlyOnce();
}

}  // namespace
}  // namespace wiredesk
