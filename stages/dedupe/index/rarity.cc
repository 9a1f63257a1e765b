#include "stages/dedupe/index/rarity.h"

#include <algorithm>

namespace wiredesk {

void Rarity::Turn(uint32_t generation) {
  if (generation == generation_) return;
  const bool next = generation == generation_ + 1;
  generation_ = generation;
  added_ = 0;
  Clear(generation & 1);
  if (!next) Clear(~generation & 1);
}

void Rarity::Clear(size_t half) {
  for (size_t i = 0; i < written_[half].size(); ++i) {
    for (uint64_t lines = written_[half][i]; lines != 0; lines &= lines - 1) {
      const size_t begin = (64 * i + __builtin_ctzll(lines)) * kLine;
      const size_t end = std::min(begin + kLine, mask_ + 1);
      for (size_t at = begin; at < end; ++at) counters_[at].of[half] = 0;
    }
    written_[half][i] = 0;
  }
}

}  // namespace wiredesk
