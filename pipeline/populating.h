#ifndef WIREDESK_PIPELINE_POPULATING_H_
#define WIREDESK_PIPELINE_POPULATING_H_

#include <atomic>
#include <thread>

#include "pipeline/sighting_log.h"

namespace wiredesk {

// Has a replica's memory given by the kernel on a thread of its own, while the
// first batches are on their way; ends at once when it is destroyed. `replica`
// must outlive it.
class Populating {
 public:
  explicit Populating(const SightingReplica* replica)
      : thread_([this, replica] { replica->Populate(stop_); }) {}
  ~Populating() {
    stop_ = true;
    thread_.join();
  }
  Populating(const Populating&) = delete;
  Populating& operator=(const Populating&) = delete;

 private:
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_POPULATING_H_
