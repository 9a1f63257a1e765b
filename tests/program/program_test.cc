// Goal: the program as a user meets it: help, exit codes, a first replay.
// Method: runs the built program and reads what it says.

#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "stages/commands.h"

namespace wiredesk {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

struct Outcome {
  int code = -1;
  std::string said;  // on both streams
};

Outcome Wiredesk(absl::string_view arguments) {
  Outcome outcome;
  const std::string command =
      absl::StrCat(WIREDESK_BINARY_DIR "/wiredesk ", arguments, " 2>&1");
  FILE* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return outcome;
  std::array<char, 4096> buffer;
  size_t n = 0;
  while ((n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0) {
    outcome.said.append(buffer.data(), n);
  }
  const int status = pclose(pipe);
  if (WIFEXITED(status)) outcome.code = WEXITSTATUS(status);
  return outcome;
}

// As `wiredesk --help` lists them.
std::vector<std::string> Commands() {
  std::vector<std::string> commands;
  bool listed = false;
  for (absl::string_view line : absl::StrSplit(Wiredesk("--help").said, '\n')) {
    if (absl::StartsWith(line, "Subcommands:")) {
      listed = true;
    } else if (listed && absl::StartsWith(line, "  ")) {
      commands.emplace_back(line.substr(2, line.find(' ', 2) - 2));
    } else if (listed) {
      break;
    }
  }
  return commands;
}

TEST(ProgramTest, EveryCommandHasHelpWithAnExample) {
  const std::vector<std::string> commands = Commands();
  for (const char* name : {"run", "replay", "demo", "check", "reference"}) {
    EXPECT_THAT(commands, Contains(name));
  }
  for (const std::string& command : commands) {
    if (command == "gazetteer") continue;  // has commands of its own
    const Outcome help = Wiredesk(absl::StrCat(command, " --help"));
    EXPECT_EQ(help.code, 0) << command;
    EXPECT_THAT(help.said, HasSubstr("Example")) << command;
    EXPECT_THAT(help.said, HasSubstr(absl::StrCat("wiredesk ", command)));
  }
}

TEST(ProgramTest, WrongUseIsTwoAndFailureIsOne) {
  const struct {
    const char* arguments;
    int code;
  } kCases[] = {
      {"--version", 0},
      {"", 2},
      {"no-such-command", 2},
      {"replay --no-such-option", 2},
      {"check --config /nonexistent.yaml", 1},
      {"replay --input /nonexistent.ndjson --output -", 1},
      {"check --config " WIREDESK_SOURCE_DIR "/config/wiredesk.yaml", 0},
  };
  for (const auto& wanted : kCases) {
    const Outcome outcome = Wiredesk(wanted.arguments);
    EXPECT_EQ(outcome.code, wanted.code) << wanted.arguments << "\n"
                                         << outcome.said;
  }
}

TEST(ProgramTest, ReplayNeedsNoConfiguration) {
  const Outcome outcome = Wiredesk("replay --input " WIREDESK_SOURCE_DIR
                                   "/config/sample/feed.ndjson --output -");
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.said, HasSubstr("wiredesk/event-record/1"));
  EXPECT_THAT(outcome.said, HasSubstr("fully published"));
}

TEST(StageCommandsTest, EachHasAnExampleAndADescription) {
  CLI::App app;
  const Program program;
  int exit_code = kExitOk;
  AddStageCommands(app, program, exit_code);
  const auto stages = app.get_subcommands([](CLI::App*) { return true; });
  EXPECT_FALSE(stages.empty());
  for (CLI::App* stage : stages) {
    EXPECT_FALSE(stage->get_description().empty()) << stage->get_name();
    for (const CLI::App* command :
         stage->get_subcommands([](CLI::App*) { return true; })) {
      EXPECT_THAT(command->get_footer(),
                  HasSubstr(absl::StrCat("wiredesk ", stage->get_name(), " ",
                                         command->get_name())));
    }
  }
}

}  // namespace
}  // namespace wiredesk
