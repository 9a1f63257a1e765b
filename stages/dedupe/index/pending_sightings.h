// Sightings that wait for their decisions, oldest first. A ring whose slots
// keep their memory: to restore millions of sightings takes as much as those
// need that wait at one time.

#ifndef WIREDESK_STAGES_DEDUPE_INDEX_PENDING_SIGHTINGS_H_
#define WIREDESK_STAGES_DEDUPE_INDEX_PENDING_SIGHTINGS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "stages/dedupe/sketch/sighting.h"

namespace wiredesk {

struct PendingSighting {
  int64_t position = 0;
  bool given = false;  // whether `decision` has come
  Sighting sighting;
  Decision decision;
};

// Not thread-safe.
class PendingSightings {
 public:
  bool empty() const { return size_ == 0; }
  size_t size() const { return size_; }

  // The i-th oldest.
  PendingSighting& operator[](size_t i) {
    return slots_[(begin_ + i) & (slots_.size() - 1)];
  }
  const PendingSighting& operator[](size_t i) const {
    return slots_[(begin_ + i) & (slots_.size() - 1)];
  }
  const PendingSighting& front() const { return (*this)[0]; }

  // At the end, to be filled; positions must ascend. What the slot held before
  // is still there.
  PendingSighting& Push(int64_t position) {
    if (size_ == slots_.size()) Grow();
    PendingSighting& slot = (*this)[size_++];
    slot.position = position;
    slot.given = false;
    return slot;
  }

  void PopFront() {
    begin_ = (begin_ + 1) & (slots_.size() - 1);
    --size_;
  }

  // nullptr: it is not there.
  PendingSighting* Find(int64_t position) {
    size_t low = 0;
    for (size_t high = size_; low < high;) {
      const size_t middle = low + (high - low) / 2;
      if ((*this)[middle].position < position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < size_ && (*this)[low].position == position ? &(*this)[low]
                                                            : nullptr;
  }

  // Gives the memory back. REQUIRES: empty()
  void Release() {
    slots_ = {};
    begin_ = 0;
  }

 private:
  void Grow() {
    std::rotate(slots_.begin(), slots_.begin() + static_cast<ptrdiff_t>(begin_),
                slots_.end());
    begin_ = 0;
    slots_.resize(std::max<size_t>(16, 2 * slots_.size()));
  }

  std::vector<PendingSighting> slots_;  // a power of two of them, or none
  size_t begin_ = 0;
  size_t size_ = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_INDEX_PENDING_SIGHTINGS_H_
