#include "pipeline/replay/replay.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>
#include <utility>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "config/base/status_macros.h"
#include "pipeline/file/sink.h"
#include "pipeline/flow/memory_prefaulter.h"
#include "pipeline/flow/memory_sighting_log.h"
#include "pipeline/flow/pace.h"
#include "pipeline/flow/worker.h"
#include "pipeline/observe/metrics.h"
#include "pipeline/replay/seed.h"

namespace wiredesk {
namespace {

constexpr absl::Duration kProgressInterval = absl::Milliseconds(200);

// Calls a function every now and then on a thread of its own, until destroyed.
class Ticker {
 public:
  explicit Ticker(std::function<void()> tick)
      : thread_([this, tick = std::move(tick)] {
          while (!stop_.WaitForNotificationWithTimeout(kProgressInterval)) {
            tick();
          }
        }) {}
  ~Ticker() {
    stop_.Notify();
    thread_.join();
  }
  Ticker(const Ticker&) = delete;
  Ticker& operator=(const Ticker&) = delete;

 private:
  absl::Notification stop_;
  std::thread thread_;
};

class FileOutput : public ReplayOutput {
 public:
  FileOutput(std::unique_ptr<FileWriter> writer, std::string dead_letter_topic)
      : writer_(std::move(writer)),
        dead_letter_topic_(std::move(dead_letter_topic)) {}

  std::unique_ptr<Sink> MakeSink(const Processing& processing) override {
    return std::make_unique<FileSink>(writer_.get(), processing,
                                      dead_letter_topic_);
  }
  void Abandon() override { writer_->Abandon(); }
  absl::Status Close() override { return writer_->Close(); }

 private:
  const std::unique_ptr<FileWriter> writer_;
  const std::string dead_letter_topic_;
};

// What the workers of a replay share.
struct Shared {
  RecordReader* reader;
  MemorySightingLog* log;
  ReplayOutput* output;
  Accounting* accounting;
  Pace* pace;
};

// One worker, until the input ends. On an error nobody may go on waiting for
// the turn of its batch.
absl::Status RunWorker(const ReplayOptions& options, Chain& chain,
                       const Shared& shared) {
  std::unique_ptr<Sink> sink = shared.output->MakeSink(chain.processing());
  if (shared.pace != nullptr) {
    sink = std::make_unique<PacedSink>(shared.pace, std::move(sink));
  }
  Worker::Parts parts;
  parts.source = std::make_unique<ReaderSource>(shared.reader);
  parts.sink = std::move(sink);
  for (int lane = 0; lane < std::max(1, options.in_flight); ++lane) {
    parts.lanes.push_back(chain.MakeStages(shared.log));
  }
  parts.accounting = shared.accounting;
  parts.tap = options.tap;
  parts.on_failure = [&chain, &shared] {
    shared.log->Close();
    chain.Abandon();
    shared.output->Abandon();
  };
  Worker worker({.batch = options.batch}, std::move(parts));
  const std::atomic<bool> never_stop = false;
  return worker.Run(never_stop);
}

// The first error that is not the echo of another worker's.
absl::Status FirstError(const std::vector<absl::Status>& statuses) {
  absl::Status echo;
  for (const absl::Status& status : statuses) {
    if (status.ok()) continue;
    if (!absl::IsAborted(status)) return status;
    echo = status;
  }
  return echo;
}

}  // namespace

absl::StatusOr<std::unique_ptr<ReplayOutput>> OpenFileOutput(
    const std::string& folder, const std::string& dead_letter_topic) {
  WD_ASSIGN_OR_RETURN(std::unique_ptr<FileWriter> writer,
                      FileWriter::Open(folder));
  return std::make_unique<FileOutput>(std::move(writer), dead_letter_topic);
}

absl::StatusOr<ReplayResult> Replay(const ReplayOptions& options,
                                    Chain& chain) {
  WD_ASSIGN_OR_RETURN(std::vector<InputFile> files,
                      ExpandInputs(options.inputs));
  FileReader reader(std::move(files), options.reader);
  WD_ASSIGN_OR_RETURN(
      const std::unique_ptr<ReplayOutput> output,
      OpenFileOutput(options.output, options.dead_letter_topic));
  return ReplayInto(options, chain, reader, *output);
}

absl::StatusOr<ReplayResult> ReplayInto(const ReplayOptions& options,
                                        Chain& chain, RecordReader& reader,
                                        ReplayOutput& output) {
  int64_t next_sighting = 0;
  if (options.seed != nullptr) {
    WD_ASSIGN_OR_RETURN(next_sighting,
                        SeedReplica(*options.seed, *chain.replica()));
  }
  MemorySightingLog log(chain.replica(), next_sighting);
  Metrics own_metrics;
  Accounting accounting(options.metrics != nullptr ? options.metrics
                                                   : &own_metrics);
  std::unique_ptr<Pace> pace;
  if (options.speed > 0) pace = std::make_unique<Pace>(options.speed);
  const Shared shared = {&reader, &log, &output, &accounting, pace.get()};
  const auto report = [&] {
    if (options.on_progress) {
      options.on_progress(reader.progress(), accounting.totals());
    }
  };

  const absl::Time start = absl::Now();
  std::vector<absl::Status> statuses(std::max(1, options.workers));
  {
    const Ticker ticker(report);
    const MemoryPrefaulter prefaulter(chain.replica());
    std::vector<std::thread> threads;
    threads.reserve(statuses.size());
    for (absl::Status& status : statuses) {
      threads.emplace_back([&] { status = RunWorker(options, chain, shared); });
    }
    for (std::thread& thread : threads) thread.join();
  }
  WD_RETURN_IF_ERROR(FirstError(statuses));
  WD_RETURN_IF_ERROR(output.Close());
  report();
  return ReplayResult{accounting.totals(),
                      absl::ToDoubleSeconds(absl::Now() - start)};
}

}  // namespace wiredesk
