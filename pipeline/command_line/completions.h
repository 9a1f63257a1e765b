#ifndef WIREDESK_PIPELINE_COMMAND_LINE_COMPLETIONS_H_
#define WIREDESK_PIPELINE_COMMAND_LINE_COMPLETIONS_H_

#include <string>

#include "pipeline/command_line/command.h"

namespace wiredesk {

// Scripts that complete commands, flags, their closed sets of values and names
// of files in a shell. Each is to be saved where the shell looks for it; the
// head of the script says where.
std::string BashCompletions(const Command& root);
std::string ZshCompletions(const Command& root);
std::string FishCompletions(const Command& root);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_COMMAND_LINE_COMPLETIONS_H_
