#include "pipeline/code_point_index.h"

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

// A one in each byte that continues a code point: 10xxxxxx.
uint64_t Continuations(uint64_t word) {
  return (word >> 7) & ~(word >> 6) & kOnes;
}

// How many code points begin in `length` bytes, at most a block: all bytes but
// those that continue one. Eight bytes at a time; each sums at most eight.
uint32_t CountCodePoints(const char* from, size_t length) {
  uint64_t sums = 0;
  size_t left = length;
  for (; left >= 8; from += 8, left -= 8) sums += Continuations(Load8(from));
  if (left > 0) {
    uint64_t word = 0;
    std::memcpy(&word, from, left);
    sums += Continuations(word);
  }
  return static_cast<uint32_t>(length - (sums * kOnes >> 56));
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
  text_ = text;
  ascii_ = IsAscii(text);
  before_.clear();
  if (ascii_) {
    return;
  }
  uint32_t count = 0;
  for (size_t begin = 0; begin < text.size(); begin += kBlock) {
    before_.push_back(count);
    const size_t left = text.size() - begin;
    count +=
        CountCodePoints(text.data() + begin, left < kBlock ? left : kBlock);
  }
  before_.push_back(count);
}

uint32_t CodePointIndex::At(uint32_t offset) const {
  if (ascii_) {
    return offset;
  }
  if (offset == text_.size()) {
    return before_.back();
  }
  const size_t block = offset / kBlock;
  return before_[block] +
         CountCodePoints(text_.data() + block * kBlock, offset % kBlock);
}

}  // namespace wiredesk
