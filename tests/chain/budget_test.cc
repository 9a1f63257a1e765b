// Every stage of the shipped chain keeps limits.record_cpu_max, whatever it does
// with a record: one that has cost more becomes a dead letter that names the
// stage, and the next record goes on.

#include <memory>
#include <string>

#include "gtest/gtest.h"
#include "pipeline/flow/memory_sighting_log.h"
#include "pipeline/service/program.h"
#include "stages/chain.h"

namespace wiredesk {
namespace {

TEST(BudgetTest, EveryStageEndsARecordThatIsTooCostly) {
  Config config;
  Diagnostics diagnostics;
  const Program program = MakeProgram();
  const std::unique_ptr<Chain> chain =
      LoadChain(program, "", {}, config, diagnostics);
  ASSERT_NE(chain, nullptr) << diagnostics.Text();
  MemorySightingLog log(chain->replica());
  StageSet set = chain->MakeStages(&log);
  for (const auto& stage : set.stages) {
    // With no budget at all, what comes first is too much.
    Batch batch({.record_cpu_max = absl::ZeroDuration()});
    batch.set_stage(stage->name());
    batch.Append({"raw", 0, 1}, "", R"([{"title":"One"},{"title":"Two"}])", {},
                 std::nullopt);
    if (stage->name() != "parse") {
      batch.AddArticle(0, 0).article.headline = "Rates rise in Vienna";
    }
    ASSERT_TRUE(stage->Process(batch).ok()) << stage->name();
    const RawRecord& raw = batch.raw_records()[0];
    EXPECT_TRUE(raw.dead_letter) << stage->name();
    EXPECT_EQ(raw.reason, "too_costly") << stage->name();
    EXPECT_EQ(raw.stage, stage->name());
  }
}

}  // namespace
}  // namespace wiredesk
