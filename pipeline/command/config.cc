#include "pipeline/command/config.h"

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "config/schema_print.h"

namespace wiredesk {
namespace {

struct Arguments {
  std::string config;
  std::vector<std::string> overlays;
  bool effective = false;
  bool version = false;
};

// Without the lines of defaults, and of mappings that hold nothing else.
std::string WithoutDefaults(const std::string& effective) {
  const auto indent = [](absl::string_view line) {
    return line.find_first_not_of(' ');
  };
  std::vector<std::string> kept;
  for (absl::string_view line : absl::StrSplit(effective, '\n')) {
    if (line.empty() || absl::EndsWith(line, "  # default")) continue;
    while (!kept.empty() && absl::EndsWith(kept.back(), ":") &&
           indent(kept.back()) >= indent(line)) {
      kept.pop_back();
    }
    kept.emplace_back(line);
  }
  while (!kept.empty() && absl::EndsWith(kept.back(), ":")) kept.pop_back();
  std::string text;
  for (const std::string& line : kept) text += line + "\n";
  return text;
}

int Show(const Program& program, const Arguments& arguments) {
  Diagnostics diagnostics;
  const Config config =
      arguments.config.empty()
          ? ParseConfig("", "built-in defaults", {}, diagnostics)
          : LoadConfig(arguments.config, arguments.overlays, {}, diagnostics);
  if (config.complete()) program.sections.Check(config, diagnostics);
  std::cerr << diagnostics.Text();
  if (!diagnostics.ok()) return kExitFailed;
  if (arguments.version) {
    std::cout << program.sections.Version(config) << "\n";
    return kExitOk;
  }
  const std::string effective = EffectiveYaml(program.sections, config);
  std::cout << (arguments.effective ? effective : WithoutDefaults(effective));
  return kExitOk;
}

}  // namespace

void AddConfigCommand(CLI::App& app, const Program& program, int& exit_code) {
  CLI::App* const command =
      app.add_subcommand("config", "Look at a configuration");
  command->require_subcommand(1);
  CLI::App* const show = command->add_subcommand(
      "show", "Print the options and where each value comes from");
  const auto arguments = std::make_shared<Arguments>();
  show->add_option("--config", arguments->config,
                   "configuration file; without it, the built-in defaults");
  show->add_option("--overlay", arguments->overlays,
                   "file laid over it; may be repeated");
  show->add_flag("--effective", arguments->effective,
                 "also what is left at its default");
  show->add_flag("--version-hash", arguments->version,
                 "only the hash of what is in effect");
  show->footer(
      "Secrets are masked.\n"
      "Example: wiredesk config show --config config/wiredesk.yaml "
      "--effective");
  show->callback([&program, arguments, &exit_code] {
    exit_code = Show(program, *arguments);
  });
}

}  // namespace wiredesk
