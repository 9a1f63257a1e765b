// Goal: sums and places are those of a plain map, however the hashes collide.
// Method: random terms of few low bits, against std::map.

#include "stages/dedupe/index/term_sums.h"

#include <map>
#include <random>

#include "gtest/gtest.h"

namespace wiredesk {
namespace {

TEST(TermSumsTest, AddsAndFindsAsAMapDoes) {
  std::mt19937 random(3);
  TermSums sums;
  for (int round = 0; round < 200; ++round) {
    // Of some rounds all share a place, of others hardly any do.
    const uint32_t mask = round % 3 == 0 ? 0xFFFF0000 : 0xFFFFFFFF;
    std::map<uint32_t, uint32_t> expected;
    std::map<uint32_t, size_t> place;
    sums.Clear();
    for (int i = 0; i < 240; ++i) {
      const uint32_t hash = (random() % 300) * 2654435761u & mask;
      const uint32_t weight = random() % 256;
      EXPECT_EQ(sums.Add(hash, weight), expected[hash]);
      expected[hash] += weight;
      place.emplace(hash, place.size() + 1);
    }
    for (int i = 0; i < 40; ++i) {
      const uint32_t hash = (random() % 300) * 2654435761u & mask;
      const auto found = place.find(hash);
      EXPECT_EQ(sums.Find(hash), found == place.end() ? 0 : found->second);
    }
  }
}

TEST(TermSumsTest, HoldsNothingWhenCleared) {
  TermSums sums;
  sums.Add(0, 7);
  sums.Add(8192, 9);
  EXPECT_EQ(sums.Find(0), 1u);
  EXPECT_EQ(sums.Find(8192), 2u);
  sums.Clear();
  EXPECT_EQ(sums.Find(0), 0u);
  EXPECT_EQ(sums.Find(8192), 0u);
}

}  // namespace
}  // namespace wiredesk
