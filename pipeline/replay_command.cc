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

namespace wiredesk {
namespace {

// More workers than this wait for each other more than they work.
constexpr unsigned kDefaultWorkersMax = 8;

constexpr char kExamples[] = R"(Examples:
  wiredesk replay --input feed.ndjson --output out
  wiredesk replay --input archive/ --input late.xml --output out --config w.yaml
  zcat feed.ndjson.gz | wiredesk replay --input - --output - | jq .headline
  wiredesk replay --input day.ndjson.zst --output out --speed 60

Writes OUT/<topic>.ndjson for each topic. The same input gives the same bytes,
whatever the number of workers.)";

struct Arguments {
  std::vector<std::string> inputs;
  std::string output;
  std::string config;
  std::vector<std::string> overlays;
  int64_t limit = std::numeric_limits<int64_t>::max();
  std::string speed = "MAX";
  int workers = 0;
  bool quiet = false;
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
  options.output = arguments.output;
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

int RunReplay(const Arguments& arguments, const Program& program) {
  const double speed = ParseSpeed(arguments.speed);
  if (speed < 0) {
    std::fprintf(stderr,
                 "--speed %s: must be MAX or a factor of event time, such as "
                 "1 or 60\n",
                 arguments.speed.c_str());
    return kExitWrongUse;
  }
  Config config;
  Diagnostics diagnostics;
  const std::unique_ptr<Chain> chain = LoadChain(
      program, arguments.config, arguments.overlays, config, diagnostics);
  if (chain == nullptr) {
    std::fputs(diagnostics.Text().c_str(), stderr);
    return kExitFailed;
  }
  const PipelineOptions pipeline = DecodePipelineOptions(config, diagnostics);
  ConfigureLog(pipeline.log.level, pipeline.log.format);
  ReplayOptions options = MakeOptions(arguments, speed, pipeline);
  absl::StatusOr<ReplayResult> result;
  {
    ProgressBar bar;
    if (!arguments.quiet) {
      options.on_progress = [&bar](const FileReader::Progress& progress,
                                   const Totals& /*totals*/) {
        bar.Show(progress.records, progress.bytes, progress.bytes_total);
      };
    }
    result = Replay(options, *chain);
  }
  if (!result.ok()) {
    std::fprintf(stderr, "replay: %s\n",
                 std::string(result.status().message()).c_str());
    return kExitFailed;
  }
  if (!arguments.quiet) {
    std::fputs(PrintTotals(result->totals, result->seconds).c_str(), stderr);
  }
  return kExitOk;
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
  command
      ->add_option("-o,--output", arguments->output,
                   "Folder for <topic>.ndjson, or - for standard output")
      ->required();
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
  command->callback([arguments, &program, &exit_code] {
    exit_code = RunReplay(*arguments, program);
  });
}

}  // namespace wiredesk
