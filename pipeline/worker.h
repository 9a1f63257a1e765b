#ifndef WIREDESK_PIPELINE_WORKER_H_
#define WIREDESK_PIPELINE_WORKER_H_

#include <atomic>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "pipeline/accounting.h"
#include "pipeline/batch.h"
#include "pipeline/chain.h"
#include "pipeline/io.h"
#include "pipeline/metrics.h"
#include "pipeline/sighting_log.h"
#include "pipeline/tap.h"

namespace wiredesk {

// Moves records: polls a batch, sends it through the stages, delivers it.
//
// One worker is one thread, one source, one sink, one set of stages, and one
// batch that is used again and again. The supervisor makes it, runs it on a
// thread of its own, and replaces all of it when it fails.
class Worker {
 public:
  struct Options {
    Batch::Limits batch;
    // How long a batch may wait for more records after its first one.
    absl::Duration batch_wait = absl::Milliseconds(5);
    // So many aborted batches in a row are a failure.
    int aborts_max = 10;
  };

  // What a worker works with. `source`, `sink` and `stages` are its own.
  struct Parts {
    std::unique_ptr<Source> source;
    std::unique_ptr<Sink> sink;  // may point to `source`
    StageSet stages;
    // Where `stages` come from; null: they stay. `log` is what they append to.
    Chain* chain = nullptr;
    SightingLog* log = nullptr;
    Accounting* accounting = nullptr;  // may be null; outlives the worker
    Metrics* metrics = nullptr;        // may be null; outlives the worker
    Tap* tap = nullptr;                // may be null; outlives the worker
  };

  Worker(const Options& options, Parts parts);

  // Processes one batch, if there is any. See the definition: it is the
  // delivery guarantee. After an error the worker must not be used any more.
  // OutOfRange: the input has ended (files only).
  absl::Status RunOnce();

  // Processes batches until `stop` is set, the input ends (both OK), or the
  // worker fails.
  absl::Status Run(const std::atomic<bool>& stop);

 private:
  void TakeRevision();
  absl::Status RunStages();
  void DeadLetterUnrouted();
  absl::Status Abort(const absl::Status& reason);

  const Options options_;
  // Destroyed in reverse: the sink points to the source.
  std::unique_ptr<Source> source_;
  std::unique_ptr<Sink> sink_;
  StageSet stages_;
  Chain* const chain_;
  SightingLog* const log_;
  Accounting* const accounting_;
  Tap* const tap_;
  // Seconds of each stage, then of the delivery; empty without metrics.
  std::vector<Histogram*> timings_;
  Counter* aborts_ = nullptr;
  Batch batch_;
  int aborts_in_a_row_ = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_WORKER_H_
