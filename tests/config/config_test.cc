// Loading as a whole: includes, overlays, the environment, sections, the
// version. Method: files in a folder of the test's own.

#include "config/config.h"

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "config/schema_print.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wiredesk {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct DeskOptions {
  std::string name = "night";
  int64_t editors = 2;
  Secret password;
  std::vector<std::string> topics;
  std::map<std::string, std::string> extra;
};
struct TopOptions {
  int64_t workers = 1;
};

const Schema<DeskOptions>& DeskSchema() {
  static const auto* const schema = new Schema<DeskOptions>(
      Schema<DeskOptions>("desk", "A desk.")
          .Field(&DeskOptions::name, "name", "Its name.")
          .Field(&DeskOptions::editors, "editors", "How many.", {1, 9})
          .Field(&DeskOptions::password, "password", "To get in.")
          .Field(&DeskOptions::topics, "topics", "What it takes.")
          .Field(&DeskOptions::extra, "extra", "Passed on."));
  return *schema;
}

SectionSet Sections() {
  static const auto* const top = new Schema<TopOptions>(
      Schema<TopOptions>("top", "The rest.")
          .Field(&TopOptions::workers, "workers", "Threads.", {1, 64}));
  return SectionSet().AddTop(*top).Add(DeskSchema());
}

class ConfigTest : public ::testing::Test {
 protected:
  ConfigTest()
      : folder_(std::filesystem::path(::testing::TempDir()) /
                absl::StrCat("config_test_", getpid())) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ / "part");
  }
  ~ConfigTest() override { std::filesystem::remove_all(folder_); }

  std::string Write(absl::string_view name, absl::string_view text) {
    const std::string path = (folder_ / std::string(name)).string();
    std::ofstream(path) << text;
    return path;
  }

  Config Load(const std::string& path,
              const std::vector<std::string>& overlays = {}) {
    return LoadConfig(
        path, overlays,
        {.environment =
             [this](const std::string& name) -> std::optional<std::string> {
          const auto found = environment_.find(name);
          if (found == environment_.end()) {
            return std::nullopt;
          }
          return found->second;
        }},
        diagnostics_);
  }

  DeskOptions Desk(const Config& config) {
    return config.DecodeSection(DeskSchema(), diagnostics_);
  }

  // What was said, without the folder's name.
  std::string Said() const {
    std::string text = diagnostics_.Text();
    const std::string prefix = folder_.string() + "/";
    for (size_t at; (at = text.find(prefix)) != std::string::npos;) {
      text.erase(at, prefix.size());
    }
    return text;
  }

  const std::filesystem::path folder_;
  std::map<std::string, std::string> environment_;
  Diagnostics diagnostics_;
};

TEST_F(ConfigTest, IncludesAreRelativeToTheirFile) {
  Write("part/topics.yaml", "[a, b]\n");
  Write("part/desk.yaml", "name: day\ntopics: !include topics.yaml\n");
  const Config config = Load(Write("main.yaml",
                                   "desk: !include "
                                   "part/desk.yaml\n"));
  const DeskOptions desk = Desk(config);
  EXPECT_EQ(Said(), "");
  EXPECT_EQ(desk.name, "day");
  EXPECT_THAT(desk.topics, ElementsAre("a", "b"));
  EXPECT_EQ(config.files().size(), 3u);
}

TEST_F(ConfigTest, AnErrorInAnIncludedFileNamesThatFile) {
  Write("part/desk.yaml", "name: day\neditors: 12\n");
  Desk(Load(Write("main.yaml", "desk: !include part/desk.yaml\n")));
  EXPECT_EQ(Said(),
            "part/desk.yaml:2:10: desk.editors: 12 is too large; must be 1 to "
            "9\n");
}

TEST_F(ConfigTest, AnIncludeThatFailsIsSaidWhereItStands) {
  EXPECT_FALSE(Load(Write("main.yaml", "desk: !include no.yaml\n")).complete());
  EXPECT_EQ(Said(),
            "main.yaml:1:7: cannot open no.yaml: No such file or directory; "
            "includes are relative to the file they are in\n");
}

TEST_F(ConfigTest, CirclesOfIncludesAreRefused) {
  Write("b.yaml", "x: !include main.yaml\n");
  EXPECT_FALSE(Load(Write("main.yaml", "desk: !include b.yaml\n")).complete());
  EXPECT_EQ(Said(),
            "b.yaml:1:4: main.yaml includes itself; break the circle\n");
}

TEST_F(ConfigTest, IncludesNestOnlySoDeep) {
  for (int i = 1; i < 12; ++i) {
    Write(absl::StrCat(i, ".yaml"), absl::StrCat("!include ", i + 1, ".yaml"));
  }
  Load(Write("main.yaml", "desk: !include 1.yaml\n"));
  EXPECT_EQ(Said(),
            "8.yaml:1:1: includes are nested deeper than 8; nest "
            "less\n");
}

TEST_F(ConfigTest, TheNumberOfIncludedFilesIsLimited) {
  Write("a.yaml", "1");
  std::string text = "desk:\n  topics:\n";
  for (int i = 0; i < 300; ++i) text += "    - !include a.yaml\n";
  Load(Write("main.yaml", text));
  EXPECT_THAT(Said(), HasSubstr("more than 256 files are included"));
}

TEST_F(ConfigTest, OverlaysMergeMappingsAndReplaceTheRest) {
  const std::string base = Write("main.yaml",
                                 "workers: 4\ndesk:\n  name: day\n"
                                 "  editors: 3\n  topics: [a, b]\n");
  const std::string over =
      Write("over.yaml", "desk:\n  topics: [c]\n  editors: ~\n");
  const DeskOptions desk = Desk(Load(base, {over}));
  EXPECT_EQ(Said(), "");
  EXPECT_EQ(desk.name, "day");
  EXPECT_EQ(desk.editors, 2);
  EXPECT_THAT(desk.topics, ElementsAre("c"));
}

TEST_F(ConfigTest, TheEnvironmentIsSubstituted) {
  environment_ = {{"NAME", "day"}, {"EMPTY", ""}, {"EVIL", "${NAME}"}};
  const DeskOptions desk = Desk(Load(
      Write("main.yaml",
            "desk:\n  name: \"${NAME}-${EMPTY:-x}-${NONE:-y}-$${NAME}-$5\"\n"
            "  editors: ${NONE:-7}\n  topics: ['${EVIL}']\n")));
  EXPECT_EQ(Said(), "");
  EXPECT_EQ(desk.name, "day-x-y-${NAME}-$5");
  EXPECT_EQ(desk.editors, 7);
  EXPECT_THAT(desk.topics, ElementsAre("${NAME}"));
}

TEST_F(ConfigTest, AMissingVariableIsAnErrorWithItsPlace) {
  Load(Write("main.yaml", "desk:\n  name: x\n  password: ${PASSWORD}\n"));
  EXPECT_EQ(Said(),
            "main.yaml:3:13: desk.password: the environment has no PASSWORD; "
            "set it, or give a default: ${PASSWORD:-...}\n");
}

TEST_F(ConfigTest, UnknownSectionsAreErrors) {
  Sections().Check(Load(Write("main.yaml", "wrokers: 1\ndesk: {}\n")),
                   diagnostics_);
  EXPECT_EQ(Said(),
            "main.yaml:1:1: wrokers: is unknown; did you mean \"workers\"?\n");
}

TEST_F(ConfigTest, EveryErrorOfEverySectionIsFound) {
  Sections().Check(
      Load(Write("main.yaml",
                 "workers: none\ndesk:\n  editors: 0\n  nmae: x\nx: 1\n")),
      diagnostics_);
  EXPECT_EQ(Said(),
            "main.yaml:1:10: workers: \"none\" is not a whole number; write it "
            "in digits, such as 16\n"
            "main.yaml:3:12: desk.editors: 0 is too small; must be 1 to 9\n"
            "main.yaml:4:3: desk.nmae: is unknown; did you mean \"name\"?\n"
            "main.yaml:5:1: x: is unknown; known are: workers, desk\n");
}

TEST_F(ConfigTest, AConfigurationIsAMapping) {
  EXPECT_FALSE(Load(Write("main.yaml", "- a\n")).complete());
  EXPECT_EQ(Said(),
            "main.yaml:1:1: is a list; a configuration is a mapping of "
            "sections\n");
}

TEST_F(ConfigTest, AFileThatIsNotThereIsAnError) {
  EXPECT_FALSE(Load((folder_ / "none.yaml").string()).complete());
  EXPECT_EQ(Said(),
            "none.yaml: cannot open none.yaml: No such file or "
            "directory; name a file that can be read\n");
}

TEST_F(ConfigTest, TheVersionIsThatOfTheMeaning) {
  const auto version = [&](absl::string_view text,
                           std::vector<std::string> names = {}) {
    return Sections().Version(Load(Write("main.yaml", text)), names);
  };
  const std::string first = version("desk: {name: day, topics: [a, b]}\n");
  EXPECT_EQ(first.size(), 16u);
  EXPECT_EQ(first, version("# Other layout, a default written out.\n"
                           "desk:\n  topics:\n  - a\n  - b\n  name: 'day'\n"
                           "  editors: 2\nworkers: 1\n"));
  EXPECT_EQ(first, version("desk: {name: day, topics: [a, b], password: x}"));
  EXPECT_NE(first, version("desk: {name: day, topics: [b, a]}\n"));
  EXPECT_NE(first, version("desk: {name: day, topics: [a, b]}\nworkers: 2\n"));
  EXPECT_EQ(version("desk: {name: x}\n", {"desk"}),
            version("desk: {name: x}\nworkers: 2\n", {"desk"}));
  EXPECT_NE(version("workers: 1\n", {"workers"}),
            version("workers: 2\n", {"workers"}));
}

TEST_F(ConfigTest, ChangesNameTheOptionsThatDiffer) {
  const auto load = [&](const std::string& text) {
    return Load(Write("main.yaml", text));
  };
  const Config before = load("workers: 1\ndesk: {name: x, topics: [a]}\n");
  EXPECT_THAT(Sections().Changes(before, load("desk: {topics: a, name: x}\n")),
              IsEmpty());
  EXPECT_THAT(Sections().Changes(
                  before, load("workers: 2\ndesk: {name: y, topics: [a]}\n")),
              ElementsAre("desk.name", "workers"));
}

TEST_F(ConfigTest, PathsAreRelativeToTheFileThatNamesThem) {
  const Config config = Load(Write("main.yaml", "desk: {name: a/../list.txt}"));
  const ConfigNode* const node = config.FindPath("desk.name");
  ASSERT_NE(node, nullptr);
  EXPECT_EQ(ResolvePath(*node), (folder_ / "list.txt").string());
  EXPECT_EQ(config.FindPath("desk.none"), nullptr);
}

TEST_F(ConfigTest, AVersionWithFilesFollowsWhatStandsInThem) {
  const std::string list = Write("list.txt", "a\n");
  const std::string first = VersionWithFiles("1", {list});
  EXPECT_EQ(first.size(), 16u);
  EXPECT_EQ(first, VersionWithFiles("1", {list}));
  EXPECT_NE(first, VersionWithFiles("2", {list}));
  Write("list.txt", "b\n");
  EXPECT_NE(first, VersionWithFiles("1", {list}));
}

TEST_F(ConfigTest, TheEffectivePrintNamesSourcesAndMasksSecrets) {
  environment_ = {{"PASSWORD", "sesame"}};
  const Config config =
      Load(Write("main.yaml",
                 "desk:\n  name: 'a: b'\n  password: ${PASSWORD}\n  extra:\n"
                 "    sasl.password: sesame\n    x.y: 1\n"));
  const std::string folder = folder_.string();
  const std::string text = EffectiveYaml(Sections(), config);
  EXPECT_EQ(text,
            absl::StrCat("workers: 1  # default\n"
                         "desk:\n"
                         "  name: \"a: b\"  # ",
                         folder,
                         "/main.yaml:2\n"
                         "  editors: 2  # default\n"
                         "  password: \"[secret]\"  # ",
                         folder,
                         "/main.yaml:3, environment\n"
                         "  topics: []  # default\n"
                         "  extra: {sasl.password: \"[secret]\", x.y: 1}  # ",
                         folder, "/main.yaml:5\n"));
  EXPECT_THAT(text, Not(HasSubstr("sesame")));
}

// What is generated is read back by the program itself.
TEST_F(ConfigTest, TheExampleIsAConfigurationOfDefaults) {
  const Config config = Load(Write("main.yaml", ExampleYaml(Sections())));
  Sections().Check(config, diagnostics_);
  EXPECT_EQ(Said(), "");
  EXPECT_EQ(Sections().Version(config), Sections().Version(Config()));
}

TEST_F(ConfigTest, TheReferenceNamesEveryOption) {
  const std::string text = ReferenceMarkdown(Sections());
  EXPECT_THAT(text, HasSubstr("| `workers` | whole number, 1 to 64 | `1` | "
                              "Threads. |\n"));
  EXPECT_THAT(text, HasSubstr("## `desk`"));
}

TEST_F(ConfigTest, TheJsonSchemaIsYamlThatTheReaderReads) {
  Load(Write("schema.json", ConfigJsonSchema(Sections())));
  EXPECT_EQ(Said(), "");
}

}  // namespace
}  // namespace wiredesk
