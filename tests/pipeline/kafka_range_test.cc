// A stretch of topics as one sequence: merged by time, the same every time.
// Method: the embedded broker, which cannot look up times; ranges of time are
// tested on real brokers (tests/kafka/rehearsal_test.cc).

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/kafka/feed.h"
#include "pipeline/kafka/mock_cluster.h"
#include "pipeline/kafka/range.h"
#include "pipeline/kafka/reader.h"

namespace wiredesk {
namespace {

class KafkaRangeTest : public testing::Test {
 protected:
  KafkaRangeTest() : cluster_(KafkaMockCluster::Start().value()) {
    client_.brokers = cluster_->brokers();
    client_.consumer = {{"fetch.wait.max.ms", "10"}};
    EXPECT_TRUE(cluster_->CreateTopic("a", 3).ok());
    EXPECT_TRUE(cluster_->CreateTopic("b", 1).ok());
  }

  // Records whose timestamps rise, over both topics and any partition.
  void Feed(int records) {
    const auto feed = KafkaFeed::Make(client_).value();
    for (int i = 0; i < records; ++i) {
      ASSERT_TRUE(feed->Send(i % 4 == 0 ? "b" : "a", absl::StrCat("key", i),
                             absl::StrCat(i), {{"number", "x"}},
                             absl::FromUnixSeconds(1'000'000 + i))
                      .ok());
    }
    ASSERT_TRUE(feed->Flush(absl::Seconds(30)).ok());
  }

  std::vector<std::string> ReadAll() {
    KafkaRangeOptions options;
    options.topics = {"b", "a"};
    const auto range = KafkaRange::Open(client_, options).value();
    std::vector<std::string> values;
    while (true) {
      const auto record = range->Next();
      EXPECT_TRUE(record.ok()) << record.status();
      if (!record.ok() || *record == nullptr) break;
      EXPECT_EQ((*record)->headers.size(), 1);
      values.push_back(std::string((*record)->value));
    }
    EXPECT_EQ(range->records_passed(), range->records_total());
    return values;
  }

  const std::unique_ptr<KafkaMockCluster> cluster_;
  KafkaClientOptions client_;
};

TEST_F(KafkaRangeTest, PartitionsAreMergedByTime) {
  Feed(200);
  std::vector<std::string> in_order;
  for (int i = 0; i < 200; ++i) in_order.push_back(absl::StrCat(i));
  EXPECT_EQ(ReadAll(), in_order);
}

TEST_F(KafkaRangeTest, AnEmptyTopicIsAnEmptyRange) {
  EXPECT_TRUE(ReadAll().empty());
}

TEST_F(KafkaRangeTest, WhatComesAfterItWasOpenedIsNotInIt) {
  Feed(10);
  KafkaRangeOptions options;
  options.topics = {"a", "b"};
  KafkaReader reader(KafkaRange::Open(client_, options).value());
  Feed(10);
  Batch batch({});
  ASSERT_TRUE(reader.Fill(batch).ok());
  EXPECT_EQ(batch.raw_records().size(), 10);
  EXPECT_EQ(batch.sequence(), 0);
  EXPECT_EQ(reader.progress().records, 10);
  EXPECT_EQ(reader.progress().done, reader.progress().total);
  batch.Reset();
  EXPECT_TRUE(absl::IsOutOfRange(reader.Fill(batch)));
}

TEST_F(KafkaRangeTest, AReaderStopsAtItsLimit) {
  Feed(10);
  KafkaRangeOptions options;
  options.topics = {"a"};
  KafkaReader reader(KafkaRange::Open(client_, options).value(), 3);
  Batch batch({});
  ASSERT_TRUE(reader.Fill(batch).ok());
  EXPECT_EQ(batch.raw_records().size(), 3);
}

}  // namespace
}  // namespace wiredesk
