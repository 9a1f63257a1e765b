#include "pipeline/observe/tracer.h"

#include <algorithm>
#include <random>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "httplib.h"
#include "pipeline/observe/log.h"
#include "pipeline/record/json_text.h"
#include "pipeline/record/version.h"

namespace wiredesk {
namespace {

constexpr char kPath[] = "/v1/traces";
constexpr int kTimeoutSeconds = 3;

void AppendAttribute(absl::string_view key, absl::string_view type,
                     absl::string_view value, std::string& json) {
  absl::StrAppend(&json, json.back() == '[' ? "" : ",", "{\"key\":\"", key,
                  "\",\"value\":{\"", type, "\":");
  AppendJsonString(value, json);
  json.append("}}");
}

std::string SpanId(const Trace& trace, size_t span) {
  return absl::StrCat(absl::Hex(trace.first_span_id + span, absl::kZeroPad16));
}

void AppendRoot(const Trace& trace, std::string& json) {
  json.append(",\"attributes\":[");
  AppendAttribute("messaging.system", "stringValue", "kafka", json);
  AppendAttribute("messaging.batch.message_count", "intValue",
                  absl::StrCat(trace.records), json);
  json.append("],\"links\":[");
  for (const TraceLink& link : trace.links) {
    absl::StrAppend(&json, json.back() == '[' ? "" : ",", "{\"traceId\":\"",
                    link.trace_id, "\",\"spanId\":\"", link.span_id, "\"}");
  }
  json.push_back(']');
  if (trace.error.empty()) return;
  json.append(",\"status\":{\"code\":2,\"message\":");
  AppendJsonString(trace.error, json);
  json.push_back('}');
}

void AppendSpan(const Trace& trace, size_t i, std::string& json) {
  const TraceSpan& span = trace.spans[i];
  absl::StrAppend(&json, json.back() == '[' ? "" : ",", "{\"traceId\":\"",
                  trace.trace_id, "\",\"spanId\":\"", SpanId(trace, i), "\"");
  if (span.parent >= 0) {
    absl::StrAppend(&json, ",\"parentSpanId\":\"",
                    SpanId(trace, static_cast<size_t>(span.parent)), "\"");
  }
  json.append(",\"name\":");
  AppendJsonString(span.name, json);
  // A consumer, and what is done within.
  absl::StrAppend(&json, ",\"kind\":", i == 0 ? 5 : 1,
                  ",\"startTimeUnixNano\":\"", absl::ToUnixNanos(span.begin),
                  "\",\"endTimeUnixNano\":\"",
                  absl::ToUnixNanos(std::max(span.begin, span.end)), "\"");
  if (i == 0) AppendRoot(trace, json);
  json.push_back('}');
}

Counter* SentCounter(Metrics& metrics) {
  return metrics.GetCounter("wiredesk_traces_sent_total",
                            "Traces of batches that the collector has taken.");
}

Counter* LeftOutCounter(Metrics& metrics) {
  return metrics.GetCounter(
      "wiredesk_traces_left_out_total",
      "Traces that were not sent: the collector was away or too slow.");
}

}  // namespace

std::string OtlpJson(const std::vector<Trace>& traces,
                     const TracerOptions& options) {
  std::string json = "{\"resourceSpans\":[{\"resource\":{\"attributes\":[";
  AppendAttribute("service.name", "stringValue", options.service, json);
  AppendAttribute("service.instance.id", "stringValue", options.instance, json);
  AppendAttribute("service.version", "stringValue", kVersion, json);
  absl::StrAppend(&json,
                  "]},\"scopeSpans\":[{\"scope\":{\"name\":\"wiredesk\"},"
                  "\"spans\":[");
  for (const Trace& trace : traces) {
    for (size_t i = 0; i < trace.spans.size(); ++i) AppendSpan(trace, i, json);
  }
  json.append("]}]}]}");
  return json;
}

Tracer::Tracer(const TracerOptions& options, Metrics* metrics)
    : options_(options),
      threshold_(static_cast<uint64_t>(std::clamp(options.sample, 0.0, 1.0) *
                                       4294967296.0)),
      random_(std::random_device()()) {
  if (metrics != nullptr) {
    sent_ = SentCounter(*metrics);
    left_out_ = LeftOutCounter(*metrics);
  }
  thread_ = std::thread([this] { Run(); });
}

Tracer::~Tracer() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  thread_.join();
}

void Tracer::DeclareMetrics(Metrics& metrics) {
  SentCounter(metrics);
  LeftOutCounter(metrics);
}

// SplitMix64: a counter, well mixed.
uint64_t Tracer::NextRandom() {
  constexpr uint64_t kStep = 0x9e3779b97f4a7c15;
  uint64_t x = random_.fetch_add(kStep, std::memory_order_relaxed) + kStep;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

bool Tracer::Draw() { return (NextRandom() >> 32) < threshold_; }

void Tracer::Export(Trace trace) {
  trace.trace_id = absl::StrCat(absl::Hex(NextRandom() | 1, absl::kZeroPad16),
                                absl::Hex(NextRandom(), absl::kZeroPad16));
  trace.first_span_id = (NextRandom() >> 1) + 1;
  {
    absl::MutexLock lock(&mutex_);
    if (queue_.size() < options_.queue_max) {
      queue_.push_back(std::move(trace));
      return;
    }
  }
  if (left_out_ != nullptr) left_out_->Add();
}

void Tracer::Run() {
  bool stopping = false;
  while (!stopping) {
    std::vector<Trace> traces;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.AwaitWithTimeout(absl::Condition(&stopping_), options_.interval);
      stopping = stopping_;
      traces.swap(queue_);
    }
    if (!traces.empty()) Send(traces);
  }
}

void Tracer::Send(const std::vector<Trace>& traces) {
  httplib::Client client(options_.endpoint);
  client.set_connection_timeout(kTimeoutSeconds);
  client.set_read_timeout(kTimeoutSeconds);
  client.set_write_timeout(kTimeoutSeconds);
  const httplib::Result result =
      client.Post(kPath, OtlpJson(traces, options_), "application/json");
  const bool taken = result && result->status / 100 == 2;
  Counter* const counter = taken ? sent_ : left_out_;
  if (counter != nullptr) counter->Add(static_cast<int64_t>(traces.size()));
  if (!taken && !away_) {
    LogWarning("traces_left_out",
               {{"endpoint", options_.endpoint},
                {"reason", result ? absl::StrCat("status ", result->status)
                                  : httplib::to_string(result.error())}});
  }
  away_ = !taken;
}

}  // namespace wiredesk
