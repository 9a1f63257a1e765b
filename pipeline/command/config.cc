
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "config/schema_print.h"
#include "pipeline/command/commands.h"
#include "pipeline/command/shared_flags.h"

namespace wiredesk {
namespace {

struct Arguments : ConfigArguments {
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
      LoadFiles(arguments.config, arguments.overlays, diagnostics);
  if (config.complete()) program.sections.Check(config, diagnostics);
  std::cerr << diagnostics.Text();
  if (!diagnostics.ok()) return kExitFailed;
  if (arguments.version) {
    std::cout << program.config_version(config) << "\n";
    return kExitOk;
  }
  const std::string effective = EffectiveYaml(program.sections, config);
  std::cout << (arguments.effective ? effective : WithoutDefaults(effective));
  return kExitOk;
}

}  // namespace

Command ConfigCommand(const Program& program) {
  const auto arguments = std::make_shared<Arguments>();
  Command show;
  show.name = "show";
  show.help = "Print the options and where each value comes from";
  show.examples = {"wiredesk config show wiredesk.yaml",
                   "wiredesk config show wiredesk.yaml --effective",
                   "wiredesk config show wiredesk.yaml --version-hash"};
  show.notes = "Secrets are masked.";
  show.flags = {
      SharedFlag("config", &arguments->config).Plain(),
      SharedFlag("overlay", &arguments->overlays),
      Flag("effective", &arguments->effective, "",
           "Print what is left at its default, too"),
      Flag("version-hash", &arguments->version, "",
           "Print only the hash that records carry as processing.config")};
  show.run = [&program, arguments] { return Show(program, *arguments); };
  Command command;
  command.name = "config";
  command.help = "Show what a configuration comes to";
  command.examples = {"wiredesk config show wiredesk.yaml --effective"};
  command.commands = {std::move(show)};
  return command;
}

}  // namespace wiredesk
