// The chain over what has already been: files, or a stretch of Kafka's topics.
//
// The same workers and stages as in `wiredesk run`, with the sighting log in
// memory. The same input gives the same bytes, whatever the number of workers.

#ifndef WIREDESK_PIPELINE_REPLAY_REPLAY_H_
#define WIREDESK_PIPELINE_REPLAY_REPLAY_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "pipeline/file/source.h"
#include "pipeline/flow/accounting.h"
#include "pipeline/flow/chain.h"
#include "pipeline/flow/io.h"
#include "pipeline/flow/record_reader.h"
#include "pipeline/observe/metrics.h"
#include "pipeline/observe/tap.h"
#include "pipeline/record/batch.h"

namespace wiredesk {

// Where what a replay makes goes. Thread-safe; outlives its sinks.
class ReplayOutput {
 public:
  virtual ~ReplayOutput() = default;

  // The sink of one worker.
  virtual std::unique_ptr<Sink> MakeSink(const Processing& processing) = 0;

  // Wakes the workers that wait for a turn which never comes.
  virtual void Abandon() = 0;

  // Called once, when all batches are delivered.
  virtual absl::Status Close() = 0;
};

struct ReplayOptions {
  std::vector<std::string> inputs;  // files, folders, "-"
  std::string output;               // folder; "-" standard output, "" nowhere
  int workers = 1;
  int in_flight = 1;  // batches of each worker
  double speed = 0;   // event seconds a second; 0 is as fast as it goes
  Batch::Limits batch;
  FileReader::Options reader;
  std::string dead_letter_topic = "news.dead-letters";
  // Where it counts, and who may look; both may be null, and outlive it.
  Metrics* metrics = nullptr;
  Tap* tap = nullptr;
  // Entries of a sighting log to begin with; may be null.
  RecordReader* seed = nullptr;
  // Called every now and then from a thread of its own, and once at the end.
  std::function<void(const RecordReader::Progress&, const Totals&)> on_progress;
};

struct ReplayResult {
  Totals totals;
  double seconds = 0;
};

// From options.inputs to options.output. Blocks until all is through. An error
// leaves the output incomplete.
absl::StatusOr<ReplayResult> Replay(const ReplayOptions& options, Chain& chain);

// The same from any reader to any output.
absl::StatusOr<ReplayResult> ReplayInto(const ReplayOptions& options,
                                        Chain& chain, RecordReader& reader,
                                        ReplayOutput& output);

// FOLDER/<topic>.ndjson; see FileWriter::Open.
absl::StatusOr<std::unique_ptr<ReplayOutput>> OpenFileOutput(
    const std::string& folder, const std::string& dead_letter_topic);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_REPLAY_REPLAY_H_
