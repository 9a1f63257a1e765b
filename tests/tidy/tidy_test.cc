// The rules of the house, checked over all files of the project: who may
// include whom, sizes, names, leftovers. Each rule is first shown a small wrong
// example, so that none of them passes because it sees nothing.

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/tidy/tidy_rules.h"

namespace wiredesk {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

namespace fs = std::filesystem;

std::vector<TidyFile> ReadTree() {
  const fs::path root = WIREDESK_SOURCE_DIR;
  std::vector<TidyFile> files;
  for (const char* folder :
       {"config", "pipeline", "stages", "tests", "deploy", "docs"}) {
    if (!fs::exists(root / folder)) continue;
    for (const fs::directory_entry& entry :
         fs::recursive_directory_iterator(root / folder)) {
      const std::string ending = entry.path().extension().string();
      if (ending != ".h" && ending != ".cc" && ending != ".py" &&
          ending != ".sh" && ending != ".md" && ending != ".yaml") {
        continue;
      }
      std::ifstream in(entry.path(), std::ios::binary);
      std::stringstream text;
      text << in.rdbuf();
      files.push_back(
          {fs::relative(entry.path(), root).generic_string(), text.str()});
    }
  }
  for (const char* name : {"README.md", "CONTRIBUTING.md", "SECURITY.md"}) {
    std::ifstream in(root / name, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    files.push_back({name, text.str()});
  }
  return files;
}

using Rule = std::vector<std::string> (*)(const TidyFile&);

std::string RunOverTree(Rule rule) {
  std::vector<std::string> found;
  for (const TidyFile& file : ReadTree()) {
    for (std::string& finding : rule(file)) found.push_back(std::move(finding));
  }
  return absl::StrJoin(found, "\n");
}

TEST(TidyTest, TheTreeIsSeen) { EXPECT_GT(ReadTree().size(), 50u); }

TEST(TidyTest, DependenciesPointOneWayAndThirdPartiesAreFenced) {
  EXPECT_EQ(RunOverTree(CheckIncludes), "");
}
TEST(TidyTest, RoomsAreSmallAndStandInOrder) {
  EXPECT_EQ(absl::StrJoin(CheckRooms(ReadTree()), "\n"), "");
}
TEST(TidyTest, FilesAreShort) { EXPECT_EQ(RunOverTree(CheckSize), ""); }
TEST(TidyTest, HeadersHaveTheirGuard) {
  EXPECT_EQ(RunOverTree(CheckGuard), "");
}
TEST(TidyTest, NamesSayWhatAFileIs) { EXPECT_EQ(RunOverTree(CheckName), ""); }
TEST(TidyTest, NothingIsLeftOver) { EXPECT_EQ(RunOverTree(CheckWords), ""); }
TEST(TidyTest, DocumentsAreReadable) { EXPECT_EQ(RunOverTree(CheckProse), ""); }
TEST(TidyTest, ExamplesInHeadersAreCompiled) {
  EXPECT_EQ(absl::StrJoin(CheckExamples(ReadTree()), "\n"), "");
}
TEST(TidyTest, EveryPartHasATest) {
  EXPECT_EQ(absl::StrJoin(CheckTested(ReadTree()), "\n"), "");
}
TEST(TidyTest, EveryStageIsInTheChain) {
  EXPECT_EQ(absl::StrJoin(CheckChain(ReadTree()), "\n"), "");
}

// --- The rules themselves ---------------------------------------------------

TEST(TidyRulesTest, WrongIncludesAreFound) {
  const struct {
    absl::string_view path;
    absl::string_view include;
  } all_wrong[] = {
      {"config/yaml.h", "pipeline/record/batch.h"},
      {"config/base/status_macros.h", "config/yaml.h"},
      {"pipeline/flow/worker.cc", "yaml-cpp/yaml.h"},
      {"pipeline/flow/worker.cc", "stages/chain.h"},
      {"pipeline/flow/worker.cc", "pipeline/kafka/sink.h"},
      {"pipeline/record/batch.cc", "config/schema.h"},
      {"pipeline/worker.cc", "pipeline/record/batch.h"},
      {"pipeline/flow/worker.cc", "librdkafka/rdkafka.h"},
      {"pipeline/flow/worker.cc", "httplib.h"},
      {"pipeline/flow/worker.cc", "spdlog/spdlog.h"},
      {"pipeline/flow/worker.cc", "gtest/gtest.h"},
      {"pipeline/flow/worker.cc", "simdjson.h"},
      {"stages/dedupe/sketch/shingles.cc", "pipeline/flow/stage.h"},
      {"stages/dedupe/sketch/shingles.cc", "config/schema.h"},
      {"stages/dedupe/sketch/shingles.cc", "stages/dedupe/dedupe_stage.h"},
      {"stages/dedupe/dedupe_stage.cc", "stages/tag/dates/dates.h"},
      {"stages/dedupe/sketch/shingles.cc", "stages/parse/url/url.h"},
      {"stages/tag/dates/dates.cc", "re2/re2.h"},
      {"stages/tag/dates/dates.cc", "pipeline/command_line/flag.h"},
      {"stages/tag/dates/dates.cc", "unicode/uchar.h"},
      {"stages/tag/dates/dates.cc", "pugixml.hpp"},
      {"stages/parse/bytes/charset.cc", "cld2/public/compact_lang_det.h"},
  };
  for (const auto& wrong : all_wrong) {
    const TidyFile file = {
        std::string(wrong.path),
        absl::StrCat("\n#include \"", wrong.include, "\"\n")};
    EXPECT_THAT(CheckIncludes(file), SizeIs(1))
        << wrong.path << " " << wrong.include;
  }
}

TEST(TidyRulesTest, RightIncludesAreNotFound) {
  const struct {
    absl::string_view path;
    absl::string_view include;
  } all_right[] = {
      {"config/yaml.cc", "yaml-cpp/parser.h"},
      {"pipeline/main.cc", "stages/chain.h"},
      {"pipeline/kafka/sink.cc", "librdkafka/rdkafka.h"},
      {"pipeline/kafka/sink.cc", "pipeline/flow/io.h"},
      {"stages/tag/explain_command.cc", "pipeline/command_line/flag.h"},
      {"stages/dedupe/sketch/shingles.cc", "config/base/status_macros.h"},
      {"stages/dedupe/sketch/shingles.cc", "pipeline/record/event_record.h"},
      {"stages/dedupe/sketch/shingles.cc", "stages/text/words.h"},
      {"stages/dedupe/dedupe_stage.cc", "pipeline/flow/stage.h"},
      {"stages/tag/gazetteer/json_sources.cc", "simdjson.h"},
      {"stages/chain.cc", "stages/tag/tag_stage.h"},
      {"tests/kafka/a_test.cc", "librdkafka/rdkafka.h"},
  };
  for (const auto& right : all_right) {
    const TidyFile file = {std::string(right.path),
                           absl::StrCat("#include <", right.include, ">\n")};
    EXPECT_THAT(CheckIncludes(file), IsEmpty())
        << right.path << " " << right.include;
  }
}

TEST(TidyRulesTest, FullRoomsAndCirclesAreFound) {
  std::vector<TidyFile> full;
  for (int i = 0; i < 31; ++i)
    full.push_back({absl::StrCat("a/", i, ".h"), ""});
  EXPECT_THAT(CheckRooms(full), SizeIs(1));
  const TidyFile up = {"stages/a/x/1.h", "#include \"stages/a/y/1.h\"\n"};
  const TidyFile down = {"stages/a/y/2.h", "#include \"stages/a/x/2.h\"\n"};
  EXPECT_THAT(CheckRooms({up, down}), SizeIs(2));
  EXPECT_THAT(CheckRooms({up}), IsEmpty());
}

TEST(TidyRulesTest, LongFilesAreFound) {
  const std::string long_text(501, '\n');
  EXPECT_THAT(CheckSize({"config/a.cc", long_text}), SizeIs(1));
  EXPECT_THAT(CheckSize({"config/a.md", long_text}), IsEmpty());
  EXPECT_THAT(CheckSize({"config/a.cc", "// Made by a.py." + long_text}),
              IsEmpty());
  EXPECT_THAT(CheckSize({"config/a.cc", std::string(500, '\n')}), IsEmpty());
}

TEST(TidyRulesTest, WrongGuardsAreFound) {
  EXPECT_THAT(CheckGuard({"config/a_b.h", "#ifndef WIREDESK_A_B_H_\n"}),
              ElementsAre("config/a_b.h:1: the header guard must be "
                          "WIREDESK_CONFIG_A_B_H_"));
}

TEST(TidyRulesTest, EmptyNamesAreFound) {
  EXPECT_THAT(CheckName({"config/string_util.h", ""}), SizeIs(1));
  EXPECT_THAT(CheckName({"config/helper.cc", ""}), SizeIs(1));
  EXPECT_THAT(CheckName({"config/utility_bill.cc", ""}), IsEmpty());
}

TEST(TidyRulesTest, LeftoversAreFound) {
  EXPECT_THAT(CheckWords({"a.cc",
                          "x\n// TO"
                          "DO: later\n"}),
              ElementsAre("a.cc:2: holds TO"
                          "DO"));
}

TEST(TidyRulesTest, DenseDocumentsAreFound) {
  const std::string dense(101, 'x');
  const std::string cell(201, 'x');
  EXPECT_THAT(CheckProse({"docs/a.md", dense}), SizeIs(1));
  EXPECT_THAT(CheckProse({"docs/a.md", "| a | " + cell + " |"}), SizeIs(1));
  EXPECT_THAT(CheckProse({"docs/a.md", "```\n" + dense + "\n```"}), IsEmpty());
  EXPECT_THAT(CheckProse({"docs/a.md", "| " + dense + " | " + dense + " |"}),
              IsEmpty());
  EXPECT_THAT(CheckProse({"a.cc", dense}), IsEmpty());
}

TEST(TidyRulesTest, ExamplesThatRotAreFound) {
  const TidyFile test = {
      "tests/examples/a.cc",
      "// Example of config/a.h\nA a;\n\na.Run();\n// End\n"};
  const std::string head = "// Example, compiled in tests/examples/a.cc:\n//\n";
  const TidyFile right = {"config/a.h",
                          head + "//   A a;\n//\n//   a.Run();\n"};
  const TidyFile rotten = {"config/a.h", head + "//   A a;\n//   a.Go();\n"};
  EXPECT_THAT(CheckExamples({test, right}), IsEmpty());
  EXPECT_THAT(CheckExamples({test, rotten}), SizeIs(1));
  EXPECT_THAT(CheckExamples({test}), SizeIs(1));
  EXPECT_THAT(CheckExamples({right}), SizeIs(1));
}

TEST(TidyRulesTest, UntestedPartsAreFound) {
  const TidyFile header = {"config/a.h", ""};
  const TidyFile source = {"config/a.cc", ""};
  const TidyFile test = {"tests/config/a_test.cc", "#include \"config/a.h\"\n"};
  EXPECT_THAT(CheckTested({header, source}), SizeIs(1));
  EXPECT_THAT(CheckTested({header, source, test}), IsEmpty());
  // A part of what is tested is tested with it.
  const TidyFile part_header = {"config/b.h", ""};
  const TidyFile part = {"config/b.cc", ""};
  EXPECT_THAT(CheckTested({header, source, test, part_header, part}),
              SizeIs(1));
  const TidyFile made_of = {"config/a.cc", "#include \"config/b.h\"\n"};
  EXPECT_THAT(CheckTested({header, made_of, test, part_header, part}),
              IsEmpty());
}

TEST(TidyRulesTest, AStageThatTheChainLacksIsFound) {
  const TidyFile stage = {"stages/tag/tag_stage.h", ""};
  EXPECT_THAT(CheckChain({stage, {"stages/chain.cc", ""}}), SizeIs(1));
  EXPECT_THAT(CheckChain({stage,
                          {"stages/chain.cc",
                           "#include \"stages/tag/tag_stage.h\"\n"}}),
              IsEmpty());
}

}  // namespace
}  // namespace wiredesk
