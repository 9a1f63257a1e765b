#include "stages/tag/ner_command.h"

#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "config/base/status_macros.h"
#include "config/data_path.h"
#include "stages/tag/gazetteer/compiled_file.h"
#include "stages/tag/gazetteer/gazetteer.h"
#include "stages/tag/names/model.h"
#include "stages/tag/training/corpus.h"
#include "stages/tag/training/model_trainer.h"
#include "stages/tag/training/score.h"

namespace wiredesk {
namespace {

struct TrainArguments {
  std::vector<std::string> inputs;
  std::vector<std::string> tests;
  std::string output;
  std::string gazetteer;
  int rounds = 10;
  uint32_t bits = 18;
  double margin = kNameModelMargin;
};

absl::StatusOr<std::vector<MarkedText>> ReadTexts(
    const std::vector<std::string>& paths) {
  std::vector<MarkedText> texts;
  for (const std::string& path : paths) {
    WD_RETURN_IF_ERROR(ReadNameCorpus(path, texts));
  }
  return texts;
}

void PrintExamples(size_t texts, const std::vector<NameExample>& examples) {
  std::array<size_t, kModelTypes> counts = {};
  for (const NameExample& example : examples) {
    ++counts[static_cast<size_t>(example.type)];
  }
  std::printf("%zu texts, %zu names that no rule knows:", texts,
              examples.size());
  for (int t = 0; t < kModelTypes; ++t) {
    std::printf(" %zu %s%s", counts[t],
                std::string(ModelTypeText(static_cast<ModelType>(t))).c_str(),
                t + 1 < kModelTypes ? "," : "\n");
  }
}

void PrintScores(size_t texts, const NameScore& before,
                 const NameScore& after) {
  std::printf("\n%zu texts     without the model       with the model\n",
              texts);
  std::printf("%-13s%7s%7s%7s  %7s%7s%7s\n", "type", "P", "R", "F1", "P", "R",
              "F1");
  for (int t = 0; t < kModelTypes; ++t) {
    const std::string type =
        t + 1 == kModelTypes
            ? "all"
            : std::string(ModelTypeText(static_cast<ModelType>(t)));
    std::printf("%-13s%7.3f%7.3f%7.3f  %7.3f%7.3f%7.3f\n", type.c_str(),
                before[t].precision(), before[t].recall(), before[t].f1(),
                after[t].precision(), after[t].recall(), after[t].f1());
  }
}

absl::Status Train(const TrainArguments& arguments) {
  std::string path = arguments.gazetteer;
  if (path.empty()) {
    WD_ASSIGN_OR_RETURN(path, FindData("gazetteer.wdg"));
  }
  WD_ASSIGN_OR_RETURN(const std::shared_ptr<const Gazetteer> gazetteer,
                      Gazetteer::Open(path));
  WD_ASSIGN_OR_RETURN(const std::vector<MarkedText> texts,
                      ReadTexts(arguments.inputs));
  WD_ASSIGN_OR_RETURN(const std::vector<MarkedText> tests,
                      ReadTexts(arguments.tests));
  const std::vector<NameExample> examples = CollectExamples(*gazetteer, texts);
  PrintExamples(texts.size(), examples);
  if (examples.empty()) {
    return absl::InvalidArgumentError("nothing to learn from");
  }
  NameTrainingOptions options;
  options.rounds = arguments.rounds;
  options.bits = arguments.bits;
  options.progress = [&](int round, size_t wrong) {
    std::printf("round %2d: %zu of %zu wrong\n", round, wrong, examples.size());
  };
  const std::string bytes = TrainNameModel(examples, options);
  WD_RETURN_IF_ERROR(WriteCompiledFile(arguments.output, bytes));
  WD_ASSIGN_OR_RETURN(const std::shared_ptr<const NameModel> model,
                      NameModel::Open(arguments.output));
  std::printf("%s: %.1f MB, version %s\n", arguments.output.c_str(),
              static_cast<double>(model->bytes()) / 1e6,
              model->version().c_str());
  if (!tests.empty()) {
    PrintScores(tests.size(), ScoreNames(*gazetteer, nullptr, 1, tests),
                ScoreNames(*gazetteer, model.get(),
                           static_cast<float>(arguments.margin), tests));
  }
  return absl::OkStatus();
}

}  // namespace

void AddNerCommand(CLI::App& app, int& exit_code) {
  CLI::App* const command = app.add_subcommand(
      "ner", "Learns to type names that no rule knows, from texts of yours");
  command->require_subcommand(1);
  const auto arguments = std::make_shared<TrainArguments>();
  CLI::App* const train =
      command->add_subcommand("train", "Learns from texts with marked names");
  train
      ->add_option("--input", arguments->inputs,
                   "Texts with marked names: columns as in CoNLL, or corrected "
                   "records, one a line; also .gz")
      ->required();
  train->add_option("--output", arguments->output, "The model's file")
      ->required();
  train->add_option("--test", arguments->tests,
                    "Other such texts, to measure it on");
  train->add_option("--gazetteer", arguments->gazetteer,
                    "A compiled gazetteer; the shipped one without it");
  train->add_option("--rounds", arguments->rounds, "Over all examples")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  train
      ->add_option("--bits", arguments->bits,
                   "The table has 2^BITS features of 8 bytes")
      ->check(CLI::Range(kNameModelBitsMin, kNameModelBitsMax))
      ->capture_default_str();
  train
      ->add_option("--margin", arguments->margin,
                   "As `tag.name_model_margin`, for --test")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  train->footer(
      "Example:\n  wiredesk ner train --input train.conll --test test.conll "
      "--output names.wdn");
  train->callback([arguments, &exit_code] {
    const absl::Status status = Train(*arguments);
    exit_code = status.ok() ? 0 : 1;
    if (!status.ok()) {
      std::fprintf(stderr, "wiredesk ner: %s\n",
                   std::string(status.message()).c_str());
    }
  });
}

}  // namespace wiredesk
