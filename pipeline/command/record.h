#ifndef WIREDESK_PIPELINE_COMMAND_RECORD_H_
#define WIREDESK_PIPELINE_COMMAND_RECORD_H_

#include "CLI/CLI.hpp"
#include "pipeline/service/program.h"

namespace wiredesk {

// wiredesk record: a stretch of topics into a file. `program` outlives the app.
void AddRecordCommand(CLI::App& app, const Program& program, int& exit_code);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_COMMAND_RECORD_H_
