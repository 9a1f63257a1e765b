#include "pipeline/worker.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "config/status_macros.h"
#include "pipeline/log.h"

namespace wiredesk {

Worker::Worker(const Options& options, Parts parts)
    : options_(options),
      source_(std::move(parts.source)),
      sink_(std::move(parts.sink)),
      stages_(std::move(parts.stages)),
      chain_(parts.chain),
      log_(parts.log),
      accounting_(parts.accounting),
      tap_(parts.tap),
      batch_(options.batch) {
  if (parts.metrics == nullptr) return;
  const auto timing = [&](absl::string_view step) {
    timings_.push_back(parts.metrics->GetHistogram(
        "wiredesk_batch_seconds", "Time that a batch spends in a step.",
        {{"step", step}}));
  };
  for (const auto& stage : stages_.stages) timing(stage->name());
  timing("deliver");
  aborts_ = parts.metrics->GetCounter(
      "wiredesk_batches_aborted_total",
      "Batches that were not delivered and are read again.");
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
// Stages keep no state that a batch which is read again could meet. What they
// append to the sighting log is outside of the transaction, and safe there: a
// record that comes again gets the decision that it got the first time.
absl::Status Worker::RunOnce() {
  batch_.Reset();
  TakeRevision();
  WD_RETURN_IF_ERROR(source_->Poll(options_.batch_wait, batch_));
  if (batch_.empty()) return absl::OkStatus();

  WD_RETURN_IF_ERROR(RunStages());
  const absl::Time start = absl::Now();
  const absl::Status delivered = sink_->Deliver(batch_);
  if (absl::IsAborted(delivered)) return Abort(delivered);
  WD_RETURN_IF_ERROR(delivered);

  if (!timings_.empty()) {
    timings_.back()->Observe(absl::ToDoubleSeconds(absl::Now() - start));
  }
  if (accounting_ != nullptr) accounting_->AddDelivered(batch_);
  aborts_in_a_row_ = 0;
  return absl::OkStatus();
}

absl::Status Worker::Run(const std::atomic<bool>& stop) {
  while (!stop.load(std::memory_order_relaxed)) {
    const absl::Status status = RunOnce();
    if (absl::IsOutOfRange(status)) return absl::OkStatus();
    WD_RETURN_IF_ERROR(status);
  }
  return absl::OkStatus();
}

// A batch goes through stages of one configuration from its first to its last,
// and its records name that one: a reload takes effect here, or at the next
// batch.
void Worker::TakeRevision() {
  if (chain_ == nullptr || chain_->revision() == stages_.revision) return;
  stages_ = chain_->MakeStages(log_);
  sink_->set_processing(stages_.processing);
}

absl::Status Worker::RunStages() {
  for (size_t i = 0; i < stages_.stages.size(); ++i) {
    Stage& stage = *stages_.stages[i];
    const absl::Time start = absl::Now();
    const absl::Status status = stage.Process(batch_);
    if (!status.ok()) {
      return absl::Status(status.code(),
                          absl::StrCat(stage.name(), ": ", status.message()));
    }
    if (!timings_.empty()) {
      timings_[i]->Observe(absl::ToDoubleSeconds(absl::Now() - start));
    }
    if (tap_ != nullptr) {
      tap_->Observe(stage.name(), batch_, stages_.processing);
    }
  }
  DeadLetterUnrouted();
  return absl::OkStatus();
}

// Nothing is dropped unless a route says so: an article that no route has taken
// would be lost in the sink without a trace.
void Worker::DeadLetterUnrouted() {
  batch_.ForEachLive([this](const EventRecord& record) {
    if (!record.destinations.empty()) return;
    const RawRecord& raw = batch_.raw_of(record);
    batch_.DeadLetter(record.raw, "route", "no_destination",
                      "no route has taken it",
                      raw.articles > 1 ? int64_t{record.item} : -1);
  });
}

absl::Status Worker::Abort(const absl::Status& reason) {
  if (aborts_ != nullptr) aborts_->Add();
  LogInfo("batch_aborted", {{"reason", reason.message()},
                            {"records", batch_.raw_records().size()}});
  if (++aborts_in_a_row_ >= options_.aborts_max) {
    return absl::UnavailableError(absl::StrCat(
        aborts_in_a_row_, " batches in a row aborted: ", reason.message()));
  }
  return source_->Rewind();
}

}  // namespace wiredesk
