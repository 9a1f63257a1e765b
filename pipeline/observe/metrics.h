// Counters, gauges and histograms, in the Prometheus text format.
//
// A Metrics object is made once by the command that runs and outlives all
// workers. Getting a series takes a lock and is done once, at start; changing
// one is a relaxed atomic operation and may be done from any thread.

#ifndef WIREDESK_PIPELINE_OBSERVE_METRICS_H_
#define WIREDESK_PIPELINE_OBSERVE_METRICS_H_

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/span.h"

namespace wiredesk {

// A label's name and value, such as {"stage", "parse"}.
using Label = std::pair<absl::string_view, absl::string_view>;

class Counter {
 public:
  void Add(int64_t n = 1) { value_.fetch_add(n, std::memory_order_relaxed); }
  int64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<int64_t> value_ = 0;
};

class Gauge {
 public:
  void Set(int64_t value) {
    value_.store(value, std::memory_order_relaxed);
    shown_.store(true, std::memory_order_relaxed);
  }
  // What it describes is gone, such as a partition that was revoked: it is not
  // printed until the next Set().
  void End() { shown_.store(false, std::memory_order_relaxed); }

  int64_t value() const { return value_.load(std::memory_order_relaxed); }
  bool shown() const { return shown_.load(std::memory_order_relaxed); }

 private:
  std::atomic<int64_t> value_ = 0;
  std::atomic<bool> shown_ = true;
};

// Seconds, in buckets from 1 ms to 10 s.
class Histogram {
 public:
  static constexpr std::array<double, 13> kBounds = {
      0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

  void Observe(double seconds);

  // How many were at most kBounds[i], cumulated; the last one is all.
  std::array<int64_t, kBounds.size() + 1> Cumulated() const;
  double sum() const {
    return static_cast<double>(micros_.load(std::memory_order_relaxed)) / 1e6;
  }

 private:
  std::array<std::atomic<int64_t>, kBounds.size() + 1> counts_{};
  std::atomic<int64_t> micros_ = 0;
};

class Metrics {
 public:
  // More series than this of one name share the one labelled "other", so that
  // a topic template cannot eat the memory of whoever scrapes.
  static constexpr size_t kSeriesMax = 1000;

  // The series of this name and these labels, made at first use; lives as long
  // as this object. One name has one kind and one set of label names.
  Counter* GetCounter(absl::string_view name, absl::string_view help,
                      absl::Span<const Label> labels = {});
  Gauge* GetGauge(absl::string_view name, absl::string_view help,
                  absl::Span<const Label> labels = {});
  Histogram* GetHistogram(absl::string_view name, absl::string_view help,
                          absl::Span<const Label> labels = {});

  // Makes the family known before it has a series: its HELP and TYPE lines are
  // there from the start. `type` is "counter", "gauge" or "histogram".
  void Declare(absl::string_view name, absl::string_view help,
               absl::string_view type);

  // All of it, sorted by name, in the Prometheus text format 0.0.4.
  std::string PrometheusText() const;

 private:
  struct Series {
    std::unique_ptr<Counter> counter;
    std::unique_ptr<Gauge> gauge;
    std::unique_ptr<Histogram> histogram;
  };
  struct Family {
    std::string help;
    std::string type;
    std::map<std::string, Series> series;  // by printed labels
  };

  Series& Find(absl::string_view name, absl::string_view help,
               absl::string_view type, absl::Span<const Label> labels)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable absl::Mutex mutex_;
  std::map<std::string, Family> families_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_OBSERVE_METRICS_H_
