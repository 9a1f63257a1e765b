// Goal: the order of Worker::RunOnce, and what it does on each kind of failure.
// tests/simulation/ runs the same worker against everything that can happen.

#include "pipeline/worker.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/log.h"

namespace wiredesk {
namespace {

using ::testing::ElementsAre;

// What was done, in order, and what is to fail.
struct Story {
  std::vector<std::string> steps;
  std::vector<absl::Status> deliveries;  // of the next ones; then all are OK
  absl::Status staged;
  std::string routes = "news.events";  // empty: no destination
  int64_t records = 1;                 // a poll
};

class StorySource : public Source {
 public:
  explicit StorySource(Story* story) : story_(story) {}
  absl::Status Poll(absl::Duration /*timeout*/, Batch& batch) override {
    story_->steps.emplace_back("poll");
    for (int64_t i = 0; i < story_->records; ++i) {
      batch.Append({"in", 0, i}, "", "text", {}, absl::UnixEpoch());
    }
    return absl::OkStatus();
  }
  absl::Status Rewind() override {
    story_->steps.emplace_back("rewind");
    return absl::OkStatus();
  }

 private:
  Story* const story_;
};

class StorySink : public Sink {
 public:
  explicit StorySink(Story* story) : story_(story) {}
  absl::Status Deliver(Batch& batch) override {
    int live = 0;
    batch.ForEachLive([&](EventRecord&) { ++live; });
    std::string dead;
    for (const RawRecord& raw : batch.raw_records()) {
      if (raw.dead_letter) absl::StrAppend(&dead, " ", raw.reason);
    }
    story_->steps.push_back(absl::StrCat("deliver ", live, dead));
    if (story_->deliveries.empty()) return absl::OkStatus();
    const absl::Status status = story_->deliveries.front();
    story_->deliveries.erase(story_->deliveries.begin());
    return status;
  }

 private:
  Story* const story_;
};

class StoryStage : public Stage {
 public:
  explicit StoryStage(Story* story) : story_(story) {}
  absl::string_view name() const override { return "story"; }
  absl::Status Process(Batch& batch) override {
    story_->steps.emplace_back("stage");
    for (uint32_t i = 0; i < batch.raw_records().size(); ++i) {
      EventRecord& record = batch.AddArticle(i, 0);
      if (story_->routes.empty()) continue;
      Destination destination;
      destination.topic = story_->routes;
      record.destinations = batch.Copy(std::vector<Destination>{destination});
    }
    return story_->staged;
  }

 private:
  Story* const story_;
};

class WorkerTest : public testing::Test {
 protected:
  WorkerTest() : accounting_(&metrics_) {
    ConfigureLog(LogLevel::kOff, LogFormat::kText);
    Worker::Parts parts;
    parts.source = std::make_unique<StorySource>(&story_);
    parts.sink = std::make_unique<StorySink>(&story_);
    parts.stages.stages.push_back(std::make_unique<StoryStage>(&story_));
    parts.accounting = &accounting_;
    parts.metrics = &metrics_;
    Worker::Options options;
    options.aborts_max = 3;
    worker_ = std::make_unique<Worker>(options, std::move(parts));
  }

  Story story_;
  Metrics metrics_;
  Accounting accounting_;
  std::unique_ptr<Worker> worker_;
};

TEST_F(WorkerTest, StagesRunBeforeTheDelivery) {
  EXPECT_TRUE(worker_->RunOnce().ok());
  EXPECT_THAT(story_.steps, ElementsAre("poll", "stage", "deliver 1"));
  EXPECT_EQ(accounting_.totals().raw_records, 1);
}

TEST_F(WorkerTest, AnEmptyPollDeliversNothing) {
  story_.records = 0;
  EXPECT_TRUE(worker_->RunOnce().ok());
  EXPECT_THAT(story_.steps, ElementsAre("poll"));
}

TEST_F(WorkerTest, DeliversNothingWhenAStageFails) {
  story_.staged = absl::UnavailableError("no log");
  const absl::Status status = worker_->RunOnce();
  EXPECT_EQ(status, absl::UnavailableError("story: no log"));
  EXPECT_THAT(story_.steps, ElementsAre("poll", "stage"));
}

TEST_F(WorkerTest, AnAbortedBatchIsReadAgainAndNotBooked) {
  story_.deliveries = {absl::AbortedError("rebalance")};
  EXPECT_TRUE(worker_->RunOnce().ok());
  EXPECT_THAT(story_.steps,
              ElementsAre("poll", "stage", "deliver 1", "rewind"));
  EXPECT_EQ(accounting_.totals().raw_records, 0);
}

TEST_F(WorkerTest, AnUnknownOutcomeEndsTheWorkerWithoutRewinding) {
  story_.deliveries = {absl::UnavailableError("no answer")};
  EXPECT_TRUE(absl::IsUnavailable(worker_->RunOnce()));
  EXPECT_THAT(story_.steps, ElementsAre("poll", "stage", "deliver 1"));
  EXPECT_EQ(accounting_.totals().raw_records, 0);
}

TEST_F(WorkerTest, SoManyAbortsInARowAreAFailure) {
  story_.deliveries.assign(3, absl::AbortedError("again"));
  EXPECT_TRUE(worker_->RunOnce().ok());
  EXPECT_TRUE(worker_->RunOnce().ok());
  EXPECT_TRUE(absl::IsUnavailable(worker_->RunOnce()));
}

TEST_F(WorkerTest, ADeliveryBetweenThemStartsTheCountAnew) {
  const absl::Status aborted = absl::AbortedError("again");
  story_.deliveries = {aborted, aborted, absl::OkStatus(), aborted, aborted};
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(worker_->RunOnce().ok());
}

TEST_F(WorkerTest, WhatNoRouteTakesIsADeadLetter) {
  story_.routes = "";
  story_.records = 2;
  EXPECT_TRUE(worker_->RunOnce().ok());
  EXPECT_THAT(story_.steps, ElementsAre("poll", "stage",
                                        "deliver 0 no_destination "
                                        "no_destination"));
  EXPECT_EQ(accounting_.totals().dead_letters, 2);
  EXPECT_TRUE(accounting_.totals().Balanced());
}

TEST_F(WorkerTest, RunStopsBetweenBatches) {
  const std::atomic<bool> stop = true;
  EXPECT_TRUE(worker_->Run(stop).ok());
  EXPECT_TRUE(story_.steps.empty()) << absl::StrJoin(story_.steps, ", ");
}

}  // namespace
}  // namespace wiredesk
