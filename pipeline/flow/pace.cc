#include "pipeline/flow/pace.h"

#include <algorithm>

#include "absl/time/clock.h"

namespace wiredesk {

absl::Duration Pace::Delay(absl::Time event_time, absl::Time now) {
  absl::MutexLock lock(&mutex_);
  if (!latest_) {
    latest_ = event_time;
    due_ = now;
  }
  const absl::Duration step = event_time - *latest_;
  if (step > absl::ZeroDuration()) {
    latest_ = event_time;
    if (step <= kGapMax) due_ += step / speed_;
  }
  due_ = std::max(due_, now);
  return due_ - now;
}

absl::Status PacedSink::Deliver(Batch& batch) {
  for (const EventRecord& record : batch.records()) {
    if (!record.received_at) continue;
    absl::SleepFor(pace_->Delay(*record.received_at, absl::Now()));
  }
  return sink_->Deliver(batch);
}

}  // namespace wiredesk
