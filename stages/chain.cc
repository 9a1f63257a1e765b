#include "stages/chain.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "pipeline/options.h"
#include "pipeline/version.h"
#include "stages/dedupe/dedupe_stage.h"
#include "stages/parse/parse_stage.h"
#include "stages/route/route_stage.h"
#include "stages/tag/tag_stage.h"

namespace wiredesk {
namespace {

// What the stages of all workers share.
class NewsChain : public Chain {
 public:
  struct Parts {
    std::shared_ptr<const ParseRules> parse;
    DedupeOptions dedupe;
    std::shared_ptr<const TagData> tag;
    std::shared_ptr<const RouteTree> route;
    std::string config_version;
  };

  explicit NewsChain(Parts parts)
      : parts_(std::move(parts)),
        stories_(parts_.dedupe),
        routes_(parts_.route) {}

  // The whole chain. A new stage is one line here, and its section below.
  std::vector<std::unique_ptr<Stage>> MakeStages(SightingLog* log) override {
    std::vector<std::unique_ptr<Stage>> stages;
    // raw records -> articles
    stages.push_back(std::make_unique<ParseStage>(parts_.parse));
    // article -> verdict, cluster, story
    stages.push_back(
        std::make_unique<DedupeStage>(parts_.dedupe, &stories_, log));
    // article -> language, names, places, dates, quotes, topics
    stages.push_back(std::make_unique<TagStage>(parts_.tag));
    // everything -> destinations
    stages.push_back(std::make_unique<RouteStage>(routes_));
    return stages;
  }

  SightingReplica* replica() override { return &stories_; }
  absl::Duration restore_window() const override {
    // A quarter more: event time and the log's own clock are not the same.
    return 1.25 * std::max(parts_.dedupe.window, parts_.dedupe.story_window);
  }
  Processing processing() const override {
    return {kVersion, parts_.config_version,
            std::string(parts_.tag->gazetteer()->version())};
  }

 private:
  const Parts parts_;
  StoryReplica stories_;
  const RouteTable routes_;
};

}  // namespace

void AddStageSections(SectionSet& sections) {
  sections.Add(ParseStage::GetSchema())
      .Add(DedupeStage::GetSchema())
      .Add(TagStage::GetSchema())
      .Add(RouteStage::GetSchema());
}

std::unique_ptr<Chain> MakeChain(const Config& config,
                                 Diagnostics& diagnostics) {
  NewsChain::Parts parts;
  parts.parse = CompileParseRules(
      config.DecodeSection(ParseStage::GetSchema(), diagnostics), diagnostics);
  parts.dedupe = config.DecodeSection(DedupeStage::GetSchema(), diagnostics);
  const TagOptions tag =
      config.DecodeSection(TagStage::GetSchema(), diagnostics);
  absl::StatusOr<std::shared_ptr<TagData>> data = TagData::Open(tag);
  if (!data.ok()) {
    diagnostics.Error(config.Section("tag"), data.status().message());
  } else {
    parts.tag = *std::move(data);
  }
  const PipelineOptions pipeline = DecodePipelineOptions(config, diagnostics);
  parts.route =
      MakeRouteTree(config.DecodeSection(RouteStage::GetSchema(), diagnostics),
                    pipeline.source.topics, diagnostics);
  if (!diagnostics.ok()) return nullptr;

  // What a record says of its configuration is what could change the record.
  SectionSet sections;
  AddStageSections(sections);
  parts.config_version = sections.Version(config);
  return std::make_unique<NewsChain>(std::move(parts));
}

}  // namespace wiredesk
