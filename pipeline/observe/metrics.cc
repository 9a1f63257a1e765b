#include "pipeline/observe/metrics.h"

#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

namespace wiredesk {
namespace {

std::string PrintLabels(absl::Span<const Label> labels) {
  return absl::StrJoin(labels, ",", [](std::string* out, const Label& label) {
    absl::StrAppend(
        out, label.first, "=\"",
        absl::StrReplaceAll(label.second,
                            {{"\\", "\\\\"}, {"\"", "\\\""}, {"\n", "\\n"}}),
        "\"");
  });
}

std::string Braced(absl::string_view labels) {
  return labels.empty() ? "" : absl::StrCat("{", labels, "}");
}

void PrintHistogram(const Histogram& histogram, absl::string_view name,
                    absl::string_view labels, std::string& out) {
  const auto counts = histogram.Cumulated();
  const absl::string_view comma = labels.empty() ? "" : ",";
  for (size_t i = 0; i < Histogram::kBounds.size(); ++i) {
    absl::StrAppend(&out, name, "_bucket{", labels, comma, "le=\"",
                    Histogram::kBounds[i], "\"} ", counts[i], "\n");
  }
  absl::StrAppend(&out, name, "_bucket{", labels, comma, "le=\"+Inf\"} ",
                  counts.back(), "\n");
  absl::StrAppend(&out, name, "_sum", Braced(labels), " ", histogram.sum(),
                  "\n", name, "_count", Braced(labels), " ", counts.back(),
                  "\n");
}

}  // namespace

void Histogram::Observe(double seconds) {
  size_t i = 0;
  while (i < kBounds.size() && seconds > kBounds[i]) ++i;
  counts_[i].fetch_add(1, std::memory_order_relaxed);
  micros_.fetch_add(std::llround(seconds * 1e6), std::memory_order_relaxed);
}

std::array<int64_t, Histogram::kBounds.size() + 1> Histogram::Cumulated()
    const {
  std::array<int64_t, kBounds.size() + 1> cumulated;
  int64_t sum = 0;
  for (size_t i = 0; i < counts_.size(); ++i) {
    sum += counts_[i].load(std::memory_order_relaxed);
    cumulated[i] = sum;
  }
  return cumulated;
}

Metrics::Series& Metrics::Find(absl::string_view name, absl::string_view help,
                               absl::string_view type,
                               absl::Span<const Label> labels) {
  Family& family = families_[std::string(name)];
  if (family.help.empty()) family.help = std::string(help);
  if (family.type.empty()) family.type = std::string(type);
  const std::string key = PrintLabels(labels);
  const auto found = family.series.find(key);
  if (found != family.series.end()) return found->second;
  if (family.series.size() < kSeriesMax) return family.series[key];
  std::vector<Label> other(labels.begin(), labels.end());
  for (Label& label : other) label.second = "other";
  return family.series[PrintLabels(other)];
}

Counter* Metrics::GetCounter(absl::string_view name, absl::string_view help,
                             absl::Span<const Label> labels) {
  absl::MutexLock lock(&mutex_);
  Series& series = Find(name, help, "counter", labels);
  if (!series.counter) series.counter = std::make_unique<Counter>();
  return series.counter.get();
}

Gauge* Metrics::GetGauge(absl::string_view name, absl::string_view help,
                         absl::Span<const Label> labels) {
  absl::MutexLock lock(&mutex_);
  Series& series = Find(name, help, "gauge", labels);
  if (!series.gauge) series.gauge = std::make_unique<Gauge>();
  return series.gauge.get();
}

Histogram* Metrics::GetHistogram(absl::string_view name, absl::string_view help,
                                 absl::Span<const Label> labels) {
  absl::MutexLock lock(&mutex_);
  Series& series = Find(name, help, "histogram", labels);
  if (!series.histogram) series.histogram = std::make_unique<Histogram>();
  return series.histogram.get();
}

void Metrics::Declare(absl::string_view name, absl::string_view help,
                      absl::string_view type) {
  absl::MutexLock lock(&mutex_);
  Family& family = families_[std::string(name)];
  family.help = std::string(help);
  family.type = std::string(type);
}

std::string Metrics::PrometheusText() const {
  absl::MutexLock lock(&mutex_);
  std::string out;
  for (const auto& [name, family] : families_) {
    absl::StrAppend(&out, "# HELP ", name, " ", family.help, "\n# TYPE ", name,
                    " ", family.type, "\n");
    for (const auto& [labels, series] : family.series) {
      if (series.histogram) {
        PrintHistogram(*series.histogram, name, labels, out);
        continue;
      }
      if (series.gauge && !series.gauge->shown()) continue;
      absl::StrAppend(
          &out, name, Braced(labels), " ",
          series.counter ? series.counter->value() : series.gauge->value(),
          "\n");
    }
  }
  return out;
}

}  // namespace wiredesk
