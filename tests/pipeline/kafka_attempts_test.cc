// Goal: a record that is begun again and again and never delivered is taken out,
// and nothing else is. Method: lives of a source on librdkafka's mock cluster
// that poll and end without delivering, as those of a process do that is killed.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/kafka/attempts.h"
#include "pipeline/kafka/feed.h"
#include "pipeline/kafka/mock_cluster.h"
#include "pipeline/kafka/source.h"
#include "pipeline/observe/log.h"

namespace wiredesk {
namespace {

TEST(AttemptsTest, TheTextOfACountIsReadBack) {
  const AttemptNote note = AttemptOf(AttemptText({3, 100, "news-desk-7-0"}));
  EXPECT_EQ(note.attempts, 3);
  EXPECT_EQ(note.records, 100);
  EXPECT_EQ(note.owner, "news-desk-7-0");
  EXPECT_EQ(AttemptOf(AttemptText({2, 7, ""})).records, 7);
  for (const char* foreign :
       {"", "somebody else's", "wiredesk attempts 3",
        "wiredesk attempts -1 of 2", "wiredesk attempts 99999999999 of 2"}) {
    EXPECT_EQ(AttemptOf(foreign).attempts, 0) << foreign;
  }
}

TEST(AttemptsTest, TheMemoryKnowsWhatCameThrough) {
  AttemptMemory memory;
  EXPECT_FALSE(memory.WasProcessed("in", 0, 5));
  memory.Processed("in", 0, 5);
  EXPECT_TRUE(memory.WasProcessed("in", 0, 5));
  EXPECT_TRUE(memory.WasProcessed("in", 0, 4));
  EXPECT_FALSE(memory.WasProcessed("in", 0, 6));
  EXPECT_FALSE(memory.WasProcessed("in", 1, 5));
}

class KafkaAttemptsTest : public testing::Test {
 protected:
  KafkaAttemptsTest() : cluster_(KafkaMockCluster::Start().value()) {
    ConfigureLog(LogLevel::kOff, LogFormat::kText);
    client_.brokers = cluster_->brokers();
    client_.consumer = {{"fetch.wait.max.ms", "10"}};
    options_.group = "test";
    options_.topics = {"in"};
    options_.attempts_max = 4;
    EXPECT_TRUE(cluster_->CreateTopic("in", 1).ok());
    auto feed = KafkaFeed::Make(client_).value();
    for (int i = 0; i < 6; ++i) {
      EXPECT_TRUE(feed->Send("in", "", absl::StrCat(i), {}, {}).ok());
    }
    EXPECT_TRUE(feed->Flush(absl::Seconds(20)).ok());
  }

  // A batch of a new source, which goes on living.
  void Begin(Batch& batch) {
    source_ = nullptr;  // leaves the group before the next life joins it
    source_ = KafkaSource::Make(client_, options_).value();
    Next(batch);
  }
  void Next(Batch& batch) {
    const absl::Time end = absl::Now() + absl::Seconds(40);
    batch.Reset();
    while (batch.empty() && absl::Now() < end) {
      const absl::Status status = source_->Poll(absl::Milliseconds(300), batch);
      ASSERT_TRUE(status.ok()) << status;
    }
  }
  absl::Status Deliver(const Batch& batch) {
    source_->OnProcessed(batch);
    return source_->Commit(batch.assignment(), batch.positions());
  }
  static std::vector<std::string> Values(const Batch& batch) {
    std::vector<std::string> values;
    for (const RawRecord& raw : batch.raw_records()) {
      values.push_back(absl::StrCat(raw.value, raw.dead_letter ? " dead" : ""));
    }
    return values;
  }

  std::unique_ptr<KafkaMockCluster> cluster_;
  KafkaClientOptions client_;
  KafkaSourceOptions options_;
  std::unique_ptr<KafkaSource> source_;
};

TEST_F(KafkaAttemptsTest, ThePoisonIsFoundAndTheRestGoesOn) {
  Batch batch({});
  // Record 2 kills the process, and so the batch that it is in, three times.
  for (int life = 0; life < 3; ++life) {
    Begin(batch);
    EXPECT_EQ(batch.raw_records().size(), 6) << life;
  }
  // One by one: what is innocent goes through.
  Begin(batch);
  EXPECT_EQ(Values(batch), std::vector<std::string>({"0"}));
  EXPECT_TRUE(Deliver(batch).ok());
  Next(batch);
  EXPECT_EQ(Values(batch), std::vector<std::string>({"1"}));
  EXPECT_TRUE(Deliver(batch).ok());
  Next(batch);
  EXPECT_EQ(Values(batch), std::vector<std::string>({"2"}));
  // That was its fourth attempt, as many as it may have.
  Begin(batch);
  EXPECT_EQ(Values(batch), std::vector<std::string>({"2 dead"}));
  EXPECT_EQ(batch.raw_records()[0].stage, "poison");
  EXPECT_EQ(batch.raw_records()[0].reason, "poison");
  EXPECT_TRUE(Deliver(batch).ok());
  Next(batch);
  EXPECT_EQ(Values(batch), std::vector<std::string>({"3", "4", "5"}));
  EXPECT_TRUE(Deliver(batch).ok());
}

TEST_F(KafkaAttemptsTest, WhatCameThroughTheStagesIsNotToBlame) {
  AttemptMemory memory;
  options_.memory = &memory;
  Batch batch({});
  // The brokers refuse the delivery, as often as they like.
  for (int life = 0; life < 6; ++life) {
    Begin(batch);
    EXPECT_EQ(batch.raw_records().size(), 6) << life;
    EXPECT_FALSE(batch.raw_records()[0].dead_letter);
    source_->OnProcessed(batch);
  }
}

}  // namespace
}  // namespace wiredesk
