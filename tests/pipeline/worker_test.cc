// Goal: the order of Worker::RunOnce, and what it does on each kind of failure.
// tests/simulation/ runs the same worker against everything that can happen.

#include "pipeline/flow/worker.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/synchronization/mutex.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/flow/abort_cause.h"
#include "pipeline/observe/log.h"

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
    parts.lanes.emplace_back().stages.push_back(
        std::make_unique<StoryStage>(&story_));
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
  story_.deliveries = {
      WithCause(absl::AbortedError("rebalance"), AbortCause::kRebalanced),
      absl::AbortedError("whatever")};
  EXPECT_TRUE(worker_->RunOnce().ok());
  EXPECT_THAT(story_.steps,
              ElementsAre("poll", "stage", "deliver 1", "rewind"));
  EXPECT_EQ(accounting_.totals().raw_records, 0);
  EXPECT_TRUE(worker_->RunOnce().ok());
  const auto aborts = [this](absl::string_view cause) {
    return metrics_
        .GetCounter("wiredesk_batches_aborted_total", "", {{"cause", cause}})
        ->value();
  };
  EXPECT_EQ(aborts("rebalanced"), 1);
  EXPECT_EQ(aborts("other"), 1);
  EXPECT_EQ(aborts("fenced"), 0);
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

// --- Several lanes -----------------------------------------------------------

// Two lanes on two threads, with a say in who goes on when.
class LanesTest : public testing::Test {
 protected:
  // Gives batches of one record, numbered from what was delivered last.
  class NumberedSource : public Source {
   public:
    explicit NumberedSource(LanesTest* test) : test_(test) {}
    absl::Status Poll(absl::Duration /*timeout*/, Batch& batch) override {
      if (next_ == test_->drain_at_) {
        {
          absl::MutexLock lock(&test_->mutex_);
          test_->pass_ = 0;
        }
        drain_();
        absl::MutexLock lock(&test_->mutex_);
        test_->steps_.emplace_back("drained");
      }
      batch.Append({"in", 0, next_++}, "", "text", {}, absl::UnixEpoch());
      return absl::OkStatus();
    }
    absl::Status Rewind() override {
      absl::MutexLock lock(&test_->mutex_);
      test_->steps_.emplace_back("rewind");
      next_ = test_->committed_;
      return absl::OkStatus();
    }
    void set_drain(const std::function<void()>& drain) override {
      drain_ = drain;
    }

   private:
    LanesTest* const test_;
    std::function<void()> drain_;
    int64_t next_ = 0;
  };

  class NumberedSink : public Sink {
   public:
    explicit NumberedSink(LanesTest* test) : test_(test) {}
    absl::Status Deliver(Batch& batch) override {
      const int64_t offset = batch.raw_records()[0].origin.offset;
      absl::MutexLock lock(&test_->mutex_);
      test_->steps_.push_back(absl::StrCat("deliver ", offset));
      if (test_->aborts_-- > 0) return absl::AbortedError("refused");
      test_->committed_ = offset + 1;
      return absl::OkStatus();
    }

   private:
    LanesTest* const test_;
  };

  // Waits in a batch until it may go on.
  class WaitingStage : public Stage {
   public:
    explicit WaitingStage(LanesTest* test) : test_(test) {}
    absl::string_view name() const override { return "waiting"; }
    absl::Status Process(Batch& batch) override {
      const int64_t offset = batch.raw_records()[0].origin.offset;
      absl::MutexLock lock(&test_->mutex_);
      test_->polled_ = std::max(test_->polled_, offset);
      const auto may_pass = [this, offset] { return test_->pass_ >= offset; };
      // The first batch is the last to go on.
      if (offset == 0) test_->mutex_.Await(absl::Condition(&may_pass));
      return offset == test_->fails_ ? absl::UnavailableError("no log")
                                     : absl::OkStatus();
    }

   private:
    LanesTest* const test_;
  };

  LanesTest() {
    ConfigureLog(LogLevel::kOff, LogFormat::kText);
    Worker::Parts parts;
    parts.source = std::make_unique<NumberedSource>(this);
    parts.sink = std::make_unique<NumberedSink>(this);
    for (int lane = 0; lane < 2; ++lane) {
      parts.lanes.emplace_back().stages.push_back(
          std::make_unique<WaitingStage>(this));
    }
    parts.on_failure = [this] { ++failures_; };
    worker_ = std::make_unique<Worker>(Worker::Options(), std::move(parts));
  }

  // One batch on each lane, begun one after the other. The second one is
  // through its stages long before the first.
  std::pair<absl::Status, absl::Status> RunBoth() {
    absl::Status first;
    absl::Status second;
    std::thread one([&] { first = worker_->RunOnce(0); });
    AwaitPolled(0);
    std::thread two([&] { second = worker_->RunOnce(1); });
    AwaitPolled(1);
    {
      absl::MutexLock lock(&mutex_);
      pass_ = 0;
    }
    one.join();
    two.join();
    return {first, second};
  }

  void AwaitPolled(int64_t offset) {
    absl::MutexLock lock(&mutex_);
    const auto polled = [&] { return polled_ >= offset; };
    mutex_.Await(absl::Condition(&polled));
  }

  absl::Mutex mutex_;
  std::vector<std::string> steps_;
  int64_t committed_ = 0;
  int64_t polled_ = -1;
  int64_t pass_ = -1;
  int64_t fails_ = -1;
  int64_t drain_at_ = -1;  // the poll that gives partitions up
  int aborts_ = 0;
  std::atomic<int> failures_ = 0;
  std::unique_ptr<Worker> worker_;
};

TEST_F(LanesTest, BatchesAreDeliveredInTheOrderOfTheirPolls) {
  const auto [first, second] = RunBoth();
  EXPECT_TRUE(first.ok() && second.ok());
  EXPECT_THAT(steps_, ElementsAre("deliver 0", "deliver 1"));
}

TEST_F(LanesTest, WhatWasPolledBehindAnAbortedBatchIsReadAgain) {
  aborts_ = 1;
  const auto [first, second] = RunBoth();
  EXPECT_TRUE(first.ok() && second.ok());
  EXPECT_THAT(steps_, ElementsAre("deliver 0", "rewind"));
  EXPECT_TRUE(worker_->RunOnce(1).ok());
  EXPECT_TRUE(worker_->RunOnce(0).ok());
  EXPECT_THAT(steps_,
              ElementsAre("deliver 0", "rewind", "deliver 0", "deliver 1"));
}

TEST_F(LanesTest, NothingIsDeliveredBehindABatchThatFails) {
  fails_ = 0;
  const auto [first, second] = RunBoth();
  EXPECT_EQ(first, absl::UnavailableError("waiting: no log"));
  EXPECT_TRUE(absl::IsAborted(second)) << second;
  EXPECT_THAT(steps_, ElementsAre());
  EXPECT_EQ(failures_, 1);
}

TEST_F(LanesTest, APollCanWaitForTheBatchesBeforeIt) {
  drain_at_ = 1;
  const auto [first, second] = RunBoth();
  EXPECT_TRUE(first.ok() && second.ok());
  EXPECT_THAT(steps_, ElementsAre("deliver 0", "drained", "deliver 1"));
}

TEST_F(LanesTest, APollDoesNotWaitForABatchThatIsAborted) {
  drain_at_ = 1;
  aborts_ = 1;
  const auto [first, second] = RunBoth();
  EXPECT_TRUE(first.ok() && second.ok());
  // What this poll has read goes back with the other.
  EXPECT_THAT(steps_, ElementsAre("deliver 0", "drained", "rewind"));
}

TEST_F(LanesTest, APollDoesNotWaitForABatchThatFails) {
  drain_at_ = 1;
  fails_ = 0;
  const auto [first, second] = RunBoth();
  EXPECT_EQ(first, absl::UnavailableError("waiting: no log"));
  EXPECT_TRUE(absl::IsAborted(second)) << second;
  EXPECT_THAT(steps_, ElementsAre("drained"));
}

TEST_F(LanesTest, RunReturnsWhatFailedFirst) {
  pass_ = 0;
  fails_ = 5;
  const std::atomic<bool> stop = false;
  EXPECT_EQ(worker_->Run(stop), absl::UnavailableError("waiting: no log"));
  // The batch before it may have waited for its turn.
  EXPECT_GE(committed_, 4);
  EXPECT_LE(committed_, 5);
}

}  // namespace
}  // namespace wiredesk
