#include "pipeline/record/code_point_index.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace wiredesk {
namespace {

constexpr size_t kBlock = 64;
constexpr uint64_t kEachByte = 0x0101010101010101;
constexpr uint64_t kEachHighBit = 0x8080808080808080;

uint64_t Load8(const char* from) {
  uint64_t word;
  std::memcpy(&word, from, sizeof(word));
  return word;
}

// A bit for each of eight bytes that continues a code point: 10xxxxxx.
uint64_t Continuations8(uint64_t word) {
  // The product moves the first bit of each byte into the highest one.
  const uint64_t ones = (word >> 7) & ~(word >> 6) & kEachByte;
  return ones * 0x0102040810204080 >> 56;
}

// The same of a block.
uint64_t ContinuationsOfBlock(const char* from) {
  uint64_t bits = 0;
#if defined(__SSE2__)
  for (size_t i = 0; i < kBlock; i += 16) {
    const __m128i bytes =
        _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + i));
    // As signed numbers they are the least.
    const int mask =
        _mm_movemask_epi8(_mm_cmplt_epi8(bytes, _mm_set1_epi8(-64)));
    bits |= static_cast<uint64_t>(mask) << i;
  }
#else
  for (size_t i = 0; i < kBlock; i += 8) {
    bits |= Continuations8(Load8(from + i)) << i;
  }
#endif
  return bits;
}

// Of the end of a text.
uint64_t ContinuationsOfRest(const char* from, size_t length) {
  uint64_t bits = 0;
  for (size_t i = 0; i < length; i += 8) {
    uint64_t word = 0;
    std::memcpy(&word, from + i, std::min<size_t>(8, length - i));
    bits |= Continuations8(word) << i;
  }
  return bits;
}

// A table lookup or a call without the instruction, which is not of the
// baseline.
uint32_t CountOnes(uint64_t bits) {
  bits -= (bits >> 1) & 0x5555555555555555;
  bits = (bits & 0x3333333333333333) + ((bits >> 2) & 0x3333333333333333);
  bits = (bits + (bits >> 4)) & 0x0f0f0f0f0f0f0f0f;
  return static_cast<uint32_t>(bits * kEachByte >> 56);
}

bool IsAscii(absl::string_view text) {
  const char* from = text.data();
  size_t left = text.size();
  uint64_t bits = 0;
  for (; left >= 32; from += 32, left -= 32) {
    bits |= Load8(from) | Load8(from + 8) | Load8(from + 16) | Load8(from + 24);
  }
  for (; left > 0; ++from, --left) {
    bits |= static_cast<unsigned char>(*from);
  }
  return (bits & kEachHighBit) == 0;
}

}  // namespace

void CodePointIndex::Reset(absl::string_view text) {
  ascii_ = IsAscii(text);
  blocks_.clear();
  if (ascii_) {
    return;
  }
  uint32_t count = 0;
  const size_t whole = text.size() / kBlock;
  blocks_.resize(whole + 1);
  for (size_t i = 0; i < whole; ++i) {
    const uint64_t bits = ContinuationsOfBlock(text.data() + i * kBlock);
    blocks_[i] = {count, bits};
    count += static_cast<uint32_t>(kBlock) - CountOnes(bits);
  }
  blocks_[whole] = {count, ContinuationsOfRest(text.data() + whole * kBlock,
                                               text.size() % kBlock)};
}

uint32_t CodePointIndex::CountBefore(uint32_t offset) const {
  const Block& block = blocks_[offset / kBlock];
  const uint32_t rest = offset % kBlock;
  const uint64_t earlier = (uint64_t{1} << rest) - 1;
  return block.before + rest - CountOnes(block.continuations & earlier);
}

}  // namespace wiredesk
