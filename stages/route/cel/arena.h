#ifndef WIREDESK_STAGES_ROUTE_CEL_ARENA_H_
#define WIREDESK_STAGES_ROUTE_CEL_ARENA_H_

#include <cstddef>
#include <cstring>
#include <memory>
#include <vector>

#include "absl/strings/string_view.h"

namespace wiredesk {

// How much memory one record's evaluation may take.
inline constexpr size_t kCelArenaMax = 4 << 20;

// The memory of lists and texts that an expression builds. Kept from record to
// record, so that after a while nothing is allocated. Not thread-safe.
class CelArena {
 public:
  // Forgets everything; the memory stays.
  void Reset() {
    block_ = 0;
    used_ = 0;
    total_ = 0;
  }

  // Aligned for any value; nullptr beyond kCelArenaMax.
  void* Allocate(size_t size) {
    size = (size + 7) & ~size_t{7};
    if (size > kCelArenaMax - total_) {
      return nullptr;
    }
    total_ += size;
    while (block_ < blocks_.size() && blocks_[block_].size - used_ < size) {
      ++block_;
      used_ = 0;
    }
    if (block_ == blocks_.size()) {
      const size_t block_size = size < kBlockSize ? kBlockSize : size;
      blocks_.push_back({std::make_unique<char[]>(block_size), block_size});
      used_ = 0;
    }
    void* memory = blocks_[block_].memory.get() + used_;
    used_ += size;
    return memory;
  }

  // Empty, and no copy, beyond kCelArenaMax.
  absl::string_view Copy(absl::string_view text) {
    char* memory = static_cast<char*>(Allocate(text.size()));
    if (memory == nullptr || text.empty()) {
      return {};
    }
    std::memcpy(memory, text.data(), text.size());
    return {memory, text.size()};
  }

 private:
  static constexpr size_t kBlockSize = 16 << 10;
  struct Block {
    std::unique_ptr<char[]> memory;
    size_t size;
  };

  std::vector<Block> blocks_;
  size_t block_ = 0;  // the one in use
  size_t used_ = 0;   // of it
  size_t total_ = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_CEL_ARENA_H_
