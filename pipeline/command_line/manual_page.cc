#include "pipeline/command_line/manual_page.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "pipeline/command_line/help_page.h"

namespace wiredesk {
namespace {

// Text as troff prints it: a backslash and a dash as themselves, and no line
// that looks like a request.
std::string Escape(absl::string_view text) {
  std::string out;
  bool line_begins = true;
  for (const char c : text) {
    if (line_begins && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
    line_begins = c == '\n';
  }
  return out;
}

void AppendVerbatim(absl::string_view text, std::string& out) {
  absl::StrAppend(&out, ".PP\n.nf\n", Escape(text), "\n.fi\n");
}

void AppendFlag(const Flag& flag, std::string& out) {
  absl::StrAppend(&out, ".TP\n.B ", Escape(FlagUsage(flag)), "\n",
                  Escape(flag.help));
  if (!flag.choices.empty()) {
    absl::StrAppend(&out, ": ", Escape(absl::StrJoin(flag.choices, ", ")));
  }
  if (!flag.default_text.empty()) {
    absl::StrAppend(&out, " (default: ", Escape(flag.default_text), ")");
  }
  absl::StrAppend(&out, ".\n");
}

void AppendCommand(const std::string& words, const Command& command,
                   std::string& out) {
  absl::StrAppend(&out, ".SS ", Escape(UsageLine(command, words)), "\n",
                  Escape(command.help), ".\n");
  for (const Flag& flag : command.flags) AppendFlag(flag, out);
  if (!command.notes.empty()) AppendVerbatim(command.notes, out);
  AppendVerbatim(absl::StrJoin(command.examples, "\n"), out);
}

}  // namespace

std::string ManualPage(const Command& root, absl::string_view version) {
  std::string out = absl::StrCat(
      ".\\\" Made by `wiredesk man` from the table of commands.\n"
      ".TH WIREDESK 1 \"\" \"wiredesk ",
      version, "\" \"User Commands\"\n.SH NAME\nwiredesk \\- ",
      Escape(root.help), "\n.SH SYNOPSIS\n.B wiredesk\n.I COMMAND\n",
      "[FLAGS] [FILE...]\n.SH COMMANDS\n");
  ForEachCommand(root, [&out](const std::string& words, const Command& each) {
    AppendCommand(words, each, out);
  });
  absl::StrAppend(&out, ".SH NOTES\n", Escape(root.notes), "\n.SH EXAMPLES\n");
  AppendVerbatim(absl::StrJoin(root.examples, "\n"), out);
  return out;
}

}  // namespace wiredesk
