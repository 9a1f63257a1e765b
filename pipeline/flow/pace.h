// Holds a replay back, so that records come out as far apart as they were in
// event time, or a factor closer.

#ifndef WIREDESK_PIPELINE_FLOW_PACE_H_
#define WIREDESK_PIPELINE_FLOW_PACE_H_

#include <memory>
#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "pipeline/flow/io.h"
#include "pipeline/record/batch.h"

namespace wiredesk {

// The relation of event time to the clock on the wall. The first record starts
// both. Event time that goes back, or leaps over more than kGapMax, costs no
// waiting: an archive has holes that nobody wants to sit through.
// Thread-safe; shared by the workers of a replay.
class Pace {
 public:
  static constexpr absl::Duration kGapMax = absl::Hours(1);

  // `speed`: seconds of event time in a second, more than 0.
  explicit Pace(double speed) : speed_(speed) {}

  // How long to wait before what happened at `event_time` may be shown.
  absl::Duration Delay(absl::Time event_time, absl::Time now);

 private:
  const double speed_;
  absl::Mutex mutex_;
  std::optional<absl::Time> latest_ ABSL_GUARDED_BY(mutex_);
  absl::Time due_ ABSL_GUARDED_BY(mutex_);
};

// A sink that waits before each batch until its last record is due.
class PacedSink : public Sink {
 public:
  PacedSink(Pace* pace, std::unique_ptr<Sink> sink)
      : pace_(pace), sink_(std::move(sink)) {}

  absl::Status Deliver(Batch& batch) override;

 private:
  Pace* const pace_;
  const std::unique_ptr<Sink> sink_;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_FLOW_PACE_H_
