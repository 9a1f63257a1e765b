#include "pipeline/command_line/help_page.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace wiredesk {
namespace {

constexpr size_t kColumns = 80;
constexpr size_t kHelpColumn = 26;

// Appends `left`, and `text` from kHelpColumn on, broken between words.
void AppendEntry(absl::string_view left, absl::string_view text,
                 std::string& out) {
  std::string line = absl::StrCat("  ", left);
  if (line.size() + 2 > kHelpColumn) {
    absl::StrAppend(&out, line, "\n");
    line.clear();
  }
  line.resize(kHelpColumn, ' ');
  bool first = true;
  for (const absl::string_view word : absl::StrSplit(text, ' ')) {
    if (!first && line.size() + 1 + word.size() > kColumns) {
      absl::StrAppend(&out, line, "\n");
      line.assign(kHelpColumn, ' ');
      first = true;
    }
    absl::StrAppend(&line, first ? "" : " ", word);
    first = false;
  }
  absl::StrAppend(&out, line, "\n");
}

std::string FlagHelp(const Flag& flag) {
  std::vector<std::string> said;
  if (!flag.choices.empty()) said.push_back(absl::StrJoin(flag.choices, ", "));
  if (flag.required) said.push_back("required");
  if (flag.repeated) said.push_back("may be repeated");
  if (!flag.default_text.empty()) {
    said.push_back(absl::StrCat("default: ", flag.default_text));
  }
  if (said.empty()) return flag.help;
  return absl::StrCat(flag.help, " (", absl::StrJoin(said, "; "), ")");
}

std::string PlainUsage(const Flag& flag) {
  const std::string word = absl::StrCat(flag.value, flag.repeated ? "..." : "");
  return flag.required ? word : absl::StrCat("[", word, "]");
}

}  // namespace

std::string UsageLine(const Command& command, absl::string_view words) {
  std::string line = absl::StrCat("wiredesk", words.empty() ? "" : " ", words);
  if (!command.commands.empty()) return absl::StrCat(line, " COMMAND");
  if (!command.flags.empty()) absl::StrAppend(&line, " [FLAGS]");
  for (const Flag& flag : command.flags) {
    if (flag.plain) absl::StrAppend(&line, " ", PlainUsage(flag));
  }
  return line;
}

std::string HelpPage(const Command& command, absl::string_view words) {
  std::string page = absl::StrCat(
      command.help, "\n\nUsage: ", UsageLine(command, words), "\n");
  if (!command.commands.empty()) {
    absl::StrAppend(&page, "\nCommands:\n");
    for (const Command& each : command.commands) {
      AppendEntry(each.name, each.help, page);
    }
  }
  absl::StrAppend(&page, "\nFlags:\n");
  for (const Flag& flag : command.flags) {
    const std::string indent = flag.letter == '\0' ? "    " : "";
    AppendEntry(absl::StrCat(indent, FlagUsage(flag)), FlagHelp(flag), page);
  }
  AppendEntry("-h, --help", "Print this page", page);
  absl::StrAppend(
      &page, command.examples.size() == 1 ? "\nExample:\n" : "\nExamples:\n");
  for (const std::string& example : command.examples) {
    absl::StrAppend(&page, "  ", example, "\n");
  }
  if (!command.notes.empty()) absl::StrAppend(&page, "\n", command.notes, "\n");
  return page;
}

}  // namespace wiredesk
