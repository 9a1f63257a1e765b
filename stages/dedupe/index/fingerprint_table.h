// The inverted index of fingerprints: which texts have this one?
//
// A flat table of buckets of one cache line, each with the fifteen newest
// entries that fell into it, newest first. An insertion shifts the oldest out:
// fixed memory, no deletion, one cache miss a look-up, and a natural cap on
// passages that everybody has. What a bucket holds is a function of the last
// insertions alone, so a replica that starts late holds the same.
//
// An entry is 34 bits: 10 of the fingerprint (the bucket tells up to 26 more)
// and 24 of the text's number. A slow sweep clears entries so old that their
// number could be taken for a new one's. Tested by fingerprint_table_test.cc.

#ifndef WIREDESK_STAGES_DEDUPE_INDEX_FINGERPRINT_TABLE_H_
#define WIREDESK_STAGES_DEDUPE_INDEX_FINGERPRINT_TABLE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "stages/dedupe/index/zeroed_array.h"

namespace wiredesk {

class FingerprintTable {
 public:
  static constexpr size_t kEntries = 15;
  static constexpr int kNumberBits = 24;
  static constexpr size_t kBucketBytes = 64;
  static constexpr size_t kBucketsMax = size_t{1} << 26;

  // Entries of texts further back than this are forgotten by the sweep.
  static constexpr uint64_t kAgeMax = uint64_t{1} << (kNumberBits - 1);

  explicit FingerprintTable(size_t bytes);

  void Prefetch(uint64_t fingerprint) const {
    __builtin_prefetch(&buckets_[BucketOf(fingerprint)]);
  }

  // Has the kernel give the memory now; see ZeroedArray.
  void Populate(const std::atomic<bool>& stop) const {
    buckets_.Populate(stop);
  }

  // Writes the numbers of the texts with this fingerprint, newest first, to
  // `numbers` and returns how many there are. `next` is the number that the
  // next text will get.
  size_t Find(uint64_t fingerprint, uint64_t next,
              uint64_t (&numbers)[kEntries]) const;

  // Returns the number of the text whose entry was shifted out; 0 for none.
  uint64_t Insert(uint64_t fingerprint, uint64_t number);

  // To be called once for each text that is inserted. `next` as in Find(): by
  // the number itself, the entries of that text would seem to be of none.
  void Sweep(uint64_t next);

  // Numbers whose low bits are 0 mark free entries and are given to no text.
  static bool IsReserved(uint64_t number) {
    return (number & kNumberMask) == 0;
  }

 private:
  static constexpr uint64_t kNumberMask = (uint64_t{1} << kNumberBits) - 1;

  // Of each entry eight bits of its tag, the high and the low bits of its
  // number; then two bits more of each tag.
  struct Bucket {
    uint8_t tag[kEntries];
    uint8_t high[kEntries];
    uint16_t low[kEntries];
    uint32_t more;
  };
  static_assert(sizeof(Bucket) == kBucketBytes);

  size_t BucketOf(uint64_t fingerprint) const {
    return (fingerprint >> 14 & 0x3FFFFFF) * count_ >> 26;
  }
  static uint64_t NumberOf(const Bucket& bucket, size_t i, uint64_t next);
  static void ShiftIn(uint64_t fingerprint, uint64_t number, Bucket& bucket);

  size_t count_;
  ZeroedArray<Bucket> buckets_;
  size_t swept_ = 0;
  size_t sweep_step_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_INDEX_FINGERPRINT_TABLE_H_
