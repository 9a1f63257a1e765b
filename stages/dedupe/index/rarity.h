// How common is this shingle, or this word, in the news of late?
//
// Counters under a hash, in two generations: what is asked is the sum, and when
// the generation number moves on, the older counters are forgotten. Numbers are
// given from outside (they travel in the log), so that a replica which starts
// late turns its generations at the same entries. Counters stop at 255. Two
// things that share a counter make each other look commoner than they are; the
// size keeps that rare. A turn clears only the cache lines that were written.
// Tested by story_index_test.cc.

#ifndef WIREDESK_STAGES_DEDUPE_INDEX_RARITY_H_
#define WIREDESK_STAGES_DEDUPE_INDEX_RARITY_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "stages/dedupe/index/zeroed_array.h"

namespace wiredesk {

class Rarity {
 public:
  // `bits`: 2^bits counters a generation.
  explicit Rarity(int bits)
      : mask_((size_t{1} << bits) - 1), counters_(mask_ + 1) {
    for (std::vector<uint64_t>& written : written_) {
      written.resize(mask_ / kLine / 64 + 1);
    }
  }

  void Prefetch(uint32_t hash) const {
    __builtin_prefetch(&counters_[hash & mask_]);
  }

  uint32_t Count(uint32_t hash) const {
    const Counter& counter = counters_[hash & mask_];
    return counter.of[0] + counter.of[1];
  }

  void Add(uint32_t hash) {
    const size_t place = hash & mask_;
    const size_t half = generation_ & 1;
    uint8_t& count = counters_[place].of[half];
    if (count < 255) ++count;
    written_[half][place / kLine / 64] |= uint64_t{1} << (place / kLine % 64);
    ++added_;
  }

  // Forgets what is older than the generation before `generation`.
  void Turn(uint32_t generation);

  uint32_t generation() const { return generation_; }

  // Whether the present generation holds as much as it can tell apart.
  bool full() const { return added_ > mask_ / 4; }

 private:
  // Of both generations.
  struct Counter {
    uint8_t of[2];
  };

  static constexpr size_t kLine = 64 / sizeof(Counter);

  void Clear(size_t half);

  const size_t mask_;
  ZeroedArray<Counter> counters_;
  std::vector<uint64_t> written_[2];  // one bit for each line of counters
  uint32_t generation_ = 0;
  size_t added_ = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_INDEX_RARITY_H_
