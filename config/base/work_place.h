// Which record a stage is working on, for whoever watches from another thread:
// a record that hangs is to be named while it hangs.
//
//   place.Begin("tag", "news.raw", 0, 42, 3, now);   // the lane, for each record
//   place.Current(2 seconds)         // the watch: what has taken that long
//
// Thread-safe. The views that the lane hands over are read under the lock only
// while they live: Clear() comes before their memory goes.

#ifndef WIREDESK_CONFIG_BASE_WORK_PLACE_H_
#define WIREDESK_CONFIG_BASE_WORK_PLACE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace wiredesk {

// A record in the hands of a stage.
struct Work {
  std::string stage;
  std::string topic;
  int32_t partition = 0;
  int64_t offset = 0;
  int64_t item = -1;  // of a feed; -1 is the whole
  absl::Time since;
};

class WorkPlace {
 public:
  // `stage` is a literal; `topic` lives until the next call.
  void Begin(absl::string_view stage, absl::string_view topic,
             int32_t partition, int64_t offset, int64_t item, absl::Time now) {
    absl::MutexLock lock(&mutex_);
    stage_ = stage;
    topic_ = topic;
    partition_ = partition;
    offset_ = offset;
    item_ = item;
    since_ = now;
  }

  // Nothing is worked on.
  void Clear() {
    absl::MutexLock lock(&mutex_);
    stage_ = {};
  }

  // What has been worked on for at least `time`.
  std::optional<Work> Current(absl::Duration time) const {
    absl::MutexLock lock(&mutex_);
    if (stage_.empty() || absl::Now() - since_ < time) return std::nullopt;
    return Work{std::string(stage_),
                std::string(topic_),
                partition_,
                offset_,
                item_,
                since_};
  }

 private:
  mutable absl::Mutex mutex_;
  absl::string_view stage_ ABSL_GUARDED_BY(mutex_);
  absl::string_view topic_ ABSL_GUARDED_BY(mutex_);
  int32_t partition_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t offset_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t item_ ABSL_GUARDED_BY(mutex_) = -1;
  absl::Time since_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wiredesk

#endif  // WIREDESK_CONFIG_BASE_WORK_PLACE_H_
