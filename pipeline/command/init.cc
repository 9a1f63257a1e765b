#include "pipeline/command/init.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "pipeline/command/commands.h"
#include "pipeline/command/shared_flags.h"

namespace wiredesk {
namespace {

constexpr char kTemplate[] =
    R"(# wiredesk: from $INPUT to topics of enriched event records.
#
#   wiredesk check THIS       what is wrong with it, without connecting
#   wiredesk run THIS         the service
#   wiredesk reference                 every option
#   wiredesk config show THIS --effective
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

absl::StatusOr<int> Run(const Arguments& arguments) {
  std::error_code error;
  if (std::filesystem::exists(arguments.output, error)) {
    return absl::AlreadyExistsError(absl::StrCat(
        arguments.output, " exists; name another file with --output"));
  }
  std::ofstream file(arguments.output);
  file << StartingConfiguration(arguments.start);
  file.close();
  if (!file) {
    return absl::UnavailableError(
        absl::StrCat("cannot write ", arguments.output));
  }
  std::cout << "wrote " << arguments.output << "; next: wiredesk check "
            << arguments.output << "\n";
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

Command InitCommand(const Program& /*program*/) {
  const auto arguments = std::make_shared<Arguments>();
  StartingPoint& start = arguments->start;
  Command command;
  command.name = "init";
  command.help = "Write a commented configuration to start from";
  command.examples = {
      "wiredesk init --brokers kafka-1:9092,kafka-2:9092 --input-topic feeds",
      "wiredesk init desk.yaml"};
  command.flags = {
      SharedFlag("output", &arguments->output)
          .Plain()
          .Help("File to write; one that exists is left alone"),
      SharedFlag("brokers", &start.brokers).Help("Brokers"),
      Flag("input-topic", &start.input_topic, "TOPIC", "Topic of raw records"),
      Flag("output-topic", &start.output_topic, "TOPIC",
           "What the names of output topics begin with"),
      Flag("group", &start.group, "NAME",
           "Consumer group, and name of the application")};
  command.run = [arguments] { return Run(*arguments); };
  return command;
}

}  // namespace wiredesk
