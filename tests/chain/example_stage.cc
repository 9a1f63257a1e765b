#include "tests/chain/example_stage.h"

#include <memory>
#include <string>
#include <vector>

#include "pipeline/record/batch.h"

namespace wiredesk {
namespace {

struct ExampleOptions {
  int64_t words_min = 0;
  std::string words_file;
};

const Schema<ExampleOptions>& ExampleSchema() {
  static const auto* const schema = new Schema<ExampleOptions>(
      Schema<ExampleOptions>("example", "Drops what is short.")
          .Field(&ExampleOptions::words_min, "words_min",
                 "Fewer words than this are too short.", {0, 1000})
          .Field(&ExampleOptions::words_file, "words_file",
                 "A file that the stage reads."));
  return *schema;
}

class ExampleStage : public Stage {
 public:
  explicit ExampleStage(const ExampleOptions& options) : options_(options) {}

  absl::string_view name() const override { return "example"; }
  absl::Status Process(Batch& batch) override {
    batch.ForEachLive([this](EventRecord& record) {
      if (static_cast<int64_t>(record.body_words.size()) >=
          options_.words_min) {
        return;
      }
      record.fate = Fate::kDropped;
      record.fate_stage = "example";
      record.fate_reason = "short";
    });
    return absl::OkStatus();
  }

 private:
  const ExampleOptions options_;
};

class CompiledExample : public CompiledStage {
 public:
  explicit CompiledExample(const ExampleOptions& options) : options_(options) {}

  std::unique_ptr<Stage> MakeStage(StageState* /*state*/,
                                   SightingLog* /*log*/) const override {
    return std::make_unique<ExampleStage>(options_);
  }
  std::vector<DataVersion> data_versions() const override {
    return {{"example_words", "7"}};
  }

 private:
  const ExampleOptions options_;
};

}  // namespace

const StageKind kExample = {
    .name = "example",
    .reloadable = true,
    .schema = [] { return ExampleSchema().shared_core(); },
    .compile = [](const Config& config, Diagnostics& diagnostics)
        -> std::shared_ptr<const CompiledStage> {
      return std::make_shared<CompiledExample>(
          config.DecodeSection(ExampleSchema(), diagnostics));
    },
    .data_files = [](const Config& config) -> std::vector<std::string> {
      const ConfigNode* const node = config.FindPath("example.words_file");
      if (node == nullptr) return {};
      return {ResolvePath(*node)};
    },
};

}  // namespace wiredesk
