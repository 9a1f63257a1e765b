#include "stages/dedupe/rarity.h"

#include <cstring>

namespace wiredesk {

void Rarity::Turn(uint32_t generation) {
  if (generation == generation_) return;
  const bool next = generation == generation_ + 1;
  generation_ = generation;
  added_ = 0;
  std::memset(counters_[generation & 1].data(), 0, mask_ + 1);
  if (!next) std::memset(counters_[~generation & 1].data(), 0, mask_ + 1);
}

}  // namespace wiredesk
