#include "stages/dedupe/fingerprint_table.h"

#include <algorithm>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace wiredesk {
namespace {

constexpr uint16_t kTagMask = 0x3FFF;
constexpr uint64_t kNumberMask =
    (uint64_t{1} << FingerprintTable::kNumberBits) - 1;

// The sweep is round once in this many insertions.
constexpr size_t kSweepInsertions = size_t{1} << 24;

// Bit i: entry i has this tag.
#if defined(__SSE2__)
uint32_t EqualTags(const uint16_t (&tags)[FingerprintTable::kEntries],
                   uint16_t tag) {
  const __m128i mask = _mm_set1_epi16(kTagMask);
  const __m128i wanted = _mm_set1_epi16(static_cast<int16_t>(tag));
  const __m128i first = _mm_and_si128(
      _mm_loadu_si128(reinterpret_cast<const __m128i*>(&tags[0])), mask);
  const __m128i last = _mm_and_si128(
      _mm_loadl_epi64(reinterpret_cast<const __m128i*>(&tags[8])), mask);
  const __m128i equal = _mm_packs_epi16(_mm_cmpeq_epi16(first, wanted),
                                        _mm_cmpeq_epi16(last, wanted));
  // Four lanes of `last` are no entries.
  return static_cast<uint32_t>(_mm_movemask_epi8(equal)) & 0xFFF;
}
#else
uint32_t EqualTags(const uint16_t (&tags)[FingerprintTable::kEntries],
                   uint16_t tag) {
  uint32_t equal = 0;
  for (size_t i = 0; i < FingerprintTable::kEntries; ++i) {
    equal |= static_cast<uint32_t>((tags[i] & kTagMask) == tag) << i;
  }
  return equal;
}
#endif

}  // namespace

FingerprintTable::FingerprintTable(size_t bytes)
    : count_(std::clamp<size_t>(bytes / kBucketBytes, 16, kBucketsMax)),
      buckets_(count_),
      sweep_step_((count_ + kSweepInsertions - 1) / kSweepInsertions) {}

uint64_t FingerprintTable::NumberOf(const Bucket& bucket, size_t i,
                                    uint64_t next) {
  const uint64_t low = bucket.low[i][0] | bucket.low[i][1] << 8 |
                       bucket.low[i][2] << 16 |
                       static_cast<uint64_t>(bucket.tag[i] >> 14) << 24;
  if (low == 0) return 0;
  const uint64_t distance = (next - low) & kNumberMask;
  return distance == 0 || distance > next ? 0 : next - distance;
}

size_t FingerprintTable::Find(uint64_t fingerprint, uint64_t next,
                              uint64_t (&numbers)[kEntries]) const {
  const Bucket& bucket = buckets_[BucketOf(fingerprint)];
  const auto tag = static_cast<uint16_t>(fingerprint & kTagMask);
  uint32_t hits = EqualTags(bucket.tag, tag);
  size_t count = 0;
  for (; hits != 0; hits &= hits - 1) {
    const uint64_t number = NumberOf(bucket, __builtin_ctz(hits), next);
    if (number != 0) numbers[count++] = number;
  }
  return count;
}

uint64_t FingerprintTable::Insert(uint64_t fingerprint, uint64_t number) {
  Bucket& bucket = buckets_[BucketOf(fingerprint)];
  const auto tag = static_cast<uint16_t>(fingerprint & kTagMask);
  // A passage that everybody has pushes out itself: no loss.
  const bool same = (bucket.tag[kEntries - 1] & kTagMask) == tag;
  const uint64_t lost = same ? 0 : NumberOf(bucket, kEntries - 1, number);
  // Copies of constant size, which the compiler makes of a few moves.
  const Bucket before = bucket;
  std::memcpy(&bucket.tag[1], before.tag,
              (kEntries - 1) * sizeof(bucket.tag[0]));
  std::memcpy(&bucket.low[1], before.low,
              (kEntries - 1) * sizeof(bucket.low[0]));
  bucket.tag[0] = static_cast<uint16_t>(tag | (number >> 24 & 3) << 14);
  bucket.low[0][0] = static_cast<uint8_t>(number);
  bucket.low[0][1] = static_cast<uint8_t>(number >> 8);
  bucket.low[0][2] = static_cast<uint8_t>(number >> 16);
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
      bucket.tag[i] = 0;
      std::memset(bucket.low[i], 0, sizeof(bucket.low[i]));
    }
  }
}

}  // namespace wiredesk
