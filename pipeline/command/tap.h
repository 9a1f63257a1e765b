#ifndef WIREDESK_PIPELINE_COMMAND_TAP_H_
#define WIREDESK_PIPELINE_COMMAND_TAP_H_

#include "CLI/CLI.hpp"
#include "pipeline/service/program.h"

namespace wiredesk {

// wiredesk tap: live records of a running instance. `program` outlives the app.
void AddTapCommand(CLI::App& app, const Program& program, int& exit_code);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_COMMAND_TAP_H_
