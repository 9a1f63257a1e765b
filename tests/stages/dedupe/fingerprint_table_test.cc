// Goal: a look-up finds the newest texts that have a fingerprint, and what the
// table holds is a function of the last insertions alone.

#include "stages/dedupe/fingerprint_table.h"

#include <vector>

#include "gtest/gtest.h"

namespace wiredesk {
namespace {

constexpr uint64_t kPrint = 0x12345'6789A;

std::vector<uint64_t> Owners(const FingerprintTable& table, uint64_t next) {
  uint64_t numbers[FingerprintTable::kEntries];
  const size_t count = table.Find(kPrint, next, numbers);
  return {numbers, numbers + count};
}

TEST(FingerprintTableTest, FindsTheNewestFirst) {
  FingerprintTable table(1 << 16);
  for (uint64_t text = 1; text <= 20; ++text) table.Insert(kPrint, text);
  const std::vector<uint64_t> owners = Owners(table, 21);
  ASSERT_EQ(owners.size(), FingerprintTable::kEntries);
  for (size_t i = 0; i < owners.size(); ++i) EXPECT_EQ(owners[i], 20 - i);
}

// Wherever the sweep is, it must not decide what a bucket holds: a replica that
// began elsewhere in the log has its sweep elsewhere.
TEST(FingerprintTableTest, ASweepLeavesTheNewestTextAlone) {
  FingerprintTable table(16 * FingerprintTable::kBucketBytes);
  table.Insert(kPrint, 7);
  for (int bucket = 0; bucket < 16; ++bucket) table.Sweep(8);
  EXPECT_EQ(Owners(table, 8), (std::vector<uint64_t>{7}));
}

TEST(FingerprintTableTest, ASweepForgetsWhatIsOlderThanNumbersTell) {
  constexpr uint64_t kMuchLater = FingerprintTable::kAgeMax + 100;
  FingerprintTable table(16 * FingerprintTable::kBucketBytes);
  table.Insert(kPrint, 7);
  table.Insert(kPrint, 200);
  for (int bucket = 0; bucket < 16; ++bucket) table.Sweep(kMuchLater);
  EXPECT_EQ(Owners(table, kMuchLater), (std::vector<uint64_t>{200}));
}

}  // namespace
}  // namespace wiredesk
