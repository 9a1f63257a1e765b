// Goal: a look-up finds the newest texts that have a fingerprint, and what the
// table holds is a function of the last insertions alone.
// Method: single cases, and random insertions against lists that forget
// nothing.

#include "stages/dedupe/index/fingerprint_table.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace wiredesk {
namespace {

constexpr uint64_t kPrint = 0x12345'6789A;

constexpr size_t kEntries = FingerprintTable::kEntries;

std::vector<uint64_t> OwnersOf(const FingerprintTable& table, uint64_t print,
                               uint64_t next) {
  uint64_t numbers[kEntries];
  const size_t count = table.Find(print, next, numbers);
  return {numbers, numbers + count};
}

std::vector<uint64_t> Owners(const FingerprintTable& table, uint64_t next) {
  return OwnersOf(table, kPrint, next);
}

TEST(FingerprintTableTest, FindsTheNewestOfEachNewestFirst) {
  FingerprintTable table(size_t{1} << 20);
  std::mt19937_64 random(7);
  std::vector<uint64_t> prints(300);
  // Of a bucket each.
  for (size_t i = 0; i < prints.size(); ++i) {
    prints[i] = i << 26 | (random() & 0x3FFFFFF);
  }
  std::map<uint64_t, std::vector<uint64_t>> all;
  // Over the point where the low bits of numbers begin again.
  uint64_t number = (uint64_t{1} << FingerprintTable::kNumberBits) - 1000;
  for (int i = 0; i < 3000; ++i, ++number) {
    if (FingerprintTable::IsReserved(number)) continue;
    // Few are of many texts.
    const uint64_t print = prints[random() % 300 * (random() % 300) / 300];
    const auto old = OwnersOf(table, print, number);
    const uint64_t lost = table.Insert(print, number);
    // Its own entry may be the one that goes.
    if (old.size() < kEntries) {
      EXPECT_EQ(lost, 0u);
    }
    all[print].push_back(number);
  }
  for (const auto& [print, inserted] : all) {
    std::vector<uint64_t> expected(inserted.rbegin(), inserted.rend());
    if (expected.size() > kEntries) expected.resize(kEntries);
    EXPECT_EQ(OwnersOf(table, print, number), expected);
  }
}

TEST(FingerprintTableTest, TellsWhichTextLostItsEntry) {
  FingerprintTable table(0);
  // One bucket, another tag each.
  for (uint64_t number = 1; number <= kEntries; ++number) {
    EXPECT_EQ(table.Insert(number, number), 0u);
  }
  EXPECT_EQ(table.Insert(100, 100), 1u);
  EXPECT_EQ(table.Insert(101, 101), 2u);
  EXPECT_TRUE(OwnersOf(table, 1, 102).empty());
  EXPECT_EQ(OwnersOf(table, 3, 102), std::vector<uint64_t>{3});
}

TEST(FingerprintTableTest, ComparesTenBitsBesidesTheBucket) {
  FingerprintTable table(0);
  table.Insert(0x0FF, 1);
  table.Insert(0x1FF, 2);
  table.Insert(0x2FF, 3);
  EXPECT_EQ(OwnersOf(table, 0x0FF, 9), std::vector<uint64_t>{1});
  EXPECT_EQ(OwnersOf(table, 0x1FF, 9), std::vector<uint64_t>{2});
  EXPECT_EQ(OwnersOf(table, 0x2FF, 9), std::vector<uint64_t>{3});
  EXPECT_TRUE(OwnersOf(table, 0x3FF, 9).empty());
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
