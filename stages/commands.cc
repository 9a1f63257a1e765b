#include "stages/commands.h"

#include "stages/dedupe/dedupe_command.h"
#include "stages/route/operator_test_command.h"
#include "stages/route/routes_command.h"
#include "stages/tag/explain_command.h"
#include "stages/tag/gazetteer_command.h"
#include "stages/tag/ner_command.h"

namespace wiredesk {

void AddStageCommands(CLI::App& app, const Program& program, int& exit_code) {
  AddDedupeCommand(app, program, exit_code);
  AddExplainCommand(app, program, exit_code);
  AddRoutesCommand(app, program, exit_code);
  AddTestCommand(app, program, exit_code);
  AddGazetteerCommand(app, exit_code);
  AddNerCommand(app, exit_code);
}

}  // namespace wiredesk
