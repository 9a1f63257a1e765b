#include "pipeline/code_point_index.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace wiredesk {
namespace {

constexpr size_t kBlock = 64;
constexpr uint64_t kOnes = 0x0101010101010101;
constexpr uint64_t kHighs = 0x8080808080808080;

uint64_t Load8(const char* from) {
  uint64_t word;
  std::memcpy(&word, from, sizeof(word));
  return word;
}

// A bit for each of at most 64 bytes that continues a code point: 10xxxxxx.
uint64_t Continuations(const char* from, size_t length) {
  uint64_t bits = 0;
  for (size_t i = 0; i < length; i += 8) {
    uint64_t word = 0;
    std::memcpy(&word, from + i, std::min<size_t>(8, length - i));
    // The product moves the first bit of each byte into the highest one.
    const uint64_t ones = (word >> 7) & ~(word >> 6) & kOnes;
    bits |= (ones * 0x0102040810204080 >> 56) << i;
  }
  return bits;
}

// A table lookup or a call without the instruction, which is not of the
// baseline.
uint32_t CountOnes(uint64_t bits) {
  bits -= (bits >> 1) & 0x5555555555555555;
  bits = (bits & 0x3333333333333333) + ((bits >> 2) & 0x3333333333333333);
  bits = (bits + (bits >> 4)) & 0x0f0f0f0f0f0f0f0f;
  return static_cast<uint32_t>(bits * kOnes >> 56);
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
  return (bits & kHighs) == 0;
}

}  // namespace

void CodePointIndex::Reset(absl::string_view text) {
  size_ = text.size();
  ascii_ = IsAscii(text);
  blocks_.clear();
  if (ascii_) {
    return;
  }
  uint32_t count = 0;
  for (size_t begin = 0; begin < text.size(); begin += kBlock) {
    const size_t length = std::min(kBlock, text.size() - begin);
    const uint64_t bits = Continuations(text.data() + begin, length);
    blocks_.push_back({count, bits});
    count += static_cast<uint32_t>(length) - CountOnes(bits);
  }
  blocks_.push_back({count, 0});
}

uint32_t CodePointIndex::CountBefore(uint32_t offset) const {
  if (offset == size_) {
    return blocks_.back().before;
  }
  const Block& block = blocks_[offset / kBlock];
  const uint32_t rest = offset % kBlock;
  const uint64_t earlier = (uint64_t{1} << rest) - 1;
  return block.before + rest - CountOnes(block.continuations & earlier);
}

}  // namespace wiredesk
