#include "pipeline/command/replay.h"

#include <algorithm>
#include <cstdio>
#include <limits>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "config/base/status_macros.h"
#include "pipeline/command/kafka_flags.h"
#include "pipeline/command/progress_bar.h"
#include "pipeline/kafka/reader.h"
#include "pipeline/replay/diff.h"
#include "pipeline/replay/kafka_output.h"
#include "pipeline/replay/replay.h"
#include "pipeline/replay/seed.h"
#include "pipeline/service/kafka_settings.h"
#include "pipeline/service/options.h"

namespace wiredesk {
namespace {

// More workers than this wait for each other more than they work.
constexpr unsigned kDefaultWorkersMax = 8;

// A replay has no transactions that larger batches would save. Smaller ones
// need less memory, and fewer threads wait for the last batch.
constexpr size_t kBatchRecordsMax = 128;

constexpr char kExamples[] = R"(Examples:
  wiredesk replay --input feed.ndjson --output out
  wiredesk replay --input archive/ --input late.xml --output out --config w.yaml
  zcat feed.ndjson.gz | wiredesk replay --input - --output - | jq .headline
  wiredesk replay --input day.ndjson.zst --output out --speed 60
  wiredesk replay --input archive/ --diff old.yaml new.yaml --allow route:sport
  wiredesk replay --topic news.raw --from 2026-07-01T06:00Z \
      --to 2026-07-01T09:00Z --seed-state --output out --config w.yaml
  wiredesk replay --topic news.raw --prefix rehearsal. --config w.yaml

Writes OUT/<topic>.ndjson for each topic. The same input gives the same bytes,
whatever the number of workers. From Kafka it joins no group and commits
nothing. With --diff nothing is written: it prints what the second configuration
would do otherwise, and exits with 1 if it is more than --allow says.)";

struct Arguments {
  std::vector<std::string> inputs;
  RangeArguments range;
  std::string output;
  std::string prefix;
  ClusterArguments cluster;
  std::string seed;  // kSeedFromLog, or a recording
  int64_t limit = std::numeric_limits<int64_t>::max();
  std::string speed = "MAX";
  int workers = 0;
  bool quiet = false;
  std::vector<std::string> diff;  // two configurations, or none
  std::vector<std::string> allow;
  size_t list_max = 20;
  bool json = false;
};

// What --seed-state stands for without a value.
constexpr char kSeedFromLog[] = "log";

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
  options.reader.records_limit = arguments.limit;
  options.reader.limits.record_bytes_max = pipeline.limits.record_bytes_max;
  options.batch.records_max =
      std::min(pipeline.batch.records_max, kBatchRecordsMax);
  options.batch.bytes_max = pipeline.batch.bytes_max;
  options.dead_letter_topic = pipeline.dead_letter.topic;
  options.speed = speed;
  options.workers = arguments.workers;
  options.in_flight = pipeline.batch.in_flight;
  if (arguments.workers == 0) {
    options.workers = static_cast<int>(std::clamp(
        std::thread::hardware_concurrency(), 1U, kDefaultWorkersMax));
    options.in_flight = 1;  // a processor each is all there is
  }
  if (speed > 0) {
    // One record at a time, each when it is due.
    options.workers = 1;
    options.in_flight = 1;
    options.batch.records_max = 1;
  }
  return options;
}

int Fail(const absl::Status& status) { return ExitCodeOf("replay", status); }

// A configuration and its chain, or null after the reasons were printed.
std::unique_ptr<Chain> Load(const Arguments& arguments, const Program& program,
                            const std::string& path,
                            PipelineOptions& pipeline) {
  Config config;
  Diagnostics diagnostics;
  std::unique_ptr<Chain> chain =
      LoadChain(program, path, arguments.cluster.overlays, config, diagnostics);
  if (chain != nullptr) pipeline = DecodePipelineOptions(config, diagnostics);
  if (chain == nullptr || !diagnostics.ok()) {
    std::fputs(diagnostics.Text().c_str(), stderr);
    return nullptr;
  }
  UseBrokers(arguments.cluster, pipeline);
  ConfigureLog(pipeline.log.level, pipeline.log.format);
  return chain;
}

absl::StatusOr<std::unique_ptr<RecordReader>> OpenFiles(
    const std::vector<std::string>& inputs,
    const FileReader::Options& options) {
  WD_ASSIGN_OR_RETURN(std::vector<InputFile> files, ExpandInputs(inputs));
  return std::make_unique<FileReader>(std::move(files), options);
}

absl::StatusOr<std::unique_ptr<RecordReader>> OpenRange(
    const KafkaRangeOptions& range, const PipelineOptions& pipeline,
    int64_t limit = std::numeric_limits<int64_t>::max()) {
  WD_ASSIGN_OR_RETURN(std::unique_ptr<KafkaRange> opened,
                      KafkaRange::Open(ClientOptionsOf(pipeline), range));
  return std::make_unique<KafkaReader>(std::move(opened), limit);
}

absl::StatusOr<std::unique_ptr<RecordReader>> OpenInput(
    const Arguments& arguments, const ReplayOptions& options,
    const PipelineOptions& pipeline) {
  if (arguments.range.topics.empty()) {
    return OpenFiles(arguments.inputs, options.reader);
  }
  WD_ASSIGN_OR_RETURN(const KafkaRangeOptions range,
                      ParseRange(arguments.range));
  return OpenRange(range, pipeline, arguments.limit);
}

// The sighting log before the range, or a recording of it; null without
// --seed-state.
absl::StatusOr<std::unique_ptr<RecordReader>> OpenSeed(
    const Arguments& arguments, const PipelineOptions& pipeline,
    absl::Duration window) {
  if (arguments.seed.empty()) return nullptr;
  if (arguments.seed != kSeedFromLog) return OpenFiles({arguments.seed}, {});
  WD_ASSIGN_OR_RETURN(const KafkaRangeOptions range,
                      ParseRange(arguments.range));
  if (!range.from) {
    return absl::InvalidArgumentError(
        "--seed-state needs --from: it reads the sighting log before that "
        "time; or give it a recording of the log");
  }
  KafkaRangeOptions before;
  before.topics = {pipeline.sightings_topic()};
  before.from = *range.from - SightingLogOptionsOf(pipeline, window).restore;
  before.to = range.from;
  return OpenRange(before, pipeline);
}

absl::StatusOr<std::unique_ptr<ReplayOutput>> OpenOutput(
    const Arguments& arguments, const PipelineOptions& pipeline) {
  if (arguments.prefix.empty()) {
    return OpenFileOutput(arguments.output == "none" ? "" : arguments.output,
                          pipeline.dead_letter.topic);
  }
  KafkaReplayOptions options;
  options.prefix = arguments.prefix;
  options.dead_letter_topic = pipeline.dead_letter.topic;
  options.create_topics = pipeline.create_topics;
  options.new_topics = NewTopicsOf(pipeline);
  options.message_bytes_max = pipeline.kafka.message_bytes_max;
  return KafkaReplayOutput::Open(ClientOptionsOf(pipeline), options);
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

absl::Status ReplayToOutput(const Arguments& arguments,
                            const PipelineOptions& pipeline,
                            ReplayOptions options, Chain& chain) {
  WD_ASSIGN_OR_RETURN(const std::unique_ptr<RecordReader> reader,
                      OpenInput(arguments, options, pipeline));
  WD_ASSIGN_OR_RETURN(const std::unique_ptr<RecordReader> seed,
                      OpenSeed(arguments, pipeline, chain.restore_window()));
  options.seed = seed.get();
  WD_ASSIGN_OR_RETURN(const std::unique_ptr<ReplayOutput> output,
                      OpenOutput(arguments, pipeline));
  WD_ASSIGN_OR_RETURN(
      const ReplayResult result,
      RunWithBar(options, arguments.quiet, chain, *reader, *output));
  if (!arguments.quiet) {
    std::fputs(PrintTotals(result.totals, result.seconds).c_str(), stderr);
  }
  return absl::OkStatus();
}

int RunToOutput(const Arguments& arguments, double speed,
                const Program& program) {
  PipelineOptions pipeline;
  const std::unique_ptr<Chain> chain =
      Load(arguments, program, arguments.cluster.config, pipeline);
  if (chain == nullptr) return kExitFailed;
  const absl::Status status = ReplayToOutput(
      arguments, pipeline, MakeOptions(arguments, speed, pipeline), *chain);
  return status.ok() ? kExitOk : Fail(status);
}

// Either side begins with what was known before the range.
absl::StatusOr<DiffReport> Compare(const Arguments& arguments,
                                   const PipelineOptions& pipeline,
                                   ReplayOptions options,
                                   const DiffAllowance& allowance, Chain& first,
                                   Chain& second) {
  WD_ASSIGN_OR_RETURN(const std::unique_ptr<RecordReader> reader,
                      OpenInput(arguments, options, pipeline));
  WD_ASSIGN_OR_RETURN(const std::unique_ptr<RecordReader> seed,
                      OpenSeed(arguments, pipeline, first.restore_window()));
  WD_ASSIGN_OR_RETURN(const std::unique_ptr<RecordReader> second_seed,
                      OpenSeed(arguments, pipeline, second.restore_window()));
  int64_t next = 0;
  if (second_seed != nullptr) {
    WD_ASSIGN_OR_RETURN(next, SeedReplica(*second_seed, *second.replica()));
  }
  options.seed = seed.get();
  DiffOutput output(&second, options.batch, allowance, next);
  WD_RETURN_IF_ERROR(
      RunWithBar(options, arguments.quiet, first, *reader, output).status());
  return output.report();
}

int RunDiff(const Arguments& arguments, double speed, const Program& program) {
  DiffAllowance allowance;
  for (const std::string& text : arguments.allow) {
    const absl::Status status = allowance.Add(text);
    if (!status.ok()) return Fail(status);
  }
  PipelineOptions pipeline;
  PipelineOptions second_pipeline;
  const std::string& name_a = arguments.diff[0];
  const std::string& name_b = arguments.diff[1];
  const auto first = Load(arguments, program, name_a, pipeline);
  const auto second = Load(arguments, program, name_b, second_pipeline);
  if (first == nullptr || second == nullptr) return kExitFailed;
  const auto report =
      Compare(arguments, pipeline, MakeOptions(arguments, speed, pipeline),
              allowance, *first, *second);
  if (!report.ok()) return Fail(report.status());
  const std::string text =
      arguments.json ? DiffJson(*report, name_a, name_b)
                     : PrintDiff(*report, name_a, name_b, arguments.list_max);
  std::fputs(text.c_str(), stdout);
  return allowance.Covers(*report) ? kExitOk : kExitFailed;
}

// What the options of the command line must be together.
absl::Status CheckArguments(const Arguments& arguments) {
  if (arguments.inputs.empty() == arguments.range.topics.empty()) {
    return absl::InvalidArgumentError(
        "what to replay: either --input for files or --topic for Kafka");
  }
  if (arguments.diff.empty() && arguments.output.empty() &&
      arguments.prefix.empty()) {
    return absl::InvalidArgumentError(
        "where to: --output with a folder, - for standard output, or none; or "
        "--prefix for topics");
  }
  return ParseRange(arguments.range).status();
}

int RunReplay(const Arguments& arguments, const Program& program) {
  const double speed = ParseSpeed(arguments.speed);
  if (speed < 0) {
    return Fail(absl::InvalidArgumentError(
        "--speed " + arguments.speed +
        ": must be MAX or a factor of event time, such as 1 or 60"));
  }
  if (const absl::Status status = CheckArguments(arguments); !status.ok()) {
    return Fail(status);
  }
  if (!arguments.diff.empty()) return RunDiff(arguments, speed, program);
  return RunToOutput(arguments, speed, program);
}

void AddDiffOptions(CLI::App& command, Arguments& arguments) {
  CLI::Option* const diff =
      command
          .add_option("--diff", arguments.diff,
                      "Compare two configurations over the input")
          ->expected(2)
          ->type_name("A.yaml B.yaml");
  for (const char* other : {"--output", "--prefix", "--config"}) {
    diff->excludes(command.get_option(other));
  }
  command
      .add_option("--allow", arguments.allow,
                  "Differences that are not failures: a number of articles, a "
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

void AddInputOptions(CLI::App& command, Arguments& arguments) {
  CLI::Option* const input = command.add_option(
      "-i,--input", arguments.inputs,
      "File, folder, or - for standard input; may be repeated. NDJSON, JSON, "
      "feeds, pages, WARC, recordings; .gz and .zst");
  CLI::Option* const topic =
      command.add_option("-t,--topic", arguments.range.topics,
                         "Topic to read instead; may be repeated");
  topic->excludes(input);
  AddRangeOptions(command, arguments.range);
  command.get_option("--from")->needs(topic);
  command.get_option("--to")->needs(topic);
  command
      .add_option("--seed-state", arguments.seed,
                  "Begin with the stories known before --from, out of the "
                  "sighting log or a recording of it")
      ->expected(0, 1)
      ->default_str(kSeedFromLog)
      ->type_name("[FILE]");
  command.add_option("-n,--limit", arguments.limit, "Stop after N raw records")
      ->check(CLI::NonNegativeNumber);
}

void AddOutputOptions(CLI::App& command, Arguments& arguments) {
  CLI::Option* const output =
      command.add_option("-o,--output", arguments.output,
                         "Folder for <topic>.ndjson, - for standard output, "
                         "none for nowhere");
  command
      .add_option("--prefix", arguments.prefix,
                  "Into topics whose names begin so, such as rehearsal.")
      ->excludes(output);
}

}  // namespace

void AddReplayCommand(CLI::App& app, const Program& program, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "replay", "Run what has been through the chain: files, or topics");
  command->footer(kExamples);
  const auto arguments = std::make_shared<Arguments>();
  AddInputOptions(*command, *arguments);
  AddOutputOptions(*command, *arguments);
  AddClusterOptions(*command, arguments->cluster);
  command->add_option("--speed", arguments->speed,
                      "MAX, or a factor of event time: 1 is as it happened");
  command
      ->add_option("--workers", arguments->workers,
                   "Workers, each of batch.in_flight threads; without it one "
                   "thread for each processor")
      ->check(CLI::Range(1, 256));
  command->add_flag("-q,--quiet", arguments->quiet,
                    "No progress and no summary");
  AddDiffOptions(*command, *arguments);
  command->callback([arguments, &program, &exit_code] {
    exit_code = RunReplay(*arguments, program);
  });
}

}  // namespace wiredesk
