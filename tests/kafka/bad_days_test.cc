// What an operator meets on a bad day: the brokers are not there, a topic is
// missing, a message is too large, records are gone before they were read. Each
// time the program says what is wrong and what to do, and nothing is skipped in
// silence.

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/kafka/deployment_fixture.h"

namespace wiredesk {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

using BadDaysTest = DeploymentFixture;

int Count(const std::string& text, const std::string& what) {
  int count = 0;
  for (size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + 1)) {
    ++count;
  }
  return count;
}

// About `bytes` of an article, unlike any other.
std::string LargeArticle(int bytes, int number) {
  std::string body;
  for (int i = 0; static_cast<int>(body.size()) < bytes; ++i) {
    absl::StrAppend(&body, "word", i * 7 + number, " ");
  }
  return absl::StrCat(R"({"url":"https://large.example/)", number,
                      R"(","title":"A long report","content":")", body, "\"}");
}

TEST_F(BadDaysTest, WaitsForBrokersThatAreAbsentAtStart) {
  MakeRawTopic();
  Feed(20);
  SharedBroker().Stop();
  WiredeskProcess process(deployment_, "waits", "one");
  EXPECT_TRUE(process.AwaitLog("\"waits\"", kPatience));
  const HttpAnswer away = Ask(process, "/readyz");
  EXPECT_EQ(away.status, 503);
  EXPECT_THAT(away.body, HasSubstr("wait brokers"));
  EXPECT_EQ(Ask(process, "/healthz").status, 200);
  SharedBroker().Start();
  AwaitDelivery();
  EXPECT_EQ(Count(process.Log(), "\"waits\""), 1) << "it is said once";
  EXPECT_THAT(process.Log(), HasSubstr("goes_on"));
  EXPECT_TRUE(Eventually(kPatience, [&] {
    return Ask(process, "/readyz").status == 200;
  })) << Ask(process, "/readyz").body;
  EXPECT_EQ(process.Stop(kPatience), 0);
  ExpectExactlyOnce();
}

TEST_F(BadDaysTest, MakesTopicsThatAreMissing) {
  WiredeskProcess process(deployment_, "creates", "");
  ASSERT_TRUE(process.AwaitLog("partitions_assigned", kPatience));
  for (const std::string& topic : {deployment_.raw(), deployment_.dead()}) {
    EXPECT_EQ(SharedBroker().PartitionCount(topic), 2) << topic;
  }
  EXPECT_EQ(SharedBroker().PartitionCount(deployment_.sightings()), 1);
  EXPECT_EQ(SharedBroker().TopicProperty(deployment_.raw(), "retention.ms"),
            "259200000");
  EXPECT_EQ(SharedBroker().TopicProperty(deployment_.sightings(),
                                         "message.timestamp.type"),
            "LogAppendTime");
  EXPECT_EQ(process.Stop(kPatience), 0);
}

TEST_F(BadDaysTest, SaysTheCommandForATopicThatItMayNotMake) {
  deployment_.create_topics = false;
  WiredeskProcess process(deployment_, "refuses", "");
  const std::string log = AwaitFailure(process);
  EXPECT_THAT(log,
              HasSubstr(absl::StrCat("kafka-topics.sh --bootstrap-server ",
                                     deployment_.brokers, " --create --topic ",
                                     deployment_.raw(), " --partitions 2")));
  EXPECT_THAT(SharedBroker().Topics(), Not(Contains(deployment_.raw())));
}

class TooLargeTest : public DeploymentFixture,
                     public testing::WithParamInterface<const char*> {};

TEST_P(TooLargeTest, ForTheTopicIsADeadLetter) {
  deployment_.delivery = GetParam();
  MakeRawTopic();
  SharedBroker().CreateTopic(deployment_.events(), 1,
                             {{"max.message.bytes", "9000"}});
  Send(LargeArticle(1000, 1));
  Send(LargeArticle(20'000, 2));
  Send(LargeArticle(1000, 3));
  WiredeskProcess process(deployment_, "large", "one");
  AwaitDelivery();
  EXPECT_EQ(process.Stop(kPatience), 0) << process.Log();
  // With at_least_once, copies of what the first try has published may be
  // there.
  std::map<std::string, int> published;
  for (const KafkaRecord& record :
       SharedBroker().ReadAll(deployment_.events())) {
    ++published[record.value];
  }
  EXPECT_EQ(published.size(), 2U);
  const std::vector<KafkaRecord> dead =
      SharedBroker().ReadAll(deployment_.dead());
  ASSERT_EQ(dead.size(), 1U);
  EXPECT_EQ(dead[0].value, LargeArticle(20'000, 2));
  EXPECT_EQ(dead[0].headers.at("wd_reason"), "too_large");
  EXPECT_EQ(dead[0].headers.at("wd_offset"), "1");
}

INSTANTIATE_TEST_SUITE_P(Delivery, TooLargeTest,
                         testing::Values("exactly_once", "at_least_once"),
                         [](const auto& test) {
                           return std::string(test.param);
                         });

TEST_F(BadDaysTest, ADeadLetterThatIsTooLargeIsCut) {
  MakeRawTopic();
  for (const std::string& topic : {deployment_.events(), deployment_.dead()}) {
    SharedBroker().CreateTopic(topic, 1, {{"max.message.bytes", "9000"}});
  }
  const std::string large = LargeArticle(20'000, 1);
  Send(large);
  WiredeskProcess process(deployment_, "large", "one");
  AwaitDelivery();
  EXPECT_EQ(process.Stop(kPatience), 0) << process.Log();
  const std::vector<KafkaRecord> dead =
      SharedBroker().ReadAll(deployment_.dead());
  ASSERT_EQ(dead.size(), 1U);
  EXPECT_FALSE(dead[0].value.empty());
  EXPECT_EQ(dead[0].value, large.substr(0, dead[0].value.size()));
  EXPECT_EQ(dead[0].headers.at("wd_cut_from"), absl::StrCat(large.size()));
}

TEST_F(BadDaysTest, ADeadLetterThatIsTooLargeStopsIfToldTo) {
  deployment_.oversized = "stop";
  MakeRawTopic();
  for (const std::string& topic : {deployment_.events(), deployment_.dead()}) {
    SharedBroker().CreateTopic(topic, 1, {{"max.message.bytes", "9000"}});
  }
  Send(LargeArticle(20'000, 1));
  WiredeskProcess process(deployment_, "large", "one");
  const std::string log = AwaitFailure(process);
  EXPECT_THAT(log, HasSubstr(absl::StrCat("the dead letter of ",
                                          deployment_.raw(), "/0/0")));
  EXPECT_THAT(log, HasSubstr("Raise max.message.bytes of the topic"));
  EXPECT_THAT(SharedBroker().Committed(deployment_.name, deployment_.raw(), 1),
              testing::ElementsAre(testing::AnyOf(RD_KAFKA_OFFSET_INVALID, 0)));
}

// The group has read 20 records and stopped; then 20 more came, and retention
// took 30 of the 40.
class LostOffsetsTest : public DeploymentFixture {
 protected:
  void LoseRecords() {
    MakeRawTopic();
    Feed(20);
    WiredeskProcess process(deployment_, "first", "one");
    AwaitDelivery();
    ASSERT_EQ(process.Stop(kPatience), 0);
    Feed(20);
    SharedBroker().DeleteRecords(deployment_.raw(), 0, 30);
  }

  void SetPolicy(const std::string& policy) {
    deployment_.source = absl::StrCat("on_lost_offsets: ", policy);
  }
};

TEST_F(LostOffsetsTest, StopByDefault) {
  LoseRecords();
  WiredeskProcess process(deployment_, "second", "one");
  const std::string log = AwaitFailure(process);
  EXPECT_THAT(log, HasSubstr(absl::StrCat("the committed offset 20 of ",
                                          deployment_.raw(),
                                          "/0 is not in the log, which holds "
                                          "30 to 40")));
  EXPECT_THAT(log, HasSubstr("source.on_lost_offsets"));
  EXPECT_THAT(SharedBroker().Committed(deployment_.name, deployment_.raw(), 1),
              testing::ElementsAre(20));
}

TEST_F(LostOffsetsTest, GoOnFromTheEarliestIfToldTo) {
  LoseRecords();
  SetPolicy("earliest");
  WiredeskProcess process(deployment_, "second", "one");
  AwaitDelivery();
  EXPECT_THAT(process.Log(), HasSubstr("\"offsets_lost\""));
  EXPECT_EQ(process.Stop(kPatience), 0);
  EXPECT_EQ(LastField(process.Log(), "raw_records"), "10");
}

TEST_F(LostOffsetsTest, GoOnFromTheLatestIfToldTo) {
  LoseRecords();
  SetPolicy("latest");
  WiredeskProcess process(deployment_, "second", "one");
  ASSERT_TRUE(process.AwaitLog("partitions_assigned", kPatience));
  Feed(5);
  AwaitDelivery();
  EXPECT_THAT(process.Log(), HasSubstr("\"offsets_lost\""));
  EXPECT_EQ(process.Stop(kPatience), 0);
  EXPECT_EQ(LastField(process.Log(), "raw_records"), "5");
}

TEST_F(BadDaysTest, AConfigurationWithoutDefaultRouteIsRefused) {
  const std::string path = deployment_.folder + "/no-default.yaml";
  const std::string log = deployment_.folder + "/check.log";
  WriteFile(path, "route:\n  routes:\n    - name: all\n      to: x\n");
  EXPECT_EQ(RunWiredesk({"check", "--config", path}, log, kPatience), 1);
  EXPECT_THAT(ReadFile(log), HasSubstr("route.default"));
}

}  // namespace
}  // namespace wiredesk
