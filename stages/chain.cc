#include "stages/chain.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "config/section_text.h"
#include "pipeline/record/version.h"
#include "pipeline/service/options.h"
#include "stages/dedupe/dedupe_stage.h"
#include "stages/parse/parse_stage.h"
#include "stages/route/route_stage.h"
#include "stages/tag/tag_stage.h"

namespace wiredesk {
namespace {

// The whole chain, in flow order. A new stage is one line here.
constexpr const StageKind* kNewsStages[] = {
    &kParse,   // raw records -> articles
    &kDedupe,  // article -> verdict, cluster, story
    &kTag,     // article -> language, names, places, dates, quotes, topics
    &kRoute,   // everything -> destinations
};

SectionSet SectionsOf(StageTable stages) {
  SectionSet sections;
  for (const StageKind* stage : stages) sections.Add(stage->schema());
  return sections;
}

std::vector<std::string> DataFilesOf(StageTable stages, const Config& config) {
  std::vector<std::string> files;
  for (const StageKind* stage : stages) {
    if (stage->data_files == nullptr) continue;
    for (std::string& file : stage->data_files(config)) {
      files.push_back(std::move(file));
    }
  }
  return files;
}

// What a configuration was compiled to. Immutable.
struct Revision {
  int64_t number = 0;
  Config config;
  std::vector<std::shared_ptr<const CompiledStage>> stages;  // as in the table
  Processing processing;
  std::vector<std::string> data_files;
};

// nullptr, with the reasons in `diagnostics`, if anything is wrong. What `config`
// does not change is taken from `before`, if there is one.
std::shared_ptr<Revision> Compile(StageTable stages, const Config& config,
                                  Diagnostics& diagnostics,
                                  const Revision* before = nullptr) {
  auto made = std::make_shared<Revision>();
  made->config = config;
  made->data_files = DataFilesOf(stages, config);
  const std::string version = ConfigVersion(stages, config);
  for (size_t i = 0; i < stages.size(); ++i) {
    const bool same = before != nullptr && SectionSet()
                                               .Add(stages[i]->schema())
                                               .Changes(before->config, config)
                                               .empty();
    made->stages.push_back(same ? before->stages[i]
                                : stages[i]->compile(config, diagnostics));
  }
  if (ConfigVersion(stages, config) != version) {
    diagnostics.Error(Location{}, "", "a file changed while it was read",
                      "try again");
  }
  if (!diagnostics.ok()) return nullptr;
  made->processing.wiredesk = kVersion;
  made->processing.config = version;
  for (const auto& stage : made->stages) {
    for (DataVersion& data : stage->data_versions()) {
      if (data.name == "gazetteer") {
        made->processing.gazetteer = std::move(data.version);
      }
    }
  }
  return made;
}

// What the stages of all workers share.
class NewsChain : public Chain {
 public:
  NewsChain(StageTable table, std::shared_ptr<const Revision> first)
      : table_(table), current_(std::move(first)) {
    for (const auto& stage : current_->stages) {
      states_.push_back(stage->MakeState());
    }
  }

  StageSet MakeStages(SightingLog* log) override {
    const std::shared_ptr<const Revision> now = current();
    StageSet set = {{}, now->processing, now->number};
    for (size_t i = 0; i < now->stages.size(); ++i) {
      set.stages.push_back(now->stages[i]->MakeStage(states_[i].get(), log));
    }
    return set;
  }

  int64_t revision() const override {
    return number_.load(std::memory_order_acquire);
  }

  bool Reload(const Config& config, Diagnostics& diagnostics) override {
    const std::shared_ptr<Revision> next = Compile(table_, config, diagnostics);
    const std::shared_ptr<const Revision> now = current();
    CheckReloadable(now->config, config, diagnostics);
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
  std::vector<DataVersion> data_versions() const override {
    std::vector<DataVersion> all;
    for (const auto& stage : current()->stages) {
      for (DataVersion& data : stage->data_versions()) {
        all.push_back(std::move(data));
      }
    }
    return all;
  }
  std::vector<std::string> route_names() const override {
    std::vector<std::string> all;
    for (const auto& stage : current()->stages) {
      for (std::string& name : stage->route_names()) {
        all.push_back(std::move(name));
      }
    }
    return all;
  }
  std::unique_ptr<Chain> Fork() const override {
    return std::make_unique<NewsChain>(table_, current());
  }
  std::unique_ptr<Chain> ForkWith(absl::string_view yaml,
                                  Diagnostics& diagnostics) const override {
    const std::shared_ptr<const Revision> now = current();
    const std::optional<Config> next =
        WithSections(now->config, yaml, kRehearsedFile, diagnostics);
    if (!next) return nullptr;
    SectionSet sections = SectionsOf(table_);
    sections.AddTop(PipelineSchema());
    sections.Check(*next, diagnostics);
    CheckReloadable(now->config, *next, diagnostics);
    CheckFiles(now->data_files, DataFilesOf(table_, *next), diagnostics);
    if (!diagnostics.ok()) return nullptr;
    std::shared_ptr<const Revision> revision =
        Compile(table_, *next, diagnostics, now.get());
    if (revision == nullptr) return nullptr;
    return std::make_unique<NewsChain>(table_, std::move(revision));
  }
  std::string RehearsableText() const override {
    const std::shared_ptr<const Revision> now = current();
    std::string text;
    for (const StageKind* stage : table_) {
      if (stage->reloadable) text += SectionText(now->config, stage->name);
    }
    return text;
  }
  std::string ExplainRoutes(absl::string_view record) const override {
    for (const auto& stage : current()->stages) {
      std::string routes = stage->ExplainRoutes(record);
      if (!routes.empty()) return routes;
    }
    return "";
  }
  SightingReplica* replica() override {
    for (const auto& state : states_) {
      if (state == nullptr) continue;
      if (SightingReplica* const replica = state->replica()) return replica;
    }
    return nullptr;
  }
  absl::Duration restore_window() const override {
    absl::Duration window;
    for (const auto& state : states_) {
      if (state != nullptr) window = std::max(window, state->restore_window());
    }
    return window;
  }
  Processing processing() const override { return current()->processing; }
  void Abandon() override {
    for (const auto& state : states_) {
      if (state != nullptr) state->Abandon();
    }
  }

 private:
  std::shared_ptr<const Revision> current() const {
    absl::MutexLock lock(&mutex_);
    return current_;
  }

  // What may not change while records flow: what the pipeline and the stages
  // that are not reloadable read.
  void CheckReloadable(const Config& before, const Config& after,
                       Diagnostics& diagnostics) const {
    SectionSet sections = SectionsOf(table_);
    sections.AddTop(PipelineSchema());
    for (const std::string& key : sections.Changes(before, after)) {
      const std::string section = key.substr(0, key.find('.'));
      const bool reloadable = std::any_of(
          table_.begin(), table_.end(), [&section](const StageKind* stage) {
            return stage->reloadable && stage->name == section;
          });
      if (reloadable) continue;
      const ConfigNode* const node = after.FindPath(key);
      diagnostics.Error(node == nullptr ? Location() : node->location, key,
                        "cannot change while records flow",
                        "revert it, or restart");
    }
  }

  // Whoever tries routes need not be able to read the files of this host.
  static void CheckFiles(const std::vector<std::string>& known,
                         const std::vector<std::string>& wanted,
                         Diagnostics& diagnostics) {
    for (const std::string& file : wanted) {
      if (std::find(known.begin(), known.end(), file) != known.end()) continue;
      diagnostics.Error(Location{}, "",
                        absl::StrCat(file, " is not a file in use"),
                        "a rehearsal reads no others; try it with wiredesk "
                        "replay --diff");
    }
  }

  const StageTable table_;
  std::vector<std::unique_ptr<StageState>> states_;  // as in the table
  mutable absl::Mutex mutex_;
  std::shared_ptr<const Revision> current_ ABSL_GUARDED_BY(mutex_);
  std::atomic<int64_t> number_ = 0;  // of current_
};

}  // namespace

StageTable NewsStages() { return kNewsStages; }

Program MakeProgram(StageTable stages) {
  Program program;
  program.sections.AddTop(PipelineSchema());
  for (const StageKind* stage : stages) {
    program.sections.Add(stage->schema());
    program.stages.emplace_back(stage->name);
  }
  program.make_chain = [stages](const Config& config,
                                Diagnostics& diagnostics) {
    return MakeChain(stages, config, diagnostics);
  };
  program.config_version = [stages](const Config& config) {
    return ConfigVersion(stages, config);
  };
  program.make_filter = MakeRecordFilter;
  return program;
}

std::unique_ptr<Chain> MakeChain(StageTable stages, const Config& config,
                                 Diagnostics& diagnostics) {
  std::shared_ptr<const Revision> first = Compile(stages, config, diagnostics);
  if (first == nullptr) return nullptr;
  return std::make_unique<NewsChain>(stages, std::move(first));
}

std::string ConfigVersion(StageTable stages, const Config& config) {
  const std::vector<std::string> files = DataFilesOf(stages, config);
  const std::string version = SectionsOf(stages).Version(config);
  return files.empty() ? version : VersionWithFiles(version, files);
}

}  // namespace wiredesk
