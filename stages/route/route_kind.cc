// The stage's row of the chain (stages/chain.cc).

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/service/options.h"
#include "stages/route/route_stage.h"
#include "stages/route/route_steps_json.h"

namespace wiredesk {
namespace {

class RouteState : public StageState {
 public:
  RouteLedger* ledger() { return &ledger_; }
  void Abandon() override { ledger_.turnstile.Close(); }

 private:
  RouteLedger ledger_;
};

class CompiledRoute : public CompiledStage {
 public:
  explicit CompiledRoute(std::shared_ptr<const RouteTree> tree)
      : tree_(std::move(tree)) {}

  std::unique_ptr<StageState> MakeState() const override {
    return std::make_unique<RouteState>();
  }
  std::unique_ptr<Stage> MakeStage(StageState* state,
                                   SightingLog* /*log*/) const override {
    return std::make_unique<RouteStage>(
        tree_, static_cast<RouteState*>(state)->ledger());
  }
  std::vector<std::string> route_names() const override {
    return tree_->names();
  }
  std::string ExplainRoutes(absl::string_view record) const override {
    return RouteStepsJson(*tree_, record);
  }

 private:
  const std::shared_ptr<const RouteTree> tree_;
};

std::shared_ptr<const CompiledStage> CompileRoute(const Config& config,
                                                  Diagnostics& diagnostics) {
  const PipelineOptions pipeline = DecodePipelineOptions(config, diagnostics);
  return std::make_shared<CompiledRoute>(
      MakeRouteTree(DecodeRouteOptions(config, diagnostics),
                    {pipeline.source.topics, pipeline.sightings_topic(),
                     pipeline.dead_letter.topic},
                    diagnostics));
}

std::vector<std::string> RouteFiles(const Config& config) {
  Diagnostics ignored;
  std::vector<std::string> files;
  for (const auto& [name, file] : DecodeRouteOptions(config, ignored).lists) {
    files.push_back(file);
  }
  return files;
}

}  // namespace

const StageKind kRoute = {
    .name = "route",
    .reloadable = true,
    .schema = [] { return RouteStage::GetSchema().shared_core(); },
    .compile = CompileRoute,
    .data_files = RouteFiles,
};

}  // namespace wiredesk
