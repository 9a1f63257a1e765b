#ifndef WIREDESK_PIPELINE_COMMAND_DLQ_H_
#define WIREDESK_PIPELINE_COMMAND_DLQ_H_

#include "CLI/CLI.hpp"
#include "pipeline/service/program.h"

namespace wiredesk {

// wiredesk dlq list|show|redrive: the dead-letter topic. `program` outlives the
// app.
void AddDlqCommand(CLI::App& app, const Program& program, int& exit_code);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_COMMAND_DLQ_H_
