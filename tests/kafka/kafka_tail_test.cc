// Reading topics without a group, by ranges of time; and the plain producer
// that fills them.

#include "pipeline/kafka_tail.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "pipeline/kafka_feed.h"
#include "tests/kafka/kafka_line.h"

namespace wiredesk {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

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

  // The values of all records of a range.
  std::vector<std::string> ReadRange(std::optional<absl::Time> from,
                                     std::optional<absl::Time> to) {
    KafkaTailOptions options;
    options.topics = {topic_};
    options.from = from;
    options.to = to;
    absl::StatusOr<std::unique_ptr<KafkaTail>> tail =
        KafkaTail::Open(SharedBroker().client_options(), options);
    EXPECT_TRUE(tail.ok()) << tail.status();
    std::vector<std::string> values;
    EXPECT_TRUE(Eventually(absl::Seconds(30), [&] {
      while (!(*tail)->ended()) {
        const auto record = (*tail)->Next(absl::Milliseconds(200));
        EXPECT_TRUE(record.ok()) << record.status();
        if (!record.ok() || *record == nullptr) return (*tail)->ended();
        values.emplace_back((*record)->value);
        EXPECT_EQ((*record)->key, "key");
        EXPECT_EQ((*record)->headers.size(), 1U);
        EXPECT_EQ((*record)->timestamp,
                  Minute(static_cast<int>((*record)->offset)));
      }
      return true;
    }));
    return values;
  }

  const std::string topic_;
};

TEST_F(KafkaTailTest, ReadsFromTheBeginningToTheEnd) {
  EXPECT_THAT(ReadRange(std::nullopt, std::nullopt),
              ElementsAre("0", "1", "2", "3", "4"));
}

TEST_F(KafkaTailTest, ARangeHoldsItsBeginAndNotItsEnd) {
  EXPECT_THAT(ReadRange(Minute(1), Minute(3)), ElementsAre("1", "2"));
}

TEST_F(KafkaTailTest, ARangeAfterAllRecordsIsEmpty) {
  EXPECT_THAT(ReadRange(Minute(10), std::nullopt), IsEmpty());
}

TEST_F(KafkaTailTest, ATopicThatDoesNotExistIsSaid) {
  KafkaTailOptions options;
  options.topics = {topic_ + "-none"};
  const auto tail = KafkaTail::Open(SharedBroker().client_options(), options);
  EXPECT_TRUE(absl::IsNotFound(tail.status())) << tail.status();
}

}  // namespace
}  // namespace wiredesk
