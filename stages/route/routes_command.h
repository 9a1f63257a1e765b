#ifndef WIREDESK_STAGES_ROUTE_ROUTES_COMMAND_H_
#define WIREDESK_STAGES_ROUTE_ROUTES_COMMAND_H_

#include "CLI/CLI.hpp"
#include "pipeline/service/program.h"

namespace wiredesk {

// `wiredesk routes show` and `wiredesk routes test`. `program` outlives `app`.
void AddRoutesCommand(CLI::App& app, const Program& program, int& exit_code);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_ROUTES_COMMAND_H_
