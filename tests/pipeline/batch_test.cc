// What a batch promises: copies, fates, positions.

#include "pipeline/record/batch.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wiredesk {
namespace {

TEST(BatchTest, PadsEveryPayload) {
  Batch batch({});
  std::string value = "{}";
  const RawRecord& raw = batch.Append({"in", 0, 7}, "", value, {}, {});
  value = "xx";
  EXPECT_EQ(raw.value, "{}");
  for (size_t i = 0; i < kPayloadPadding; ++i) {
    EXPECT_EQ(raw.value.data()[raw.value.size() + i], '\0');
  }
}

TEST(BatchTest, AnItemsFailureLeavesItsFeedLive) {
  Batch batch({});
  batch.Append({"in", 0, 0}, "", "feed", {}, {});
  batch.AddArticle(0, 0);
  batch.AddArticle(0, 1);
  batch.DeadLetter(0, "parse", "bad_item", "no text", 1);
  EXPECT_EQ(batch.records()[0].fate, Fate::kLive);
  EXPECT_EQ(batch.records()[1].fate, Fate::kDeadLetter);
  EXPECT_TRUE(batch.raw_records()[0].dead_letter);
  EXPECT_EQ(batch.raw_records()[0].dead_item, 1);
}

TEST(BatchTest, TheFirstFateSticks) {
  Batch batch({});
  batch.Append({"in", 0, 0}, "", "x", {}, {});
  EventRecord& record = batch.AddArticle(0, 0);
  batch.Drop(record, "route", "rule");
  batch.DeadLetter(0, "sink", "too_large", "");
  EXPECT_EQ(record.fate, Fate::kDropped);
  EXPECT_EQ(record.fate_reason, "rule");
}

TEST(BatchTest, PositionsNeverGoBack) {
  Batch batch({});
  batch.Advance("in", 3, 8);
  batch.Advance("in", 3, 5);
  batch.Advance("in", 4, 1);
  ASSERT_EQ(batch.positions().size(), 2);
  EXPECT_EQ(batch.positions()[0].offset, 8);
}

TEST(BatchTest, AnEmptyBatchTakesAnyOneRecord) {
  Batch batch({.records_max = 10, .bytes_max = 4});
  EXPECT_FALSE(batch.full());
  batch.Append({"in", 0, 0}, "", "much longer", {}, {});
  EXPECT_TRUE(batch.full());
}

}  // namespace
}  // namespace wiredesk
