#ifndef WIREDESK_PIPELINE_COMMAND_CONFIG_H_
#define WIREDESK_PIPELINE_COMMAND_CONFIG_H_

#include "CLI/CLI.hpp"
#include "pipeline/service/program.h"

namespace wiredesk {

// wiredesk config show: what is in effect, and where each value comes from.
void AddConfigCommand(CLI::App& app, const Program& program, int& exit_code);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_COMMAND_CONFIG_H_
