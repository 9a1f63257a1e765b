// Reading topics without a group, and the plain producer that fills them.

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "pipeline/kafka/feed.h"
#include "pipeline/kafka/tail.h"
#include "tests/kafka/kafka_line.h"

namespace wiredesk {
namespace {

using testing::ElementsAre;

class KafkaTailTest : public testing::Test {
 protected:
  // Records "0" .. "4", a minute apart, in one partition.
  KafkaTailTest() : topic_(FreshName("tail")) {
    SharedBroker().CreateTopic(topic_, 1, {{"retention.ms", "-1"}});
    absl::StatusOr<std::unique_ptr<KafkaFeed>> feed =
        KafkaFeed::Make(SharedBroker().client_options());
    for (int i = 0; i < 5; ++i) {
      const Header header = {"number", "n"};
      EXPECT_TRUE(
          (*feed)
              ->Send(topic_, "key", absl::StrCat(i), {header}, Minute(i))
              .ok());
    }
    EXPECT_TRUE((*feed)->Flush(absl::Seconds(30)).ok());
  }

  static absl::Time Minute(int minute) {
    return absl::FromUnixSeconds(1'772'442'000) + absl::Minutes(minute);
  }

  const std::string topic_;
};

TEST_F(KafkaTailTest, GivesAllThatARecordHolds) {
  const auto tail = KafkaTail::Open(SharedBroker().client_options(), {topic_});
  ASSERT_TRUE(tail.ok()) << tail.status();
  std::vector<std::string> values;
  EXPECT_TRUE(Eventually(absl::Seconds(30), [&] {
    const auto record = (*tail)->Next(absl::Milliseconds(200));
    EXPECT_TRUE(record.ok()) << record.status();
    if (!record.ok() || *record == nullptr) return false;
    values.emplace_back((*record)->value);
    EXPECT_EQ((*record)->key, "key");
    EXPECT_EQ((*record)->headers.size(), 1U);
    EXPECT_EQ((*record)->timestamp,
              Minute(static_cast<int>((*record)->offset)));
    return values.size() == 5;
  }));
  EXPECT_THAT(values, ElementsAre("0", "1", "2", "3", "4"));
}

TEST_F(KafkaTailTest, ATopicThatDoesNotExistIsSaid) {
  const auto tail =
      KafkaTail::Open(SharedBroker().client_options(), {topic_ + "-none"});
  EXPECT_TRUE(absl::IsNotFound(tail.status())) << tail.status();
}

}  // namespace
}  // namespace wiredesk
