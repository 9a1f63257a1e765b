#ifndef WIREDESK_PIPELINE_COMMAND_DEMO_H_
#define WIREDESK_PIPELINE_COMMAND_DEMO_H_

#include "CLI/CLI.hpp"
#include "pipeline/service/program.h"

namespace wiredesk {

// wiredesk demo: the service on an embedded broker, fed with the sample feed.
void AddDemoCommand(CLI::App& app, const Program& program, int& exit_code);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_COMMAND_DEMO_H_
