// Weights summed under hashes: the vector of a story, or of an article that
// hundreds of terms are looked up in.
//
// Most of those terms are not in it, and whether one is cannot be predicted, so
// Find() has no branches: a byte under the low bits of the hash names the only
// term that may be meant. Where two terms share a byte, chains are walked.
// Tested by term_sums_test.cc.

#ifndef WIREDESK_STAGES_DEDUPE_INDEX_TERM_SUMS_H_
#define WIREDESK_STAGES_DEDUPE_INDEX_TERM_SUMS_H_

#include <array>
#include <cstddef>
#include <cstdint>

namespace wiredesk {

class TermSums {
 public:
  static constexpr size_t kTermsMax = 255;

  void Clear() {
    for (size_t i = 1; i <= size_; ++i) first_[hash_[i] % kPlaces] = 0;
    size_ = 0;
    chained_ = false;
  }

  // Adds, and returns the sum before. At most kTermsMax different hashes.
  uint32_t Add(uint32_t hash, uint32_t weight) {
    uint8_t& first = first_[hash % kPlaces];
    size_t i = first;
    while (i != 0 && hash_[i] != hash) i = next_[i];
    if (i == 0) {
      i = ++size_;
      chained_ |= first != 0;
      hash_[i] = hash;
      weight_[i] = 0;
      next_[i] = first;
      first = static_cast<uint8_t>(i);
    }
    weight_[i] += weight;
    return weight_[i] - weight;
  }

  // Which of the terms that were added, from 1 in their order, 0 for none.
  size_t Find(uint32_t hash) const {
    size_t i = first_[hash % kPlaces];
    if (chained_) {
      while (i != 0 && hash_[i] != hash) i = next_[i];
    }
    return hash_[i] == hash ? i : 0;
  }

 private:
  static constexpr size_t kPlaces = 8192;

  std::array<uint8_t, kPlaces> first_ = {};
  // Term 0 stands for none.
  std::array<uint32_t, kTermsMax + 1> hash_ = {};
  std::array<uint32_t, kTermsMax + 1> weight_ = {};
  std::array<uint8_t, kTermsMax + 1> next_ = {};
  size_t size_ = 0;
  bool chained_ = false;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_INDEX_TERM_SUMS_H_
