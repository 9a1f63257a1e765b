// A kind of stage: all that the chain must know to check, compile, make, reload
// and name it. The chain is a table of these (stages/chain.cc), and everything
// that concerns each stage loops over it, so a new stage is its folder and one
// line of the table.
//
//   kind.compile(config)      options checked and compiled, immutable: a
//                             CompiledStage, which a reload replaces
//   compiled.MakeState()      what all instances share whatever the
//                             configuration (the story index): made once
//   compiled.MakeStage(state) one worker's instance

#ifndef WIREDESK_PIPELINE_FLOW_STAGE_KIND_H_
#define WIREDESK_PIPELINE_FLOW_STAGE_KIND_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "config/config.h"
#include "config/diagnostics.h"
#include "config/schema.h"
#include "pipeline/flow/sighting_log.h"
#include "pipeline/flow/stage.h"

namespace wiredesk {

// What the instances of a stage share as long as the process lives. Thread-safe;
// outlives the instances.
class StageState {
 public:
  virtual ~StageState() = default;

  // The story index, which the sighting log delivers to; one stage of a chain
  // has it, the others give nullptr.
  virtual SightingReplica* replica() { return nullptr; }
  // How far back the log must be read for a restart.
  virtual absl::Duration restore_window() const { return absl::ZeroDuration(); }
  // A worker has failed for good: wakes those who wait for its turn.
  virtual void Abandon() {}
};

// A stage's options, checked and compiled. Immutable and thread-safe.
class CompiledStage {
 public:
  virtual ~CompiledStage() = default;

  // nullptr: the instances share nothing.
  virtual std::unique_ptr<StageState> MakeState() const { return nullptr; }

  // One worker's instance. `state` is what MakeState() gave, of this or of an
  // earlier configuration; it and `log` outlive the instance.
  virtual std::unique_ptr<Stage> MakeStage(StageState* state,
                                           SightingLog* log) const = 0;

  virtual std::vector<DataVersion> data_versions() const { return {}; }

  // The names that `--route` and its like may give.
  virtual std::vector<std::string> route_names() const { return {}; }

  // Chain::ExplainRoutes, of the stage that routes.
  virtual std::string ExplainRoutes(absl::string_view /*record*/) const {
    return "";
  }
};

struct StageKind {
  // Of the stage and of its section in the configuration.
  absl::string_view name;

  // Whether its options may change while records flow. The options of the
  // others decide about what all instances must see alike.
  bool reloadable;

  std::shared_ptr<const SchemaCore> (*schema)();

  // nullptr, or anything, after errors in `diagnostics`.
  std::shared_ptr<const CompiledStage> (*compile)(const Config& config,
                                                  Diagnostics& diagnostics);

  // The files that `config` names for it, to be read besides those of the
  // configuration itself; nullptr: none. A change of one is a change of the
  // configuration.
  std::vector<std::string> (*data_files)(const Config& config) = nullptr;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_FLOW_STAGE_KIND_H_
