// What an operator is told of a wrong configuration, word by word: every
// message has a place, says what is wrong, and what to do. Method: a table of
// wrong files, wrong_configurations.txt; the stages' parts of the language have
// their own tests.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/command/check.h"
#include "pipeline/service/options.h"

namespace wiredesk {
namespace {

struct Case {
  std::string title;
  std::string file;
  std::string messages;
};

std::vector<Case> ReadCases() {
  std::ifstream in(WIREDESK_SOURCE_DIR
                   "/tests/pipeline/wrong_configurations.txt");
  std::stringstream text;
  text << in.rdbuf();
  std::vector<Case> cases;
  bool in_messages = false;
  for (absl::string_view line : absl::StrSplit(text.str(), '\n')) {
    if (absl::ConsumePrefix(&line, "=== ")) {
      cases.push_back({std::string(line), "", ""});
      in_messages = false;
    } else if (line == "---") {
      in_messages = true;
    } else if (!cases.empty() && !(in_messages && line.empty())) {
      std::string& part =
          in_messages ? cases.back().messages : cases.back().file;
      absl::StrAppend(&part, line, "\n");
    }
  }
  return cases;
}

class CheckCommandTest : public ::testing::Test {
 protected:
  CheckCommandTest()
      : folder_(std::filesystem::path(::testing::TempDir()) /
                absl::StrCat("check_command_test_", getpid())) {
    std::filesystem::create_directories(folder_);
    program_.sections.AddTop(PipelineSchema());
  }
  ~CheckCommandTest() override { std::filesystem::remove_all(folder_); }

  std::string Write(absl::string_view text) {
    const std::string path = (folder_ / "wrong.yaml").string();
    std::ofstream(path) << text;
    return path;
  }

  // What is said of a file with this text; "wrong.yaml:" is left out.
  std::string Check(absl::string_view text) {
    const std::string path = Write(text);
    const Diagnostics found = CheckConfiguration(program_, path, {});
    return absl::StrReplaceAll(found.Text(),
                               {{absl::StrCat(path, ":"), ""},
                                {absl::StrCat(folder_.string(), "/"), ""}});
  }

  const std::filesystem::path folder_;
  Program program_;
};

TEST_F(CheckCommandTest, SaysOfEachWrongFileWhatIsWrongAndWhatToDo) {
  setenv("WIREDESK_TEST_SECRET", "sesame", 1);
  const std::vector<Case> cases = ReadCases();
  EXPECT_GE(cases.size(), 50u);
  for (const Case& test : cases) {
    EXPECT_EQ(Check(test.file), test.messages) << test.title;
  }
}

TEST_F(CheckCommandTest, EveryMessageHasARemedy) {
  for (const Case& test : ReadCases()) {
    for (absl::string_view line :
         absl::StrSplit(test.messages, '\n', absl::SkipEmpty())) {
      EXPECT_TRUE(absl::StrContains(line, "; ")) << test.title;
    }
  }
}

TEST_F(CheckCommandTest, DefaultsAreRight) { EXPECT_EQ(Check(""), ""); }

TEST_F(CheckCommandTest, TheChainIsAskedToo) {
  program_.make_chain = [](const Config& config, Diagnostics& diagnostics) {
    diagnostics.Error(config.Section("workers"), "is asked", "say so");
    return nullptr;
  };
  EXPECT_EQ(Check("\nworkers: 1"), "2:10: workers: is asked; say so\n");
}

}  // namespace
}  // namespace wiredesk
