#include "stages/route/tree/rate_limits.h"

namespace wiredesk {

bool RateLimits::Take(absl::string_view route, const RateLimit& limit,
                      absl::Time time) {
  const int64_t number =
      absl::ToUnixNanos(time) / absl::ToInt64Nanoseconds(limit.per);
  absl::MutexLock lock(&mutex_);
  auto found = stretches_.find(route);
  if (found == stretches_.end()) {
    found = stretches_.emplace(std::string(route), Stretch()).first;
  }
  Stretch& stretch = found->second;
  if (number > stretch.number) stretch = {number, 0};
  if (stretch.records >= limit.records) return false;
  ++stretch.records;
  return true;
}

}  // namespace wiredesk
