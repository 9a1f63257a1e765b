#ifndef WIREDESK_PIPELINE_COMMAND_RUN_H_
#define WIREDESK_PIPELINE_COMMAND_RUN_H_

#include "CLI/CLI.hpp"
#include "pipeline/service/program.h"

namespace wiredesk {

// wiredesk run: the service, until it is asked to stop.
void AddRunCommand(CLI::App& app, const Program& program, int& exit_code);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_COMMAND_RUN_H_
