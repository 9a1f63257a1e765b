// The examples that headers of pipeline/ show, compiled and run. The tidy test
// compares each with the comment of its header.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "config/base/status_macros.h"
#include "gtest/gtest.h"
#include "pipeline/flow/stage.h"
#include "pipeline/flow/worker.h"
#include "pipeline/kafka/mock_cluster.h"
#include "pipeline/kafka/sink.h"
#include "pipeline/kafka/source.h"
#include "pipeline/kafka/topics.h"
#include "pipeline/record/batch.h"

namespace wiredesk {
namespace {

// Example of pipeline/record/event_record.h
EventRecord& AddFerryNews(Batch& batch) {
  batch.Append({"news.raw", 0, 17}, "key", "raw bytes", {}, {});
  EventRecord& record = batch.AddArticle(/*raw=*/0, /*item=*/0);
  record.article.headline = "The ferry line is back";  // a literal
  const std::string body = "It runs from Monday.";     // dies here, so:
  record.article.body = batch.Copy(absl::string_view(body));
  const std::vector<Mention> ferry = {{Field::kHeadline, 4, 9}};
  const std::vector<Entity> entities = {
      {.id = "x:ferry", .type = "other", .mentions = batch.Copy(ferry)}};
  record.entities = batch.Copy(entities);
  return record;
}
// End

TEST(PipelineExamplesTest, ARecordIsFilledFromTheArena) {
  Batch batch({});
  const EventRecord& record = AddFerryNews(batch);
  const Mention& at = record.entities[0].mentions[0];
  EXPECT_EQ(record.article.headline.substr(at.begin, at.end - at.begin),
            "ferry");
  EXPECT_EQ(record.article.body, "It runs from Monday.");
}

// Example of pipeline/flow/stage.h
class EmbargoStage : public Stage {
 public:
  absl::string_view name() const override { return "embargo"; }
  absl::Status Process(Batch& batch) override {
    batch.ForEachLive([&batch](EventRecord& record) {
      if (record.article.headline.empty()) {
        batch.DeadLetter(record.raw, "embargo", "no_headline", "");
      } else if (record.article.status == PublicationStatus::kWithheld) {
        batch.Drop(record, "embargo", "withheld");
      }
    });
    return absl::OkStatus();
  }
};
// End

TEST(PipelineExamplesTest, AStageDropsAndGoesOn) {
  Batch batch({});
  AddFerryNews(batch).article.status = PublicationStatus::kWithheld;
  EXPECT_TRUE(EmbargoStage().Process(batch).ok());
  EXPECT_EQ(batch.records()[0].fate, Fate::kDropped);
}

class OneRecord : public Source {
 public:
  absl::Status Poll(absl::Duration /*timeout*/, Batch& batch) override {
    if (std::exchange(given_, true)) return absl::OutOfRangeError("the end");
    AddFerryNews(batch);
    return absl::OkStatus();
  }
  absl::Status Rewind() override { return absl::OkStatus(); }

 private:
  bool given_ = false;
};

class Counting : public Sink {
 public:
  explicit Counting(size_t* count) : count_(count) {}
  absl::Status Deliver(Batch& batch) override {
    *count_ += batch.records().size();
    return absl::OkStatus();
  }

 private:
  size_t* const count_;
};

// Example of pipeline/flow/worker.h
absl::Status MoveAll(std::unique_ptr<Source> source,
                     std::unique_ptr<Sink> sink) {
  Worker::Parts parts;
  parts.source = std::move(source);
  parts.sink = std::move(sink);
  parts.lanes.emplace_back();  // one lane; usually Chain::MakeStages()
  parts.lanes[0].stages.push_back(std::make_unique<EmbargoStage>());
  Worker worker({}, std::move(parts));
  absl::Status status;
  while (status.ok()) status = worker.RunOnce();
  return absl::IsOutOfRange(status) ? absl::OkStatus() : status;
}
// End

TEST(PipelineExamplesTest, AWorkerMovesBatchesToTheEnd) {
  size_t count = 0;
  const absl::Status moved = MoveAll(std::make_unique<OneRecord>(),
                                     std::make_unique<Counting>(&count));
  EXPECT_TRUE(moved.ok()) << moved;
  EXPECT_EQ(count, 1U);
}

// Example of pipeline/kafka/source.h
absl::StatusOr<std::unique_ptr<KafkaSource>> ReadNews(
    const std::string& brokers) {
  KafkaClientOptions client;
  client.brokers = brokers;
  KafkaSourceOptions options;
  options.group = "desk";
  options.topics = {"news.raw"};
  options.lost_offsets = LostOffsets::kEarliest;
  return KafkaSource::Make(client, options);
}
// End

// Example of pipeline/kafka/sink.h
absl::StatusOr<std::unique_ptr<KafkaSink>> WriteEvents(
    const std::string& brokers, KafkaSource* source, KafkaTopics* topics) {
  KafkaClientOptions client;
  client.brokers = brokers;
  KafkaSinkOptions options;
  options.transactional_id = "desk-host1-0";  // the same after a restart
  options.compression = "lz4";
  const Processing processing = {"0.1.0", "c0ffee", "3f2a"};
  return KafkaSink::Make(client, options, processing, source, topics);
}
// End

absl::Status ReadAndWrite(const std::string& brokers) {
  WD_ASSIGN_OR_RETURN(const auto source, ReadNews(brokers));
  KafkaClientOptions client;
  client.brokers = brokers;
  WD_ASSIGN_OR_RETURN(const auto topics, KafkaTopics::Make(client, true));
  WD_ASSIGN_OR_RETURN(const auto sink,
                      WriteEvents(brokers, source.get(), topics.get()));
  Batch batch({});
  return source->Poll(absl::Milliseconds(5), batch);
}

TEST(PipelineExamplesTest, ASourceAndASinkOfOneWorker) {
  const auto cluster = KafkaMockCluster::Start();
  ASSERT_TRUE(cluster.ok()) << cluster.status();
  ASSERT_TRUE((*cluster)->CreateTopic("news.raw", 1).ok());
  const absl::Status status = ReadAndWrite((*cluster)->brokers());
  EXPECT_TRUE(status.ok()) << status;
}

}  // namespace
}  // namespace wiredesk
