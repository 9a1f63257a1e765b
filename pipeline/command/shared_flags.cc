#include "pipeline/command/shared_flags.h"

#include <cstdio>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "config/base/status_macros.h"
#include "pipeline/command_line/moment.h"
#include "pipeline/observe/log.h"
#include "pipeline/service/property_rules.h"

namespace wiredesk {
namespace {

absl::StatusOr<absl::Time> MomentOf(absl::string_view flag,
                                    const std::string& text, absl::Time now) {
  absl::StatusOr<absl::Time> time = ParseMoment(text, now);
  if (time.ok()) return time;
  return absl::InvalidArgumentError(
      absl::StrCat(flag, ": ", time.status().message()));
}

}  // namespace

std::vector<Flag> ConfigFlags(ConfigArguments* to) {
  return {SharedFlag("config", &to->config),
          SharedFlag("overlay", &to->overlays)};
}

std::vector<Flag> ClusterFlags(ClusterArguments* to) {
  std::vector<Flag> flags = ConfigFlags(to);
  Flag brokers = SharedFlag("brokers", &to->brokers);
  brokers.set = [to](const Flag& flag, absl::string_view text) {
    for (const std::string& broker : SplitBrokers({std::string(text)})) {
      if (IsBroker(broker)) continue;
      return absl::InvalidArgumentError(
          absl::StrCat("--", flag.name, ": \"", broker,
                       "\" is not a broker; expected host:port, such as "
                       "kafka-1:9092"));
    }
    to->brokers = std::string(text);
    return absl::OkStatus();
  };
  flags.push_back(std::move(brokers));
  return flags;
}

std::vector<Flag> RangeFlags(RangeArguments* to) {
  return {SharedFlag("from", &to->from), SharedFlag("to", &to->to)};
}

std::vector<Flag> JoinFlags(std::vector<std::vector<Flag>> groups) {
  std::vector<Flag> all;
  for (std::vector<Flag>& group : groups) {
    std::move(group.begin(), group.end(), std::back_inserter(all));
  }
  return all;
}

std::optional<LoadedChain> LoadWithChain(const Program& program,
                                         const ConfigArguments& arguments) {
  LoadedChain loaded;
  Diagnostics diagnostics;
  loaded.chain = LoadChain(program, arguments.config, arguments.overlays,
                           loaded.config, diagnostics);
  if (loaded.chain != nullptr) {
    loaded.options = DecodePipelineOptions(loaded.config, diagnostics);
  }
  std::fputs(diagnostics.Text().c_str(), stderr);
  if (loaded.chain == nullptr || !diagnostics.ok()) return std::nullopt;
  return loaded;
}

std::optional<PipelineOptions> LoadCluster(const Program& program,
                                           const ClusterArguments& arguments) {
  Diagnostics diagnostics;
  const Config config =
      LoadFiles(arguments.config, arguments.overlays, diagnostics);
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
  options.kafka.brokers = SplitBrokers({arguments.brokers});
}

absl::StatusOr<KafkaRangeOptions> ParseRange(const RangeArguments& arguments) {
  const absl::Time now = absl::Now();
  KafkaRangeOptions options;
  options.topics = arguments.topics;
  if (!arguments.from.empty()) {
    WD_ASSIGN_OR_RETURN(options.from, MomentOf("--from", arguments.from, now));
  }
  if (!arguments.to.empty()) {
    WD_ASSIGN_OR_RETURN(options.to, MomentOf("--to", arguments.to, now));
  }
  if (options.from && options.to && *options.to <= *options.from) {
    return absl::InvalidArgumentError("--to must be later than --from");
  }
  return options;
}

}  // namespace wiredesk
