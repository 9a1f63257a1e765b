// A map from 64-bit keys to small numbers that is filled and emptied for every
// article: open addressing in memory that stays, sized by the article.

#ifndef WIREDESK_STAGES_TAG_MARKS_KEY_INDEX_H_
#define WIREDESK_STAGES_TAG_MARKS_KEY_INDEX_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace wiredesk {

// Working memory of one thread.
class KeyIndex {
 public:
  static constexpr uint32_t kNone = 0xFFFFFFFF;

  // Forgets all; afterwards at most `keys_max` different keys may be added. Of
  // the memory that the longest article left only so much is used as this one
  // needs: what is spread over all of it is in no cache.
  void Reset(size_t keys_max) {
    const size_t size = std::bit_ceil(2 * keys_max + 2);
    if (size > slots_.size() || ++round_ == 0) {
      slots_.assign(std::max(size, slots_.size()), Slot());
      round_ = 1;
    }
    mask_ = size - 1;
    shift_ = 64 - std::countr_zero(size);
  }
  // The value of `key`, which is set to `value` where there was none; and
  // whether it was.
  std::pair<uint32_t, bool> Add(uint64_t key, uint32_t value) {
    Slot& slot = slots_[SlotOf(key)];
    if (slot.round == round_) return {slot.value, false};
    slot = {key, value, round_};
    return {value, true};
  }
  // Sets the value of `key`, whatever it was.
  void Set(uint64_t key, uint32_t value) {
    slots_[SlotOf(key)] = {key, value, round_};
  }
  // The value of `key`, or kNone.
  uint32_t Find(uint64_t key) const {
    const Slot& slot = slots_[SlotOf(key)];
    return slot.round == round_ ? slot.value : kNone;
  }

 private:
  // Free unless of the present round, so that forgetting costs nothing.
  struct Slot {
    uint64_t key = 0;
    uint32_t value = 0;
    uint32_t round = 0;
  };
  // Where `key` is, or the free slot where it would be.
  size_t SlotOf(uint64_t key) const {
    size_t at = (key * 0x9e3779b97f4a7c15u) >> shift_;
    while (slots_[at].round == round_ && slots_[at].key != key) {
      at = (at + 1) & mask_;
    }
    return at;
  }

  uint32_t round_ = 1;
  int shift_ = 63;
  size_t mask_ = 1;
  std::vector<Slot> slots_ = {Slot(), Slot()};
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_MARKS_KEY_INDEX_H_
