// Goal: the pages that tell a user what can be typed: they are as somebody has
// read them, in one grammar, and their examples work.
// Method: walks the table of commands. The pages stand in tests/program/help;
// WIREDESK_UPDATE_GOLDEN=1 rewrites them, and the difference is to be read.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/types/span.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/command/shared_flags.h"
#include "pipeline/command_line/completions.h"
#include "pipeline/command_line/help_page.h"
#include "pipeline/command_line/manual_page.h"
#include "pipeline/command_line/parse_arguments.h"
#include "stages/chain.h"
#include "stages/commands.h"

namespace wiredesk {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

namespace fs = std::filesystem;

class HelpPagesTest : public ::testing::Test {
 protected:
  const Command& root() const { return table_->root; }

  // All commands, and the words that lead to each; "" is the program.
  std::map<std::string, const Command*> All() const {
    std::map<std::string, const Command*> all = {{"", &root()}};
    ForEachCommand(root(), [&](const std::string& words, const Command& each) {
      all[words] = &each;
    });
    return all;
  }

 private:
  const Program program_ = MakeProgram();
  const std::unique_ptr<CommandTable> table_ = MakeCommandTable(program_);
};

// The words of an example from "wiredesk" on, as a shell would give them.
std::vector<std::string> Words(absl::string_view line) {
  line.remove_prefix(line.find("wiredesk"));
  std::vector<std::string> words(1);
  char quote = '\0';
  for (const char c : line) {
    if (quote != '\0') {
      if (c == quote) {
        quote = '\0';
      } else {
        words.back() += c;
      }
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '|' || c == '>' || c == ')') {
      break;
    } else if (c == ' ') {
      if (!words.back().empty()) words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

TEST_F(HelpPagesTest, AreAsTheyWereRead) {
  const fs::path folder = fs::path(WIREDESK_SOURCE_DIR) / "tests/program/help";
  const bool update = std::getenv("WIREDESK_UPDATE_GOLDEN") != nullptr;
  std::set<std::string> names;
  for (const auto& [words, command] : All()) {
    const std::string name = absl::StrCat(
        words.empty() ? "wiredesk" : absl::StrReplaceAll(words, {{" ", "-"}}),
        ".txt");
    names.insert(name);
    const std::string page = HelpPage(*command, words);
    if (update) {
      fs::create_directories(folder);
      std::ofstream(folder / name) << page;
    }
    std::ifstream in(folder / name);
    EXPECT_EQ(page, std::string(std::istreambuf_iterator<char>(in), {}))
        << name;
  }
  for (const auto& entry : fs::directory_iterator(folder)) {
    EXPECT_EQ(names.count(entry.path().filename().string()), 1u)
        << entry.path() << " is of a command that does not exist";
  }
}

TEST_F(HelpPagesTest, AreWrittenInOneGrammar) {
  for (const auto& [words, command] : All()) {
    EXPECT_TRUE(absl::ascii_isupper(command->help[0])) << words;
    EXPECT_THAT(command->help, Not(testing::EndsWith("."))) << words;
    // Imperative: "Compile", not "Compiles".
    const std::string first = command->help.substr(0, command->help.find(' '));
    EXPECT_THAT(first, Not(testing::EndsWith("s"))) << words;
    for (const Flag& flag : command->flags) {
      EXPECT_FALSE(flag.help.empty()) << words << " --" << flag.name;
      EXPECT_THAT(flag.help, Not(testing::EndsWith("."))) << words;
    }
    for (const absl::string_view line :
         absl::StrSplit(HelpPage(*command, words), '\n')) {
      const bool example = absl::StrContains(line, "  wiredesk") ||
                           absl::StrContains(line, "| wiredesk") ||
                           absl::StrContains(line, "<(wiredesk");
      EXPECT_TRUE(example || line.size() <= 80) << line;
    }
  }
}

TEST_F(HelpPagesTest, EveryCommandHasExamplesOfItsOwnThatParse) {
  const std::map<std::string, const Command*> all = All();
  for (const auto& [words, command] : all) {
    ASSERT_FALSE(command->examples.empty()) << words;
    bool own = false;
    for (const std::string& example : command->examples) {
      std::vector<std::string> typed = Words(example);
      typed.erase(typed.begin());
      // The longest words that are a command.
      size_t count = typed.size();
      while (count > 0 &&
             all.count(absl::StrJoin(absl::MakeSpan(typed).subspan(0, count),
                                     " ")) == 0) {
        --count;
      }
      const std::string found =
          absl::StrJoin(absl::MakeSpan(typed).subspan(0, count), " ");
      ASSERT_NE(count, 0u) << example;
      own = own || found == words || absl::StartsWith(found, words + " ") ||
            words.empty();
      const auto parsed = ParseArguments(*all.at(found), found,
                                         absl::MakeSpan(typed).subspan(count));
      EXPECT_TRUE(parsed.ok()) << example << ": " << parsed.status();
    }
    EXPECT_TRUE(own) << words;
  }
}

TEST_F(HelpPagesTest, ALetterAndANameMeanTheSameEverywhere) {
  std::map<char, std::string> names;
  for (const SharedFlagRow& row : kSharedFlags) {
    if (row.letter != '\0') names[row.letter] = std::string(row.name);
  }
  for (const auto& [words, command] : All()) {
    std::set<std::string> seen;
    for (const Flag& flag : command->flags) {
      EXPECT_TRUE(seen.insert(flag.name).second) << words << " --" << flag.name;
      for (const SharedFlagRow& row : kSharedFlags) {
        if (row.name == flag.name) {
          EXPECT_EQ(flag.letter, row.letter) << words << " --" << flag.name;
        }
      }
      if (flag.letter == '\0') continue;
      EXPECT_EQ(names.emplace(flag.letter, flag.name).first->second, flag.name)
          << words;
    }
  }
}

TEST_F(HelpPagesTest, TheManPageHasEveryCommandAndFlag) {
  const std::string page = ManualPage(root(), "1.2.3");
  EXPECT_THAT(page, StartsWith(".\\\" Made by"));
  for (const auto& [words, command] : All()) {
    if (words.empty()) continue;
    EXPECT_THAT(page, HasSubstr(absl::StrCat(
                          ".SS wiredesk ",
                          absl::StrReplaceAll(words, {{"-", "\\-"}}))));
    for (const Flag& flag : command->flags) {
      EXPECT_THAT(page, HasSubstr(absl::StrReplaceAll(FlagUsage(flag),
                                                      {{"-", "\\-"}})));
    }
  }
}

// What bash offers for `line`, whose last word is being typed.
std::set<std::string> BashOffers(const Command& root, absl::string_view line) {
  const std::string script = testing::TempDir() + "/completions.bash";
  std::ofstream(script) << BashCompletions(root);
  const std::string typed = absl::StrCat(
      "source ", script, "; COMP_WORDS=(",
      absl::EndsWith(line, " ") ? absl::StrCat(line, "''") : std::string(line),
      "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _wiredesk; "
      "printf '%s\\n' \"${COMPREPLY[@]}\"");
  FILE* const pipe = popen(
      absl::StrCat("cd " WIREDESK_SOURCE_DIR "/config; bash -c \"",
                   absl::StrReplaceAll(
                       typed, {{"\\", "\\\\"}, {"\"", "\\\""}, {"$", "\\$"}}),
                   "\"")
          .c_str(),
      "r");
  std::string out;
  std::array<char, 4096> buffer;
  size_t n = 0;
  while ((n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0) {
    out.append(buffer.data(), n);
  }
  EXPECT_EQ(pclose(pipe), 0) << line;
  return absl::StrSplit(out, '\n', absl::SkipEmpty());
}

TEST_F(HelpPagesTest, BashCompletesCommandsFlagsValuesAndFiles) {
  EXPECT_THAT(BashOffers(root(), "wiredesk re"),
              testing::ElementsAre("record", "reference", "replay"));
  EXPECT_THAT(BashOffers(root(), "wiredesk dlq r"),
              testing::ElementsAre("redrive"));
  EXPECT_THAT(BashOffers(root(), "wiredesk dlq list --re"),
              testing::ElementsAre("--reason"));
  EXPECT_THAT(BashOffers(root(), "wiredesk routes show --format m"),
              testing::ElementsAre("mermaid"));
  EXPECT_THAT(BashOffers(root(), "wiredesk check wiredesk.y"),
              testing::ElementsAre("wiredesk.yaml"));
  EXPECT_THAT(BashOffers(root(), "wiredesk check -c wiredesk.y"),
              testing::ElementsAre("wiredesk.yaml"));
  EXPECT_THAT(BashOffers(root(), "wiredesk replay --speed "),
              testing::IsEmpty());
}

TEST_F(HelpPagesTest, ZshAndFishKnowEveryCommandAndFlag) {
  const std::string zsh = ZshCompletions(root());
  const std::string fish = FishCompletions(root());
  EXPECT_THAT(zsh, StartsWith("#compdef wiredesk\n"));
  for (const auto& [words, command] : All()) {
    if (words.empty()) continue;
    EXPECT_THAT(zsh, HasSubstr(absl::StrCat(
                         "_wiredesk_", absl::StrReplaceAll(words, {{" ", "_"}}),
                         "() {")));
    EXPECT_THAT(fish, HasSubstr(absl::StrCat(" -a ", command->name, " ")));
    for (const Flag& flag : command->flags) {
      EXPECT_THAT(zsh, HasSubstr(absl::StrCat("--", flag.name)));
      EXPECT_THAT(fish, HasSubstr(absl::StrCat(" -l ", flag.name)));
    }
  }
}

}  // namespace
}  // namespace wiredesk
