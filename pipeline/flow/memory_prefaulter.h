#ifndef WIREDESK_PIPELINE_FLOW_MEMORY_PREFAULTER_H_
#define WIREDESK_PIPELINE_FLOW_MEMORY_PREFAULTER_H_

#include <atomic>
#include <thread>

#include "pipeline/flow/sighting_log.h"

namespace wiredesk {

// Pre-faults the memory of a replica on a background thread, while the
// first batches are on their way; ends at once when it is destroyed. `replica`
// must outlive it.
class MemoryPrefaulter {
 public:
  explicit MemoryPrefaulter(const SightingReplica* replica)
      : thread_([this, replica] { replica->Populate(stop_); }) {}
  ~MemoryPrefaulter() {
    stop_ = true;
    thread_.join();
  }
  MemoryPrefaulter(const MemoryPrefaulter&) = delete;
  MemoryPrefaulter& operator=(const MemoryPrefaulter&) = delete;

 private:
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_FLOW_MEMORY_PREFAULTER_H_
