#include "pipeline/command_line/run_command_line.h"

#include <cstdio>
#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "config/base/nearest_name.h"
#include "pipeline/command_line/completions.h"
#include "pipeline/command_line/help_page.h"
#include "pipeline/command_line/manual_page.h"
#include "pipeline/command_line/parse_arguments.h"

namespace wiredesk {
namespace {

void Print(const std::string& text) { std::fputs(text.c_str(), stdout); }

// The command that words lead to, and how many of the words.
struct Found {
  const Command* command = nullptr;
  std::string words;  // "dlq list"
  size_t count = 0;
};

Found FindByWords(const Command& root, absl::Span<const std::string> words) {
  Found found{&root, "", 0};
  while (found.count < words.size()) {
    const Command* const next =
        FindCommand(found.command->commands, words[found.count]);
    if (next == nullptr) break;
    found.command = next;
    ++found.count;
  }
  found.words = absl::StrJoin(words.subspan(0, found.count), " ");
  return found;
}

absl::Status NoSuchCommand(const Found& before, const std::string& word) {
  std::vector<std::string> names;
  for (const Command& each : before.command->commands) {
    names.push_back(each.name);
  }
  const std::string* const near = NearestName(word, names);
  const std::string behind =
      before.words.empty() ? "" : absl::StrCat(" ", before.words);
  return absl::InvalidArgumentError(absl::StrCat(
      "\"", word, "\" is not a command; ",
      near != nullptr
          ? absl::StrCat("did you mean `wiredesk", behind, " ", *near, "`?")
          : absl::StrCat("see `wiredesk", behind, " --help`")));
}

absl::StatusOr<int> Run(const Found& found,
                        absl::Span<const std::string> rest) {
  const Command& command = *found.command;
  const bool is_group = !command.commands.empty();
  if (is_group && !rest.empty() && !absl::StartsWith(rest[0], "-")) {
    return NoSuchCommand(found, rest[0]);
  }
  const absl::StatusOr<ParsedArguments> parsed =
      ParseArguments(command, found.words, rest);
  if (!parsed.ok()) return parsed.status();
  if (parsed->help) {
    Print(HelpPage(command, found.words));
    return kExitOk;
  }
  if (command.run) return command.run();
  std::fputs(HelpPage(command, found.words).c_str(), stderr);
  return kExitWrongUse;
}

Command HelpCommand(const Command& root) {
  const auto words = std::make_shared<std::vector<std::string>>();
  Command command;
  command.name = "help";
  command.help = "Print the help page of a command";
  command.examples = {"wiredesk help replay", "wiredesk help dlq redrive"};
  command.flags = {
      Flag("command", words.get(), "COMMAND", "Words of the command").Plain()};
  command.run = [&root, words]() -> absl::StatusOr<int> {
    const std::vector<std::string> asked = std::exchange(*words, {});
    const Found found = FindByWords(root, asked);
    if (found.count < asked.size()) {
      return NoSuchCommand(found, asked[found.count]);
    }
    Print(HelpPage(*found.command, found.words));
    return kExitOk;
  };
  return command;
}

Command CompletionCommand(const Command& root) {
  const auto shell = std::make_shared<std::string>();
  Command command;
  command.name = "completion";
  command.help = "Print the completions for a shell";
  command.examples = {
      "source <(wiredesk completion bash)",
      "wiredesk completion zsh > ~/.zfunc/_wiredesk",
      "wiredesk completion fish > ~/.config/fish/completions/wiredesk.fish"};
  command.flags = {Flag("shell", shell.get(), "SHELL", "Shell")
                       .Choices({"bash", "zsh", "fish"})
                       .Plain()
                       .Required()};
  command.run = [&root, shell]() -> absl::StatusOr<int> {
    Print(*shell == "bash"  ? BashCompletions(root)
          : *shell == "zsh" ? ZshCompletions(root)
                            : FishCompletions(root));
    return kExitOk;
  };
  return command;
}

Command ManCommand(const Command& root, const std::string& version) {
  Command command;
  command.name = "man";
  command.help = "Print the manual page, for man(1)";
  command.examples = {"wiredesk man | man -l -",
                      "wiredesk man > /usr/local/share/man/man1/wiredesk.1"};
  command.run = [&root, version]() -> absl::StatusOr<int> {
    Print(ManualPage(root, version));
    return kExitOk;
  };
  return command;
}

}  // namespace

void AddCommandsAboutCommands(Command& root, const std::string& version) {
  root.commands.push_back(HelpCommand(root));
  root.commands.push_back(CompletionCommand(root));
  root.commands.push_back(ManCommand(root, version));
}

int RunCommandLine(const Command& root,
                   absl::Span<const std::string> arguments) {
  const Found found = FindByWords(root, arguments);
  const absl::StatusOr<int> code = Run(found, arguments.subspan(found.count));
  if (code.ok()) return *code;
  std::fprintf(stderr, "wiredesk%s%s: %s\n", found.words.empty() ? "" : " ",
               found.words.c_str(),
               std::string(code.status().message()).c_str());
  return absl::IsInvalidArgument(code.status()) ? kExitWrongUse : kExitFailed;
}

}  // namespace wiredesk
