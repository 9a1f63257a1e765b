// How the program ends when it is asked to, when it cannot, and when another
// one has taken its place.

#include <signal.h>

#include <string>

#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "tests/kafka/deployment_fixture.h"

namespace wiredesk {
namespace {

using testing::HasSubstr;

class StoppingTest : public DeploymentFixture {
 protected:
  // A process with a batch in flight that cannot end, since the broker is gone.
  void StartAndLoseTheBroker() {
    MakeRawTopic();
    Feed(20);
    process_ = std::make_unique<WiredeskProcess>(deployment_, "stops", "one");
    AwaitDelivery();
    Feed(2000);
    SharedBroker().Kill();
  }

  std::unique_ptr<WiredeskProcess> process_;
};

TEST_F(StoppingTest, ASecondSignalLeavesAtOnce) {
  StartAndLoseTheBroker();
  process_->process().Signal(SIGTERM);
  ASSERT_TRUE(process_->AwaitLog("\"stopping\"", kPatience));
  const absl::Time second = absl::Now();
  process_->process().Signal(SIGINT);
  EXPECT_TRUE(process_->process().Wait(absl::Seconds(5)));
  EXPECT_EQ(process_->process().exit_code(), 1);
  // Long before drain_timeout, which is 20 s.
  EXPECT_LT(absl::Now() - second, absl::Seconds(5));
  SharedBroker().Start();
}

TEST_F(StoppingTest, GivesUpAtTheDeadline) {
  deployment_.drain_timeout = "1s";
  StartAndLoseTheBroker();
  EXPECT_EQ(process_->Stop(absl::Seconds(15)), 1) << process_->Log();
  EXPECT_THAT(process_->Log(), HasSubstr("did not finish"));
  SharedBroker().Start();
}

TEST_F(StoppingTest, TheMemberThatIsReplacedIsFencedOff) {
  MakeRawTopic();
  Feed(200);
  WiredeskProcess first(deployment_, "first", "same");
  ASSERT_TRUE(first.AwaitLog("partitions_assigned", kPatience));
  WiredeskProcess second(deployment_, "second", "same");
  ASSERT_TRUE(second.AwaitLog("partitions_assigned", kPatience));
  Feed(200);
  EXPECT_THAT(AwaitFailure(first), HasSubstr("\"failed\""));
  AwaitDelivery();
  EXPECT_EQ(second.Stop(kPatience), 0) << second.Log();
  ExpectExactlyOnce();
}

// As after a crash of a broker that has forgotten who came last: the member
// that takes the place is dead, and its name is free when its session is over.
TEST_F(StoppingTest, TheMemberWhoseReplacementIsDeadGoesOn) {
  MakeRawTopic();
  Feed(200);
  WiredeskProcess first(deployment_, "first", "same");
  AwaitDelivery();
  WiredeskProcess second(deployment_, "second", "same");
  ASSERT_TRUE(second.AwaitLog("partitions_assigned", kPatience));
  second.process().Kill();
  Feed(200);
  AwaitDelivery();
  EXPECT_THAT(first.Log(), HasSubstr("member_name_free"));
  EXPECT_EQ(first.Stop(kPatience), 0) << first.Log();
  ExpectExactlyOnce();
}

}  // namespace
}  // namespace wiredesk
