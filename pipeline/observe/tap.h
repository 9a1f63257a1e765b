// Live records for whoever looks: what `wiredesk tap` shows of a running
// instance.
//
// It never slows the workers down. Without listeners a worker reads one atomic
// number a stage. With them it looks at a batch only if nobody else does at
// this moment, and then rests for fifty times as long as it took, so that
// looking costs at most a fiftieth of its time. What a listener is to see waits
// in a ring of its own; what does not fit, or is more than it asked for, is
// counted and left out.

#ifndef WIREDESK_PIPELINE_OBSERVE_TAP_H_
#define WIREDESK_PIPELINE_OBSERVE_TAP_H_

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "pipeline/record/batch.h"
#include "pipeline/record/event_json.h"

namespace wiredesk {

// Chooses records. Belongs to one thread at a time.
class RecordFilter {
 public:
  virtual ~RecordFilter() = default;
  virtual bool Takes(const EventRecord& record) = 0;
};

// Compiles an expression (stages/route knows the language). InvalidArgument
// tells what is wrong with it.
using RecordFilterFactory =
    std::function<absl::StatusOr<std::unique_ptr<RecordFilter>>(
        absl::string_view expression)>;

// What a listener wants to see.
struct TapQuery {
  std::string stage = "route";    // as records leave this stage
  std::string route;              // only those that it takes; empty: all
  std::string filter;             // an expression; empty: all
  bool all_dead_letters = false;  // those of earlier stages, too
  double rate = 50;               // lines a second at most
  // Writes a line for each raw record of which something is shown, before what
  // is shown of it. May be empty.
  std::function<void(const RawRecord& raw, std::string& line)> append_raw;
};

// The names that exist in the instance: a query for another one would wait for
// ever.
struct TapNames {
  std::vector<std::string> stages;                   // empty: any
  std::function<std::vector<std::string>()> routes;  // of now; empty: any
};

// Where one listener's lines wait. Thread-safe.
class TapRing {
 public:
  static constexpr size_t kLinesMax = 256;
  static constexpr size_t kBytesMax = 8 << 20;

  // False, and counted, where there is no room.
  bool Push(std::string line);
  void CountDropped(int64_t n);
  // Wakes the listener; nothing more will come.
  void Close();

  // Waits up to `timeout` for lines, and takes all there are. After Close() it
  // returns false once all are taken.
  bool Take(absl::Duration timeout, std::vector<std::string>& lines,
            int64_t& dropped);

 private:
  bool MayTake() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return closed_ || !lines_.empty();
  }

  absl::Mutex mutex_;
  std::deque<std::string> lines_ ABSL_GUARDED_BY(mutex_);
  size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t dropped_ ABSL_GUARDED_BY(mutex_) = 0;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
};

// Thread-safe. Made by the command that runs, outlives the workers.
class Tap {
 public:
  static constexpr size_t kListenersMax = 4;
  static constexpr int kRestFactor = 50;
  // One look at a batch takes no longer than this and one record more.
  static constexpr absl::Duration kLookMax = absl::Milliseconds(2);

  // `make_filter` may be empty: then nobody may ask for a filter.
  explicit Tap(RecordFilterFactory make_filter, TapNames names = {})
      : make_filter_(std::move(make_filter)), names_(std::move(names)) {}

  // Begins to listen; whoever has the ring listens until it lets go of it.
  // InvalidArgument: the query is wrong, or names a stage or route that does not
  // exist. ResourceExhausted: too many listen.
  absl::StatusOr<std::shared_ptr<TapRing>> Listen(const TapQuery& query);

  // How many listen now.
  size_t listeners();

  // Ends all listening, for good.
  void Close();

  // Of a worker: `batch` has left `stage`. Never waits.
  void Observe(absl::string_view stage, const Batch& batch,
               const Processing& processing) {
    if (listeners_count_.load(std::memory_order_relaxed) > 0) {
      Look(stage, batch, processing, absl::Now());
    }
  }

  // The same, at a given time.
  void Look(absl::string_view stage, const Batch& batch,
            const Processing& processing, absl::Time now);

 private:
  struct Listener {
    TapQuery query;
    std::unique_ptr<RecordFilter> filter;
    std::weak_ptr<TapRing> ring;
    double tokens = 0;
    absl::Time filled;                 // when tokens were last added
    absl::Time rest_until;             // no look before
    const RawRecord* shown = nullptr;  // by append_raw, of the batch at hand
  };

  void LookFor(Listener& listener, TapRing& ring, const Batch& batch,
               absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void ShowDeadLetters(Listener& listener, TapRing& ring, const Batch& batch)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Show(Listener& listener, TapRing& ring, const RawRecord& raw,
            const EventRecord* record) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void DropGone() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  absl::Status CheckNames(const TapQuery& query) const;

  const RecordFilterFactory make_filter_;
  const TapNames names_;
  std::atomic<size_t> listeners_count_ = 0;
  absl::Mutex mutex_;
  std::vector<Listener> listeners_ ABSL_GUARDED_BY(mutex_);
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  EventJson json_ ABSL_GUARDED_BY(mutex_){Processing{}};
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_OBSERVE_TAP_H_
