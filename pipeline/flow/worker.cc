#include "pipeline/flow/worker.h"

#include <string>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "config/base/status_macros.h"
#include "pipeline/observe/log.h"

namespace wiredesk {

namespace {

Histogram* StepTiming(Metrics& metrics, absl::string_view step) {
  return metrics.GetHistogram("wiredesk_batch_seconds",
                              "Time that a batch spends in a step.",
                              {{"step", step}});
}

Counter* AbortCounter(Metrics& metrics, absl::string_view cause) {
  return metrics.GetCounter(
      "wiredesk_batches_aborted_total",
      "Batches that were not delivered and are read again.",
      {{"cause", cause}});
}

}  // namespace

void Worker::DeclareMetrics(Metrics& metrics) {
  StepTiming(metrics, "deliver");
  for (const absl::string_view cause : kAbortCauses) {
    AbortCounter(metrics, cause);
  }
}

Worker::Worker(const Options& options, Parts parts)
    : options_(options),
      source_(std::move(parts.source)),
      sink_(std::move(parts.sink)),
      chain_(parts.chain),
      log_(parts.log),
      accounting_(parts.accounting),
      tap_(parts.tap),
      tracer_(parts.tracer),
      watch_(parts.watch),
      on_failure_(std::move(parts.on_failure)),
      gate_(parts.gate != nullptr ? std::move(parts.gate)
                                  : std::make_unique<LaneGate>()) {
  for (StageSet& stages : parts.lanes) {
    lanes_.push_back(std::make_unique<Lane>(options.batch, std::move(stages)));
  }
  if (lanes_.empty()) {
    lanes_.push_back(std::make_unique<Lane>(options.batch, StageSet()));
  }
  for (const auto& lane : lanes_) {
    if (watch_ != nullptr) watch_->Add(&lane->batch.work_place());
  }
  const StageSet& first = lanes_.front()->stages;
  source_->set_drain([this] { DrainInFlight(); });
  sink_revision_ = first.revision;
  stages_.resize(first.stages.size());
  if (parts.metrics == nullptr) return;
  for (const auto& stage : first.stages) {
    timings_.push_back(StepTiming(*parts.metrics, stage->name()));
  }
  timings_.push_back(StepTiming(*parts.metrics, "deliver"));
  for (size_t i = 0; i < kAbortCauses.size(); ++i) {
    aborts_[i] = AbortCounter(*parts.metrics, kAbortCauses[i]);
  }
}

Worker::~Worker() {
  for (const auto& lane : lanes_) {
    if (watch_ != nullptr) watch_->Remove(&lane->batch.work_place());
  }
  // It may give its partitions up only when it closes.
  source_->set_drain({});
}

// The order is the delivery guarantee.
//
// Deliver() publishes the batch and commits its positions as one: whoever reads
// committed records sees all of the batch or nothing of it, and a batch of
// which they saw nothing is read again. So whatever happens between two lines
// below (a crash, a revoked partition, a broker that goes away), each raw
// record is published or dead-lettered exactly once. With at_least_once,
// Deliver() publishes first and commits then: never lost, at times twice.
//
// Other lanes do the same with the batches before and after this one. Each is
// delivered when all before it are, so what is committed has no gaps; and when
// one is not delivered, none that was polled after it is, since all of them are
// read again.
//
// Stages keep no state that a batch which is read again could meet. What they
// append to the sighting log is outside of the transaction, and safe there: a
// record that comes again gets the decision that it got the first time.
absl::Status Worker::RunOnce(size_t lane_number) {
  Lane& lane = *lanes_[lane_number];
  BatchTrace trace(tracer_);
  absl::Status status = WithSource([&] {
    const StepSpan span("poll");
    return Poll(lane);
  });
  if (status.ok() && lane.batch.empty()) return status;
  trace.Describe(lane.batch);
  if (status.ok()) {
    status = RunStages(lane);
    // What could not be asked or appended is not the records' fault.
    if (status.ok() || absl::IsUnavailable(status) || absl::IsAborted(status)) {
      source_->OnProcessed(lane.batch);
    }
  }
  if (status.ok()) {
    status = InTurn(deliveries_, lane.number, [&] {
      const StepSpan span("deliver");
      return Deliver(lane, trace);
    });
  }
  trace.Fail(status);
  if (status.ok() || absl::IsOutOfRange(status)) return status;
  return Fail(std::move(status));
}

absl::Status Worker::Poll(Lane& lane) {
  lane.batch.Reset();
  WD_RETURN_IF_ERROR(source_->Poll(options_.batch_wait, lane.batch));
  if (lane.batch.empty()) return absl::OkStatus();
  lane.number = next_number_++;
  lane.rewinds = rewinds_;
  TakeRevision(lane);
  return absl::OkStatus();
}

// A batch goes through stages of one configuration from its first to its last,
// and its records name that one: a reload takes effect here, or at the next
// batch.
void Worker::TakeRevision(Lane& lane) {
  if (chain_ == nullptr || chain_->revision() == lane.stages.revision) return;
  lane.stages = chain_->MakeStages(log_);
}

absl::Status Worker::RunStages(Lane& lane) {
  for (size_t i = 0; i < lane.stages.stages.size(); ++i) {
    const Stage& stage = *lane.stages.stages[i];
    const absl::Status status =
        stage.in_order()
            ? InTurn(stages_[i], lane.number, [&] { return RunStage(i, lane); })
            : RunStage(i, lane);
    if (!status.ok()) {
      return WithCause(
          absl::Status(status.code(),
                       absl::StrCat(stage.name(), ": ", status.message())),
          CauseOf(status));
    }
  }
  DeadLetterUnrouted(lane.batch);
  return absl::OkStatus();
}

absl::Status Worker::RunStage(size_t i, Lane& lane) {
  Stage& stage = *lane.stages.stages[i];
  const StepSpan span(stage.name());
  const absl::Time start = absl::Now();
  lane.batch.set_stage(stage.name());
  WD_RETURN_IF_ERROR(stage.Process(lane.batch));
  lane.batch.mutable_work_place().Clear();
  if (!timings_.empty()) {
    timings_[i]->Observe(absl::ToDoubleSeconds(absl::Now() - start));
  }
  if (tap_ != nullptr) {
    tap_->Observe(stage.name(), lane.batch, lane.stages.processing);
  }
  return absl::OkStatus();
}

// Nothing is dropped unless a route says so: an article that no route has taken
// would be lost in the sink without a trace.
void Worker::DeadLetterUnrouted(Batch& batch) {
  batch.ForEachLive([&batch](const EventRecord& record) {
    if (!record.destinations.empty()) return;
    const RawRecord& raw = batch.raw_of(record);
    batch.DeadLetter(record.raw, "route", "no_destination",
                     "no route has taken it",
                     raw.articles > 1 ? int64_t{record.item} : -1);
  });
}

absl::Status Worker::Deliver(Lane& lane, BatchTrace& trace) {
  // It was polled after a batch that was aborted, and is read again.
  if (lane.rewinds != rewinds_) return absl::OkStatus();
  if (lane.stages.revision != sink_revision_) {
    sink_revision_ = lane.stages.revision;
    sink_->set_processing(lane.stages.processing);
  }
  const absl::Time start = absl::Now();
  const absl::Status delivered = sink_->Deliver(lane.batch);
  trace.Fail(delivered);
  if (absl::IsAborted(delivered)) return Abort(delivered, lane.batch);
  WD_RETURN_IF_ERROR(delivered);

  if (!timings_.empty()) {
    timings_.back()->Observe(absl::ToDoubleSeconds(absl::Now() - start));
  }
  if (accounting_ != nullptr) accounting_->AddDelivered(lane.batch);
  aborts_in_a_row_ = 0;
  return absl::OkStatus();
}

absl::Status Worker::Abort(const absl::Status& reason, const Batch& batch) {
  const auto cause = static_cast<size_t>(CauseOf(reason));
  if (aborts_[cause] != nullptr) aborts_[cause]->Add();
  LogInfo("batch_aborted", {{"cause", kAbortCauses[cause]},
                            {"reason", reason.message()},
                            {"records", batch.raw_records().size()}});
  if (++aborts_in_a_row_ >= options_.aborts_max) {
    return WithCause(
        absl::UnavailableError(absl::StrCat(
            aborts_in_a_row_, " batches in a row aborted: ", reason.message())),
        CauseOf(reason));
  }
  gate_->Enter([this] { aborting_ = true; });
  const absl::Status status = WithSource([this] {
    ++rewinds_;
    return source_->Rewind();
  });
  gate_->Enter([this] { aborting_ = false; });
  return status;
}

// Called by the lane that uses the source. The one that aborts a batch waits
// for that one in its turn.
void Worker::DrainInFlight() {
  gate_->Pass(
      [this] {
        return failed_ || aborting_ || deliveries_.next == next_number_;
      },
      [] {});
}

// One lane at a time, the first to come first: one that finds nothing to poll
// comes again at once, and must not keep out the one that is to rewind.
absl::Status Worker::WithSource(absl::FunctionRef<absl::Status()> use) {
  int64_t ticket = 0;
  gate_->Enter([&] { ticket = source_tickets_++; });
  return InTurn(source_uses_, ticket, use);
}

absl::Status Worker::InTurn(Turn& turn, int64_t number,
                            absl::FunctionRef<absl::Status()> step) {
  bool failed = false;
  gate_->Pass([&] { return failed_ || turn.next == number; },
              [&] { failed = failed_; });
  if (failed) return absl::AbortedError("another lane has failed");
  absl::Status status = step();
  gate_->Enter([&turn] { ++turn.next; });
  return status;
}

absl::Status Worker::Fail(absl::Status status) {
  bool first = false;
  gate_->Enter([&] {
    first = !failed_;
    if (first) failure_ = status;
    failed_ = true;
  });
  if (first && on_failure_) on_failure_();
  return status;
}

absl::Status Worker::Run(const std::atomic<bool>& stop) {
  std::vector<std::thread> others;
  for (size_t lane = 1; lane < lanes_.size(); ++lane) {
    others.emplace_back([this, lane, &stop] { RunLane(lane, stop); });
  }
  RunLane(0, stop);
  for (std::thread& other : others) other.join();
  return failure_;
}

void Worker::RunLane(size_t lane, const std::atomic<bool>& stop) {
  while (!stop.load(std::memory_order_relaxed)) {
    if (!RunOnce(lane).ok()) return;
  }
}

}  // namespace wiredesk
