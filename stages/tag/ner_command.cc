#include "stages/tag/ner_command.h"

#include <array>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "config/base/status_macros.h"
#include "pipeline/command/shared_flags.h"
#include "stages/tag/gazetteer/compiled_file.h"
#include "stages/tag/gazetteer/gazetteer.h"
#include "stages/tag/names/model.h"
#include "stages/tag/tag_stage.h"
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
  WD_ASSIGN_OR_RETURN(const std::shared_ptr<const Gazetteer> gazetteer,
                      OpenGazetteer(arguments.gazetteer));
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

Command TrainCommand() {
  const auto arguments = std::make_shared<TrainArguments>();
  Command command;
  command.name = "train";
  command.help = "Train a model on texts with marked names";
  command.examples = {
      "wiredesk ner train train.conll --test test.conll -o names.wdn"};
  command.flags = {
      SharedFlag("input", &arguments->inputs)
          .Plain()
          .Required()
          .Help("Texts with marked names: columns as in CoNLL, or corrected "
                "records, one a line; also .gz"),
      SharedFlag("output", &arguments->output).Required(),
      Flag("test", &arguments->tests, "FILE",
           "Other such texts, to measure the model on")
          .Files(),
      Flag("gazetteer", &arguments->gazetteer, "FILE",
           "Compiled gazetteer; the shipped one without it")
          .Files(),
      Flag("rounds", &arguments->rounds, "N", "Rounds over all examples")
          .Between(1, 100),
      Flag("bits", &arguments->bits, "BITS",
           "The table has 2^BITS features of 8 bytes")
          .Between(kNameModelBitsMin, kNameModelBitsMax),
      Flag("margin", &arguments->margin, "SHARE",
           "As `tag.name_model_margin`, for --test")
          .Between(0, 1)};
  command.run = [arguments]() -> absl::StatusOr<int> {
    WD_RETURN_IF_ERROR(Train(*arguments));
    return kExitOk;
  };
  return command;
}

}  // namespace

Command NerCommand() {
  Command command;
  command.name = "ner";
  command.help = "Train a name classifier on your own annotated texts";
  command.examples = {
      "wiredesk ner train train.conll --test test.conll -o names.wdn"};
  command.commands = {TrainCommand()};
  return command;
}

}  // namespace wiredesk
