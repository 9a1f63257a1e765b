// Lets batches pass one at a time, in the order of their sequence numbers.
//
// In a replay several workers process batches side by side, yet the output must
// be the same whatever their number. What depends on the order (the sighting
// log, the output files) stands behind a turnstile: each batch takes its turn
// exactly once.

#ifndef WIREDESK_PIPELINE_FLOW_TURNSTILE_H_
#define WIREDESK_PIPELINE_FLOW_TURNSTILE_H_

#include <cstdint>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"

namespace wiredesk {

class Turnstile {
 public:
  // Waits until it is the turn of `sequence`. Aborted: the turnstile is closed,
  // and the turn never comes.
  absl::Status Enter(int64_t sequence) {
    absl::MutexLock lock(&mutex_);
    const auto ready = [this, sequence]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
      return closed_ || next_ == sequence;
    };
    mutex_.Await(absl::Condition(&ready));
    if (closed_) return absl::AbortedError("another worker has failed");
    return absl::OkStatus();
  }

  // Ends the turn that Enter() began; the next one may enter.
  void Leave() {
    absl::MutexLock lock(&mutex_);
    ++next_;
  }

  // Wakes all who wait; nobody enters any more. For when a worker has failed.
  void Close() {
    absl::MutexLock lock(&mutex_);
    closed_ = true;
  }

 private:
  absl::Mutex mutex_;
  int64_t next_ ABSL_GUARDED_BY(mutex_) = 0;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_FLOW_TURNSTILE_H_
