// Goal: a record that hangs is named while it hangs, and one that costs too much
// is ended. Method: a place where a stage works, looked at from outside; meters
// with hardly any time.

#include "pipeline/flow/record_watch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/time/clock.h"
#include "pipeline/record/batch.h"

namespace wiredesk {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(RecordWatchTest, NamesTheRecordThatAStageHangsOn) {
  Batch batch({});
  batch.Append({"news.raw", 3, 42}, "", "x", {}, {});
  batch.AddArticle(0, 7);
  Metrics metrics;
  RecordWatch watch(
      {.interval = absl::Hours(1), .slow_after = absl::ZeroDuration()},
      &metrics);
  watch.Add(&batch.work_place());
  batch.set_stage("tag");
  batch.ForEachLive([&](EventRecord& /*record*/) {
    const auto work = batch.work_place().Current(absl::ZeroDuration());
    ASSERT_TRUE(work.has_value());
    EXPECT_EQ(work->stage, "tag");
    EXPECT_EQ(work->topic, "news.raw");
    EXPECT_EQ(work->partition, 3);
    EXPECT_EQ(work->offset, 42);
    EXPECT_EQ(work->item, 7);
    watch.Look();
    watch.Look();  // named once in a while, not at each look
  });
  EXPECT_THAT(metrics.PrometheusText(),
              HasSubstr("wiredesk_slow_records_total{stage=\"tag\",topic="
                        "\"news.raw\"} 1\n"));
  EXPECT_FALSE(batch.work_place().Current(absl::ZeroDuration()).has_value());
  watch.Remove(&batch.work_place());
}

TEST(RecordWatchTest, AQuickRecordIsNotNamed) {
  Batch batch({});
  batch.Append({"news.raw", 0, 1}, "", "x", {}, {});
  Metrics metrics;
  RecordWatch watch({.interval = absl::Hours(1)}, &metrics);
  watch.Add(&batch.work_place());
  batch.BeginWork(0, -1);
  watch.Look();
  EXPECT_THAT(metrics.PrometheusText(), Not(HasSubstr("slow_records_total{")));
  batch.Reset();
  watch.Remove(&batch.work_place());
}

TEST(CostMeterTest, CountsTimeOfTheProcessorAlone) {
  CostMeter meter(absl::Milliseconds(40));
  meter.Begin();
  EXPECT_FALSE(meter.Exceeded());
  // Somebody else has the processor, or the process is frozen.
  absl::SleepFor(absl::Milliseconds(60));
  EXPECT_FALSE(meter.Exceeded());
  const absl::Time end = absl::Now() + absl::Seconds(10);
  bool exceeded = false;
  while (!exceeded && absl::Now() < end) exceeded = meter.Exceeded();
  EXPECT_TRUE(exceeded);
  meter.Begin();
  EXPECT_FALSE(meter.Exceeded());
}

}  // namespace
}  // namespace wiredesk
