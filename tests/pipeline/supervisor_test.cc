// Goal: who is recreated, who is not, and how all of them stop.
//
// Method: workers whose sources end as a table says; pauses of a millisecond.

#include "pipeline/flow/supervisor.h"

#include <thread>
#include <utility>
#include <vector>

#include "absl/synchronization/notification.h"
#include "gtest/gtest.h"
#include "pipeline/flow/abort_cause.h"
#include "pipeline/flow/permanent_error.h"
#include "pipeline/observe/log.h"

namespace wiredesk {
namespace {

// Every Poll returns `status`; an OK one is an empty batch.
class FixedSource : public Source {
 public:
  explicit FixedSource(absl::Status status) : status_(std::move(status)) {}
  absl::Status Poll(absl::Duration /*timeout*/, Batch& /*batch*/) override {
    return status_;
  }
  absl::Status Rewind() override { return absl::OkStatus(); }

 private:
  const absl::Status status_;
};

// Does not come back before it is let go.
class StuckSource : public Source {
 public:
  StuckSource(absl::Notification* entered, absl::Notification* go)
      : entered_(entered), go_(go) {}
  absl::Status Poll(absl::Duration /*timeout*/, Batch& /*batch*/) override {
    if (!entered_->HasBeenNotified()) entered_->Notify();
    go_->WaitForNotification();
    return absl::OutOfRangeError("let go");
  }
  absl::Status Rewind() override { return absl::OkStatus(); }

 private:
  absl::Notification* const entered_;
  absl::Notification* const go_;
};

std::unique_ptr<Worker> MakeWorker(std::unique_ptr<Source> source) {
  Worker::Parts parts;
  parts.source = std::move(source);
  return std::make_unique<Worker>(Worker::Options(), std::move(parts));
}

Supervisor::Options Quick(int workers) {
  Supervisor::Options options;
  options.workers = workers;
  options.backoff_min = absl::Milliseconds(1);
  options.backoff_max = absl::Milliseconds(4);
  return options;
}

class SupervisorTest : public testing::Test {
 protected:
  SupervisorTest() { ConfigureLog(LogLevel::kOff, LogFormat::kText); }
};

TEST_F(SupervisorTest, EndsWhenEveryInputHasEnded) {
  std::atomic<int> made = 0;
  Supervisor supervisor(Quick(3), [&](int) {
    ++made;
    return MakeWorker(
        std::make_unique<FixedSource>(absl::OutOfRangeError("end")));
  });
  EXPECT_TRUE(supervisor.Run().ok());
  EXPECT_EQ(made, 3);
  EXPECT_EQ(supervisor.running(), 0);
}

TEST_F(SupervisorTest, MakesAFailedWorkerAnew) {
  Metrics metrics;
  std::atomic<int> made = 0;
  Supervisor supervisor(
      Quick(1),
      [&](int) {
        return MakeWorker(std::make_unique<FixedSource>(
            ++made < 4 ? WithCause(absl::UnavailableError("the broker is away"),
                                   AbortCause::kUnreachable)
                       : absl::OutOfRangeError("end")));
      },
      &metrics);
  EXPECT_TRUE(supervisor.Run().ok());
  EXPECT_EQ(made, 4);
  const auto restarts = [&metrics](absl::string_view cause) {
    return metrics
        .GetCounter("wiredesk_worker_restarts_total", "", {{"cause", cause}})
        ->value();
  };
  EXPECT_EQ(restarts("unreachable"), 3);
  EXPECT_EQ(restarts("other"), 0);
}

TEST_F(SupervisorTest, TriesAgainWhenAWorkerCannotBeMade) {
  std::atomic<int> tries = 0;
  Supervisor supervisor(
      Quick(1), [&](int) -> absl::StatusOr<std::unique_ptr<Worker>> {
        if (++tries < 3) return absl::UnavailableError("no broker answers");
        return MakeWorker(
            std::make_unique<FixedSource>(absl::OutOfRangeError("end")));
      });
  EXPECT_TRUE(supervisor.Run().ok());
  EXPECT_EQ(tries, 3);
}

TEST_F(SupervisorTest, AFailureThatStaysEndsTheOthersToo) {
  Supervisor supervisor(Quick(3), [](int index) {
    return MakeWorker(std::make_unique<FixedSource>(
        index == 1 ? absl::PermissionDeniedError("no right to read")
                   : absl::OkStatus()));
  });
  EXPECT_EQ(supervisor.Run(), absl::PermissionDeniedError("no right to read"));
}

TEST_F(SupervisorTest, StopsWorkersBetweenTheirBatches) {
  absl::Notification begun;
  Supervisor supervisor(Quick(2), [&](int index) {
    if (index == 0) begun.Notify();
    return MakeWorker(std::make_unique<FixedSource>(absl::OkStatus()));
  });
  absl::Status status = absl::UnknownError("never ended");
  std::thread running([&] { status = supervisor.Run(); });
  begun.WaitForNotification();
  supervisor.Stop();
  running.join();
  EXPECT_TRUE(status.ok()) << status;
}

TEST_F(SupervisorTest, GivesUpOnAWorkerThatDoesNotFinish) {
  // Its thread outlives the supervisor, so what it uses is never freed.
  auto* const entered = new absl::Notification;
  auto* const go = new absl::Notification;
  Supervisor::Options options = Quick(1);
  options.drain_timeout = absl::Milliseconds(10);
  absl::Status status;
  {
    Supervisor supervisor(options, [=](int) {
      return MakeWorker(std::make_unique<StuckSource>(entered, go));
    });
    std::thread running([&] { status = supervisor.Run(); });
    entered->WaitForNotification();
    supervisor.Stop();
    running.join();
  }
  EXPECT_TRUE(absl::IsDeadlineExceeded(status)) << status;
  go->Notify();
}

TEST(IsPermanentTest, WhatTimeHealsIsNot) {
  EXPECT_TRUE(IsPermanent(absl::NotFoundError("")));
  EXPECT_TRUE(IsPermanent(absl::DataLossError("")));
  EXPECT_TRUE(IsPermanent(absl::FailedPreconditionError("")));
  EXPECT_FALSE(IsPermanent(absl::OkStatus()));
  EXPECT_FALSE(IsPermanent(absl::UnavailableError("")));
  EXPECT_FALSE(IsPermanent(absl::AbortedError("")));
  EXPECT_FALSE(IsPermanent(absl::DeadlineExceededError("")));
}

}  // namespace
}  // namespace wiredesk
