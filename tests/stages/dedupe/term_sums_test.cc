// Goal: sums and products are those of a plain map, however the hashes collide.
// Method: random terms of few low bits, against std::map.

#include "stages/dedupe/index/term_sums.h"

#include <map>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace wiredesk {
namespace {

TEST(TermSumsTest, AddsAndMultipliesAsAMapDoes) {
  std::mt19937 random(3);
  TermSums sums;
  for (int round = 0; round < 200; ++round) {
    // Of some rounds all share a place, of others hardly any do.
    const uint32_t mask = round % 3 == 0 ? 0xFFFF0000 : 0xFFFFFFFF;
    std::map<uint32_t, uint32_t> expected;
    sums.Clear();
    for (int i = 0; i < 240; ++i) {
      const uint32_t hash = (random() % 300) * 2654435761u & mask;
      const uint32_t weight = random() % 256;
      EXPECT_EQ(sums.Add(hash, weight), expected[hash]);
      expected[hash] += weight;
    }
    std::vector<uint32_t> hashes;
    std::vector<uint8_t> weights;
    uint64_t dot = 0;
    for (int i = 0; i < 40; ++i) {
      const uint32_t hash = (random() % 300) * 2654435761u & mask;
      hashes.push_back(hash);
      weights.push_back(static_cast<uint8_t>(random()));
      const auto found = expected.find(hash);
      if (found != expected.end()) dot += found->second * weights.back();
    }
    EXPECT_EQ(sums.Dot(hashes.data(), weights.data(), 40), dot);
  }
}

TEST(TermSumsTest, HoldsNothingWhenCleared) {
  TermSums sums;
  sums.Add(0, 7);
  sums.Add(8192, 9);
  const uint32_t hashes[] = {0, 8192};
  const uint8_t weights[] = {1, 1};
  EXPECT_EQ(sums.Dot(hashes, weights, 2), 16u);
  sums.Clear();
  EXPECT_EQ(sums.Dot(hashes, weights, 2), 0u);
}

}  // namespace
}  // namespace wiredesk
