#include "stages/dedupe/index/fingerprint_table.h"

#include <algorithm>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace wiredesk {
namespace {

// The sweep is round once in this many insertions.
constexpr size_t kSweepInsertions = size_t{1} << 22;

uint8_t TagOf(uint64_t fingerprint) {
  return static_cast<uint8_t>(fingerprint);
}

uint32_t MoreOf(uint64_t fingerprint) { return fingerprint >> 8 & 3; }

// Bit i: byte i of `tags` is `tag`. Byte 15, no entry's, may be read.
#if defined(__SSE2__)
uint32_t EqualTags(const uint8_t* tags, uint8_t tag) {
  const __m128i all = _mm_loadu_si128(reinterpret_cast<const __m128i*>(tags));
  const __m128i equal =
      _mm_cmpeq_epi8(all, _mm_set1_epi8(static_cast<char>(tag)));
  return static_cast<uint32_t>(_mm_movemask_epi8(equal)) & 0x7FFF;
}
#else
uint32_t EqualTags(const uint8_t* tags, uint8_t tag) {
  uint32_t equal = 0;
  for (size_t i = 0; i < FingerprintTable::kEntries; ++i) {
    equal |= static_cast<uint32_t>(tags[i] == tag) << i;
  }
  return equal;
}
#endif

// Sixteen bytes in a register.
struct Block {
  explicit Block(const void* from) { std::memcpy(bytes, from, sizeof(bytes)); }
  void Store(void* to) const { std::memcpy(to, bytes, sizeof(bytes)); }
  char bytes[16];
};

}  // namespace

FingerprintTable::FingerprintTable(size_t bytes)
    : count_(std::clamp<size_t>(bytes / kBucketBytes, 16, kBucketsMax)),
      buckets_(count_),
      sweep_step_((count_ + kSweepInsertions - 1) / kSweepInsertions) {}

uint64_t FingerprintTable::NumberOf(const Bucket& bucket, size_t i,
                                    uint64_t next) {
  const uint64_t low = bucket.low[i] | uint64_t{bucket.high[i]} << 16;
  if (low == 0) return 0;
  const uint64_t distance = (next - low) & kNumberMask;
  return distance == 0 || distance > next ? 0 : next - distance;
}

size_t FingerprintTable::Find(uint64_t fingerprint, uint64_t next,
                              uint64_t (&numbers)[kEntries]) const {
  const Bucket& bucket = buckets_[BucketOf(fingerprint)];
  uint32_t hits = EqualTags(bucket.tag, TagOf(fingerprint));
  size_t count = 0;
  for (; hits != 0; hits &= hits - 1) {
    const int i = __builtin_ctz(hits);
    if ((bucket.more >> (2 * i) & 3) != MoreOf(fingerprint)) continue;
    const uint64_t number = NumberOf(bucket, i, next);
    if (number != 0) numbers[count++] = number;
  }
  return count;
}

// All is read before anything is written, each write before those that it
// reaches into.
void FingerprintTable::ShiftIn(uint64_t fingerprint, uint64_t number,
                               Bucket& bucket) {
  const Block tag(bucket.tag);
  const Block high(bucket.high);
  const Block low(bucket.low);
  const Block more_low(bucket.low + 7);
  const uint32_t more = bucket.more;
  tag.Store(bucket.tag + 1);
  high.Store(bucket.high + 1);
  low.Store(bucket.low + 1);
  more_low.Store(bucket.low + 8);
  bucket.tag[0] = TagOf(fingerprint);
  bucket.high[0] = static_cast<uint8_t>(number >> 16);
  bucket.low[0] = static_cast<uint16_t>(number);
  bucket.more = more << 2 | MoreOf(fingerprint);
}

uint64_t FingerprintTable::Insert(uint64_t fingerprint, uint64_t number) {
  Bucket& bucket = buckets_[BucketOf(fingerprint)];
  constexpr size_t kLast = kEntries - 1;
  // A passage that everybody has pushes out itself: no loss.
  const bool same = bucket.tag[kLast] == TagOf(fingerprint);
  const uint64_t lost = same ? 0 : NumberOf(bucket, kLast, number);
  ShiftIn(fingerprint, number, bucket);
  return lost;
}

void FingerprintTable::Sweep(uint64_t next) {
  for (size_t step = 0; step < sweep_step_; ++step) {
    Bucket& bucket = buckets_[swept_];
    swept_ = swept_ + 1 == count_ ? 0 : swept_ + 1;
    // Newest first: once one is too old, all after it are.
    for (size_t i = kEntries; i-- > 0;) {
      const uint64_t number = NumberOf(bucket, i, next);
      if (number != 0 && next - number <= kAgeMax) break;
      bucket.low[i] = bucket.high[i] = bucket.tag[i] = 0;
    }
  }
}

}  // namespace wiredesk
