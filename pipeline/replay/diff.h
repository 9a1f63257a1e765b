// Two configurations over the same input in one pass: what the second one would
// do otherwise than the first.
//
// The chain of the first runs in the workers of a replay. In the place of each
// worker's sink stands a second worker with the chain of the second: it is fed
// the same raw records, and its own sink compares the two batches, article by
// article. Each chain has a sighting log of its own, so verdicts are compared
// as either configuration would have given them alone.

#ifndef WIREDESK_PIPELINE_REPLAY_DIFF_H_
#define WIREDESK_PIPELINE_REPLAY_DIFF_H_

#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "pipeline/flow/chain.h"
#include "pipeline/flow/memory_sighting_log.h"
#include "pipeline/flow/turnstile.h"
#include "pipeline/replay/diff_report.h"
#include "pipeline/replay/replay.h"

namespace wiredesk {

// To be given to ReplayInto() as its output. Thread-safe.
class DiffOutput : public ReplayOutput {
 public:
  // `second` must outlive this; `next_sighting` is what SeedReplica() gave for
  // it, or 0.
  DiffOutput(Chain* second, const Batch::Limits& batch,
             const DiffAllowance& allowance, int64_t next_sighting = 0);
  ~DiffOutput() override;

  std::unique_ptr<Sink> MakeSink(const Processing& processing) override;
  void Abandon() override;
  absl::Status Close() override { return absl::OkStatus(); }

  // What was found so far, in the order of the input.
  DiffReport report() const;

 private:
  class Comparison;

  Chain* const second_;
  const Batch::Limits batch_;
  const DiffAllowance allowance_;
  MemorySightingLog log_;
  Turnstile turnstile_;
  mutable absl::Mutex mutex_;
  DiffReport report_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_REPLAY_DIFF_H_
