#include "stages/chain.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "pipeline/record/version.h"
#include "pipeline/service/options.h"
#include "stages/dedupe/dedupe_stage.h"
#include "stages/parse/parse_stage.h"
#include "stages/route/route_stage.h"
#include "stages/tag/tag_stage.h"

namespace wiredesk {
namespace {

// What a configuration was compiled to. Immutable.
struct Revision {
  int64_t number = 0;
  Config config;
  std::shared_ptr<const ParseRules> parse;
  DedupeOptions dedupe;
  std::shared_ptr<const TagData> tag;
  std::shared_ptr<const RouteTree> route;
  Processing processing;
  std::vector<std::string> data_files;
};

// What may change while records flow. The rest decides about topics, groups
// and the story index, which all instances must see alike.
bool IsReloadable(absl::string_view key) {
  for (const absl::string_view section :
       {ParseStage::GetSchema().core().name(),
        TagStage::GetSchema().core().name(),
        RouteStage::GetSchema().core().name()}) {
    if (absl::StartsWith(key, absl::StrCat(section, "."))) return true;
  }
  return false;
}

// The files that `config` names, to be read next to it.
std::vector<std::string> DataFiles(const TagOptions& tag,
                                   const RouteOptions& route) {
  std::vector<std::string> files;
  for (const std::string& file : {tag.gazetteer, tag.rules, tag.name_model}) {
    if (!file.empty()) files.push_back(file);
  }
  for (const auto& list : {tag.topics, tag.warning_lists}) {
    files.insert(files.end(), list.begin(), list.end());
  }
  for (const auto& [name, file] : route.lists) files.push_back(file);
  return files;
}

// What a record says of its configuration is what could change the record: the
// options of the stages, and what stands in the files that they name.
std::string VersionOf(const Config& config,
                      const std::vector<std::string>& data_files) {
  SectionSet sections;
  AddStageSections(sections);
  const std::string version = sections.Version(config);
  return data_files.empty() ? version : VersionWithFiles(version, data_files);
}

// nullptr, with the reasons in `diagnostics`, if anything is wrong.
std::shared_ptr<Revision> Compile(const Config& config,
                                  Diagnostics& diagnostics) {
  auto made = std::make_shared<Revision>();
  made->config = config;
  made->parse = CompileParseRules(
      config.DecodeSection(ParseStage::GetSchema(), diagnostics), diagnostics);
  made->dedupe = config.DecodeSection(DedupeStage::GetSchema(), diagnostics);
  const TagOptions tag = DecodeTagOptions(config, diagnostics);
  const RouteOptions route = DecodeRouteOptions(config, diagnostics);
  made->data_files = DataFiles(tag, route);
  const std::string version = VersionOf(config, made->data_files);
  absl::StatusOr<std::shared_ptr<const TagData>> data = TagData::Open(tag);
  if (data.ok()) {
    made->tag = *std::move(data);
  } else {
    diagnostics.Error(config.Section("tag"), data.status().message());
  }
  const PipelineOptions pipeline = DecodePipelineOptions(config, diagnostics);
  made->route =
      MakeRouteTree(route,
                    {pipeline.source.topics, pipeline.sightings_topic(),
                     pipeline.dead_letter.topic},
                    diagnostics);
  if (VersionOf(config, made->data_files) != version) {
    diagnostics.Error(Location{}, "", "a file changed while it was read",
                      "try again");
  }
  if (!diagnostics.ok()) return nullptr;
  made->processing = {kVersion, version,
                      std::string(made->tag->gazetteer()->version())};
  return made;
}

// What the stages of all workers share.
class NewsChain : public Chain {
 public:
  explicit NewsChain(std::shared_ptr<const Revision> first)
      : stories_(first->dedupe), current_(std::move(first)) {}

  // The whole chain. A new stage is one line here, and its part of a Revision.
  StageSet MakeStages(SightingLog* log) override {
    const std::shared_ptr<const Revision> now = current();
    StageSet set = {{}, now->processing, now->number};
    // raw records -> articles
    set.stages.push_back(std::make_unique<ParseStage>(now->parse));
    // article -> verdict, cluster, story
    set.stages.push_back(
        std::make_unique<DedupeStage>(now->dedupe, &stories_, log));
    // article -> language, names, places, dates, quotes, topics
    set.stages.push_back(std::make_unique<TagStage>(now->tag));
    // everything -> destinations
    set.stages.push_back(std::make_unique<RouteStage>(now->route, &ledger_));
    return set;
  }

  int64_t revision() const override {
    return number_.load(std::memory_order_acquire);
  }

  bool Reload(const Config& config, Diagnostics& diagnostics) override {
    const std::shared_ptr<Revision> next = Compile(config, diagnostics);
    const std::shared_ptr<const Revision> now = current();
    SectionSet sections;
    sections.AddTop(PipelineSchema());
    AddStageSections(sections);
    for (const std::string& key : sections.Changes(now->config, config)) {
      if (IsReloadable(key)) continue;
      const ConfigNode* const node = config.FindPath(key);
      diagnostics.Error(node == nullptr ? Location() : node->location, key,
                        "cannot change while records flow",
                        "revert it, or restart");
    }
    if (!diagnostics.ok()) return false;
    if (next->processing.config == now->processing.config &&
        next->processing.gazetteer == now->processing.gazetteer) {
      return false;
    }
    next->number = now->number + 1;
    absl::MutexLock lock(&mutex_);
    current_ = next;
    number_.store(next->number, std::memory_order_release);
    return true;
  }

  std::vector<std::string> data_files() const override {
    return current()->data_files;
  }
  std::unique_ptr<Chain> Fork() const override {
    return std::make_unique<NewsChain>(current());
  }
  SightingReplica* replica() override { return &stories_; }
  absl::Duration restore_window() const override {
    const DedupeOptions& dedupe = current()->dedupe;
    // A quarter more: event time and the log's own clock are not the same.
    return 1.25 * std::max(dedupe.window, dedupe.story_window);
  }
  Processing processing() const override { return current()->processing; }
  void Abandon() override { ledger_.turnstile.Close(); }

 private:
  std::shared_ptr<const Revision> current() const {
    absl::MutexLock lock(&mutex_);
    return current_;
  }

  StoryReplica stories_;
  RouteLedger ledger_;
  mutable absl::Mutex mutex_;
  std::shared_ptr<const Revision> current_ ABSL_GUARDED_BY(mutex_);
  std::atomic<int64_t> number_ = 0;  // of current_
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
  std::shared_ptr<const Revision> first = Compile(config, diagnostics);
  if (first == nullptr) return nullptr;
  return std::make_unique<NewsChain>(std::move(first));
}

}  // namespace wiredesk
