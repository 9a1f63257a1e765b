#include "pipeline/command_line/command.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace wiredesk {
namespace {

void Visit(
    const std::string& before, const std::vector<Command>& commands,
    const std::function<void(const std::string&, const Command&)>& visit) {
  for (const Command& command : commands) {
    const std::string words =
        before.empty() ? command.name : absl::StrCat(before, " ", command.name);
    visit(words, command);
    Visit(words, command.commands, visit);
  }
}

}  // namespace

const Command* FindCommand(const std::vector<Command>& commands,
                           absl::string_view name) {
  for (const Command& command : commands) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

const Flag* FindFlag(const Command& command, absl::string_view typed) {
  const bool by_name = absl::ConsumePrefix(&typed, "--");
  if (!by_name && !absl::ConsumePrefix(&typed, "-")) return nullptr;
  for (const Flag& flag : command.flags) {
    if (by_name ? flag.name == typed
                : typed.size() == 1 && flag.letter == typed[0]) {
      return &flag;
    }
  }
  return nullptr;
}

void ForEachCommand(const Command& root,
                    const std::function<void(const std::string& words,
                                             const Command& command)>& visit) {
  Visit("", root.commands, visit);
}

}  // namespace wiredesk
