// The stage's row of the chain (stages/chain.cc).

#include <algorithm>
#include <memory>

#include "stages/dedupe/dedupe_stage.h"

namespace wiredesk {
namespace {

// The story index that all dedupe stages of the process share.
class DedupeState : public StageState {
 public:
  explicit DedupeState(const DedupeOptions& options)
      : options_(options), stories_(options) {}

  StoryReplica* replica() override { return &stories_; }
  absl::Duration restore_window() const override {
    // A quarter more: event time and the log's own clock are not the same.
    return 1.25 * std::max({options_.window, options_.story_window,
                            options_.identity_window});
  }

 private:
  const DedupeOptions options_;
  StoryReplica stories_;
};

class CompiledDedupe : public CompiledStage {
 public:
  explicit CompiledDedupe(const DedupeOptions& options) : options_(options) {}

  std::unique_ptr<StageState> MakeState() const override {
    return std::make_unique<DedupeState>(options_);
  }
  std::unique_ptr<Stage> MakeStage(StageState* state,
                                   SightingLog* log) const override {
    return std::make_unique<DedupeStage>(
        options_, static_cast<DedupeState*>(state)->replica(), log);
  }

 private:
  const DedupeOptions options_;
};

std::shared_ptr<const CompiledStage> CompileDedupe(const Config& config,
                                                   Diagnostics& diagnostics) {
  return std::make_shared<CompiledDedupe>(
      config.DecodeSection(DedupeStage::GetSchema(), diagnostics));
}

}  // namespace

const StageKind kDedupe = {
    .name = "dedupe",
    .reloadable = false,
    .schema = [] { return DedupeStage::GetSchema().shared_core(); },
    .compile = CompileDedupe,
};

}  // namespace wiredesk
