// What a term of a story is worth: how often the article has it times how
// rarely others do. In integers, so that every machine gets the same.

#ifndef WIREDESK_STAGES_DEDUPE_SKETCH_TERM_WEIGHT_H_
#define WIREDESK_STAGES_DEDUPE_SKETCH_TERM_WEIGHT_H_

#include <algorithm>
#include <cstdint>

#include "stages/dedupe/sketch/frequent_words.h"

namespace wiredesk {

// The background counts as much as this many articles of the stream.
inline constexpr uint64_t kBackgroundArticles = 1024;

// 16 * log2(value), by the leading bits.
inline uint32_t Log16(uint64_t value) {
  if (value == 0) return 0;
  const int high = 63 - __builtin_clzll(value);
  const uint64_t rest = high >= 4 ? value >> (high - 4) : value << (4 - high);
  return static_cast<uint32_t>(16 * high + static_cast<int>(rest & 15));
}

// 16 (1 + log2 count).
inline uint32_t TermWorth(uint64_t count) { return 16 + Log16(count); }

// Articles of the background that have a word of this class, in sixteenths.
inline uint64_t BackgroundCount(uint8_t word_class) {
  // 16 * kBackgroundArticles * 2^(-q / 4) for the first four.
  constexpr uint64_t kQuarters[4] = {16384, 13777, 11585, 9742};
  if (word_class == kUnknownWord) return 1;
  const int quarters = word_class - 1;
  return kQuarters[quarters % 4] >> std::min(quarters / 4, 63);
}
static_assert(kBackgroundArticles == 1024);

// 16 * log2 of how rare a word is: of `articles`, `had` had it.
inline uint32_t Scarcity(uint8_t word_class, uint64_t had, uint64_t articles) {
  const uint32_t all = Log16(16 * (articles + kBackgroundArticles));
  return all - std::min(all, Log16(16 * had + BackgroundCount(word_class)));
}

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_SKETCH_TERM_WEIGHT_H_
