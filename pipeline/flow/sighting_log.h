// The one log that orders every sighting.
//
// Each article's sighting (bytes that only stages/dedupe understands) is
// appended to one totally ordered log; every replica applies all of it in that
// order to its own copy of the story index, so all replicas decide alike. This
// file is the border: pipeline/ moves the bytes, stages/dedupe gives them
// meaning.

#ifndef WIREDESK_PIPELINE_FLOW_SIGHTING_LOG_H_
#define WIREDESK_PIPELINE_FLOW_SIGHTING_LOG_H_

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace wiredesk {

// A figure of what a replica holds, for the metrics.
struct ReplicaFigure {
  absl::string_view name;  // as Prometheus has it
  absl::string_view help;
  int64_t value = 0;
  bool counter = false;  // only ever grows
};

// What the log delivers into: the story index of this process. Calls come from
// one thread at a time, in the order of the log, each entry once.
class SightingReplica {
 public:
  virtual ~SightingReplica() = default;

  // Applies the entry at `position`. `decision` receives the encoded decision
  // (bytes, again only dedupe's), for the appender that waits for it. An error
  // means that the log cannot be understood (another format version, say): the
  // process must stop, since to skip an entry is to decide unlike the others.
  virtual absl::Status Apply(int64_t position, absl::string_view sighting,
                             std::string& decision) = 0;

  // Has the kernel give the memory that it will use, until `stop`, so that the
  // first articles need not wait for it. May run next to all other calls.
  virtual void Populate(const std::atomic<bool>& stop) const {
    static_cast<void>(stop);
  }

  // What it holds now. Thread-safe.
  virtual std::vector<ReplicaFigure> figures() const { return {}; }

  // Entries that this process must put into the log before its next sightings.
  virtual std::vector<std::string> TakeEntries() { return {}; }
};

// Thread-safe: the workers of a process share one log.
class SightingLog {
 public:
  virtual ~SightingLog() = default;

  // Appends `sightings` in order and waits until the replica has applied them
  // all; `decisions` gets one entry for each. `sequence` is Batch::sequence():
  // if not negative, the log takes batches strictly in that order.
  // An error means that some may be in the log and others not; appending again
  // is safe, since a sighting that is met twice gets its first decision.
  virtual absl::Status Append(int64_t sequence,
                              absl::Span<const std::string> sightings,
                              std::vector<std::string>& decisions) = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_FLOW_SIGHTING_LOG_H_
