// The examples that the stages' borders and the libraries below them show,
// compiled and run. The tidy test compares each with the comment of its header.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "config/base/status_macros.h"
#include "config/config.h"
#include "config/diagnostics.h"
#include "gtest/gtest.h"
#include "pipeline/flow/memory_sighting_log.h"
#include "pipeline/record/batch.h"
#include "stages/dedupe/dedupe_stage.h"
#include "stages/dedupe/index/story_index.h"
#include "stages/dedupe/sketch/sketch.h"
#include "stages/parse/parse_stage.h"
#include "stages/route/cel/evaluator.h"
#include "stages/route/cel/program.h"
#include "stages/route/cel/types.h"
#include "stages/route/route_stage.h"
#include "stages/tag/tag_stage.h"
#include "stages/text/words.h"

namespace wiredesk {
namespace {

// Example of stages/parse/parse_stage.h
absl::Status ParseNews(Batch& batch, Diagnostics& diagnostics) {
  batch.Append({"news.raw", 0, 17}, "",
               R"({"title": "The ferry is back in Seoul",
                   "body": "It runs from Monday, the harbour said."})",
               {{"url", "https://example.org/ferry"}}, {});
  ParseOptions options;
  options.zone = "Asia/Seoul";
  ParseStage stage(CompileParseRules(options, diagnostics));
  return stage.Process(batch);  // records() or dead letters
}
// End

// Example of stages/dedupe/dedupe_stage.h
absl::Status Dedupe(Batch& batch) {
  const DedupeOptions options;
  StoryReplica replica(options);    // one for the process
  MemorySightingLog log(&replica);  // with Kafka: KafkaSightingLog
  DedupeStage stage(options, &replica, &log);
  return stage.Process(batch);  // fills EventRecord::dedupe
}
// End

// Example of stages/tag/tag_stage.h
absl::Status Tag(Batch& batch) {
  TagOptions options;  // the gazetteer, topics and model that are shipped
  options.topics_max = 3;
  WD_ASSIGN_OR_RETURN(const std::shared_ptr<const TagData> data,
                      TagData::Open(options));
  TagStage stage(data);  // one for each worker; `data` is shared
  return stage.Process(batch);
}
// End

// Example of stages/route/route_stage.h
absl::Status RouteNews(Batch& batch, Diagnostics& diagnostics) {
  constexpr absl::string_view kYaml =
      "route:\n"
      "  routes:\n"
      "    - name: korea\n"
      "      when: places.exists(p, p.country == 'KR')\n"
      "      to: news.kr\n"
      "  default: {to: news.rest}\n";
  const Config config = ParseConfig(kYaml, "desk.yaml", {}, diagnostics);
  const std::shared_ptr<const RouteTree> tree = MakeRouteTree(
      DecodeRouteOptions(config, diagnostics),
      {{"news.raw"}, "desk.sightings", "news.dead-letters"}, diagnostics);
  if (tree == nullptr) return absl::InvalidArgumentError("see above");
  RouteLedger ledger;  // one for the process
  RouteStage stage(tree, &ledger);
  return stage.Process(batch);  // fills EventRecord::destinations
}
// End

TEST(StageExamplesTest, TheChainByHand) {
  Batch batch({});
  Diagnostics diagnostics;
  ASSERT_TRUE(ParseNews(batch, diagnostics).ok());
  ASSERT_EQ(batch.records().size(), 1U);
  EXPECT_TRUE(Dedupe(batch).ok());
  EXPECT_EQ(batch.records()[0].dedupe.verdict, Verdict::kNew);
  const absl::Status tagged = Tag(batch);
  EXPECT_TRUE(tagged.ok()) << tagged;
  const absl::Status routed = RouteNews(batch, diagnostics);
  EXPECT_TRUE(routed.ok()) << routed;
  ASSERT_EQ(batch.records()[0].destinations.size(), 1U);
  EXPECT_EQ(batch.records()[0].destinations[0].topic, "news.kr");
}

// Example of stages/dedupe/index/story_index.h
Verdict VerdictOfACopy(absl::Span<const Word> words) {
  Sketcher sketcher(/*seed=*/0);
  Sighting sighting;
  sketcher.Sketch({"", /*headline_words=*/{}, words}, sighting);
  StoryIndex index({.memory_max = 16 << 20});
  Decision decision;
  sighting.origin = 1;  // a hash of topic, partition, offset and item
  sighting.id = {0, 1};
  index.Apply(sighting, /*position=*/0, decision);
  sighting.origin = 2;
  sighting.id = {0, 2};
  index.Apply(sighting, /*position=*/1, decision);
  return decision.verdict;
}
// End

TEST(StageExamplesTest, ACopyIsExact) {
  const std::string text =
      "The mayor opened the new bridge over the river on Tuesday in front of "
      "some 300 guests; it took three years to build, one more than planned, "
      "because the water rose twice and carried off the scaffolding.";
  std::vector<Word> words;
  SplitWords(text, words);
  EXPECT_EQ(VerdictOfACopy(words), Verdict::kExact);
}

// Example of stages/route/cel/program.h
struct Ship {
  absl::string_view name;
  double tons = 0;
};

constexpr CelField kShipFields[] = {
    {"name", CelTypeOf(CelKind::kString),
     [](const void* ship) {
       return CelValue::String(static_cast<const Ship*>(ship)->name);
     }},
    {"tons", CelTypeOf(CelKind::kDouble), [](const void* ship) {
       return CelValue::Double(static_cast<const Ship*>(ship)->tons);
     }}};
constexpr CelStruct kShip = {"ship", kShipFields, 2};

bool IsLarge(const Ship& ship) {
  CelEnvironment environment;
  environment.record = &kShip;
  CelProgram program;  // usually compiled once, for all expressions
  CelFault fault;
  const CelNodeId test =
      program.Add(environment, "tons > 1e5 && name.startsWith('Ever')",
                  CelKind::kBool, fault);
  if (test == kCelNone) return false;  // fault.what says why
  CelEvaluator evaluator(program);     // one for each thread
  evaluator.Begin(&ship);
  return evaluator.Holds(test);
}
// End

TEST(StageExamplesTest, AnExpressionAsksAnObject) {
  EXPECT_TRUE(IsLarge({"Ever Given", 219079}));
  EXPECT_FALSE(IsLarge({"Elbe 3", 12}));
}

}  // namespace
}  // namespace wiredesk
