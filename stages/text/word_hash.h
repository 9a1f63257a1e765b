// The hash of a word: sixteen bytes at a time, two multiplications a step,
// after wyhash (Wang Yi, 2019). Part of the formats of sighting log and
// compiled gazetteers, so it never changes; for words.cc.
//
// The case of ASCII is folded by setting bit 5, which turns "A" into "a" and
// leaves digits as they are.

#ifndef WIREDESK_STAGES_TEXT_WORD_HASH_H_
#define WIREDESK_STAGES_TEXT_WORD_HASH_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "absl/strings/string_view.h"

namespace wiredesk {

inline constexpr uint64_t kHashSeedA = 0xa0761d6478bd642f;
inline constexpr uint64_t kHashSeedB = 0xe7037ed1a0b428db;
inline constexpr uint64_t kHashSeedC = 0x8ebc6af09c88c6e3;

inline uint64_t MixedProduct(uint64_t a, uint64_t b) {
  const auto product = static_cast<unsigned __int128>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

inline uint64_t Load64(const char* p) {
  uint64_t value;
  std::memcpy(&value, p, sizeof(value));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  value = __builtin_bswap64(value);
#endif
  return value;
}

// Of the bytes of a short word as two numbers, folded.
inline uint64_t HashShortWord(uint64_t a, uint64_t b, uint64_t length) {
  return MixedProduct(a ^ kHashSeedA, b ^ kHashSeedB ^ length);
}

// Of bytes that are folded already.
inline uint64_t HashFoldedWord(const char* p, size_t length) {
  char tail[16] = {};
  uint64_t state = 0;
  size_t rest = length;
  for (; rest > 16; rest -= 16, p += 16) {
    state = MixedProduct(Load64(p) ^ state ^ kHashSeedC,
                         Load64(p + 8) ^ kHashSeedB);
  }
  std::memcpy(tail, p, rest);
  return HashShortWord(Load64(tail) ^ state, Load64(tail + 8), length);
}

// Keeps some of 16 bytes: {first half, second half}.
struct ByteMask {
  uint64_t low;
  uint64_t high;
};
// The mask at `n` keeps the first `n` bytes.
constexpr std::array<ByteMask, 17> MakeByteMasks() {
  std::array<ByteMask, 17> masks = {};
  for (int n = 0; n <= 16; ++n) {
    for (int i = 0; i < n; ++i) {
      uint64_t& half = i < 8 ? masks[n].low : masks[n].high;
      half |= uint64_t{0xFF} << (i % 8 * 8);
    }
  }
  return masks;
}
inline constexpr std::array<ByteMask, 17> kByteMasks = MakeByteMasks();

// The bytes of a short word as two numbers, with zeros behind its end.
struct Bytes16 {
  uint64_t low;
  uint64_t high;

  bool HasHigh() const { return ((low | high) & 0x8080808080808080) != 0; }
};

// With case folded. `length` <= 16, and 16 bytes may be read from `p`.
inline Bytes16 FoldAscii16(const char* p, size_t length) {
  constexpr uint64_t kFold = 0x2020202020202020;
  const ByteMask mask = kByteMasks[length];
  return {(Load64(p) | kFold) & mask.low, (Load64(p + 8) | kFold) & mask.high};
}

// Of ASCII in any case.
inline uint64_t HashAsciiWord(absl::string_view word) {
  if (word.size() <= 16) {
    char bytes[16] = {};
    std::memcpy(bytes, word.data(), word.size());
    const Bytes16 folded = FoldAscii16(bytes, word.size());
    return HashShortWord(folded.low, folded.high, word.size());
  }
  std::string folded(word);
  for (char& c : folded) c |= 0x20;
  return HashFoldedWord(folded.data(), folded.size());
}

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TEXT_WORD_HASH_H_
