// Goal: of the two generations that are remembered nothing is lost, and of
// older ones nothing is left.
// Method: random additions and turns, against a map of all that was added.

#include "stages/dedupe/index/rarity.h"

#include <algorithm>
#include <map>
#include <random>
#include <utility>

#include "gtest/gtest.h"

namespace wiredesk {
namespace {

TEST(RarityTest, CountsThisGenerationAndTheOneBefore) {
  constexpr int kBits = 10;
  std::mt19937 random(5);
  Rarity rarity(kBits);
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> added;
  uint32_t generation = 0;
  for (int turn = 0; turn < 100; ++turn) {
    for (int i = 0; i < 200; ++i) {
      const uint32_t hash = random() % 4096;
      rarity.Add(hash);
      uint32_t& count = added[{generation, hash % 1024}];
      count = std::min(count + 1, 255u);
    }
    for (uint32_t place = 0; place < 1024; ++place) {
      uint32_t expected = added[{generation, place}];
      if (generation > 0) expected += added[{generation - 1, place}];
      ASSERT_EQ(rarity.Count(place), expected) << generation;
    }
    generation += 1 + random() % 2;
    rarity.Turn(generation);
  }
}

}  // namespace
}  // namespace wiredesk
