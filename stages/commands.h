#ifndef WIREDESK_STAGES_COMMANDS_H_
#define WIREDESK_STAGES_COMMANDS_H_

#include "CLI/CLI.hpp"
#include "pipeline/service/program.h"

namespace wiredesk {

// The subcommands that belong to a stage. `program` outlives the app.
void AddStageCommands(CLI::App& app, const Program& program, int& exit_code);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_COMMANDS_H_
