#include "pipeline/command/tap.h"

#include <unistd.h>

#include <cstdio>
#include <limits>
#include <memory>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "pipeline/command/kafka_flags.h"
#include "pipeline/observe/admin_client.h"
#include "pipeline/observe/record_line.h"

namespace wiredesk {
namespace {

constexpr char kExamples[] = R"(Examples:
  wiredesk tap
  wiredesk tap --route politics --rate 5
  wiredesk tap --filter 'word_count > 500 && language == "de"' --json | jq .
  wiredesk tap --stage parse --address 10.0.0.7:9464

Shows records as they leave a stage, through the admin port. It never holds the
instance up: what is more than --rate or comes too fast is counted and left out.
Ends with Ctrl-C, or with the instance.)";

struct Arguments {
  ClusterArguments cluster;
  std::string address;
  TapQuery query;
  int64_t limit = std::numeric_limits<int64_t>::max();
  bool json = false;
};

// host:port, or nothing: that of the configuration.
absl::StatusOr<AdminAddress> AddressOf(const Arguments& arguments,
                                       const PipelineOptions& options) {
  if (arguments.address.empty()) {
    AdminAddress address = {options.admin.address, options.admin.port};
    if (address.host == "0.0.0.0") address.host = "127.0.0.1";
    return address;
  }
  const size_t colon = arguments.address.rfind(':');
  AdminAddress address;
  address.host = arguments.address.substr(0, colon);
  if (colon == std::string::npos || address.host.empty() ||
      !absl::SimpleAtoi(arguments.address.substr(colon + 1), &address.port)) {
    return absl::InvalidArgumentError(
        absl::StrCat("--address ", arguments.address,
                     ": write HOST:PORT, as in 127.0.0.1:9464"));
  }
  return address;
}

int Run(const Arguments& arguments, const Program& program) {
  const auto options = LoadCluster(program, arguments.cluster);
  if (!options) return kExitFailed;
  const auto address = AddressOf(arguments, *options);
  if (!address.ok()) return ExitCodeOf("tap", address.status());
  const bool colour = isatty(STDOUT_FILENO) != 0;
  int64_t shown = 0;
  int64_t left_out = 0;
  const absl::Status status =
      ReadTap(*address, arguments.query, [&](absl::string_view line) {
        const TapLine tapped = ReadTapLine(line, colour);
        left_out += tapped.dropped;
        if (tapped.text.empty()) return true;
        const std::string text =
            arguments.json ? std::string(line) : tapped.text;
        std::puts(text.c_str());
        std::fflush(stdout);
        return ++shown < arguments.limit;
      });
  if (left_out > 0) {
    std::fprintf(stderr, "%lld more were left out\n",
                 static_cast<long long>(left_out));
  }
  return status.ok() ? kExitOk : ExitCodeOf("tap", status);
}

}  // namespace

void AddTapCommand(CLI::App& app, const Program& program, int& exit_code) {
  CLI::App* const command =
      app.add_subcommand("tap", "Look at live records of a running instance");
  command->footer(kExamples);
  const auto arguments = std::make_shared<Arguments>();
  command
      ->add_option("--stage", arguments->query.stage,
                   "As they leave this stage: parse, dedupe, tag or route")
      ->check(CLI::IsMember({"parse", "dedupe", "tag", "route"}));
  command->add_option("--route", arguments->query.route,
                      "Only what this route takes");
  command->add_option("--filter", arguments->query.filter,
                      "Only where this holds; the language of `when:`");
  command
      ->add_option("--rate", arguments->query.rate,
                   "Records a second at most (50)")
      ->check(CLI::PositiveNumber);
  command->add_option("-n,--limit", arguments->limit, "Stop after N records")
      ->check(CLI::PositiveNumber);
  command->add_flag("--json", arguments->json, "Records in full, one a line");
  command->add_option("--address", arguments->address,
                      "HOST:PORT of the admin port, instead of the "
                      "configuration's");
  AddClusterOptions(*command, arguments->cluster);
  command->callback([arguments, &program, &exit_code] {
    exit_code = Run(*arguments, program);
  });
}

}  // namespace wiredesk
