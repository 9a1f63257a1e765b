#ifndef WIREDESK_STAGES_COMMANDS_H_
#define WIREDESK_STAGES_COMMANDS_H_

#include <memory>

#include "pipeline/command_line/command.h"
#include "pipeline/service/program.h"

namespace wiredesk {

// Everything that can be typed.
struct CommandTable {
  Command root;
  bool version = false;  // --version was
};

// The table of all commands, in the order of the help page. `program` must
// outlive it; it stays where it was made, since commands point into it.
std::unique_ptr<CommandTable> MakeCommandTable(const Program& program);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_COMMANDS_H_
