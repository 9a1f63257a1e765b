// Goal: a stage is its folder and one line of the table: everything that
// concerns each stage finds it there.
// Method: the shipped chain with the example stage of this folder in it.

#include "stages/chain.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "config/schema_print.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/flow/memory_sighting_log.h"
#include "pipeline/record/batch.h"
#include "stages/commands.h"
#include "stages/dedupe/dedupe_stage.h"
#include "stages/parse/parse_stage.h"
#include "stages/route/route_stage.h"
#include "stages/tag/tag_stage.h"
#include "tests/chain/example_stage.h"

namespace wiredesk {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;

namespace fs = std::filesystem;

constexpr const StageKind* kStages[] = {&kParse, &kDedupe,
                                        &kExample,  // the one line
                                        &kTag, &kRoute};

class ChainTest : public ::testing::Test {
 protected:
  Config Read(absl::string_view text) {
    Config config = ParseConfig(text, "test.yaml", {}, diagnostics_);
    program_.sections.Check(config, diagnostics_);
    return config;
  }

  std::unique_ptr<Chain> Make(absl::string_view text) {
    return program_.make_chain(Read(text), diagnostics_);
  }

  // The record of one article that has been through all stages.
  static Fate FateOf(Chain& chain, const std::string& body) {
    MemorySightingLog log(chain.replica());
    const StageSet set = chain.MakeStages(&log);
    Batch batch({});
    batch.Append(
        {"news.raw", 0, 0}, "",
        R"({"headline": "Cranes stand still", "body": ")" + body + R"("})", {},
        std::nullopt);
    for (const auto& stage : set.stages) {
      EXPECT_TRUE(stage->Process(batch).ok());
    }
    EXPECT_EQ(batch.records().size(), 1u);
    return batch.records()[0].fate;
  }

  const Program program_ = MakeProgram(kStages);
  Diagnostics diagnostics_;
};

TEST_F(ChainTest, TheShippedChainIsInFlowOrder) {
  EXPECT_THAT(MakeProgram().stages,
              ElementsAre("parse", "dedupe", "tag", "route"));
}

TEST_F(ChainTest, ItsSectionIsCheckedAndDocumented) {
  EXPECT_THAT(ReferenceMarkdown(program_.sections), HasSubstr("words_min"));
  EXPECT_NE(Make("example: {words_min: 3}"), nullptr) << diagnostics_.Text();
  EXPECT_EQ(Make("example: {words_mni: 3}"), nullptr);
  EXPECT_THAT(diagnostics_.Text(), HasSubstr("did you mean \"words_min\"?"));
}

TEST_F(ChainTest, RecordsPassThroughIt) {
  const auto chain = Make("example: {words_min: 5}");
  ASSERT_NE(chain, nullptr) << diagnostics_.Text();
  EXPECT_EQ(FateOf(*chain, "Too short."), Fate::kDropped);
  EXPECT_EQ(FateOf(*chain, "The port of Rotterdam is silent this morning."),
            Fate::kLive);
}

TEST_F(ChainTest, AReloadTakesItsOptions) {
  const auto chain = Make("example: {words_min: 5}");
  ASSERT_NE(chain, nullptr) << diagnostics_.Text();
  const std::string before = chain->processing().config;
  EXPECT_FALSE(
      chain->Reload(Read("# the same\nexample: {words_min: 5}"), diagnostics_));
  EXPECT_TRUE(chain->Reload(Read("example: {words_min: 1}"), diagnostics_));
  EXPECT_NE(chain->processing().config, before);
  EXPECT_EQ(chain->revision(), 1);
  EXPECT_EQ(FateOf(*chain, "Too short."), Fate::kLive);
  EXPECT_TRUE(diagnostics_.ok()) << diagnostics_.Text();
}

TEST_F(ChainTest, AReloadRefusesWhatIsNotReloadable) {
  const auto chain = Make("{}");
  ASSERT_NE(chain, nullptr) << diagnostics_.Text();
  EXPECT_FALSE(chain->Reload(Read("dedupe: {window: 1h}"), diagnostics_));
  EXPECT_THAT(diagnostics_.Text(),
              HasSubstr("dedupe.window: cannot change while records flow"));
}

TEST_F(ChainTest, TheVersionCountsItsOptionsAndFiles) {
  const std::string file =
      fs::path(testing::TempDir()) / "chain_test_words.txt";
  std::ofstream(file) << "one\n";
  const std::string text = "example: {words_file: " + file + "}";
  const std::string first = program_.config_version(Read(text));
  EXPECT_NE(first, program_.config_version(Read("{}")));
  std::ofstream(file) << "two\n";
  EXPECT_NE(first, program_.config_version(Read(text)));
  const auto chain = Make(text);
  ASSERT_NE(chain, nullptr) << diagnostics_.Text();
  EXPECT_THAT(chain->data_files(), Contains(file));
  EXPECT_EQ(chain->processing().config, program_.config_version(Read(text)));
}

TEST_F(ChainTest, ItsDataHasAVersion) {
  const auto chain = Make("{}");
  ASSERT_NE(chain, nullptr) << diagnostics_.Text();
  EXPECT_THAT(chain->data_versions(),
              Contains(Field(&DataVersion::name, "example_words")));
  EXPECT_THAT(chain->data_versions(),
              Contains(Field(&DataVersion::name, "gazetteer")));
}

TEST_F(ChainTest, TapOffersIt) {
  const auto table = MakeCommandTable(program_);
  const Command* const tap = FindCommand(table->root.commands, "tap");
  ASSERT_NE(tap, nullptr);
  EXPECT_EQ(FindFlag(*tap, "--stage")->choices, program_.stages);
  EXPECT_THAT(program_.stages, Contains("example"));
}

TEST_F(ChainTest, TheNamesOfRoutesAreKnown) {
  const auto chain = Make(
      "route:\n"
      "  routes:\n"
      "    - {name: desk, routes: [{name: ports, when: 'true', to: p}], to: "
      "d}\n"
      "  default: {to: rest}\n");
  ASSERT_NE(chain, nullptr) << diagnostics_.Text();
  EXPECT_THAT(chain->route_names(), ElementsAre("desk", "ports", "default"));
}

}  // namespace
}  // namespace wiredesk
