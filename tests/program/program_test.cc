// Goal: the program as a user meets it: help, exit codes, a first replay.
// Method: runs the built program and reads what it says.

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wiredesk {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

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

TEST(ProgramTest, TheVersionsOfProgramAndDataAreTold) {
  for (const char* flag : {"--version", "-V"}) {
    const Outcome outcome = Wiredesk(flag);
    EXPECT_EQ(outcome.code, 0);
    EXPECT_THAT(outcome.said,
                MatchesRegex("wiredesk [0-9.]+, commit [0-9a-z]+\ngazetteer "
                             "[0-9a-f]+\n(.*\n)*"));
  }
}

TEST(ProgramTest, WhatIsMistypedIsMeant) {
  const struct {
    const char* arguments;
    const char* said;
  } kCases[] = {
      {"replya", "did you mean `wiredesk replay`?"},
      {"dlq lst", "did you mean `wiredesk dlq list`?"},
      {"help dlq lst", "did you mean `wiredesk dlq list`?"},
      {"replay --inptu x", "did you mean --input?"},
      {"replay x --workers 0", "expected a whole number from 1 to 256"},
      {"replay -t x --from monday -o -", "--from: \"monday\" is not a time"},
      {"tap --stage deduep", "did you mean \"dedupe\"?"},
  };
  for (const auto& wanted : kCases) {
    const Outcome outcome = Wiredesk(wanted.arguments);
    EXPECT_EQ(outcome.code, 2) << wanted.arguments;
    EXPECT_THAT(outcome.said, HasSubstr(wanted.said)) << wanted.arguments;
  }
}

TEST(ProgramTest, HelpHasTwoSpellings) {
  EXPECT_EQ(Wiredesk("help dlq list").said, Wiredesk("dlq list --help").said);
  EXPECT_EQ(Wiredesk("help").said, Wiredesk("-h").said);
}

TEST(ProgramTest, APlainArgumentIsTheFile) {
  const std::string config = WIREDESK_SOURCE_DIR "/config/wiredesk.yaml";
  EXPECT_EQ(Wiredesk("check " + config).code, 0);
  EXPECT_EQ(Wiredesk("check -c " + config).said,
            Wiredesk("check " + config).said);
  const Outcome explained = Wiredesk("explain " WIREDESK_SOURCE_DIR
                                     "/config/sample/feed.ndjson -a 1");
  EXPECT_EQ(explained.code, 0) << explained.said;
}

// One idea, one function: what an operator reads is what records carry.
TEST(ProgramTest, TheVersionHashIsThatOfTheRecords) {
  const std::string folder = testing::TempDir() + "/version_hash";
  std::filesystem::create_directories(folder);
  std::ofstream(folder + "/rules.txt") << "strike: strike\n";
  std::ofstream(folder + "/list.txt") << "example.org\n";
  const struct {
    const char* name;
    const char* text;
  } kConfigs[] = {
      {"empty.yaml", "{}\n"},
      {"same.yaml", "# a comment\nkafka: {brokers: ['other:9092']}\n"},
      {"window.yaml", "dedupe: {window: 48h}\n"},
      {"files.yaml", "tag: {warning_lists: [list.txt]}\n"},
  };
  std::set<std::string> hashes;
  for (const auto& config : kConfigs) {
    const std::string path = folder + "/" + config.name;
    std::ofstream(path) << config.text;
    const Outcome shown = Wiredesk("config show --version-hash " + path);
    EXPECT_EQ(shown.code, 0) << shown.said;
    const std::string hash = shown.said.substr(0, shown.said.find('\n'));
    EXPECT_EQ(hash.size(), 16u) << hash;
    const Outcome replayed =
        Wiredesk("replay -q " WIREDESK_SOURCE_DIR
                 "/config/sample/feed.ndjson -n 1 -o - -c " +
                 path);
    EXPECT_THAT(replayed.said,
                HasSubstr(absl::StrCat("\"config\":\"", hash, "\"")))
        << config.name;
    hashes.insert(hash);
  }
  // The brokers are nothing that a record could show.
  EXPECT_EQ(hashes.size(), 3u);
  // What stands in a file counts, not only its name.
  const std::string files =
      "config show --version-hash " + folder + "/files.yaml";
  const std::string before = Wiredesk(files).said;
  std::ofstream(folder + "/list.txt") << "example.net\n";
  EXPECT_NE(Wiredesk(files).said, before);
}

}  // namespace
}  // namespace wiredesk
