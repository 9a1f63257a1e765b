#include "pipeline/command_line/completions.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace wiredesk {
namespace {

std::vector<std::string> NamesOf(const std::vector<Command>& commands) {
  std::vector<std::string> names;
  names.reserve(commands.size());
  for (const Command& each : commands) names.push_back(each.name);
  return names;
}

bool TakesFiles(const Command& command) {
  return std::any_of(command.flags.begin(), command.flags.end(),
                     [](const Flag& flag) { return flag.plain && flag.files; });
}

// In single quotes, as shells read them.
std::string Quoted(absl::string_view text) {
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "'\\''"}}), "'");
}

// The words of a command that may stand next.
std::string BashWords(const Command& command) {
  std::vector<std::string> words = NamesOf(command.commands);
  for (const Flag& flag : command.flags) {
    words.push_back(absl::StrCat("--", flag.name));
  }
  words.push_back("--help");
  return absl::StrJoin(words, " ");
}

// What may follow the flags of a command that take a value.
void AppendBashValues(const Command& command, std::string& out) {
  for (const Flag& flag : command.flags) {
    if (flag.is_switch() || flag.value_optional) continue;
    absl::StrAppend(&out, "        --", flag.name);
    if (flag.letter != '\0') out += {'|', '-', flag.letter};
    if (!flag.choices.empty()) {
      absl::StrAppend(&out, ") words='", absl::StrJoin(flag.choices, " "),
                      "' ;;\n");
    } else {
      absl::StrAppend(&out, flag.files ? ") files=1 ;;\n" : ") ;;\n");
    }
  }
}

void AppendBashCase(const std::string& words, const Command& command,
                    std::string& out) {
  absl::StrAppend(&out, "    '", words, "')\n      case $previous in\n");
  AppendBashValues(command, out);
  absl::StrAppend(&out, "        *) words='", BashWords(command), "'",
                  TakesFiles(command) ? " files=1" : "",
                  " ;;\n      esac ;;\n");
}

// "'command:help' 'command:help'" for zsh's _describe.
std::string ZshCommands(const std::vector<Command>& commands) {
  return absl::StrJoin(
      commands, " ", [](std::string* out, const Command& each) {
        absl::StrAppend(out,
                        Quoted(absl::StrCat(
                            each.name, ":",
                            absl::StrReplaceAll(each.help, {{":", "\\:"}}))));
      });
}

std::string ZshFlag(const Flag& flag) {
  const std::string help = absl::StrReplaceAll(
      flag.help, {{"[", "\\["}, {"]", "\\]"}, {":", "\\:"}});
  std::string spec = absl::StrCat(flag.repeated ? "*" : "", "--", flag.name,
                                  flag.is_switch() ? "" : "=", "[", help, "]");
  if (flag.is_switch()) return Quoted(spec);
  absl::StrAppend(&spec, flag.value_optional ? "::" : ":",
                  absl::StrReplaceAll(flag.value, {{":", "\\:"}}), ":");
  if (!flag.choices.empty()) {
    absl::StrAppend(&spec, "(", absl::StrJoin(flag.choices, " "), ")");
  } else if (flag.files) {
    absl::StrAppend(&spec, "_files");
  }
  return Quoted(spec);
}

std::string ZshFunction(absl::string_view words) {
  return absl::StrCat("_wiredesk_", absl::StrReplaceAll(words, {{" ", "_"}}));
}

void AppendZshFunction(const std::string& words, const Command& command,
                       std::string& out) {
  absl::StrAppend(&out, ZshFunction(words), "() {\n");
  if (!command.commands.empty()) {
    absl::StrAppend(&out, "  if (( CURRENT == 2 )); then\n    local -a names=(",
                    ZshCommands(command.commands),
                    ")\n    _describe command names\n  else\n"
                    "    shift words; (( CURRENT-- ))\n    ",
                    ZshFunction(words), "_${words[1]} 2>/dev/null\n  fi\n}\n");
    return;
  }
  absl::StrAppend(&out, "  _arguments");
  for (const Flag& flag : command.flags) {
    absl::StrAppend(&out, " \\\n    ", ZshFlag(flag));
  }
  absl::StrAppend(&out, " \\\n    '--help[Print the help page]'",
                  TakesFiles(command) ? " \\\n    '*:file:_files'" : "",
                  "\n}\n");
}

// The condition under which fish offers what belongs to a command.
std::string FishCondition(const std::string& words) {
  std::vector<std::string> seen;
  for (const absl::string_view word : absl::StrSplit(words, ' ')) {
    seen.push_back(absl::StrCat("__fish_seen_subcommand_from ", word));
  }
  return absl::StrJoin(seen, "; and ");
}

void AppendFishFlags(const std::string& words, const Command& command,
                     std::string& out) {
  const std::string condition = FishCondition(words);
  for (const Command& each : command.commands) {
    absl::StrAppend(
        &out, "complete -c wiredesk -f -n ",
        Quoted(absl::StrCat(condition, "; and not __fish_seen_subcommand_from ",
                            absl::StrJoin(NamesOf(command.commands), " "))),
        " -a ", each.name, " -d ", Quoted(each.help), "\n");
  }
  for (const Flag& flag : command.flags) {
    absl::StrAppend(&out, "complete -c wiredesk -n ", Quoted(condition), " -l ",
                    flag.name);
    if (flag.letter != '\0') out += {' ', '-', 's', ' ', flag.letter};
    if (!flag.is_switch() && !flag.value_optional) out += " -r";
    if (!flag.choices.empty()) {
      absl::StrAppend(&out, " -f -a ",
                      Quoted(absl::StrJoin(flag.choices, " ")));
    }
    absl::StrAppend(&out, " -d ", Quoted(flag.help), "\n");
  }
  if (command.commands.empty() && TakesFiles(command)) {
    absl::StrAppend(&out, "complete -c wiredesk -F -n ", Quoted(condition),
                    "\n");
  }
}

}  // namespace

std::string BashCompletions(const Command& root) {
  std::string out =
      "# Completions of wiredesk for bash, made by `wiredesk completion "
      "bash`.\n"
      "# Save as /usr/share/bash-completion/completions/wiredesk.\n"
      "_wiredesk() {\n"
      "  local current=${COMP_WORDS[COMP_CWORD]}\n"
      "  local previous=${COMP_WORDS[COMP_CWORD-1]}\n"
      "  local command= words= files= i\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
      "    case \"$command ${COMP_WORDS[i]}\" in\n";
  std::string cases;
  AppendBashCase("", root, cases);
  ForEachCommand(root, [&](const std::string& words, const Command& command) {
    absl::StrAppend(&out, "      '", absl::StrContains(words, ' ') ? "" : " ",
                    words, "') command='", words, "' ;;\n");
    AppendBashCase(words, command, cases);
  });
  absl::StrAppend(&out, "    esac\n  done\n  case $command in\n", cases,
                  "  esac\n"
                  "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
                  "  if [[ $files ]]; then\n"
                  "    COMPREPLY+=($(compgen -f -- \"$current\"))\n"
                  "  fi\n"
                  "}\n"
                  "complete -o filenames -F _wiredesk wiredesk\n");
  return out;
}

std::string ZshCompletions(const Command& root) {
  std::string out = absl::StrCat(
      "#compdef wiredesk\n"
      "# Completions of wiredesk for zsh, made by `wiredesk completion zsh`.\n"
      "# Save as _wiredesk in a folder of $fpath.\n");
  ForEachCommand(root, [&](const std::string& words, const Command& command) {
    AppendZshFunction(words, command, out);
  });
  absl::StrAppend(
      &out, "if (( CURRENT == 2 )); then\n  local -a names=(",
      ZshCommands(root.commands),
      ")\n  _describe command names\nelse\n  shift words; (( CURRENT-- ))\n"
      "  _wiredesk_${words[1]} 2>/dev/null\nfi\n");
  return out;
}

std::string FishCompletions(const Command& root) {
  std::string out =
      "# Completions of wiredesk for fish, made by `wiredesk completion "
      "fish`.\n"
      "# Save as ~/.config/fish/completions/wiredesk.fish.\n"
      "complete -c wiredesk -f\n";
  for (const Command& each : root.commands) {
    absl::StrAppend(&out, "complete -c wiredesk -n __fish_use_subcommand -a ",
                    each.name, " -d ", Quoted(each.help), "\n");
  }
  ForEachCommand(root, [&](const std::string& words, const Command& command) {
    AppendFishFlags(words, command, out);
  });
  return out;
}

}  // namespace wiredesk
