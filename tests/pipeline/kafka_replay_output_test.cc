// A replay into topics under a prefix: in the order of the input, what no
// broker would take as a dead letter, and never without a prefix. Method:
// batches made by hand, the embedded broker.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/kafka/mock_cluster.h"
#include "pipeline/kafka/range.h"
#include "pipeline/replay/kafka_output.h"

namespace wiredesk {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class KafkaReplayOutputTest : public testing::Test {
 protected:
  KafkaReplayOutputTest() : cluster_(KafkaMockCluster::Start().value()) {
    client_.brokers = cluster_->brokers();
    client_.consumer = {{"fetch.wait.max.ms", "10"}};
    options_.prefix = "try.";
    options_.dead_letter_topic = "dead";
    options_.create_topics = false;
    options_.message_bytes_max = 10'000;
    EXPECT_TRUE(cluster_->CreateTopic("try.events", 1).ok());
    EXPECT_TRUE(cluster_->CreateTopic("try.dead", 1).ok());
  }

  // A batch with one article with this body.
  static void Fill(const std::string& body, int64_t sequence, Batch& batch) {
    batch.Reset();
    batch.set_sequence(sequence);
    batch.Append({"news.raw", 0, sequence}, "", body, {}, std::nullopt);
    EventRecord& record = batch.AddArticle(0, 0);
    record.article.body = batch.raw_records()[0].value;
    const std::vector<Destination> destinations = {
        {.route = "default", .topic = "events"}};
    record.destinations = batch.Copy(destinations);
  }

  // What a topic holds: its records, or a part of them.
  std::vector<std::string> Read(const std::string& topic,
                                const std::string& header) {
    KafkaRangeOptions options;
    options.topics = {topic};
    const auto range = KafkaRange::Open(client_, options).value();
    std::vector<std::string> found;
    while (true) {
      const auto record = range->Next();
      EXPECT_TRUE(record.ok()) << record.status();
      if (!record.ok() || *record == nullptr) return found;
      for (const Header& each : (*record)->headers) {
        if (each.name == header) found.push_back(std::string(each.value));
      }
    }
  }

  const std::unique_ptr<KafkaMockCluster> cluster_;
  KafkaClientOptions client_;
  KafkaReplayOptions options_;
};

TEST_F(KafkaReplayOutputTest, RecordsComeInTheOrderOfTheInput) {
  const auto output = KafkaReplayOutput::Open(client_, options_).value();
  const auto sink = output->MakeSink({});
  const auto other = output->MakeSink({});
  Batch batch({});
  std::vector<std::string> ids;
  for (int i = 0; i < 20; ++i) {
    Fill(absl::StrCat("body ", i), i, batch);
    batch.mutable_records()[0].id = {1, static_cast<uint64_t>(i)};
    ids.push_back(
        absl::StrCat("0000000000000001", absl::Hex(i, absl::kZeroPad16)));
    ASSERT_TRUE((i % 2 == 0 ? sink : other)->Deliver(batch).ok());
  }
  ASSERT_TRUE(output->Close().ok());
  EXPECT_EQ(Read("try.events", "ce_id"), ids);
}

TEST_F(KafkaReplayOutputTest, WhatIsTooLargeIsADeadLetter) {
  const auto output = KafkaReplayOutput::Open(client_, options_).value();
  const auto sink = output->MakeSink({});
  Batch batch({});
  Fill(std::string(20'000, 'x'), 0, batch);
  ASSERT_TRUE(sink->Deliver(batch).ok());
  EXPECT_TRUE(batch.raw_records()[0].dead_letter);
  ASSERT_TRUE(output->Close().ok());
  EXPECT_THAT(Read("try.events", "ce_id"), ElementsAre());
  EXPECT_THAT(Read("try.dead", "wd_reason"), ElementsAre("too_large"));
}

TEST_F(KafkaReplayOutputTest, NeverWritesWithoutAPrefix) {
  for (const char* prefix : {"", "with space ", "a/b"}) {
    options_.prefix = prefix;
    const auto output = KafkaReplayOutput::Open(client_, options_);
    EXPECT_TRUE(absl::IsInvalidArgument(output.status())) << prefix;
    EXPECT_THAT(std::string(output.status().message()), HasSubstr("--prefix"));
  }
}

TEST_F(KafkaReplayOutputTest, AbandoningWakesWhoWaits) {
  const auto output = KafkaReplayOutput::Open(client_, options_).value();
  output->Abandon();
  Batch batch({});
  Fill("body", 7, batch);
  EXPECT_TRUE(absl::IsAborted(output->MakeSink({})->Deliver(batch)));
}

}  // namespace
}  // namespace wiredesk
