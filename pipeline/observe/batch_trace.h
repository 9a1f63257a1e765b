// What became of one batch, as the spans of a trace: each step with its begin
// and its end, steps within steps.
//
//   BatchTrace trace(tracer);              // the root, of this thread from now on
//   { StepSpan span("commit"); ... }       // somewhere below, on the same thread
//
// Code that is worth a span names it with a StepSpan, which finds the trace of
// its thread; where there is none (tracing is off, or the batch was not drawn) it
// costs one look at a variable of the thread. Nothing here blocks.

#ifndef WIREDESK_PIPELINE_OBSERVE_BATCH_TRACE_H_
#define WIREDESK_PIPELINE_OBSERVE_BATCH_TRACE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "pipeline/record/batch.h"

namespace wiredesk {

class Tracer;  // tracer.h

// A step; `parent` is an index into the spans of its trace, -1 for the root.
struct TraceSpan {
  std::string name;
  int parent = -1;
  absl::Time begin;
  absl::Time end;
};

// The trace and the span that a record came with, as they were written.
struct TraceLink {
  std::string trace_id;  // 32 hexadecimal digits
  std::string span_id;   // 16
};

// A finished trace.
struct Trace {
  std::string trace_id;
  uint64_t first_span_id = 0;    // the others follow it
  std::vector<TraceSpan> spans;  // the root first
  std::vector<TraceLink> links;  // of the root
  int64_t records = 0;
  std::string error;  // empty: delivered
};

class BatchTrace {
 public:
  static constexpr size_t kLinksMax = 128;
  static constexpr size_t kSpansMax = 256;

  // `tracer` may be null, and may not draw this one: then nothing is kept.
  explicit BatchTrace(Tracer* tracer);
  // Hands the trace to the tracer, if it has records.
  ~BatchTrace();
  BatchTrace(const BatchTrace&) = delete;
  BatchTrace& operator=(const BatchTrace&) = delete;

  // The batch has been polled: how many records, and links to the traces of
  // those that came with a sampled `traceparent`.
  void Describe(const Batch& batch);
  // It was not delivered; OK changes nothing.
  void Fail(const absl::Status& status);

 private:
  friend class StepSpan;

  Tracer* const tracer_;
  BatchTrace* const outer_;  // the trace of the thread before, or null
  Trace trace_;
  int open_ = -1;  // the innermost span
};

// A step of the trace of this thread, as long as the object lives.
class StepSpan {
 public:
  explicit StepSpan(absl::string_view name);
  ~StepSpan();
  StepSpan(const StepSpan&) = delete;
  StepSpan& operator=(const StepSpan&) = delete;

 private:
  BatchTrace* trace_;
  int span_ = -1;
};

// The ids in a W3C `traceparent` whose record was sampled; false for any other
// text.
bool ReadTraceparent(absl::string_view text, TraceLink& link);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_OBSERVE_BATCH_TRACE_H_
