#ifndef WIREDESK_PIPELINE_COMMAND_LINE_HELP_PAGE_H_
#define WIREDESK_PIPELINE_COMMAND_LINE_HELP_PAGE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "pipeline/command_line/command.h"

namespace wiredesk {

// "wiredesk replay [FLAGS] [FILE...]"; `words` are those that lead to it.
std::string UsageLine(const Command& command, absl::string_view words);

// What `wiredesk WORDS --help` prints: help, usage, commands, flags, examples,
// notes; at most 80 columns wide, but for examples. `words` is empty for the
// program itself.
std::string HelpPage(const Command& command, absl::string_view words);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_COMMAND_LINE_HELP_PAGE_H_
