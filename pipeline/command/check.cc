#include "pipeline/command/check.h"

#include <iostream>
#include <memory>

#include "pipeline/service/kafka_properties.h"
#include "pipeline/service/options.h"

namespace wiredesk {
namespace {

struct Arguments {
  std::string config;
  std::vector<std::string> overlays;
  bool deny_warnings = false;
};

int Run(const Program& program, const Arguments& arguments) {
  const Diagnostics found =
      CheckConfiguration(program, arguments.config, arguments.overlays);
  std::cerr << found.Text();
  const bool good =
      found.ok() && (!arguments.deny_warnings || found.warnings() == 0);
  if (good) {
    std::cout << arguments.config << ": ok";
  } else {
    std::cout << arguments.config << ": " << found.errors() << " errors";
  }
  if (found.warnings() > 0) {
    std::cout << ", " << found.warnings() << " warnings";
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

void AddCheckCommand(CLI::App& app, const Program& program, int& exit_code) {
  CLI::App* const command =
      app.add_subcommand("check", "Check a configuration; connects to nothing");
  const auto arguments = std::make_shared<Arguments>();
  command->add_option("--config", arguments->config, "configuration file")
      ->required();
  command->add_option("--overlay", arguments->overlays,
                      "file laid over it; may be repeated");
  command->add_flag("--deny-warnings", arguments->deny_warnings,
                    "warnings are errors");
  command->footer("Example: wiredesk check --config config/wiredesk.yaml");
  command->callback([&program, arguments, &exit_code] {
    exit_code = Run(program, *arguments);
  });
}

}  // namespace wiredesk
