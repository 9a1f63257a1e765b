// A topic that is deleted while records flow: /readyz names it, it is recreated
// or waited for as create_topics says, and nothing else ends or storms.

#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "tests/kafka/deployment_fixture.h"

namespace wiredesk {
namespace {

using testing::HasSubstr;

class DeletedTopicTest : public DeploymentFixture {
 protected:
  // Delivers some records, so that all topics are known and in use.
  void Begin(WiredeskProcess& /*process*/) {
    Feed(20);
    AwaitDelivery();
  }

  static int Restarts(const WiredeskProcess& process) {
    int restarts = -1;
    for (const absl::string_view line :
         absl::StrSplit(Ask(process, "/metrics").body, '\n')) {
      const std::vector<absl::string_view> parts = absl::StrSplit(line, ' ');
      if (parts.size() == 2 && parts[0] == "wiredesk_worker_restarts_total") {
        EXPECT_TRUE(absl::SimpleAtoi(parts[1], &restarts));
      }
    }
    return restarts;
  }
};

TEST_F(DeletedTopicTest, AnOutputIsRecreated) {
  MakeRawTopic();
  WiredeskProcess process(deployment_, "one", "one");
  Begin(process);
  SharedBroker().DeleteTopic(deployment_.events());
  Feed(20);
  AwaitDelivery();
  EXPECT_GT(SharedBroker().ReadAll(deployment_.events()).size(), 0U);
  EXPECT_LE(Restarts(process), 3);
  EXPECT_TRUE(Eventually(kPatience, [&] {
    return Ask(process, "/readyz").status == 200;
  })) << Ask(process, "/readyz").body;
  EXPECT_EQ(process.Stop(kPatience), 0) << process.Log();
}

TEST_F(DeletedTopicTest, AnOutputIsWaitedForWhereItMayNotBeMade) {
  MakeRawTopic();
  for (const std::string& topic :
       {deployment_.events(), deployment_.dead(),
        deployment_.duplicates_topic(), deployment_.sightings()}) {
    SharedBroker().CreateTopic(topic, 1);
  }
  deployment_.create_topics = false;
  WiredeskProcess process(deployment_, "one", "one");
  Begin(process);
  SharedBroker().DeleteTopic(deployment_.events());
  Feed(20);
  const std::string named = absl::StrCat(deployment_.events(), " was deleted");
  EXPECT_TRUE(Eventually(kPatience, [&] {
    const HttpAnswer answer = Ask(process, "/readyz");
    return answer.status == 503 && answer.body.find(named) != std::string::npos;
  })) << Ask(process, "/readyz").body;
  EXPECT_TRUE(process.AwaitLog("--create --topic", kPatience)) << process.Log();
  EXPECT_LE(Restarts(process), 12) << "a restart storm";
  SharedBroker().CreateTopic(deployment_.events(), 1);
  AwaitDelivery();
  EXPECT_EQ(process.Stop(kPatience), 0) << process.Log();
}

TEST_F(DeletedTopicTest, ASourceIsRecreatedAndReadByTheNextStart) {
  MakeRawTopic();
  {
    WiredeskProcess process(deployment_, "one", "one");
    Begin(process);
    SharedBroker().DeleteTopic(deployment_.raw());
    EXPECT_TRUE(process.AwaitLog("\"topic_deleted\"", kPatience))
        << process.Log();
    EXPECT_TRUE(process.AwaitLog(
        "\"topic_created\",\"topic\":\"" + deployment_.raw() + "\"", kPatience))
        << process.Log();
    process.process().Kill();
  }
  sent_.clear();
  Feed(20);
  WiredeskProcess process(deployment_, "two", "one");
  AwaitDelivery();
  EXPECT_EQ(process.Stop(kPatience), 0) << process.Log();
}

// What it held cannot be made up for, so nobody goes on as if nothing were.
TEST_F(DeletedTopicTest, WithoutItsSightingLogTheProgramEnds) {
  MakeRawTopic();
  WiredeskProcess process(deployment_, "one", "one");
  Begin(process);
  SharedBroker().DeleteTopic(deployment_.sightings());
  EXPECT_TRUE(Eventually(kPatience, [&] {
    if (!process.process().running()) return true;
    Feed(1);
    return false;
  }));
  const std::string log = AwaitFailure(process);
  EXPECT_THAT(log, HasSubstr(deployment_.sightings()));
  EXPECT_THAT(log, HasSubstr("remembers no earlier article"));
}

}  // namespace
}  // namespace wiredesk
