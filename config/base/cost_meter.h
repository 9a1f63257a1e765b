// What one record costs a stage in CPU time, so that none can hold up its
// partition for ever.
//
// Everything that is done with a record is bounded by its bytes, so the meter is
// a second net: it ends a record that some fault of ours makes too costly, in a
// dead letter with the reason `too_costly`. Stages ask where that is cheap,
// between the items of a list and between the steps of an article.
//
//   meter.Begin();
//   for (item : items) {
//     if (meter.Exceeded()) break;   // and say so
//     ...
//   }
//
// CPU time is what counts, for a process may be frozen or wait for a processor.
// But to read it is a system call, so the wall clock is asked first: only when
// half of what is allowed has passed on that one is the CPU's read, and from
// there on the other half counts. So a record within its bounds gives the same
// result always, and none is ended that has not used half of what it may.
//
// Belongs to one thread at a time.

#ifndef WIREDESK_CONFIG_BASE_COST_METER_H_
#define WIREDESK_CONFIG_BASE_COST_METER_H_

#include <ctime>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace wiredesk {

class CostMeter {
 public:
  explicit CostMeter(absl::Duration cpu_max) : cpu_max_(cpu_max) {}

  // A record, or an article of one, begins.
  void Begin(absl::Time now = absl::Now()) {
    begun_ = now;
    cpu_begun_ = absl::InfiniteFuture();
  }

  // Whether it has cost more than it may.
  bool Exceeded() {
    if (absl::Now() - begun_ < cpu_max_ / 2) return false;
    const absl::Time now = ThreadCpu();
    if (cpu_begun_ == absl::InfiniteFuture()) cpu_begun_ = now;
    return now - cpu_begun_ >= cpu_max_ / 2;
  }

  absl::Duration cpu_max() const { return cpu_max_; }

 private:
  static absl::Time ThreadCpu() {
    timespec now = {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return absl::TimeFromTimespec(now);
  }

  const absl::Duration cpu_max_;
  absl::Time begun_;
  absl::Time cpu_begun_ = absl::InfiniteFuture();
};

}  // namespace wiredesk

#endif  // WIREDESK_CONFIG_BASE_COST_METER_H_
