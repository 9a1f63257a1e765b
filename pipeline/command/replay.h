#ifndef WIREDESK_PIPELINE_COMMAND_REPLAY_H_
#define WIREDESK_PIPELINE_COMMAND_REPLAY_H_

#include "CLI/CLI.hpp"
#include "pipeline/service/program.h"

namespace wiredesk {

// wiredesk replay: the chain over files. `program` outlives the app.
void AddReplayCommand(CLI::App& app, const Program& program, int& exit_code);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_COMMAND_REPLAY_H_
