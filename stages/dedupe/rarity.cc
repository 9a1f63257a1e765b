#include "stages/dedupe/rarity.h"

namespace wiredesk {

void Rarity::Turn(uint32_t generation) {
  if (generation == generation_) return;
  const bool next = generation == generation_ + 1;
  generation_ = generation;
  added_ = 0;
  for (size_t i = 0; i <= mask_; ++i) {
    counters_[i].of[generation & 1] = 0;
    if (!next) counters_[i].of[~generation & 1] = 0;
  }
}

}  // namespace wiredesk
