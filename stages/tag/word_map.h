// A small hash table from the hash of a word to a value, built once and then
// only read. Most words of a text are in no table, so a filter of one bit for
// each key, eight times as wide as the keys are many, says no first.

#ifndef WIREDESK_STAGES_TAG_WORD_MAP_H_
#define WIREDESK_STAGES_TAG_WORD_MAP_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "stages/text/words.h"

namespace wiredesk {

// `Value` is copyable and default constructible. Safe to read from many
// threads once it is built.
template <typename Value>
class WordMap {
 public:
  // Adds or finds the value of `hash`.
  Value& operator[](uint64_t hash) {
    if (2 * (size_ + 1) > keys_.size()) Grow();
    const size_t slot = Slot(hash);
    if (keys_[slot] != hash || !used_[slot]) {
      keys_[slot] = hash;
      used_[slot] = 1;
      ++size_;
      const uint64_t bit = hash & filter_mask_;
      filter_[bit >> 6] |= uint64_t{1} << (bit & 63);
    }
    return values_[slot];
  }

  // The value of `hash`, or nullptr.
  const Value* Find(uint64_t hash) const {
    if (size_ == 0) return nullptr;
    const uint64_t bit = hash & filter_mask_;
    if ((filter_[bit >> 6] >> (bit & 63) & 1) == 0) return nullptr;
    const size_t slot = Slot(hash);
    return used_[slot] && keys_[slot] == hash ? &values_[slot] : nullptr;
  }

  size_t size() const { return size_; }

 private:
  // Where `hash` is, or the free slot where it would be. The filter uses the
  // low bits and the slots the high ones, so that one does not spoil the other.
  size_t Slot(uint64_t hash) const {
    size_t slot = (hash >> 32) & (keys_.size() - 1);
    while (used_[slot] && keys_[slot] != hash) {
      slot = (slot + 1) & (keys_.size() - 1);
    }
    return slot;
  }

  void Grow() {
    WordMap larger;
    const size_t capacity = keys_.empty() ? 64 : 2 * keys_.size();
    larger.keys_.resize(capacity);
    larger.used_.resize(capacity);
    larger.values_.resize(capacity);
    larger.filter_.resize(capacity * 4 / 64);
    larger.filter_mask_ = capacity * 4 - 1;
    for (size_t i = 0; i < keys_.size(); ++i) {
      if (used_[i]) larger[keys_[i]] = std::move(values_[i]);
    }
    *this = std::move(larger);
  }

  std::vector<uint64_t> keys_;
  std::vector<uint8_t> used_;
  std::vector<Value> values_;
  std::vector<uint64_t> filter_;
  uint64_t filter_mask_ = 0;
  size_t size_ = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_WORD_MAP_H_
