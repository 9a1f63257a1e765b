// The stage's row of the chain (stages/chain.cc).

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "stages/tag/tag_stage.h"

namespace wiredesk {
namespace {

class CompiledTag : public CompiledStage {
 public:
  explicit CompiledTag(std::shared_ptr<const TagData> data)
      : data_(std::move(data)) {}

  std::unique_ptr<Stage> MakeStage(StageState* /*state*/,
                                   SightingLog* /*log*/) const override {
    return std::make_unique<TagStage>(data_);
  }
  std::vector<DataVersion> data_versions() const override {
    std::vector<DataVersion> versions = {
        {"gazetteer", std::string(data_->gazetteer()->version())}};
    if (data_->name_model() != nullptr) {
      versions.push_back(
          {"name_model", std::string(data_->name_model()->version())});
    }
    return versions;
  }

 private:
  const std::shared_ptr<const TagData> data_;
};

std::shared_ptr<const CompiledStage> CompileTag(const Config& config,
                                                Diagnostics& diagnostics) {
  absl::StatusOr<std::shared_ptr<const TagData>> data =
      TagData::Open(DecodeTagOptions(config, diagnostics));
  if (data.ok()) return std::make_shared<CompiledTag>(*std::move(data));
  diagnostics.Error(config.Section("tag"), data.status().message());
  return nullptr;
}

std::vector<std::string> TagFiles(const Config& config) {
  Diagnostics ignored;
  const TagOptions tag = DecodeTagOptions(config, ignored);
  std::vector<std::string> files;
  for (const std::string& file : {tag.gazetteer, tag.rules, tag.name_model}) {
    if (!file.empty() && file != kNoNameModel) files.push_back(file);
  }
  for (const auto& list : {tag.topics, tag.warning_lists, tag.events}) {
    files.insert(files.end(), list.begin(), list.end());
  }
  return files;
}

}  // namespace

const StageKind kTag = {
    .name = "tag",
    .reloadable = true,
    .schema = [] { return TagStage::GetSchema().shared_core(); },
    .compile = CompileTag,
    .data_files = TagFiles,
};

}  // namespace wiredesk
