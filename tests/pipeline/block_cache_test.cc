// What one arena gives back the next one gets, and no more is kept than may be.

#include "pipeline/record/block_cache.h"

#include <memory_resource>
#include <vector>

#include "gtest/gtest.h"

namespace wiredesk {
namespace {

TEST(BlockCacheTest, TheNextArenaGetsTheSameMemory) {
  BlockCache cache;
  std::pmr::monotonic_buffer_resource arena(1024, &cache);
  std::vector<void*> first;
  for (int round = 0; round < 3; ++round) {
    std::vector<void*> given;
    for (int i = 0; i < 100; ++i) given.push_back(arena.allocate(500, 1));
    if (round == 0) {
      first = given;
    } else {
      EXPECT_EQ(given, first);
    }
    EXPECT_EQ(cache.kept_bytes(), 0u);
    arena.release();
    EXPECT_GE(cache.kept_bytes(), 50000u);
  }
}

TEST(BlockCacheTest, KeepsNoMoreThanItMay) {
  BlockCache cache(1000);
  std::vector<void*> blocks;
  for (int i = 0; i < 10; ++i) blocks.push_back(cache.allocate(300));
  for (void* block : blocks) {
    cache.deallocate(block, 300);
    EXPECT_LE(cache.kept_bytes(), 1000u);
  }
  EXPECT_EQ(cache.kept_bytes(), 900u);
  // The newest stay, so the last one that came back is among them.
  bool found = false;
  for (int i = 0; i < 3; ++i) found |= cache.allocate(300) == blocks.back();
  EXPECT_TRUE(found);
  EXPECT_EQ(cache.kept_bytes(), 0u);
  for (int i = 0; i < 3; ++i) cache.deallocate(blocks[7 + i], 300);
}

TEST(BlockCacheTest, LargeBlocksAreNotKept) {
  BlockCache cache(1000);
  cache.deallocate(cache.allocate(2000), 2000);
  EXPECT_EQ(cache.kept_bytes(), 0u);
}

}  // namespace
}  // namespace wiredesk
