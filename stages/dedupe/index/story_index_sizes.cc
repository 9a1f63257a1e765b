// How the memory of a story index is shared out among its tables.

#include <algorithm>

#include "stages/dedupe/index/story_index.h"

namespace wiredesk {

struct StoryIndex::Sizes {
  size_t articles;
  size_t clusters;
  size_t shorts;
  size_t reuses;
  size_t key_bytes;
  TextMatcher::Sizes texts;
  size_t story_bytes;
};

// Shares of the memory. For articles of 500 words, of which two in three begin
// a cluster: for each its entry and five places for its four keys. Texts are
// as many as nine in twenty of all articles, each with 62 shingles and, of what
// is left, room for 30 fingerprints and a few more, since buckets fill
// unevenly.
StoryIndex::Sizes StoryIndex::SizesFor(size_t memory_max) {
  constexpr size_t kRarityBitsMax = 24;
  Sizes sizes;
  size_t bits = 15;
  while ((size_t{64} << bits) <= memory_max && bits < kRarityBitsMax) ++bits;
  sizes.texts.rarity_bits = static_cast<int>(bits) - 1;
  sizes.story_bytes = memory_max / 8;
  const size_t memory = memory_max - memory_max / 8;
  sizes.articles = std::max<size_t>(memory / kBytesAnArticle, 64);
  sizes.clusters = std::max<size_t>(sizes.articles * 2 / 3, 64);
  sizes.shorts = std::max<size_t>(sizes.articles / 12, 64);
  sizes.reuses = std::max<size_t>(sizes.articles / 18, 64);
  sizes.key_bytes = sizes.articles * 40;
  sizes.texts.texts = std::max<size_t>(sizes.articles * 9 / 20, 64);
  sizes.texts.sample_shingles = sizes.texts.texts * 62;
  const size_t used =
      sizes.articles * sizeof(Article) + sizes.clusters * sizeof(Cluster) +
      sizes.shorts * sizeof(ShortSeen) + sizes.reuses * sizeof(ReuseSeen) +
      sizes.key_bytes + sizes.texts.texts * TextMatcher::kBytesAText +
      sizes.texts.sample_shingles * sizeof(uint16_t) + (size_t{1} << bits);
  sizes.texts.fingerprint_bytes = memory > used ? memory - used : 0;
  return sizes;
}

StoryIndex::StoryIndex(const IndexLimits& limits)
    : StoryIndex(limits, SizesFor(limits.memory_max)) {}

StoryIndex::StoryIndex(const IndexLimits& limits, const Sizes& sizes)
    : limits_(limits),
      articles_(sizes.articles),
      clusters_(sizes.clusters),
      shorts_(sizes.shorts),
      reuses_(sizes.reuses),
      keys_(sizes.key_bytes),
      matcher_(sizes.texts),
      stories_(sizes.story_bytes) {}

}  // namespace wiredesk
