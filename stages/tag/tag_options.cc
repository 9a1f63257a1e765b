// From the configuration to what the tag stages work with: the schema of `tag`,
// and the opening of the files that it names.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "config/base/read_file.h"
#include "config/base/status_macros.h"
#include "config/data_path.h"
#include "stages/tag/indicators/lists.h"
#include "stages/tag/quotes/words.h"
#include "stages/tag/tag_stage.h"

namespace wiredesk {

const Schema<TagOptions>& TagStage::GetSchema() {
  static const auto* const schema = new Schema<TagOptions>(
      Schema<TagOptions>("tag", "Finds who, what, where and when.")
          .Field(&TagOptions::gazetteer, "gazetteer",
                 "A compiled gazetteer (`wiredesk gazetteer build`); empty "
                 "takes the one that is shipped.")
          .Field(&TagOptions::topics, "topics",
                 "Tables of subjects and their terms; none takes the one that "
                 "is compiled in, a copy of config/topics/topics.tsv.")
          .Field(&TagOptions::topics_max, "topics_max",
                 "How many subjects an article is given at most, the most "
                 "important first.",
                 {1, 100})
          .Field(&TagOptions::rules, "rules",
                 "A file of tag rules; empty for none.")
          .Field(
              &TagOptions::name_model, "name_model",
              "A model for names that neither gazetteer nor rules can type, "
              "as `wiredesk ner train` learns it from texts; empty takes the "
              "one that is shipped, `none` has none.")
          .Field(&TagOptions::name_model_margin, "name_model_margin",
                 "How much likelier than the next the model must hold a type, "
                 "0 to 1; below, the name stays untyped.",
                 {0, 1})
          .Field(
              &TagOptions::warning_lists, "warning_lists",
              "Files of domains and addresses that are not indicators, one a "
              "line, besides those that are compiled in.")
          .Field(&TagOptions::date_references, "date_references",
                 "Whether words such as `now` and `recently` are dates, with "
                 "the value PRESENT_REF or PAST_REF.")
          .Choice(&TagOptions::plain_domains, "plain_domains",
                  "Where domains and URLs that are not defanged are "
                  "indicators: `never`, in texts about `security`, or "
                  "`always`.",
                  {{"never", PlainDomains::kNever},
                   {"security", PlainDomains::kSecurity},
                   {"always", PlainDomains::kAlways}})
          .Field(&TagOptions::events, "events",
                 "Tables of event patterns of yours (docs/events.md), asked "
                 "before those that are shipped."));
  return *schema;
}

TagOptions DecodeTagOptions(const Config& config, Diagnostics& diagnostics) {
  TagOptions options = config.DecodeSection(TagStage::GetSchema(), diagnostics);
  const auto resolve = [](const ConfigNode* node, std::string& path) {
    if (node != nullptr && !path.empty()) path = ResolvePath(*node);
  };
  const auto resolve_all = [&](absl::string_view key,
                               std::vector<std::string>& paths) {
    const ConfigNode* const node = config.FindPath(key);
    if (node == nullptr) return;
    for (size_t i = 0; i < paths.size(); ++i) {
      resolve(node->is_sequence() ? &node->items[i] : node, paths[i]);
    }
  };
  resolve(config.FindPath("tag.gazetteer"), options.gazetteer);
  resolve(config.FindPath("tag.rules"), options.rules);
  if (options.name_model != kNoNameModel) {
    resolve(config.FindPath("tag.name_model"), options.name_model);
  }
  resolve_all("tag.topics", options.topics);
  resolve_all("tag.warning_lists", options.warning_lists);
  resolve_all("tag.events", options.events);
  return options;
}

namespace {

// The operator's tables of event patterns, and behind them those of ours.
absl::StatusOr<std::shared_ptr<const EventTables>> OpenEventTables(
    const std::vector<std::string>& own) {
  std::vector<std::string> paths;
  // Sets and forms first, for the patterns name them.
  for (const char* name : {"words", "verbs", "nouns"}) {
    WD_ASSIGN_OR_RETURN(const std::string path,
                        FindData(absl::StrCat("events/", name, ".tsv")));
    if (paths.empty()) {
      paths.push_back(path);
      paths.insert(paths.end(), own.begin(), own.end());
    } else {
      paths.push_back(path);
    }
  }
  std::vector<EventTableFile> files;
  for (const std::string& path : paths) {
    WD_ASSIGN_OR_RETURN(std::string content, ReadPackedFile(path));
    files.push_back({path, std::move(content)});
  }
  return EventTables::Parse(files);
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Gazetteer>> OpenGazetteer(
    std::string path) {
  if (path.empty()) {
    absl::StatusOr<std::string> shipped = FindData("gazetteer.wdg");
    if (!shipped.ok()) {
      const auto packed = FindData("gazetteer.wdg.gz");
      if (packed.ok()) shipped = packed;
    }
    WD_RETURN_IF_ERROR(shipped.status());
    path = *std::move(shipped);
  }
  if (!absl::EndsWith(path, ".gz")) return Gazetteer::Open(path);
  WD_ASSIGN_OR_RETURN(std::string bytes, ReadPackedFile(path));
  auto opened = Gazetteer::FromBytes(std::move(bytes));
  if (opened.ok()) return opened;
  return absl::Status(opened.status().code(),
                      absl::StrCat(path, ": ", opened.status().message()));
}

absl::StatusOr<std::shared_ptr<const TagData>> TagData::Open(
    const TagOptions& options) {
  auto data = std::make_shared<TagData>();
  WD_ASSIGN_OR_RETURN(data->gazetteer_, OpenGazetteer(options.gazetteer));
  std::vector<TopicSet::File> topics;
  for (const std::string& file : options.topics) {
    WD_ASSIGN_OR_RETURN(std::string content, ReadPackedFile(file));
    topics.push_back({file, std::move(content)});
  }
  data->topics_ = TopicSet::Default();
  data->plain_domains_ = options.plain_domains;
  data->date_references_ = options.date_references;
  data->topics_max_ = static_cast<size_t>(options.topics_max);
  data->default_topics_ = topics.empty();
  if (!topics.empty()) {
    WD_ASSIGN_OR_RETURN(data->topics_, TopicSet::Parse(topics));
  }
  if (!options.rules.empty()) {
    WD_ASSIGN_OR_RETURN(const std::string rules, ReadPackedFile(options.rules));
    WD_ASSIGN_OR_RETURN(data->rules_, TagRules::Parse(options.rules, rules));
  }
  if (options.name_model != kNoNameModel) {
    std::string model = options.name_model;
    if (model.empty()) {
      WD_ASSIGN_OR_RETURN(model, FindData("name_model/names.wdn"));
    }
    WD_ASSIGN_OR_RETURN(data->name_model_, NameModel::Open(model));
  }
  data->name_model_margin_ = static_cast<float>(options.name_model_margin);
  std::string warnings(DefaultWarningList());
  for (const std::string& file : options.warning_lists) {
    WD_ASSIGN_OR_RETURN(const std::string content, ReadPackedFile(file));
    absl::StrAppend(&warnings, "\n", content);
  }
  data->warning_list_ = WarningList(warnings);
  WD_ASSIGN_OR_RETURN(data->events_, OpenEventTables(options.events));
  WD_ASSIGN_OR_RETURN(data->tone_, OpenToneLexicon());
  data->gazetteer_->MarkWords(data->marker_);
  data->topics_->MarkWords(data->marker_);
  if (data->rules_ != nullptr) data->rules_->MarkWords(data->marker_);
  MarkDateWords(data->marker_);
  MarkAmountWords(data->marker_);
  MarkCueWords(data->marker_);
  return data;
}

}  // namespace wiredesk
