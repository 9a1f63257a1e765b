// How the lanes of a worker take turns.
//
// A worker has several batches in flight, each on a lane of its own. What must
// not be done by two at once (a poll), or must be done in the order of the
// batches (the sighting log, the delivery), stands behind the gate.

#ifndef WIREDESK_PIPELINE_FLOW_LANE_GATE_H_
#define WIREDESK_PIPELINE_FLOW_LANE_GATE_H_

#include "absl/functional/function_ref.h"
#include "absl/synchronization/mutex.h"

namespace wiredesk {

// Owned by one worker and used by all of its lanes. A test whose lanes are no
// threads waits in another way.
class LaneGate {
 public:
  virtual ~LaneGate() = default;

  // Waits until `ready()`, then calls `then()`: nobody else is in a `ready` or
  // a `then` of this gate meanwhile, so what only these touch needs no lock.
  virtual void Pass(absl::FunctionRef<bool()> ready,
                    absl::FunctionRef<void()> then);

  // The same with nothing to wait for but the others.
  void Enter(absl::FunctionRef<void()> then) {
    Pass([] { return true; }, then);
  }

 private:
  absl::Mutex mutex_;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_FLOW_LANE_GATE_H_
