// Goal: what is typed sets the variables of the flags, or is refused with a
// message that says what, and what was meant.
// Method: a made-up command, and a table of what is typed.

#include "pipeline/command_line/parse_arguments.h"

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wiredesk {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Values {
  std::string config;
  std::vector<std::string> inputs;
  std::string format = "text";
  std::string from;
  std::string seed;
  std::vector<std::string> diff;
  int workers = 4;
  double rate = 1;
  bool quiet = false;
  bool json = false;
};

Command MadeUp(Values& to) {
  Command command;
  command.name = "sort";
  command.flags = {
      Flag("config", &to.config, "FILE", "Configuration").Letter('c'),
      Flag("input", &to.inputs, "FILE", "Files").Letter('i').Plain(),
      Flag("format", &to.format, "FORMAT", "Format").Choices({"text", "svg"}),
      Flag("from", &to.from, "TIME", "Begin").Needs("input"),
      Flag("seed", &to.seed, "FILE", "Seed").ValueOptional("log"),
      Flag("diff", &to.diff, "A B", "Two").Values(2).Excludes({"config"}),
      Flag("workers", &to.workers, "N", "Workers").Letter('w').Between(1, 256),
      Flag("rate", &to.rate, "N", "Rate").AtLeast(0),
      Flag("quiet", &to.quiet, "", "Quiet").Letter('q'),
      Flag("json", &to.json, "", "JSON").Letter('j')};
  return command;
}

// "" or the message.
std::string Parse(const std::vector<std::string>& typed, Values& values) {
  const Command command = MadeUp(values);
  const auto parsed = ParseArguments(command, "sort", typed);
  return parsed.ok() ? "" : std::string(parsed.status().message());
}

std::string ParseWords(const std::string& typed, Values& values) {
  return Parse(absl::StrSplit(typed, ' ', absl::SkipEmpty()), values);
}

TEST(ParseArgumentsTest, EveryWayToWriteAValue) {
  for (const char* typed : {"--config a.yaml", "--config=a.yaml", "-c a.yaml",
                            "-ca.yaml", "-qc a.yaml", "-qca.yaml"}) {
    Values values;
    EXPECT_EQ(ParseWords(typed, values), "") << typed;
    EXPECT_EQ(values.config, "a.yaml") << typed;
  }
}

TEST(ParseArgumentsTest, PlainArgumentsMeanTheFlagThatTakesThem) {
  Values values;
  EXPECT_EQ(ParseWords("one -q --input two - -- --three", values), "");
  EXPECT_THAT(values.inputs, ElementsAre("two", "one", "-", "--three"));
  EXPECT_TRUE(values.quiet);
}

TEST(ParseArgumentsTest, SinglePlainFlagsTakeOneEachInTheirOrder) {
  std::string place;
  std::vector<std::string> files;
  Command command;
  command.flags = {Flag("place", &place, "P:O", "Place").Plain().Required(),
                   Flag("input", &files, "FILE", "Files").Plain()};
  const std::vector<std::string> typed = {"0:1", "a", "b"};
  ASSERT_TRUE(ParseArguments(command, "show", typed).ok());
  EXPECT_EQ(place, "0:1");
  EXPECT_THAT(files, ElementsAre("a", "b"));
  files.clear();
  const std::vector<std::string> named = {"a", "--place", "0:2"};
  ASSERT_TRUE(ParseArguments(command, "show", named).ok());
  EXPECT_EQ(place, "0:2");
  EXPECT_THAT(files, ElementsAre("a"));
}

TEST(ParseArgumentsTest, AValueMayBeginWithADash) {
  Values values;
  EXPECT_EQ(ParseWords("a --from -1h", values), "");
  EXPECT_EQ(values.from, "-1h");
}

TEST(ParseArgumentsTest, AnOptionalValueMayBeLeftOut) {
  for (const auto& [typed, seed] :
       std::vector<std::pair<std::string, std::string>>{{"--seed", "log"},
                                                        {"--seed -q", "log"},
                                                        {"--seed=f", "f"},
                                                        {"--seed f", "f"}}) {
    Values values;
    EXPECT_EQ(ParseWords(typed, values), "");
    EXPECT_EQ(values.seed, seed) << typed;
  }
}

TEST(ParseArgumentsTest, HelpIsFoundBehindOtherFlags) {
  Values values;
  const Command command = MadeUp(values);
  const std::vector<std::string> typed = {"-q", "--help", "--nonsense"};
  const auto parsed = ParseArguments(command, "sort", typed);
  ASSERT_TRUE(parsed.ok());
  EXPECT_TRUE(parsed->help);
}

TEST(ParseArgumentsTest, TwoValuesAtOnce) {
  Values values;
  EXPECT_EQ(ParseWords("--diff a.yaml b.yaml c", values), "");
  EXPECT_THAT(values.diff, ElementsAre("a.yaml", "b.yaml"));
  EXPECT_THAT(values.inputs, ElementsAre("c"));
}

TEST(ParseArgumentsTest, WhatIsWrongIsSaidWithItsRemedy) {
  const struct {
    const char* typed;
    const char* message;
  } kCases[] = {
      {"--inptu a",
       "--inptu is not a flag of `wiredesk sort`; did you mean --input?"},
      {"--xyzzy",
       "--xyzzy is not a flag of `wiredesk sort`; see `wiredesk sort --help`"},
      {"-x", "-x is not a flag of `wiredesk sort`; see `wiredesk sort --help`"},
      {"--config", "--config needs a value: -c, --config FILE"},
      {"--config -q", "--config needs a value: -c, --config FILE"},
      {"--diff a", "--diff needs a value: --diff A B"},
      {"--config a --config b", "--config is given twice; it takes one value"},
      {"-c a -cb", "--config is given twice; it takes one value"},
      {"--quiet=yes", "--quiet is a switch and takes no value"},
      {"--workers 999",
       "--workers: \"999\" is not valid; expected a whole number from 1 to "
       "256"},
      {"--workers 99999999999999999999",
       "--workers: \"99999999999999999999\" is not valid; expected a whole "
       "number from 1 to 256"},
      {"--workers 1.5",
       "--workers: \"1.5\" is not valid; expected a whole number from 1 to "
       "256"},
      {"--rate -1",
       "--rate: \"-1\" is not valid; expected a number, 0 or "
       "more"},
      {"--rate nan",
       "--rate: \"nan\" is not valid; expected a number, 0 or "
       "more"},
      {"--format svgg",
       "--format: \"svgg\" is not valid; did you mean \"svg\"?"},
      {"--format dot",
       "--format: \"dot\" is not valid; expected one of text, svg"},
      {"--from today", "--from needs --input"},
      {"--diff a b -c w", "--diff does not go with --config"},
  };
  for (const auto& wanted : kCases) {
    Values values;
    EXPECT_EQ(ParseWords(wanted.typed, values), wanted.message);
  }
}

TEST(ParseArgumentsTest, WhatIsRequiredIsMissedByNameOrPlace) {
  std::string file;
  std::string id;
  Command command;
  command.flags = {
      Flag("config", &file, "FILE", "Configuration").Plain().Required(),
      Flag("id", &id, "ID", "The article").Required()};
  EXPECT_EQ(ParseArguments(command, "x", {}).status().message(),
            "FILE is missing: Configuration");
  const std::vector<std::string> typed = {"a"};
  EXPECT_EQ(ParseArguments(command, "x", typed).status().message(),
            "--id is missing: The article");
  const std::vector<std::string> more = {"a", "b"};
  EXPECT_EQ(ParseArguments(command, "x", more).status().message(),
            "\"b\" is not expected here; see `wiredesk x --help`");
}

TEST(FlagTest, TheDefaultIsWhatTheVariableHolds) {
  Values values;
  const Command command = MadeUp(values);
  EXPECT_EQ(FindFlag(command, "--workers")->default_text, "4");
  EXPECT_EQ(FindFlag(command, "--format")->default_text, "text");
  EXPECT_THAT(FindFlag(command, "-c")->default_text, IsEmpty());
  int64_t unlimited = std::numeric_limits<int64_t>::max();
  EXPECT_THAT(Flag("limit", &unlimited, "N", "").default_text, IsEmpty());
}

}  // namespace
}  // namespace wiredesk
