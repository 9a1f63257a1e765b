#ifndef WIREDESK_PIPELINE_COMMAND_LINE_PARSE_ARGUMENTS_H_
#define WIREDESK_PIPELINE_COMMAND_LINE_PARSE_ARGUMENTS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "pipeline/command_line/command.h"

namespace wiredesk {

// What was asked for, besides the values of flags.
struct ParsedArguments {
  bool help = false;  // --help or -h: nothing else was looked at behind it
};

// Sets the variables of `command`'s flags from what stands behind its name:
// --name VALUE, --name=VALUE, -n VALUE, -nVALUE, several switches in one (-qj),
// `--` before plain arguments that begin with a dash, and plain arguments for
// the flags that take them: each once, in their order, and what is left over
// for the one that may be repeated.
//
// InvalidArgument: a flag that `command` (called `words`) does not have, with
// the nearest one; a value that is missing or not valid; a flag that is given
// twice, is missing, or does not go with another one. Linear in `arguments`,
// for the few flags of a command.
absl::StatusOr<ParsedArguments> ParseArguments(
    const Command& command, absl::string_view words,
    absl::Span<const std::string> arguments);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_COMMAND_LINE_PARSE_ARGUMENTS_H_
