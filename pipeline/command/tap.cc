#include <unistd.h>

#include <cstdio>
#include <limits>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "config/base/status_macros.h"
#include "pipeline/command/admin_address.h"
#include "pipeline/command/commands.h"
#include "pipeline/command/shared_flags.h"
#include "pipeline/observe/admin_client.h"
#include "pipeline/observe/record_line.h"

namespace wiredesk {
namespace {

constexpr char kNotes[] =
    R"(Shows records as they leave a stage, through the admin port. It never holds the
instance up: what exceeds --rate or comes too fast is counted and left out. Ends
with Ctrl-C, or with the instance.)";

struct Arguments {
  ClusterArguments cluster;
  std::string address;
  TapQuery query;
  int64_t limit = std::numeric_limits<int64_t>::max();
  bool json = false;
};

// "waiting at 127.0.0.1:9464 for records that leave route, only by route
// politics; nobody else listens"
std::string WaitingText(const AdminAddress& address, const TapQuery& query,
                        int64_t listeners) {
  std::string text =
      absl::StrCat("waiting at ", address.host, ":", address.port,
                   " for records that leave ", query.stage);
  if (!query.route.empty()) absl::StrAppend(&text, ", by route ", query.route);
  if (!query.filter.empty()) {
    absl::StrAppend(&text, ", where ", query.filter);
  }
  absl::StrAppend(&text, "; ",
                  listeners > 1 ? absl::StrCat(listeners - 1) : "nobody",
                  listeners == 2  ? " other listens"
                  : listeners > 2 ? " others listen"
                                  : " else listens",
                  "\n");
  return text;
}

absl::StatusOr<int> Run(const Arguments& arguments, const Program& program) {
  const auto options = LoadCluster(program, arguments.cluster);
  if (!options) return kExitFailed;
  WD_ASSIGN_OR_RETURN(const AdminAddress address,
                      AdminAddressOf(arguments.address, *options));
  const bool colour = isatty(STDOUT_FILENO) != 0;
  int64_t shown = 0;
  int64_t left_out = 0;
  const absl::Status status =
      ReadTap(address, arguments.query, [&](absl::string_view line) {
        const TapLine tapped = ReadTapLine(line, colour);
        left_out += tapped.dropped;
        if (tapped.listeners > 0) {
          std::fputs(
              WaitingText(address, arguments.query, tapped.listeners).c_str(),
              stderr);
        }
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
  WD_RETURN_IF_ERROR(status);
  return kExitOk;
}

}  // namespace

Command TapCommand(const Program& program) {
  const auto arguments = std::make_shared<Arguments>();
  Command command;
  command.name = "tap";
  command.help = "Show live records of a running instance";
  command.examples = {
      "wiredesk tap", "wiredesk tap --route politics --rate 5",
      "wiredesk tap --filter 'word_count > 500 && language == \"de\"' --json "
      "| jq .record.headline",
      "wiredesk tap --stage parse --address 10.0.0.7:9464"};
  command.notes = kNotes;
  command.flags = JoinFlags(
      {{Flag("stage", &arguments->query.stage, "STAGE",
             "Show records as they leave this stage")
            .Choices(program.stages),
        Flag("route", &arguments->query.route, "ROUTE",
             "Only what this route takes"),
        Flag("filter", &arguments->query.filter, "CONDITION",
             "Only where this holds; the language of `when:`"),
        Flag("rate", &arguments->query.rate, "N", "Records a second at most")
            .Between(0.001, 10'000),
        SharedFlag("limit", &arguments->limit).AtLeast(1),
        SharedFlag("json", &arguments->json)
            .Help("Print records in full, one a line"),
        SharedFlag("address", &arguments->address)},
       ClusterFlags(&arguments->cluster)});
  command.run = [arguments, &program] { return Run(*arguments, program); };
  return command;
}

}  // namespace wiredesk
