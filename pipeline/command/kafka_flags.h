// The options that commands on topics have in common: which brokers, and which
// stretch of which topics.

#ifndef WIREDESK_PIPELINE_COMMAND_KAFKA_FLAGS_H_
#define WIREDESK_PIPELINE_COMMAND_KAFKA_FLAGS_H_

#include <optional>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/statusor.h"
#include "pipeline/kafka/range.h"
#include "pipeline/service/options.h"
#include "pipeline/service/program.h"

namespace wiredesk {

struct ClusterArguments {
  std::string config;
  std::vector<std::string> overlays;
  std::string brokers;  // instead of the configuration's
};

struct RangeArguments {
  std::vector<std::string> topics;
  std::string from;
  std::string to;
};

// --config, --overlay, --brokers.
void AddClusterOptions(CLI::App& command, ClusterArguments& arguments);

// --from, --to.
void AddRangeOptions(CLI::App& command, RangeArguments& arguments);

// The configuration's options without a chain, or nothing after the reasons
// were printed.
std::optional<PipelineOptions> LoadCluster(const Program& program,
                                           const ClusterArguments& arguments);

// Lays --brokers over the configuration's.
void UseBrokers(const ClusterArguments& arguments, PipelineOptions& options);

// InvalidArgument: a time cannot be read, or --to is not after --from.
absl::StatusOr<KafkaRangeOptions> ParseRange(const RangeArguments& arguments);

// Prints "COMMAND: message" and gives the exit code for it: 2 for
// InvalidArgument, else 1.
int ExitCodeOf(const char* command, const absl::Status& status);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_COMMAND_KAFKA_FLAGS_H_
