#include "pipeline/command/init.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "pipeline/service/program.h"

namespace wiredesk {
namespace {

constexpr char kTemplate[] =
    R"(# wiredesk: from $INPUT to topics of enriched event records.
#
#   wiredesk check --config THIS       what is wrong with it, without connecting
#   wiredesk run --config THIS         the service
#   wiredesk reference                 every option
#   wiredesk config show --config THIS --effective
#
# ${NAME} and ${NAME:-default} are environment variables.

application: $GROUP

kafka:
  brokers: [$BROKERS]
  group: $GROUP
  # Unlike every other instance's: a restart then moves no partition.
  # group_instance_id: ${HOSTNAME}
  # tls: {enabled: true, ca_file: ca.pem}
  # sasl: {mechanism: scram-sha-512, username: wiredesk,
  #        password_file: /run/secrets/kafka}

source:
  # A name that begins with ^ is a regular expression for names of topics.
  topics: [$INPUT]
  start: earliest

# What fails is tried again, and each result is published once.
delivery: exactly_once

# Threads; more than the source has partitions are idle.
workers: 1

dead_letter:
  topic: $OUTPUT.dead-letters

create_topics: true
new_topics:
  partitions: 6

admin:
  address: 127.0.0.1
  port: 9464

# Where records go: by the first route whose condition holds. What no route
# takes goes to the default.
route:
  routes:
    - name: duplicates
      when: dedupe.verdict in ["near", "exact", "excerpt"]
      to: $OUTPUT.duplicates
    # - name: politics
    #   when: topics.exists(t, t.slug == "politics")
    #   to: $OUTPUT.politics
  default: {to: $OUTPUT.events}
)";

struct Arguments {
  StartingPoint start;
  std::string output = "wiredesk.yaml";
};

int Run(const Arguments& arguments) {
  std::error_code error;
  if (std::filesystem::exists(arguments.output, error)) {
    std::cerr << arguments.output
              << " is there already; name another file with --output\n";
    return kExitFailed;
  }
  std::ofstream file(arguments.output);
  file << StartingConfiguration(arguments.start);
  file.close();
  if (!file) {
    std::cerr << "cannot write " << arguments.output << "\n";
    return kExitFailed;
  }
  std::cout << "wrote " << arguments.output
            << "; next: wiredesk check --config " << arguments.output << "\n";
  return kExitOk;
}

}  // namespace

std::string StartingConfiguration(const StartingPoint& start) {
  const std::vector<std::string> brokers =
      absl::StrSplit(start.brokers, ',', absl::SkipWhitespace());
  return absl::StrReplaceAll(kTemplate,
                             {{"$INPUT", start.input_topic},
                              {"$OUTPUT", start.output_topic},
                              {"$GROUP", start.group},
                              {"$BROKERS", absl::StrJoin(brokers, ", ")}});
}

void AddInitCommand(CLI::App& app, int& exit_code) {
  CLI::App* const command =
      app.add_subcommand("init", "Write a commented starting configuration");
  const auto arguments = std::make_shared<Arguments>();
  StartingPoint& start = arguments->start;
  command->add_option("--brokers", start.brokers,
                      "brokers as host:port, separated by commas");
  command->add_option("--input-topic", start.input_topic,
                      "topic of raw records");
  command->add_option("--output-topic", start.output_topic,
                      "what the names of output topics begin with");
  command->add_option("--group", start.group,
                      "consumer group, and name of the application");
  command->add_option("--output", arguments->output,
                      "file to write; never overwritten");
  command->footer(
      "Example: wiredesk init --brokers kafka:9092 --input-topic feeds");
  command->callback([arguments, &exit_code] { exit_code = Run(*arguments); });
}

}  // namespace wiredesk
