#include "pipeline/command/kafka_flags.h"

#include <cstdio>

#include "absl/strings/str_split.h"
#include "config/base/status_macros.h"
#include "pipeline/observe/log.h"

namespace wiredesk {

void AddClusterOptions(CLI::App& command, ClusterArguments& arguments) {
  command.add_option("-c,--config", arguments.config,
                     "Configuration; built-in defaults without it");
  command.add_option("--overlay", arguments.overlays,
                     "File laid over the configuration; may be repeated");
  command.add_option("--brokers", arguments.brokers,
                     "host:port, separated by commas, instead of the "
                     "configuration's");
}

void AddRangeOptions(CLI::App& command, RangeArguments& arguments) {
  command.add_option("--from", arguments.from,
                     "First time of the records, such as 2026-07-01T06:30Z; "
                     "the beginning without it");
  command.add_option("--to", arguments.to,
                     "Time before which it ends; what is there now without it");
}

std::optional<PipelineOptions> LoadCluster(const Program& program,
                                           const ClusterArguments& arguments) {
  Diagnostics diagnostics;
  std::vector<std::string> files = arguments.overlays;
  if (!arguments.config.empty()) {
    files.insert(files.begin(), arguments.config);
  }
  const Config config =
      files.empty() ? ParseConfig("{}", "built-in defaults", {}, diagnostics)
                    : LoadConfig(files[0], {files.begin() + 1, files.end()}, {},
                                 diagnostics);
  PipelineOptions options;
  if (config.complete()) {
    program.sections.CheckKeys(config, diagnostics);
    options = DecodePipelineOptions(config, diagnostics);
  }
  if (!config.complete() || !diagnostics.ok()) {
    std::fputs(diagnostics.Text().c_str(), stderr);
    return std::nullopt;
  }
  UseBrokers(arguments, options);
  ConfigureLog(options.log.level, options.log.format);
  return options;
}

void UseBrokers(const ClusterArguments& arguments, PipelineOptions& options) {
  if (arguments.brokers.empty()) return;
  options.kafka.brokers =
      absl::StrSplit(arguments.brokers, ',', absl::SkipWhitespace());
}

absl::StatusOr<KafkaRangeOptions> ParseRange(const RangeArguments& arguments) {
  KafkaRangeOptions options;
  options.topics = arguments.topics;
  if (!arguments.from.empty()) {
    WD_ASSIGN_OR_RETURN(options.from, ParseRangeTime(arguments.from));
  }
  if (!arguments.to.empty()) {
    WD_ASSIGN_OR_RETURN(options.to, ParseRangeTime(arguments.to));
  }
  if (options.from && options.to && *options.to <= *options.from) {
    return absl::InvalidArgumentError("--to must be later than --from");
  }
  return options;
}

int ExitCodeOf(const char* command, const absl::Status& status) {
  std::fprintf(stderr, "%s: %s\n", command,
               std::string(status.message()).c_str());
  return absl::IsInvalidArgument(status) ? kExitWrongUse : kExitFailed;
}

}  // namespace wiredesk
