#include "pipeline/command/check.h"

#include <iostream>
#include <memory>

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
