// A small hash table from the hash of a word to a value, built once and then
// only read. Most words of a text are in no table, so a filter of a few bits
// for each key says no first.

#ifndef WIREDESK_STAGES_TAG_MARKS_WORD_MAP_H_
#define WIREDESK_STAGES_TAG_MARKS_WORD_MAP_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace wiredesk {

// Tells which words may be among some: a bit for each key's hash in a field
// that is 32 to 64 times as wide as the keys are many.
class WordFilter {
 public:
  void Add(uint64_t hash) {
    if (32 * (hashes_.size() + 1) > 64 * bits_.size()) Grow();
    hashes_.push_back(hash);
    Set(hash);
  }

  bool MayHold(uint64_t hash) const {
    const uint64_t bit = hash & mask_;
    return (bits_[bit >> 6] >> (bit & 63) & 1) != 0;
  }

 private:
  void Set(uint64_t hash) {
    const uint64_t bit = hash & mask_;
    bits_[bit >> 6] |= uint64_t{1} << (bit & 63);
  }

  void Grow() {
    bits_.assign(2 * bits_.size(), 0);
    mask_ = 64 * bits_.size() - 1;
    for (const uint64_t hash : hashes_) Set(hash);
  }

  std::vector<uint64_t> hashes_;
  std::vector<uint64_t> bits_ = std::vector<uint64_t>(16);
  uint64_t mask_ = 64 * 16 - 1;
};

// `Value` is copyable and default constructible. Safe to read from many
// threads once it is built.
template <typename Value>
class WordMap {
 public:
  // Adds or finds the value of `hash`.
  Value& operator[](uint64_t hash) {
    if (2 * (size_ + 1) > slots_.size()) Grow();
    Slot& slot = slots_[Find(KeyOf(hash), slots_)];
    if (slot.key == kFree) {
      slot.key = KeyOf(hash);
      ++size_;
      filter_.Add(hash);
    }
    return slot.value;
  }

  // The value of `hash`, or nullptr.
  const Value* Find(uint64_t hash) const {
    if (!filter_.MayHold(hash)) return nullptr;
    const Slot& slot = slots_[Find(KeyOf(hash), slots_)];
    return slot.key == kFree ? nullptr : &slot.value;
  }

  // The same without asking the filter first: for words that are mostly in the
  // table, such as those whose marks do not say no (word_marks.h).
  const Value* FindLikely(uint64_t hash) const {
    const Slot& slot = slots_[Find(KeyOf(hash), slots_)];
    return slot.key == kFree ? nullptr : &slot.value;
  }

  // Calls fn(hash, value) for each key, in no order.
  template <typename Fn>
  void ForEachKey(Fn&& fn) const {
    for (const Slot& slot : slots_) {
      if (slot.key != kFree) fn(slot.key, slot.value);
    }
  }

  size_t size() const { return size_; }

 private:
  static constexpr uint64_t kFree = 0;
  struct Slot {
    uint64_t key = kFree;
    Value value = Value();
  };
  static uint64_t KeyOf(uint64_t hash) { return hash == kFree ? 1 : hash; }

  // Where `key` is, or the free slot where it would be. The filter uses the low
  // bits and the slots the high ones, so that one does not spoil the other.
  static size_t Find(uint64_t key, const std::vector<Slot>& slots) {
    size_t at = (key >> 32) & (slots.size() - 1);
    while (slots[at].key != kFree && slots[at].key != key) {
      at = (at + 1) & (slots.size() - 1);
    }
    return at;
  }

  void Grow() {
    std::vector<Slot> larger(2 * slots_.size());
    for (Slot& slot : slots_) {
      if (slot.key != kFree) larger[Find(slot.key, larger)] = std::move(slot);
    }
    slots_ = std::move(larger);
  }

  std::vector<Slot> slots_ = std::vector<Slot>(64);
  WordFilter filter_;
  size_t size_ = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_MARKS_WORD_MAP_H_
