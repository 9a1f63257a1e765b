#include "pipeline/observe/batch_trace.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/time/clock.h"
#include "pipeline/observe/tracer.h"

namespace wiredesk {
namespace {

thread_local BatchTrace* current = nullptr;

bool IsHex(absl::string_view text) {
  bool zeros = true;
  for (const char c : text) {
    if (!absl::ascii_isdigit(static_cast<uint8_t>(c)) && (c < 'a' || c > 'f')) {
      return false;
    }
    zeros = zeros && c == '0';
  }
  return !zeros;
}

}  // namespace

// 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01; later versions may
// have more behind it.
bool ReadTraceparent(absl::string_view text, TraceLink& link) {
  constexpr size_t kTrace = 3;
  constexpr size_t kSpan = 36;
  constexpr size_t kFlags = 53;
  constexpr size_t kEnd = 55;
  if (text.size() < kEnd || text[kTrace - 1] != '-' || text[kSpan - 1] != '-' ||
      text[kFlags - 1] != '-' ||
      (text.size() > kEnd &&
       (text[kEnd] != '-' || text.substr(0, 2) == "00"))) {
    return false;
  }
  const absl::string_view trace = text.substr(kTrace, kSpan - 1 - kTrace);
  const absl::string_view span = text.substr(kSpan, kFlags - 1 - kSpan);
  constexpr absl::string_view kSampled = "13579bdf";  // the lowest bit
  const bool sampled =
      kSampled.find(text[kFlags + 1]) != absl::string_view::npos;
  if (!IsHex(trace) || !IsHex(span) || !sampled) return false;
  link = {std::string(trace), std::string(span)};
  return true;
}

BatchTrace::BatchTrace(Tracer* tracer)
    : tracer_(tracer != nullptr && tracer->Draw() ? tracer : nullptr),
      outer_(current) {
  if (tracer_ == nullptr) return;
  trace_.spans.push_back({"batch", -1, absl::Now(), absl::Time()});
  open_ = 0;
  current = this;
}

BatchTrace::~BatchTrace() {
  if (tracer_ == nullptr) return;
  current = outer_;
  if (trace_.records == 0) return;
  trace_.spans[0].end = absl::Now();
  tracer_->Export(std::move(trace_));
}

void BatchTrace::Describe(const Batch& batch) {
  if (tracer_ == nullptr) return;
  trace_.records = static_cast<int64_t>(batch.raw_records().size());
  for (const RawRecord& raw : batch.raw_records()) {
    if (trace_.links.size() == kLinksMax) return;
    for (const Header& header : raw.headers) {
      TraceLink link;
      if (absl::EqualsIgnoreCase(header.name, "traceparent") &&
          ReadTraceparent(header.value, link)) {
        trace_.links.push_back(std::move(link));
        break;
      }
    }
  }
}

void BatchTrace::Fail(const absl::Status& status) {
  if (tracer_ == nullptr || status.ok()) return;
  trace_.error = std::string(status.message());
}

StepSpan::StepSpan(absl::string_view name) : trace_(current) {
  if (trace_ == nullptr) return;
  if (trace_->trace_.spans.size() >= BatchTrace::kSpansMax) {
    trace_ = nullptr;
    return;
  }
  span_ = static_cast<int>(trace_->trace_.spans.size());
  trace_->trace_.spans.push_back(
      {std::string(name), trace_->open_, absl::Now(), absl::Time()});
  trace_->open_ = span_;
}

StepSpan::~StepSpan() {
  if (trace_ == nullptr) return;
  TraceSpan& span = trace_->trace_.spans[span_];
  span.end = absl::Now();
  trace_->open_ = span.parent;
}

}  // namespace wiredesk
