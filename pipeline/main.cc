// wiredesk: parse, dedupe, tag and route a stream of news.
//
// The one place that sees both the pipeline and the stages.

#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/synchronization/mutex.h"
#include "config/diagnostics.h"
#include "pipeline/command/check.h"
#include "pipeline/command/config.h"
#include "pipeline/command/demo.h"
#include "pipeline/command/dlq.h"
#include "pipeline/command/init.h"
#include "pipeline/command/record.h"
#include "pipeline/command/reference.h"
#include "pipeline/command/replay.h"
#include "pipeline/command/run.h"
#include "pipeline/command/tap.h"
#include "pipeline/record/version.h"
#include "pipeline/service/options.h"
#include "pipeline/service/program.h"
#include "stages/chain.h"
#include "stages/commands.h"
#include "stages/route/route_stage.h"

namespace wiredesk {
namespace {

constexpr char kExamples[] = R"(Examples:
  wiredesk demo
  wiredesk replay --input feed.ndjson --output out
  wiredesk check --config wiredesk.yaml
  wiredesk run --config wiredesk.yaml

wiredesk COMMAND --help tells more. Exit codes: 0 ok, 1 failed, 2 wrong use.)";

// Whether the first argument names a command; says what is near where not.
bool KnowsCommand(const CLI::App& app, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return true;
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands(nullptr)) {
    if (command->get_name() == argv[1]) return true;
    names.push_back(command->get_name());
  }
  std::cerr << "wiredesk: no command \"" << argv[1] << "\"; "
            << SuggestName(argv[1], names) << "\n";
  return false;
}

int Main(int argc, char** argv) {
#ifdef NDEBUG
  // Debian's Abseil looks for deadlocks at every lock.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
#endif
  Program program;
  program.sections.AddTop(PipelineSchema());
  AddStageSections(program.sections);
  program.make_chain = MakeChain;
  program.make_filter = MakeRecordFilter;

  CLI::App app("A streaming news-feed processor: parse, dedupe, tag, route.",
               "wiredesk");
  app.set_version_flag("--version", kVersion);
  app.footer(kExamples);
  app.require_subcommand(1);
  int exit_code = kExitOk;
  AddRunCommand(app, program, exit_code);
  AddReplayCommand(app, program, exit_code);
  AddRecordCommand(app, program, exit_code);
  AddDlqCommand(app, program, exit_code);
  AddTapCommand(app, program, exit_code);
  AddDemoCommand(app, program, exit_code);
  AddCheckCommand(app, program, exit_code);
  AddReferenceCommand(app, program, exit_code);
  AddConfigCommand(app, program, exit_code);
  AddInitCommand(app, exit_code);
  AddStageCommands(app, program, exit_code);
  if (!KnowsCommand(app, argc, argv)) return kExitWrongUse;
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // Help and version are "errors" with code 0.
    return app.exit(error) == 0 ? kExitOk : kExitWrongUse;
  }
  return exit_code;
}

}  // namespace
}  // namespace wiredesk

int main(int argc, char** argv) {
  try {
    return wiredesk::Main(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "wiredesk: " << error.what() << "\n";
    return wiredesk::kExitFailed;
  }
}
