// Moves records from a source through the stages to a sink; the delivery
// guarantee is Worker::RunOnce.
//
// A batch is polled, goes through the stages, and is delivered together with
// the positions of what it holds. Nothing is committed before it is delivered,
// so what a crash interrupts is read again; what an aborted transaction leaves
// is rewound and read again. docs/delivery.md has the proof, worker.cc the
// dozen lines.
//
// Example, compiled in tests/examples/pipeline_examples.cc:
//
//   absl::Status MoveAll(std::unique_ptr<Source> source,
//                        std::unique_ptr<Sink> sink) {
//     Worker::Parts parts;
//     parts.source = std::move(source);
//     parts.sink = std::move(sink);
//     parts.lanes.emplace_back();  // one lane; usually Chain::MakeStages()
//     parts.lanes[0].stages.push_back(std::make_unique<EmbargoStage>());
//     Worker worker({}, std::move(parts));
//     absl::Status status;
//     while (status.ok()) status = worker.RunOnce();
//     return absl::IsOutOfRange(status) ? absl::OkStatus() : status;
//   }

#ifndef WIREDESK_PIPELINE_FLOW_WORKER_H_
#define WIREDESK_PIPELINE_FLOW_WORKER_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "pipeline/flow/abort_cause.h"
#include "pipeline/flow/accounting.h"
#include "pipeline/flow/chain.h"
#include "pipeline/flow/io.h"
#include "pipeline/flow/lane_gate.h"
#include "pipeline/flow/record_watch.h"
#include "pipeline/flow/sighting_log.h"
#include "pipeline/observe/metrics.h"
#include "pipeline/observe/tap.h"
#include "pipeline/observe/tracer.h"
#include "pipeline/record/batch.h"

namespace wiredesk {

// Moves records: polls batches, sends each through the stages, delivers it.
//
// One worker is one source, one sink, and lanes. A lane is a thread with one
// batch, which is used again and again, and a set of stages of its own. So
// while one batch waits for the brokers the next one is parsed and tagged. The
// lanes take turns: one polls at a time, and batches are delivered in the order
// in which they were polled.
//
// The supervisor makes a worker, runs it on a thread, which is the first lane,
// and replaces all of it when it fails.
class Worker {
 public:
  struct Options {
    Batch::Limits batch;
    // How long a batch may wait for more records after its first one.
    absl::Duration batch_wait = absl::Milliseconds(5);
    // So many aborted batches in a row are a failure.
    int aborts_max = 10;
  };

  // What a worker works with. All but the pointers is its own.
  struct Parts {
    std::unique_ptr<Source> source;
    std::unique_ptr<Sink> sink;   // may point to `source`
    std::vector<StageSet> lanes;  // the stages of each; none: one without
    // Where the stages come from; null: they stay. `log` is what they append
    // to.
    Chain* chain = nullptr;
    SightingLog* log = nullptr;
    Accounting* accounting = nullptr;  // may be null; outlives the worker
    Metrics* metrics = nullptr;        // may be null; outlives the worker
    Tap* tap = nullptr;                // may be null; outlives the worker
    Tracer* tracer = nullptr;          // may be null; outlives the worker
    RecordWatch* watch = nullptr;      // may be null; outlives the worker
    std::unique_ptr<LaneGate> gate;    // null: lanes are threads
    // Called once, by the lane that fails first: wakes the others where they
    // wait for something other than the gate. May be empty.
    std::function<void()> on_failure;
  };

  // What workers count, before there is one.
  static void DeclareMetrics(Metrics& metrics);

  Worker(const Options& options, Parts parts);
  ~Worker();

  // Processes one batch on a lane, if there is any. See the definition: it is
  // the delivery guarantee. After an error the worker must not be used any
  // more; the other lanes return Aborted. OutOfRange: the input has ended
  // (files only). Each lane has one caller at a time.
  absl::Status RunOnce(size_t lane = 0);

  // Processes batches on all lanes until `stop` is set, the input ends (both
  // OK), or the worker fails: what failed first.
  absl::Status Run(const std::atomic<bool>& stop);

 private:
  struct Lane {
    Lane(const Batch::Limits& limits, StageSet stages)
        : stages(std::move(stages)), batch(limits) {}

    StageSet stages;
    Batch batch;
    int64_t number = -1;   // of the batch, in the order of the polls
    int64_t rewinds = -1;  // of the source, when the batch was polled
  };
  // Lets one at a time pass, in the order of their numbers.
  struct Turn {
    int64_t next = 0;
  };

  absl::Status Poll(Lane& lane);
  void TakeRevision(Lane& lane);
  absl::Status RunStages(Lane& lane);
  absl::Status RunStage(size_t i, Lane& lane);
  static void DeadLetterUnrouted(Batch& batch);
  absl::Status Deliver(Lane& lane, BatchTrace& trace);
  absl::Status Abort(const absl::Status& reason, const Batch& batch);
  void DrainInFlight();
  absl::Status WithSource(absl::FunctionRef<absl::Status()> use);
  absl::Status InTurn(Turn& turn, int64_t number,
                      absl::FunctionRef<absl::Status()> step);
  void RunLane(size_t lane, const std::atomic<bool>& stop);
  absl::Status Fail(absl::Status status);

  const Options options_;
  // Destroyed in reverse: the sink points to the source.
  std::unique_ptr<Source> source_;
  std::unique_ptr<Sink> sink_;
  Chain* const chain_;
  SightingLog* const log_;
  Accounting* const accounting_;
  Tap* const tap_;
  Tracer* const tracer_;
  RecordWatch* const watch_;
  const std::function<void()> on_failure_;
  // Seconds of each stage, then of the delivery; empty without metrics.
  std::vector<Histogram*> timings_;
  std::array<Counter*, kAbortCauses.size()> aborts_ = {};
  std::vector<std::unique_ptr<Lane>> lanes_;

  const std::unique_ptr<LaneGate> gate_;
  // Behind the gate.
  bool failed_ = false;
  bool aborting_ = false;
  absl::Status failure_;  // the first one
  int64_t source_tickets_ = 0;
  Turn source_uses_;
  std::vector<Turn> stages_;  // of those that batches pass in order
  Turn deliveries_;

  // Of the one that uses the source; DrainInFlight() reads it behind the gate.
  int64_t next_number_ = 0;
  int64_t rewinds_ = 0;  // written by the one that delivers, too
  // Of the one that delivers.
  int64_t sink_revision_ = 0;
  int aborts_in_a_row_ = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_FLOW_WORKER_H_
