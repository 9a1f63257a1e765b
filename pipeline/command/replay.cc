#include "pipeline/replay/replay.h"

#include <algorithm>
#include <cstdio>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "config/base/status_macros.h"
#include "pipeline/command/commands.h"
#include "pipeline/command/desk.h"
#include "pipeline/command/progress_bar.h"
#include "pipeline/command/shared_flags.h"
#include "pipeline/kafka/reader.h"
#include "pipeline/replay/diff.h"
#include "pipeline/replay/kafka_output.h"
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

constexpr char kNotes[] =
    R"(Writes OUT/<topic>.ndjson for each topic. The same input gives the same bytes,
whatever the number of workers. Of a damaged file all is read that can be; what
cannot is named at the end, and the exit code is 1. From Kafka it joins no group
and commits nothing. With --diff nothing is written: it prints what the second
configuration would do differently, and exits with 1 if that is more than
--allow says.)";

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
  bool serve = false;             // the desk, also once the replay is through
  int port = 9464;                // of the desk
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
  options.batch.record_cpu_max = pipeline.limits.record_cpu_max;
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

// A configuration with its chain and options; nothing after the reasons were
// printed.
std::optional<LoadedChain> Load(const Arguments& arguments,
                                const Program& program,
                                const std::string& path) {
  std::optional<LoadedChain> loaded =
      LoadWithChain(program, {path, arguments.cluster.overlays});
  if (!loaded) return std::nullopt;
  UseBrokers(arguments.cluster, loaded->options);
  ConfigureLog(loaded->options.log.level, loaded->options.log.format);
  return loaded;
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
                            ReplayOptions options, const Program& program,
                            Chain& chain) {
  std::unique_ptr<ReplayDesk> desk;
  if (arguments.serve) {
    WD_ASSIGN_OR_RETURN(
        desk, ReplayDesk::Start(pipeline.desk, program, chain, arguments.port));
    options.metrics = &desk->metrics();
    options.tap = &desk->tap();
  }
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
  WD_RETURN_IF_ERROR(reader->faults());
  if (desk != nullptr) desk->Serve();
  return absl::OkStatus();
}

absl::StatusOr<int> RunToOutput(const Arguments& arguments, double speed,
                                const Program& program) {
  const auto loaded = Load(arguments, program, arguments.cluster.config);
  if (!loaded) return kExitFailed;
  WD_RETURN_IF_ERROR(ReplayToOutput(
      arguments, loaded->options,
      MakeOptions(arguments, speed, loaded->options), program, *loaded->chain));
  return kExitOk;
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
  WD_RETURN_IF_ERROR(reader->faults());
  return output.report();
}

absl::StatusOr<int> RunDiff(const Arguments& arguments, double speed,
                            const Program& program) {
  DiffAllowance allowance;
  for (const std::string& text : arguments.allow) {
    WD_RETURN_IF_ERROR(allowance.Add(text));
  }
  const std::string& name_a = arguments.diff[0];
  const std::string& name_b = arguments.diff[1];
  const auto first = Load(arguments, program, name_a);
  const auto second = Load(arguments, program, name_b);
  if (!first || !second) return kExitFailed;
  std::vector<std::string> routes = first->chain->route_names();
  for (std::string& route : second->chain->route_names()) {
    routes.push_back(std::move(route));
  }
  WD_RETURN_IF_ERROR(allowance.CheckRoutes(routes));
  WD_ASSIGN_OR_RETURN(const DiffReport report,
                      Compare(arguments, first->options,
                              MakeOptions(arguments, speed, first->options),
                              allowance, *first->chain, *second->chain));
  const std::string text =
      arguments.json ? DiffJson(report, name_a, name_b)
                     : PrintDiff(report, name_a, name_b, arguments.list_max);
  std::fputs(text.c_str(), stdout);
  return allowance.Covers(report) ? kExitOk : kExitFailed;
}

// What the options of the command line must be together.
absl::Status CheckArguments(const Arguments& arguments) {
  if (arguments.inputs.empty() == arguments.range.topics.empty()) {
    return absl::InvalidArgumentError(
        "what to replay is missing; name files, or topics with --topic");
  }
  if (arguments.diff.empty() && arguments.output.empty() &&
      arguments.prefix.empty()) {
    return absl::InvalidArgumentError(
        "where to write is missing; use --output with a folder, - or none, or "
        "--prefix for topics");
  }
  return ParseRange(arguments.range).status();
}

absl::StatusOr<int> Run(const Arguments& arguments, const Program& program) {
  const double speed = ParseSpeed(arguments.speed);
  if (speed < 0) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--speed: \"", arguments.speed,
        "\" is not valid; expected MAX, or a factor of event time such as 1 or "
        "60"));
  }
  WD_RETURN_IF_ERROR(CheckArguments(arguments));
  if (!arguments.diff.empty()) return RunDiff(arguments, speed, program);
  return RunToOutput(arguments, speed, program);
}

std::vector<Flag> InputFlags(Arguments& arguments) {
  std::vector<Flag> range = RangeFlags(&arguments.range);
  for (Flag& flag : range) flag.Needs("topic");
  return JoinFlags(
      {{SharedFlag("input", &arguments.inputs).Plain(),
        SharedFlag("topic", &arguments.range.topics)
            .Help("Topic to read instead of files")
            .Excludes({"input"})},
       std::move(range),
       {Flag("seed-state", &arguments.seed, "FILE",
             "Begin with the stories known before --from, from the sighting "
             "log or a recording of it")
            .Files()
            .ValueOptional(kSeedFromLog),
        SharedFlag("limit", &arguments.limit)
            .AtLeast(0)
            .Help("Stop after N raw records")}});
}

std::vector<Flag> OutputFlags(Arguments& arguments) {
  return {
      SharedFlag("output", &arguments.output)
          .Help("Folder for one <topic>.ndjson each; - writes to standard "
                "output, none discards"),
      Flag("prefix", &arguments.prefix, "TEXT",
           "Publish to topics with this prefix, such as \"rehearsal.\"")
          .Excludes({"output"}),
      Flag("serve", &arguments.serve, "",
           "Open the desk in the browser, and keep it open until "
           "interrupted"),
      Flag("port", &arguments.port, "N", "Port of the desk, 0 for any free one")
          .Between(0, 65535)
          .Needs("serve")};
}

std::vector<Flag> DiffFlags(Arguments& arguments) {
  return {Flag("diff", &arguments.diff, "A.yaml B.yaml",
               "Compare two configurations over the input")
              .Values(2)
              .Files()
              .Excludes({"output", "prefix", "config", "serve"}),
          Flag("allow", &arguments.allow, "WHAT",
               "Differences that are not failures: a number of articles, a "
               "share such as 0.5%, route:NAME, topic:NAME or field:NAME")
              .Needs("diff"),
          Flag("list", &arguments.list_max, "N", "Differences to show in full")
              .Needs("diff"),
          SharedFlag("json", &arguments.json)
              .Needs("diff")
              .Help("Print the differences as JSON")};
}

}  // namespace

Command ReplayCommand(const Program& program) {
  const auto arguments = std::make_shared<Arguments>();
  Command command;
  command.name = "replay";
  command.help =
      "Run past input through the chain: files, or a time range of topics";
  command.examples = {
      "wiredesk replay feed.ndjson -o out",
      "wiredesk replay archive/ late.xml -o out -c wiredesk.yaml",
      "zcat feed.ndjson.gz | wiredesk replay - -o - | jq .headline",
      "wiredesk replay day.ndjson.zst -o out --speed 60",
      "wiredesk replay archive/ --diff old.yaml new.yaml --allow route:sport",
      ("wiredesk replay -t news.raw --from \"yesterday 06:00\" --to today "
       "--seed-state -o out -c wiredesk.yaml"),
      "wiredesk replay -t news.raw --prefix rehearsal. -c wiredesk.yaml"};
  command.notes = kNotes;
  command.flags =
      JoinFlags({InputFlags(*arguments),
                 OutputFlags(*arguments),
                 ClusterFlags(&arguments->cluster),
                 {Flag("speed", &arguments->speed, "FACTOR",
                       "MAX, or a factor of event time: 1 is as it happened"),
                  Flag("workers", &arguments->workers, "N",
                       "Workers, each of batch.in_flight threads")
                      .Between(1, 256)
                      .Default("one thread for each processor"),
                  SharedFlag("quiet", &arguments->quiet)},
                 DiffFlags(*arguments)});
  command.run = [arguments, &program] { return Run(*arguments, program); };
  return command;
}

}  // namespace wiredesk
