// Goal: words become one command, one exit code and one message.
// Method: a made-up program with a group, a command that works and others that
// fail.

#include "pipeline/command_line/run_command_line.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wiredesk {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class RunCommandLineTest : public ::testing::Test {
 protected:
  RunCommandLineTest() {
    const auto ends = [](std::string name, absl::StatusOr<int> code) {
      Command command;
      command.name = std::move(name);
      command.help = "End";
      command.examples = {"wiredesk " + command.name};
      command.run = [code] { return code; };
      return command;
    };
    Command group;
    group.name = "dlq";
    group.help = "Look at letters";
    group.commands = {ends("list", 0), ends("show", absl::NotFoundError("no"))};
    root_.help = "A program";
    root_.commands = {ends("run", 0), ends("fail", absl::InternalError("why")),
                      ends("wrong", absl::InvalidArgumentError("how")), group};
    AddCommandsAboutCommands(root_, "1");
  }

  int Run(const std::vector<std::string>& typed) {
    testing::internal::CaptureStderr();
    testing::internal::CaptureStdout();
    const int code = RunCommandLine(root_, typed);
    out_ = testing::internal::GetCapturedStdout();
    err_ = testing::internal::GetCapturedStderr();
    return code;
  }

  Command root_;
  std::string out_;
  std::string err_;
};

TEST_F(RunCommandLineTest, TheCodeSaysWhetherItFailedOrWasUsedWrongly) {
  EXPECT_EQ(Run({"run"}), kExitOk);
  EXPECT_EQ(Run({"fail"}), kExitFailed);
  EXPECT_EQ(err_, "wiredesk fail: why\n");
  EXPECT_EQ(Run({"wrong"}), kExitWrongUse);
  EXPECT_EQ(err_, "wiredesk wrong: how\n");
  EXPECT_EQ(Run({"dlq", "show"}), kExitFailed);
  EXPECT_EQ(err_, "wiredesk dlq show: no\n");
}

TEST_F(RunCommandLineTest, AGroupNeedsOneOfItsCommands) {
  EXPECT_EQ(Run({"dlq", "list"}), kExitOk);
  EXPECT_EQ(Run({"dlq"}), kExitWrongUse);
  EXPECT_THAT(err_, HasSubstr("Usage: wiredesk dlq COMMAND"));
  EXPECT_EQ(Run({"dlq", "lits"}), kExitWrongUse);
  EXPECT_EQ(err_,
            "wiredesk dlq: \"lits\" is not a command; did you mean `wiredesk "
            "dlq list`?\n");
  EXPECT_EQ(Run({"xyzzy"}), kExitWrongUse);
  EXPECT_EQ(err_,
            "wiredesk: \"xyzzy\" is not a command; see `wiredesk --help`\n");
}

TEST_F(RunCommandLineTest, HelpIsPrintedHoweverItIsAskedFor) {
  EXPECT_EQ(Run({"help", "dlq", "list"}), kExitOk);
  const std::string page = out_;
  EXPECT_THAT(page, StartsWith("End\n\nUsage: wiredesk dlq list\n"));
  EXPECT_EQ(Run({"dlq", "list", "-h"}), kExitOk);
  EXPECT_EQ(out_, page);
  EXPECT_EQ(Run({"help"}), kExitOk);
  EXPECT_THAT(out_, StartsWith("A program\n"));
  EXPECT_EQ(Run({"help", "xyzzy"}), kExitWrongUse);
}

TEST_F(RunCommandLineTest, CompletionsAndManPageArePrinted) {
  EXPECT_EQ(Run({"completion", "bash"}), kExitOk);
  EXPECT_THAT(out_, HasSubstr("complete -o filenames -F _wiredesk wiredesk"));
  EXPECT_EQ(Run({"completion", "zsh"}), kExitOk);
  EXPECT_THAT(out_, StartsWith("#compdef wiredesk"));
  EXPECT_EQ(Run({"completion", "fish"}), kExitOk);
  EXPECT_THAT(out_, HasSubstr("complete -c wiredesk"));
  EXPECT_EQ(Run({"completion", "tcsh"}), kExitWrongUse);
  EXPECT_EQ(Run({"man"}), kExitOk);
  EXPECT_THAT(out_, HasSubstr(".TH WIREDESK 1"));
}

}  // namespace
}  // namespace wiredesk
