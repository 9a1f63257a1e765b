#include <cstdio>
#include <memory>
#include <string>

#include "config/base/status_macros.h"
#include "pipeline/command/admin_address.h"
#include "pipeline/command/commands.h"
#include "pipeline/command/shared_flags.h"
#include "pipeline/observe/admin_client.h"

namespace wiredesk {
namespace {

struct Arguments {
  ClusterArguments cluster;
  std::string address;
  bool ready = false;
};

absl::StatusOr<int> Run(const Arguments& arguments, const Program& program) {
  const auto options = LoadCluster(program, arguments.cluster);
  if (!options) return kExitFailed;
  WD_ASSIGN_OR_RETURN(const AdminAddress address,
                      AdminAddressOf(arguments.address, *options));
  WD_ASSIGN_OR_RETURN(
      const std::string answer,
      AskAdmin(address, arguments.ready ? "/readyz" : "/healthz"));
  std::fputs(answer.c_str(), stdout);
  return kExitOk;
}

}  // namespace

Command HealthCommand(const Program& program) {
  const auto arguments = std::make_shared<Arguments>();
  Command command;
  command.name = "health";
  command.help = "Ask a running instance whether it is well";
  command.examples = {"wiredesk health", "wiredesk health --ready",
                      "wiredesk health --address 10.0.0.7:9464"};
  command.notes =
      "Exit code 0: it is. 1: it is not, or nobody answers. For the health\n"
      "checks of containers, which have no curl.";
  command.flags =
      JoinFlags({{Flag("ready", &arguments->ready, "",
                       "Whether it has brokers, memory and partitions, too"),
                  SharedFlag("address", &arguments->address)},
                 ConfigFlags(&arguments->cluster)});
  command.run = [arguments, &program] { return Run(*arguments, program); };
  return command;
}

}  // namespace wiredesk
