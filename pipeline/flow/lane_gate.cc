#include "pipeline/flow/lane_gate.h"

namespace wiredesk {

void LaneGate::Pass(absl::FunctionRef<bool()> ready,
                    absl::FunctionRef<void()> then) {
  const auto is_ready = [&ready] { return ready(); };
  absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(&is_ready));
  then();
}

}  // namespace wiredesk
