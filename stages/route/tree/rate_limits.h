#ifndef WIREDESK_STAGES_ROUTE_TREE_RATE_LIMITS_H_
#define WIREDESK_STAGES_ROUTE_TREE_RATE_LIMITS_H_

#include <cstdint>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "stages/route/tree/route_tree.h"

namespace wiredesk {

// What is left of each route's rate. Event time is cut into stretches of the
// limit's length; in each, the route takes its first records. Late records
// count in the latest stretch. The workers of a process share one, and a reload
// keeps it: routes are known by their names. Thread-safe.
class RateLimits {
 public:
  // Books a record of `route` at `time`. False: it is over the limit.
  bool Take(absl::string_view route, const RateLimit& limit, absl::Time time);

 private:
  struct Stretch {
    int64_t number = INT64_MIN;
    int64_t records = 0;
  };

  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, Stretch> stretches_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_TREE_RATE_LIMITS_H_
