#include "pipeline/record/block_cache.h"

#include <algorithm>

namespace wiredesk {

BlockCache::~BlockCache() {
  for (const Block& block : kept_) {
    std::pmr::new_delete_resource()->deallocate(block.memory, block.bytes,
                                                block.alignment);
  }
}

// A block is given out again only for its own size: an arena asks for the same
// sizes each time, and it alone knows how large a block is that it gives back.
void* BlockCache::do_allocate(size_t bytes, size_t alignment) {
  const auto found =
      std::find_if(kept_.begin(), kept_.end(), [&](const Block& block) {
        return block.bytes == bytes && block.alignment == alignment;
      });
  if (found == kept_.end()) {
    return std::pmr::new_delete_resource()->allocate(bytes, alignment);
  }
  void* const memory = found->memory;
  kept_bytes_ -= bytes;
  *found = kept_.back();
  kept_.pop_back();
  return memory;
}

void BlockCache::do_deallocate(void* memory, size_t bytes, size_t alignment) {
  if (bytes > kept_bytes_max_) {
    std::pmr::new_delete_resource()->deallocate(memory, bytes, alignment);
    return;
  }
  // The oldest go first, so that sizes that are asked for no more do not stay.
  size_t old = 0;
  while (old < kept_.size() && kept_bytes_ + bytes > kept_bytes_max_) {
    const Block& block = kept_[old++];
    std::pmr::new_delete_resource()->deallocate(block.memory, block.bytes,
                                                block.alignment);
    kept_bytes_ -= block.bytes;
  }
  kept_.erase(kept_.begin(), kept_.begin() + static_cast<ptrdiff_t>(old));
  kept_.push_back({memory, bytes, alignment});
  kept_bytes_ += bytes;
}

}  // namespace wiredesk
