// The commands that belong to no stage, one function and one file each. Each
// gives its declaration (command_line/command.h); stages/commands.cc has the
// table.

#ifndef WIREDESK_PIPELINE_COMMAND_COMMANDS_H_
#define WIREDESK_PIPELINE_COMMAND_COMMANDS_H_

#include "pipeline/command_line/command.h"
#include "pipeline/service/program.h"

namespace wiredesk {

// `program` must outlive the command.
Command CheckCommand(const Program& program);
Command ConfigCommand(const Program& program);
Command DemoCommand(const Program& program);
Command DlqCommand(const Program& program);
Command HealthCommand(const Program& program);
Command InitCommand(const Program& program);
Command RecordCommand(const Program& program);
Command ReferenceCommand(const Program& program);
Command ReplayCommand(const Program& program);
Command RunCommand(const Program& program);
Command TapCommand(const Program& program);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_COMMAND_COMMANDS_H_
