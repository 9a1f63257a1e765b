// The stage's row of the chain (stages/chain.cc).

#include <memory>
#include <utility>

#include "stages/parse/parse_stage.h"

namespace wiredesk {
namespace {

class CompiledParse : public CompiledStage {
 public:
  explicit CompiledParse(std::shared_ptr<const ParseRules> rules)
      : rules_(std::move(rules)) {}

  std::unique_ptr<Stage> MakeStage(StageState* /*state*/,
                                   SightingLog* /*log*/) const override {
    return std::make_unique<ParseStage>(rules_);
  }

 private:
  const std::shared_ptr<const ParseRules> rules_;
};

std::shared_ptr<const CompiledStage> CompileParse(const Config& config,
                                                  Diagnostics& diagnostics) {
  return std::make_shared<CompiledParse>(CompileParseRules(
      config.DecodeSection(ParseStage::GetSchema(), diagnostics), diagnostics));
}

}  // namespace

const StageKind kParse = {
    .name = "parse",
    .reloadable = true,
    .schema = [] { return ParseStage::GetSchema().shared_core(); },
    .compile = CompileParse,
};

}  // namespace wiredesk
