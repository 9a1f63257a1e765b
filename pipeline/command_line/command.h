// What an operator types: a command, declared once as a value.
//
//   Command CheckCommand(const Program& program) {
//     const auto arguments = std::make_shared<Arguments>();
//     Command command;
//     command.name = "check";
//     command.help = "Check a configuration without connecting to anything";
//     command.examples = {"wiredesk check wiredesk.yaml"};
//     command.flags = {Flag("deny-warnings", &arguments->deny, "", "...")};
//     command.run = [arguments, &program] { return Run(program, *arguments); };
//     return command;
//   }
//
// The parser, `--help`, the man page and the shells' completions come from the
// same values (parse_arguments.h, help_page.h, manual_page.h, completions.h).
// What a command returns as an error is printed in one place, with the exit
// code for it (run_command_line.h).

#ifndef WIREDESK_PIPELINE_COMMAND_LINE_COMMAND_H_
#define WIREDESK_PIPELINE_COMMAND_LINE_COMMAND_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "pipeline/command_line/flag.h"

namespace wiredesk {

// The exit codes of every command.
inline constexpr int kExitOk = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitWrongUse = 2;

struct Command {
  std::string name;                   // one word
  std::string help;                   // one line: imperative, no full stop
  std::vector<std::string> examples;  // whole command lines
  std::string notes;                  // what else the help page says
  std::vector<Flag> flags;
  // The work, once the flags are set: an exit code, or what is wrong.
  std::function<absl::StatusOr<int>()> run;
  // Commands of its own, such as `list` of `dlq`; then it has no run.
  std::vector<Command> commands;
};

// The command of this name among `commands`; nullptr if there is none.
const Command* FindCommand(const std::vector<Command>& commands,
                           absl::string_view name);

// The flag that is typed so ("--input" or "-i"); nullptr if there is none.
const Flag* FindFlag(const Command& command, absl::string_view typed);

// Calls `visit` with each command under `root` and the words that lead to it
// ("dlq list"), in their order, commands before their own commands.
void ForEachCommand(const Command& root,
                    const std::function<void(const std::string& words,
                                             const Command& command)>& visit);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_COMMAND_LINE_COMMAND_H_
