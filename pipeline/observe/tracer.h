// Sends traces of batches to a collector of OpenTelemetry, as OTLP in JSON over
// HTTP. Debian has no C++ SDK of OpenTelemetry, and what is sent is one kind of
// message, so it is written here and sent by the HTTP client that the program
// has anyway.
//
// Off by default. Never in the way: a trace is handed over under a lock that is
// held for a few instructions, and is left out where the queue is full or the
// collector does not answer; what was left out is counted.

#ifndef WIREDESK_PIPELINE_OBSERVE_TRACER_H_
#define WIREDESK_PIPELINE_OBSERVE_TRACER_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "pipeline/observe/batch_trace.h"
#include "pipeline/observe/metrics.h"

namespace wiredesk {

struct TracerOptions {
  std::string endpoint;  // "http://localhost:4318"
  double sample = 0.05;  // share of the batches, 0 to 1
  std::string service;   // service.name
  std::string instance;  // service.instance.id
  size_t queue_max = 256;
  absl::Duration interval = absl::Seconds(1);  // between two requests
};

// Thread-safe.
class Tracer {
 public:
  // `metrics` may be null; outlives this.
  Tracer(const TracerOptions& options, Metrics* metrics);
  // Sends what is queued, within some seconds.
  ~Tracer();
  Tracer(const Tracer&) = delete;
  Tracer& operator=(const Tracer&) = delete;

  // What it counts, before there is one.
  static void DeclareMetrics(Metrics& metrics);

  // Whether the next batch is among those that are traced.
  bool Draw();

  // Gives the trace its ids, and queues it.
  void Export(Trace trace);

 private:
  uint64_t NextRandom();
  void Run();
  void Send(const std::vector<Trace>& traces);

  const TracerOptions options_;
  const uint64_t threshold_;  // of 2^32
  Counter* sent_ = nullptr;
  Counter* left_out_ = nullptr;
  std::atomic<uint64_t> random_;

  absl::Mutex mutex_;
  std::vector<Trace> queue_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  bool away_ = false;  // of the thread: the last request failed
  std::thread thread_;
};

// The body of a request, ExportTraceServiceRequest in JSON.
std::string OtlpJson(const std::vector<Trace>& traces,
                     const TracerOptions& options);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_OBSERVE_TRACER_H_
