// How many topics the templates of the routes may name: a template over free
// text would else make a topic for each text, and brokers carry each for ever.
//
// The workers of a process share one, and a reload keeps it. Thread-safe.

#ifndef WIREDESK_STAGES_ROUTE_TREE_TOPIC_CAP_H_
#define WIREDESK_STAGES_ROUTE_TREE_TOPIC_CAP_H_

#include <cstddef>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"

namespace wiredesk {

class TopicCap {
 public:
  // Whether a template may name `topic`: it did before, or is among the first
  // `topics_max` different ones.
  bool Take(absl::string_view topic, size_t topics_max) {
    absl::MutexLock lock(&mutex_);
    if (topics_.contains(topic)) return true;
    if (topics_.size() >= topics_max) return false;
    topics_.emplace(topic);
    return true;
  }

 private:
  absl::Mutex mutex_;
  absl::flat_hash_set<std::string> topics_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_TREE_TOPIC_CAP_H_
