// What every step of the chain is: a function of a batch.
//
// A stage sees the records that are live, fills the group of fields that is its
// own (event_record.h), and ends the journey of those that it must: dropped by
// a rule, or dead-lettered with a reason. How a stage comes into the chain is
// told by stage_kind.h; tests/chain/example_stage.cc is a whole one with
// options.
//
// Example, compiled in tests/examples/pipeline_examples.cc:
//
//   class EmbargoStage : public Stage {
//    public:
//     absl::string_view name() const override { return "embargo"; }
//     absl::Status Process(Batch& batch) override {
//       batch.ForEachLive([&batch](EventRecord& record) {
//         if (record.article.headline.empty()) {
//           batch.DeadLetter(record.raw, "embargo", "no_headline", "");
//         } else if (record.article.status == PublicationStatus::kWithheld) {
//           batch.Drop(record, "embargo", "withheld");
//         }
//       });
//       return absl::OkStatus();
//     }
//   };

#ifndef WIREDESK_PIPELINE_FLOW_STAGE_H_
#define WIREDESK_PIPELINE_FLOW_STAGE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "pipeline/record/batch.h"

namespace wiredesk {

// Data that a stage works with and that has a version of its own, such as
// {"gazetteer", "3f2a..."}.
struct DataVersion {
  std::string name;
  std::string version;
};

// One step of the chain. Each worker has its own instance, so a stage needs no
// lock; what workers share is given to it at creation and is const or guarded.
class Stage {
 public:
  virtual ~Stage() = default;

  // As in the chain and the configuration, such as "dedupe".
  virtual absl::string_view name() const = 0;

  // Whether the batches of a worker must pass in the order of their polls.
  virtual bool in_order() const { return false; }

  // Processes `batch`. A record that cannot be processed is not an error: the
  // stage dead-letters it and goes on. A non-OK status means that the stage
  // itself cannot go on; the worker delivers nothing, and the batch is read
  // again.
  virtual absl::Status Process(Batch& batch) = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_FLOW_STAGE_H_
