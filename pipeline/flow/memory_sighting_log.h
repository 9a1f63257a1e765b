// The sighting log of a process that is alone: a replay, a test.

#ifndef WIREDESK_PIPELINE_FLOW_MEMORY_SIGHTING_LOG_H_
#define WIREDESK_PIPELINE_FLOW_MEMORY_SIGHTING_LOG_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/span.h"
#include "pipeline/flow/sighting_log.h"
#include "pipeline/flow/turnstile.h"

namespace wiredesk {

// Applies each entry as it is appended and keeps none. Thread-safe. Batches
// that have a sequence number pass in its order, each of them once, also those
// without sightings; those without a number pass as they come.
class MemorySightingLog : public SightingLog {
 public:
  // `replica` must outlive the log; `next` is the position of its first entry.
  explicit MemorySightingLog(SightingReplica* replica, int64_t next = 0)
      : replica_(replica), next_(next) {}

  // Aborted: Close() was called while it waited for its turn.
  absl::Status Append(int64_t sequence, absl::Span<const std::string> sightings,
                      std::vector<std::string>& decisions) override;

  // Wakes all who wait for a turn that will not come, since a worker failed.
  void Close() { turnstile_.Close(); }

 private:
  absl::Status Apply(absl::Span<const std::string> sightings,
                     std::vector<std::string>& decisions);

  Turnstile turnstile_;
  absl::Mutex mutex_;
  SightingReplica* const replica_ ABSL_PT_GUARDED_BY(mutex_);
  int64_t next_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_FLOW_MEMORY_SIGHTING_LOG_H_
