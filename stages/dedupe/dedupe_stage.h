// The dedupe stage: says of each article whether it was seen before, and which
// story it tells.
//
// The border of dedupe. Each live article becomes a sighting (SightingMaker),
// all sightings of a batch go into the sighting log at once, and the log brings
// them to the story index of every instance (StoryReplica), which decides. The
// stage waits for its own decisions and writes them into the records.
//
// Example, compiled in tests/examples/stage_examples.cc:
//
//   absl::Status Dedupe(Batch& batch) {
//     const DedupeOptions options;
//     StoryReplica replica(options);    // one for the process
//     MemorySightingLog log(&replica);  // with Kafka: KafkaSightingLog
//     DedupeStage stage(options, &replica, &log);
//     return stage.Process(batch);  // fills EventRecord::dedupe
//   }

#ifndef WIREDESK_STAGES_DEDUPE_DEDUPE_STAGE_H_
#define WIREDESK_STAGES_DEDUPE_DEDUPE_STAGE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "config/schema.h"
#include "pipeline/flow/sighting_log.h"
#include "pipeline/flow/stage.h"
#include "pipeline/flow/stage_kind.h"
#include "stages/dedupe/index/index_replica.h"
#include "stages/dedupe/sketch/sketch.h"

namespace wiredesk {

// What becomes of duplicates.
enum class Duplicates {
  kPublish,  // to the duplicates topic, by the routes
  kDrop,     // nowhere; counted
  kMark      // stay in the flow, with their verdict
};

struct DedupeOptions {
  absl::Duration window = absl::Hours(72);
  absl::Duration story_window = absl::Hours(60 * 24);
  absl::Duration identity_window = absl::Hours(90 * 24);
  int64_t memory_max = int64_t{256} << 20;
  int64_t seed = 0;
  Duplicates duplicates = Duplicates::kPublish;
};

IndexLimits LimitsOf(const DedupeOptions& options);

// Makes sightings of records. Not thread-safe: one for each worker.
class SightingMaker {
 public:
  explicit SightingMaker(const DedupeOptions& options)
      : seed_(static_cast<uint64_t>(options.seed)), sketcher_(seed_) {}

  // `record` has been through the parse stage.
  void Make(const Batch& batch, const EventRecord& record, Sighting& sighting);

  const Sketcher& sketcher() const { return sketcher_; }

 private:
  const uint64_t seed_;
  Sketcher sketcher_;
  std::string scratch_;
};

// The story index of this process, which the sighting log delivers to and all
// workers' stages share. Thread-safe. Outlives the log and the stages.
class StoryReplica : public SightingReplica {
 public:
  explicit StoryReplica(const DedupeOptions& options);

  absl::Status Apply(int64_t position, absl::string_view sighting,
                     std::string& decision) override;

  // Takes no lock: it reads addresses that never change.
  void Populate(const std::atomic<bool>& stop) const override
      ABSL_NO_THREAD_SAFETY_ANALYSIS {
    replica_.index().Populate(stop);
  }

  // At first this process's join, then decisions that are to be written back.
  std::vector<std::string> TakeEntries() override;

  // What TakeEntries() gave may not have got into the log.
  void AppendFailed();

  // The log is in memory only: nobody will be restored from it.
  void WriteNothingBack();

  std::vector<ReplicaFigure> figures() const override;

  uint64_t incomplete_restores() const;

 private:
  const int64_t memory_max_;
  mutable absl::Mutex mutex_;
  IndexReplica replica_ ABSL_GUARDED_BY(mutex_);
};

// Makes a sighting for each live article, appends those of the batch to the
// sighting log at once, and writes the decisions into the records. One for each
// worker.
class DedupeStage : public Stage {
 public:
  static const Schema<DedupeOptions>& GetSchema();

  // `log` delivers to `replica`; both outlive the stage. A log that is not in
  // memory alone is restored from, so it gets joins and write-backs as well.
  DedupeStage(const DedupeOptions& options, StoryReplica* replica,
              SightingLog* log);

  absl::string_view name() const override { return "dedupe"; }
  // Of two versions in one partition the older one comes first in the log.
  bool in_order() const override { return true; }
  absl::Status Process(Batch& batch) override;

 private:
  std::string& EntryAt(size_t i);
  absl::Status TakeDecision(const std::string& bytes, EventRecord& record,
                            Batch& batch);

  const DedupeOptions options_;
  const SightingFormat format_;
  StoryReplica* const replica_;
  SightingLog* const log_;
  const bool durable_;  // the log outlives the process
  SightingMaker maker_;
  Sighting sighting_;
  Decision decision_;
  std::vector<Reuse> reuse_;
  std::vector<std::string> entries_;  // one batch's; longer than it, perhaps
  std::vector<std::string> decisions_;
};

// Not reloadable: all instances must decide by the same options.
extern const StageKind kDedupe;

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_DEDUPE_STAGE_H_
