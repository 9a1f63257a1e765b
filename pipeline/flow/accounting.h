// The books of a running chain: what was read, what became of it.
//
// Two laws hold once all batches that were polled are delivered, and tests
// assert them:
//   raw records read = fully published + dead-lettered
//   articles         = published + dropped by a rule + dead-lettered
// An item of a list that gave no article (broken, empty, over a limit) is not
// among the articles: it is lost, and counted as that; the dead letter of its
// raw record tells of it.
//
// Thread-safe: the workers of a process share one. The counters are the
// metrics of the same names, so /metrics and the summary cannot disagree.

#ifndef WIREDESK_PIPELINE_FLOW_ACCOUNTING_H_
#define WIREDESK_PIPELINE_FLOW_ACCOUNTING_H_

#include <cstdint>
#include <map>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "pipeline/observe/metrics.h"
#include "pipeline/record/batch.h"

namespace wiredesk {

// What has been delivered so far.
struct Totals {
  int64_t raw_records = 0;
  int64_t raw_bytes = 0;
  int64_t raw_published = 0;  // all of its articles published or dropped
  int64_t dead_letters = 0;
  int64_t malformed = 0;  // read in spite of faults
  int64_t articles = 0;
  int64_t future_dated = 0;  // published later than received; kept all the same
  int64_t published = 0;     // articles that went to one topic or more
  int64_t dropped = 0;
  int64_t dead_articles = 0;  // whose raw record is a dead letter
  int64_t lost_items = 0;     // that gave no article
  std::map<std::string, int64_t> by_topic;
  std::map<std::string, int64_t> by_verdict;
  std::map<std::string, int64_t> by_drop_reason;
  std::map<std::string, int64_t> by_dead_reason;  // "parse/not_json"
  std::map<std::string, int64_t> by_withheld;     // "politics/rate_limit"

  bool Balanced() const {
    return raw_records == raw_published + dead_letters &&
           articles == published + dropped + dead_articles;
  }
};

// A family of metrics and the label that tells its series apart; empty: none.
struct CounterRow {
  absl::string_view name;
  absl::string_view help;
  absl::string_view label;
};

class Accounting {
 public:
  // Keys of foreign documents that have a series of their own; those that come
  // later share one, "other".
  static constexpr size_t kUnusedKeysMax = 100;

  // All families are in `metrics`, which must outlive this, from now on.
  explicit Accounting(Metrics* metrics);

  // Books a batch that the sink has delivered.
  void AddDelivered(const Batch& batch);

  Totals totals() const;

 private:
  void Count(const CounterRow& row, absl::string_view value, int64_t n);
  // Articles by route and language.
  void CountWays(const Batch& batch);
  // Keys that looked like news and were not used.
  void CountUnusedKeys(const Batch& batch);
  // Latency, and what is newest of each source topic and provider.
  void ObserveTimes(const Batch& batch);

  Metrics* const metrics_;
  Histogram* const latency_;
  mutable absl::Mutex mutex_;
  Totals totals_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_set<std::string> unused_keys_ ABSL_GUARDED_BY(mutex_);
};

// The summary at the end of a replay or a demo, several lines.
std::string PrintTotals(const Totals& totals, double seconds);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_FLOW_ACCOUNTING_H_
