// Names the record that a lane hangs on, in the log and as a metric, while it
// hangs: without that a partition that stands still tells nobody why.
//
// Workers add the places where their lanes work, and take them out before they
// go. Thread-safe; looks on a thread of its own.

#ifndef WIREDESK_PIPELINE_FLOW_RECORD_WATCH_H_
#define WIREDESK_PIPELINE_FLOW_RECORD_WATCH_H_

#include <map>
#include <set>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "config/base/work_place.h"
#include "pipeline/observe/metrics.h"
#include "pipeline/record/batch.h"

namespace wiredesk {

class RecordWatch {
 public:
  struct Options {
    absl::Duration interval = absl::Seconds(1);
    // A record that takes longer is named.
    absl::Duration slow_after = absl::Seconds(5);
    // How often it is named again.
    absl::Duration repeat = absl::Seconds(30);
  };

  // `metrics` may be null, else it outlives this.
  RecordWatch(const Options& options, Metrics* metrics);
  ~RecordWatch();
  RecordWatch(const RecordWatch&) = delete;
  RecordWatch& operator=(const RecordWatch&) = delete;

  void Add(const WorkPlace* place);
  void Remove(const WorkPlace* place);

  // Looks once. For tests; the thread does so every interval.
  void Look();

 private:
  void Watch();
  void Show(const Work& work);

  const Options options_;
  Metrics* const metrics_;
  absl::Mutex mutex_;
  std::set<const WorkPlace*> places_ ABSL_GUARDED_BY(mutex_);
  // When each record was named last, by its name.
  std::map<std::string, absl::Time> named_ ABSL_GUARDED_BY(mutex_);
  absl::Notification stop_;
  std::thread thread_;
};

// Whether `record`, which the batch has begun with, has cost `stage` more than
// limits.record_cpu_max (config/base/cost_meter.h) by the work called `after`;
// then it is a dead letter that names both. Reads a clock.
//
//   if (IsTooCostly("tag", "quotes", batch, record)) return;  // out of the flow
bool IsTooCostly(absl::string_view stage, absl::string_view after, Batch& batch,
                 const EventRecord& record);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_FLOW_RECORD_WATCH_H_
