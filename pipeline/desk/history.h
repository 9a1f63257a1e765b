// The newest records of a running instance, for whoever looks at the desk.
//
// A thread of its own listens to the tap, which never slows the workers down
// (observe/tap.h): under load it sees a sample, and says of how many records
// nothing was kept. What is kept is bounded twice, by records and by bytes; the
// oldest goes first.
//
//   DeskHistory history(&tap, {.records_max = 5000});
//   for (const auto& record : history.Newest()) Show(record->headline);

#ifndef WIREDESK_PIPELINE_DESK_HISTORY_H_
#define WIREDESK_PIPELINE_DESK_HISTORY_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "pipeline/desk/kept_record.h"
#include "pipeline/observe/tap.h"

namespace wiredesk {

using KeptRecords = std::vector<std::shared_ptr<const KeptRecord>>;

// Thread-safe.
class DeskHistory {
 public:
  struct Options {
    size_t records_max = 5000;
    size_t bytes_max = 64 << 20;
    double rate = 50;  // records a second at most
  };
  struct Counts {
    int64_t latest = 0;    // sequence of the newest record
    int64_t kept = 0;      // records at hand
    int64_t left_out = 0;  // that went by and were never kept
  };

  // Listens to `tap`, which outlives it; null: to nobody (tests).
  DeskHistory(Tap* tap, const Options& options);
  ~DeskHistory();  // stops
  DeskHistory(const DeskHistory&) = delete;
  DeskHistory& operator=(const DeskHistory&) = delete;

  // Takes a line of the tap. False: it is not one.
  bool Add(std::string line);
  // Takes the raw record of the lines that follow.
  void AddRaw(absl::string_view line);
  void CountLeftOut(int64_t n);

  // All that is kept now, the newest first.
  KeptRecords Newest() const;
  // Waits up to `timeout` for records behind `sequence`, and appends the
  // summaries of at most `most` of them to `summaries`, the oldest first. Returns
  // the sequence to go on from.
  int64_t Await(int64_t sequence, absl::Duration timeout, size_t most,
                std::vector<std::string>& summaries) const;
  Counts counts() const;

 private:
  void Listen();

  const Options options_;
  Tap* const tap_;
  std::atomic<bool> stopping_ = false;
  mutable absl::Mutex mutex_;
  // The newest last.
  std::deque<std::shared_ptr<const KeptRecord>> records_
      ABSL_GUARDED_BY(mutex_);
  size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  std::shared_ptr<const std::string> raw_ ABSL_GUARDED_BY(mutex_);
  Counts counts_ ABSL_GUARDED_BY(mutex_);
  std::thread thread_;  // the last member: it uses the others
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_DESK_HISTORY_H_
