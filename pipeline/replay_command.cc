#include "pipeline/replay_command.h"

#include <algorithm>
#include <cstdio>
#include <limits>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "pipeline/options.h"
#include "pipeline/progress_bar.h"
#include "pipeline/replay.h"
#include "pipeline/replay_diff.h"

namespace wiredesk {
namespace {

// More workers than this wait for each other more than they work.
constexpr unsigned kDefaultWorkersMax = 8;

constexpr char kExamples[] = R"(Examples:
  wiredesk replay --input feed.ndjson --output out
  wiredesk replay --input archive/ --input late.xml --output out --config w.yaml
  zcat feed.ndjson.gz | wiredesk replay --input - --output - | jq .headline
  wiredesk replay --input day.ndjson.zst --output out --speed 60
  wiredesk replay --input archive/ --diff old.yaml new.yaml --allow route:sport

Writes OUT/<topic>.ndjson for each topic. The same input gives the same bytes,
whatever the number of workers. With --diff nothing is written: it prints what
the second configuration would do otherwise, and exits with 1 if it is more than
--allow says.)";

struct Arguments {
  std::vector<std::string> inputs;
  std::string output;
  std::string config;
  std::vector<std::string> overlays;
  int64_t limit = std::numeric_limits<int64_t>::max();
  std::string speed = "MAX";
  int workers = 0;
  bool quiet = false;
  std::vector<std::string> diff;  // two configurations, or none
  std::vector<std::string> allow;
  size_t list_max = 20;
  bool json = false;
};

// A factor of event time, 0 for MAX; negative if it is neither.
double ParseSpeed(const std::string& text) {
  if (absl::AsciiStrToUpper(text) == "MAX") return 0;
  double speed = 0;
  if (!absl::SimpleAtod(text, &speed) || !(speed > 0)) return -1;
  return speed;
}

ReplayOptions MakeOptions(const Arguments& arguments, double speed,
                          const PipelineOptions& pipeline) {
  ReplayOptions options;
  options.inputs = arguments.inputs;
  options.output = arguments.output == "none" ? "" : arguments.output;
  options.reader.records_limit = arguments.limit;
  options.reader.limits.record_bytes_max = pipeline.limits.record_bytes_max;
  options.batch.records_max = pipeline.batch.records_max;
  options.batch.bytes_max = pipeline.batch.bytes_max;
  options.dead_letter_topic = pipeline.dead_letter.topic;
  options.speed = speed;
  options.workers = arguments.workers;
  if (arguments.workers == 0) {
    options.workers = static_cast<int>(std::clamp(
        std::thread::hardware_concurrency(), 1U, kDefaultWorkersMax));
  }
  if (speed > 0) {
    // One record at a time, each when it is due.
    options.workers = 1;
    options.batch.records_max = 1;
  }
  return options;
}

int Fail(const absl::Status& status) {
  std::fprintf(stderr, "replay: %s\n", std::string(status.message()).c_str());
  return kExitFailed;
}

int WrongUse(const std::string& message) {
  std::fprintf(stderr, "%s\n", message.c_str());
  return kExitWrongUse;
}

// A configuration and its chain, or null after the reasons were printed.
std::unique_ptr<Chain> Load(const Arguments& arguments, const Program& program,
                            const std::string& path,
                            PipelineOptions& pipeline) {
  Config config;
  Diagnostics diagnostics;
  std::unique_ptr<Chain> chain =
      LoadChain(program, path, arguments.overlays, config, diagnostics);
  if (chain != nullptr) pipeline = DecodePipelineOptions(config, diagnostics);
  if (chain == nullptr || !diagnostics.ok()) {
    std::fputs(diagnostics.Text().c_str(), stderr);
    return nullptr;
  }
  ConfigureLog(pipeline.log.level, pipeline.log.format);
  return chain;
}

// Runs the replay under a progress bar.
absl::StatusOr<ReplayResult> RunWithBar(ReplayOptions options, bool quiet,
                                        Chain& chain, RecordReader& reader,
                                        ReplayOutput& output) {
  ProgressBar bar;
  if (!quiet) {
    options.on_progress = [&bar](const RecordReader::Progress& progress,
                                 const Totals& /*totals*/) {
      bar.Show(progress.records, progress.done, progress.total);
    };
  }
  return ReplayInto(options, chain, reader, output);
}

int RunToOutput(const Arguments& arguments, double speed,
                const Program& program) {
  PipelineOptions pipeline;
  const std::unique_ptr<Chain> chain =
      Load(arguments, program, arguments.config, pipeline);
  if (chain == nullptr) return kExitFailed;
  const ReplayOptions options = MakeOptions(arguments, speed, pipeline);
  absl::StatusOr<std::vector<InputFile>> files = ExpandInputs(options.inputs);
  if (!files.ok()) return Fail(files.status());
  FileReader reader(*std::move(files), options.reader);
  const auto output = OpenFileOutput(options.output, options.dead_letter_topic);
  if (!output.ok()) return Fail(output.status());
  const auto result =
      RunWithBar(options, arguments.quiet, *chain, reader, **output);
  if (!result.ok()) return Fail(result.status());
  if (!arguments.quiet) {
    std::fputs(PrintTotals(result->totals, result->seconds).c_str(), stderr);
  }
  return kExitOk;
}

int RunDiff(const Arguments& arguments, double speed, const Program& program) {
  DiffAllowance allowance;
  for (const std::string& text : arguments.allow) {
    const absl::Status status = allowance.Add(text);
    if (!status.ok()) return WrongUse(std::string(status.message()));
  }
  PipelineOptions pipeline;
  PipelineOptions second_pipeline;
  const auto first = Load(arguments, program, arguments.diff[0], pipeline);
  const auto second =
      Load(arguments, program, arguments.diff[1], second_pipeline);
  if (first == nullptr || second == nullptr) return kExitFailed;
  const ReplayOptions options = MakeOptions(arguments, speed, pipeline);
  absl::StatusOr<std::vector<InputFile>> files = ExpandInputs(options.inputs);
  if (!files.ok()) return Fail(files.status());
  FileReader reader(*std::move(files), options.reader);
  DiffOutput output(second.get(), options.batch, allowance);
  const auto result =
      RunWithBar(options, arguments.quiet, *first, reader, output);
  if (!result.ok()) return Fail(result.status());
  const DiffReport report = output.report();
  const std::string text =
      arguments.json ? DiffJson(report, arguments.diff[0], arguments.diff[1])
                     : PrintDiff(report, arguments.diff[0], arguments.diff[1],
                                 arguments.list_max);
  std::fputs(text.c_str(), stdout);
  return allowance.Covers(report) ? kExitOk : kExitFailed;
}

int RunReplay(const Arguments& arguments, const Program& program) {
  const double speed = ParseSpeed(arguments.speed);
  if (speed < 0) {
    return WrongUse("--speed " + arguments.speed +
                    ": must be MAX or a factor of event time, such as 1 or 60");
  }
  if (!arguments.diff.empty()) return RunDiff(arguments, speed, program);
  if (arguments.output.empty()) {
    return WrongUse(
        "--output is missing: a folder, - for standard output, or none");
  }
  return RunToOutput(arguments, speed, program);
}

void AddDiffOptions(CLI::App& command, Arguments& arguments) {
  CLI::Option* const diff =
      command
          .add_option("--diff", arguments.diff,
                      "Compare two configurations over the input")
          ->expected(2)
          ->type_name("A.yaml B.yaml");
  for (const char* other : {"--output", "--config"}) {
    diff->excludes(command.get_option(other));
  }
  command
      .add_option("--allow", arguments.allow,
                  "Differences that are no failure: a number of articles, a "
                  "share such as 0.5%, route:NAME, topic:NAME, field:NAME; may "
                  "be repeated")
      ->needs(diff);
  command
      .add_option("--list", arguments.list_max,
                  "How many differences to show in full (20)")
      ->needs(diff);
  command.add_flag("--json", arguments.json, "The differences as JSON")
      ->needs(diff);
}

}  // namespace

void AddReplayCommand(CLI::App& app, const Program& program, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "replay", "Run files through the chain, without a broker");
  command->footer(kExamples);
  const auto arguments = std::make_shared<Arguments>();
  command
      ->add_option("-i,--input", arguments->inputs,
                   "File, folder, or - for standard input; may be repeated. "
                   "NDJSON, JSON, feeds, pages, WARC; .gz and .zst")
      ->required();
  command->add_option("-o,--output", arguments->output,
                      "Folder for <topic>.ndjson, - for standard output, none "
                      "for nowhere");
  command->add_option("-c,--config", arguments->config,
                      "Configuration; built-in defaults without it");
  command->add_option("--overlay", arguments->overlays,
                      "File laid over the configuration; may be repeated");
  command
      ->add_option("-n,--limit", arguments->limit, "Stop after N raw records")
      ->check(CLI::NonNegativeNumber);
  command->add_option("--speed", arguments->speed,
                      "MAX, or a factor of event time: 1 is as it happened");
  command
      ->add_option("--workers", arguments->workers,
                   "Threads; as many as there are processors without it")
      ->check(CLI::Range(1, 256));
  command->add_flag("-q,--quiet", arguments->quiet,
                    "No progress and no summary");
  AddDiffOptions(*command, *arguments);
  command->callback([arguments, &program, &exit_code] {
    exit_code = RunReplay(*arguments, program);
  });
}

}  // namespace wiredesk
