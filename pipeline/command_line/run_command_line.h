// From what was typed to an exit code: finds the command, sets its flags, runs
// it, and prints what is wrong, in one place for all commands.

#ifndef WIREDESK_PIPELINE_COMMAND_LINE_RUN_COMMAND_LINE_H_
#define WIREDESK_PIPELINE_COMMAND_LINE_RUN_COMMAND_LINE_H_

#include <string>
#include <vector>

#include "absl/types/span.h"
#include "pipeline/command_line/command.h"

namespace wiredesk {

// Adds the commands that are about the others: `help`, `completion` and `man`.
// They point to `root`, which must stay where it is.
void AddCommandsAboutCommands(Command& root, const std::string& version);

// Runs what `arguments` (without the program's name) ask for. The code is 0, 1
// where the work failed, 2 where it was asked for wrongly; in both cases the
// reason is on standard error, "wiredesk COMMAND: what is wrong".
int RunCommandLine(const Command& root,
                   absl::Span<const std::string> arguments);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_COMMAND_LINE_RUN_COMMAND_LINE_H_
