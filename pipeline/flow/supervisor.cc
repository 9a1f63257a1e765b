#include "pipeline/flow/supervisor.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "pipeline/flow/abort_cause.h"
#include "pipeline/flow/permanent_error.h"
#include "pipeline/observe/log.h"

namespace wiredesk {

struct Supervisor::Shared {
  Shared(const Options& options, WorkerFactory factory)
      : options(options), factory(std::move(factory)), left(options.workers) {}

  const Options options;
  const WorkerFactory factory;
  std::array<Counter*, kAbortCauses.size()> restarts = {};
  std::atomic<bool> stop = false;  // read by the workers between batches
  std::atomic<int> running = 0;

  absl::Mutex mutex;
  bool stopping ABSL_GUARDED_BY(mutex) = false;
  int left ABSL_GUARDED_BY(mutex);  // threads that have not ended
  absl::Status failure ABSL_GUARDED_BY(mutex);

  void Stop() {
    stop = true;
    absl::MutexLock lock(&mutex);
    stopping = true;
  }

  // Returns false when Stop() came before the time was over.
  bool Pause(absl::Duration time) {
    absl::MutexLock lock(&mutex);
    return !mutex.AwaitWithTimeout(absl::Condition(&stopping), time);
  }

  // One life of a worker.
  absl::Status MakeAndRun(int index) {
    absl::StatusOr<std::unique_ptr<Worker>> worker = factory(index);
    if (!worker.ok()) return worker.status();
    ++running;
    const absl::Status status = (*worker)->Run(stop);
    --running;
    return status;
  }
};

Supervisor::Supervisor(const Options& options, WorkerFactory factory,
                       Metrics* metrics)
    : options_(options),
      shared_(std::make_shared<Shared>(options, std::move(factory))),
      running_(shared_->running) {
  if (metrics == nullptr) return;
  for (size_t i = 0; i < kAbortCauses.size(); ++i) {
    shared_->restarts[i] = metrics->GetCounter(
        "wiredesk_worker_restarts_total",
        "Workers restarted after a failure; their batch is read again.",
        {{"cause", kAbortCauses[i]}});
  }
}

void Supervisor::Stop() { shared_->Stop(); }

absl::Status Supervisor::Run() {
  std::vector<std::thread> threads;
  threads.reserve(static_cast<size_t>(options_.workers));
  for (int i = 0; i < options_.workers; ++i) {
    threads.emplace_back(RunWorker, shared_, i);
  }

  bool drained = false;
  absl::Status failure;
  {
    absl::MutexLock lock(&shared_->mutex);
    const auto over = [this]() ABSL_SHARED_LOCKS_REQUIRED(shared_->mutex) {
      return shared_->stopping || shared_->left == 0;
    };
    shared_->mutex.Await(absl::Condition(&over));
    const auto ended = [this]() ABSL_SHARED_LOCKS_REQUIRED(shared_->mutex) {
      return shared_->left == 0;
    };
    drained = shared_->mutex.AwaitWithTimeout(absl::Condition(&ended),
                                              options_.drain_timeout);
    failure = shared_->failure;
  }
  for (std::thread& thread : threads) {
    if (drained) {
      thread.join();
    } else {
      thread.detach();
    }
  }
  if (!failure.ok() || drained) return failure;
  return absl::DeadlineExceededError(
      absl::StrCat("workers did not finish their batches within ",
                   absl::FormatDuration(options_.drain_timeout)));
}

void Supervisor::RunWorker(const std::shared_ptr<Shared>& shared, int index) {
  absl::Duration backoff = shared->options.backoff_min;
  std::string last_reason;
  while (!shared->stop) {
    const absl::Time start = absl::Now();
    const absl::Status status = shared->MakeAndRun(index);
    if (status.ok()) break;
    if (IsPermanent(status)) {
      LogError("worker_failed",
               {{"worker", index}, {"reason", status.message()}});
      {
        absl::MutexLock lock(&shared->mutex);
        shared->failure.Update(status);
      }
      shared->Stop();
      break;
    }
    if (absl::Now() - start > shared->options.healthy_after) {
      backoff = shared->options.backoff_min;
      last_reason.clear();
    }
    // The same trouble is told once, not at each try.
    if (status.message() != last_reason) {
      last_reason = std::string(status.message());
      LogWarning("worker_restarts",
                 {{"worker", index}, {"reason", last_reason}});
    }
    Counter* const restarts =
        shared->restarts[static_cast<size_t>(CauseOf(status))];
    if (restarts != nullptr) restarts->Add();
    if (!shared->Pause(backoff)) break;
    backoff = std::min(backoff * 2, shared->options.backoff_max);
  }
  absl::MutexLock lock(&shared->mutex);
  --shared->left;
}

}  // namespace wiredesk
