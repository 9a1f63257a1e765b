#ifndef WIREDESK_STAGES_ROUTE_ROUTES_COMMAND_H_
#define WIREDESK_STAGES_ROUTE_ROUTES_COMMAND_H_

#include "pipeline/command_line/command.h"
#include "pipeline/service/program.h"

namespace wiredesk {

// `wiredesk routes show` and `wiredesk routes test`. `program` must outlive it.
Command RoutesCommand(const Program& program);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_ROUTES_COMMAND_H_
