// Which article had this key (an id, a URL, a text) last?
//
// Buckets of one cache line with the eight newest keys that fell into it,
// newest first, like FingerprintTable; a key that comes again takes its new
// place. 32 bits of the key are compared besides those that choose the bucket.
// Tested by story_index_test.cc.

#ifndef WIREDESK_STAGES_DEDUPE_INDEX_KEY_TABLE_H_
#define WIREDESK_STAGES_DEDUPE_INDEX_KEY_TABLE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "stages/dedupe/index/zeroed_array.h"

namespace wiredesk {

class KeyTable {
 public:
  static constexpr size_t kEntries = 8;
  static constexpr size_t kBucketBytes = 64;

  explicit KeyTable(size_t bytes)
      : count_(bytes / kBucketBytes < 16 ? 16 : bytes / kBucketBytes),
        buckets_(count_) {}

  void Prefetch(uint64_t key) const {
    __builtin_prefetch(&buckets_[BucketOf(key)]);
  }

  // Has the kernel give the memory now; see ZeroedArray.
  void Populate(const std::atomic<bool>& stop) const {
    buckets_.Populate(stop);
  }

  // The low 32 bits of the number; 0 where the key is not there.
  uint32_t Find(uint64_t key) const;

  // `number` must not be 0.
  void Insert(uint64_t key, uint32_t number);

 private:
  struct Entry {
    uint32_t tag;
    uint32_t number;
  };
  struct Bucket {
    Entry entries[kEntries];
  };
  static_assert(sizeof(Bucket) == kBucketBytes);

  size_t BucketOf(uint64_t key) const { return (key >> 32) * count_ >> 32; }

  size_t count_;
  ZeroedArray<Bucket> buckets_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_INDEX_KEY_TABLE_H_
