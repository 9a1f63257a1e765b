#include "stages/commands.h"

#include <cstdio>
#include <string>
#include <vector>

#include "pipeline/command/commands.h"
#include "pipeline/command_line/help_page.h"
#include "pipeline/command_line/run_command_line.h"
#include "pipeline/record/version.h"
#include "stages/dedupe/dedupe_command.h"
#include "stages/parse/parse_command.h"
#include "stages/route/operator_test_command.h"
#include "stages/route/routes_command.h"
#include "stages/tag/explain_command.h"
#include "stages/tag/gazetteer_command.h"
#include "stages/tag/ner_command.h"

namespace wiredesk {
namespace {

constexpr char kNotes[] =
    R"(`wiredesk help COMMAND` or `wiredesk COMMAND --help` tells more.
Exit codes: 0 ok, 1 failed, 2 wrong use.)";

// In the order of the help page: first steps, the service, a look at it, the
// stages' own.
std::vector<Command> Commands(const Program& program) {
  return {DemoCommand(program),
          ReplayCommand(program),
          InitCommand(program),
          CheckCommand(program),
          RunCommand(program),
          HealthCommand(program),
          TapCommand(program),
          DlqCommand(program),
          RecordCommand(program),
          ConfigCommand(program),
          ReferenceCommand(program),
          ExplainCommand(program),
          RoutesCommand(program),
          OperatorTestCommand(program),
          ParseCommand(),
          DedupeCommand(program),
          GazetteerCommand(),
          NerCommand()};
}

// The versions of the program and of the data that is shipped with it.
int PrintVersions(const Program& program) {
  std::printf("wiredesk %s, commit %s\n", kVersion, program.commit.c_str());
  Diagnostics diagnostics;
  Config config;
  const std::unique_ptr<Chain> chain =
      LoadChain(program, "", {}, config, diagnostics);
  std::fputs(diagnostics.Text().c_str(), stderr);
  if (chain == nullptr) return kExitFailed;
  for (const DataVersion& data : chain->data_versions()) {
    std::printf("%s %s\n", data.name.c_str(), data.version.c_str());
  }
  return kExitOk;
}

}  // namespace

std::unique_ptr<CommandTable> MakeCommandTable(const Program& program) {
  auto made = std::make_unique<CommandTable>();
  CommandTable& table = *made;
  Command& root = table.root;
  root.name = "wiredesk";
  root.help = "A streaming news-feed processor: parse, dedupe, tag, route";
  root.examples = {"wiredesk demo", "wiredesk replay feed.ndjson -o out",
                   "wiredesk check wiredesk.yaml",
                   "wiredesk run wiredesk.yaml"};
  root.notes = kNotes;
  root.flags = {Flag("version", &table.version, "",
                     "Print the versions of the program and of its data")
                    .Letter('V')};
  root.run = [&program, &table] {
    if (table.version) return PrintVersions(program);
    std::fputs(HelpPage(table.root, "").c_str(), stderr);
    return kExitWrongUse;
  };
  root.commands = Commands(program);
  AddCommandsAboutCommands(root, kVersion);
  return made;
}

}  // namespace wiredesk
