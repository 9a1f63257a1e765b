#ifndef WIREDESK_PIPELINE_FLOW_SUPERVISOR_H_
#define WIREDESK_PIPELINE_FLOW_SUPERVISOR_H_

#include <atomic>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "pipeline/flow/worker.h"
#include "pipeline/observe/metrics.h"

namespace wiredesk {

// Runs workers, each on a thread of its own, and recreates a failed one, with
// everything that belongs to it, after a pause that doubles.
//
// Made and run by a command's main thread; Stop() may come from any thread.
class Supervisor {
 public:
  struct Options {
    int workers = 1;
    // Time for the batches in flight after Stop().
    absl::Duration drain_timeout = absl::Seconds(30);
    absl::Duration backoff_min = absl::Milliseconds(100);
    absl::Duration backoff_max = absl::Seconds(10);
    // A worker that ran so long starts again with the shortest pause.
    absl::Duration healthy_after = absl::Seconds(30);
  };

  // Makes the worker with this index, 0..workers-1, on the thread that will
  // run it. Must be thread-safe.
  using WorkerFactory =
      std::function<absl::StatusOr<std::unique_ptr<Worker>>(int index)>;

  // `metrics` may be null, else it outlives this.
  Supervisor(const Options& options, WorkerFactory factory,
             Metrics* metrics = nullptr);

  // Runs until every worker has reached the end of its input (OK), Stop() was
  // called and the workers have finished their batches (OK), or one has failed
  // for good (its status, when the others have finished theirs).
  // DeadlineExceeded: some did not finish within drain_timeout. Their threads
  // are still running, so the process must end without cleaning up.
  absl::Status Run();

  // Lets each worker finish the batch in flight, and no more.
  void Stop();

  // How many workers are up now. For health.
  int running() const { return running_.load(std::memory_order_relaxed); }

 private:
  // What the threads share. They hold it too, so that a thread which outlives
  // the deadline still has it.
  struct Shared;

  static void RunWorker(const std::shared_ptr<Shared>& shared, int index);

  const Options options_;
  const std::shared_ptr<Shared> shared_;
  std::atomic<int>& running_;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_FLOW_SUPERVISOR_H_
