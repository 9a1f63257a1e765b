#include "pipeline/command/check.h"

#include <iostream>
#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "config/base/counted.h"
#include "pipeline/command/commands.h"
#include "pipeline/command/shared_flags.h"
#include "pipeline/service/kafka_properties.h"
#include "pipeline/service/options.h"

namespace wiredesk {
namespace {

struct Arguments : ConfigArguments {
  bool deny_warnings = false;
};

// What the admin port shows to whom.
std::string AdminAccess(const AdminOptions& admin) {
  if (!admin.enabled) return "admin port: off";
  const std::string& address = admin.address;
  const bool loopback = address == "localhost" || address == "::1" ||
                        absl::StartsWith(address, "127.");
  const absl::string_view who =
      loopback ? "everybody on this machine" : "everybody who reaches it";
  return absl::StrCat("admin port ", address, ":", admin.port,
                      ": /healthz, /readyz and /metrics for ", who,
                      "; what shows articles or settings ",
                      !admin.token_file.empty() ? "for who has the token"
                      : loopback ? "for everybody on this machine, too"
                                 : "for nobody, since there is no token");
}

int Run(const Program& program, const Arguments& arguments) {
  const Diagnostics found =
      CheckConfiguration(program, arguments.config, arguments.overlays);
  std::cerr << found.Text();
  const bool good =
      found.ok() && (!arguments.deny_warnings || found.warnings() == 0);
  std::cout << arguments.config << ": "
            << (good ? "ok" : Counted(found.errors(), "error"));
  if (found.warnings() > 0) {
    std::cout << ", " << Counted(found.warnings(), "warning");
  }
  std::cout << "\n";
  Diagnostics told;
  const Config config =
      LoadConfig(arguments.config, arguments.overlays, {}, told);
  if (good) {
    std::cout << AdminAccess(DecodePipelineOptions(config, told).admin) << "\n";
  }
  return good ? kExitOk : kExitFailed;
}

}  // namespace

Diagnostics CheckConfiguration(const Program& program, const std::string& path,
                               const std::vector<std::string>& overlays) {
  Diagnostics found;
  const Config config = LoadConfig(path, overlays, {}, found);
  // Of half a file one cannot say what is missing.
  if (!config.complete()) return found;
  program.sections.Check(config, found);
  DecodePipelineOptions(config, found);
  CheckKafkaProperties(config, found);
  if (program.make_chain) program.make_chain(config, found);
  return found;
}

Command CheckCommand(const Program& program) {
  const auto arguments = std::make_shared<Arguments>();
  Command command;
  command.name = "check";
  command.help = "Check a configuration without connecting to anything";
  command.examples = {"wiredesk check wiredesk.yaml",
                      "wiredesk check wiredesk.yaml --overlay staging.yaml "
                      "--deny-warnings"};
  command.flags = {SharedFlag("config", &arguments->config)
                       .Plain()
                       .Required()
                       .Help("Configuration"),
                   SharedFlag("overlay", &arguments->overlays),
                   Flag("deny-warnings", &arguments->deny_warnings, "",
                        "Take warnings for errors")};
  command.run = [&program, arguments] { return Run(program, *arguments); };
  return command;
}

}  // namespace wiredesk
