#include "stages/dedupe/shingles.h"

#include <algorithm>

namespace wiredesk {
namespace {

constexpr uint64_t kFactors[3] = {0xa0761d6478bd642f, 0xe7037ed1a0b428db,
                                  0x8ebc6af09c88c6e3};
constexpr uint64_t kFinal = 0xd6e8feb86659fd93;

uint64_t Combine(uint64_t a, uint64_t b, uint64_t c, uint64_t seed) {
  return MixHash((a * kFactors[0] + b * kFactors[1] + c * kFactors[2]) ^ seed,
                 kFinal);
}

bool IsCodePoint(const Word& word) {
  return (word.flags & kWordCodePoint) != 0;
}

// Where a script has no spaces, a unit is three code points in a row, so that
// a shingle spans five.
uint64_t UnitAt(absl::Span<const Word> words, size_t i) {
  uint64_t hash = words[i].hash;
  if (!IsCodePoint(words[i])) return hash;
  for (size_t j = i + 1; j < i + 3 && j < words.size(); ++j) {
    if (!IsCodePoint(words[j])) break;
    hash = MixHash(hash ^ kFactors[1], words[j].hash ^ kFactors[2]);
  }
  return hash;
}

}  // namespace

void MakeShingles(absl::Span<const Word> words, uint64_t seed,
                  std::vector<uint64_t>& shingles) {
  words = words.first(std::min(words.size(), kShingledWordsMax));
  shingles.clear();
  if (words.size() < kShingleWords) return;
  const size_t count = words.size() - kShingleWords + 1;
  shingles.resize(count);
  uint16_t flags = 0;
  for (const Word& word : words) flags |= word.flags;
  if ((flags & kWordCodePoint) == 0) {
    for (size_t i = 0; i < count; ++i) {
      shingles[i] =
          Combine(words[i].hash, words[i + 1].hash, words[i + 2].hash, seed);
    }
    return;
  }
  for (size_t i = 0; i < count; ++i) {
    shingles[i] = Combine(UnitAt(words, i), UnitAt(words, i + 1),
                          UnitAt(words, i + 2), seed);
  }
}

size_t WinnowWindow(size_t shingles) {
  if (shingles < 200) return 8;
  if (shingles < 400) return 24;
  if (shingles < 1100) return 32;
  size_t window = 64;
  while (shingles / window > 32) window *= 2;
  return window;
}

void Winnower::Run(absl::Span<const uint64_t> shingles, size_t window,
                   std::vector<uint64_t>& minima) {
  const size_t n = shingles.size();
  minima.clear();
  if (n == 0) return;
  if (n <= window) {
    minima.push_back(*std::min_element(shingles.begin(), shingles.end()));
    return;
  }
  // The low 16 bits are the distance from the end, so that of equal hashes the
  // rightmost is the smallest.
  static_assert(kShingledWordsMax < 65536);
  keys_.resize(n);
  for (size_t i = 0; i < n; ++i) {
    keys_[i] = (shingles[i] & ~uint64_t{0xFFFF}) | (0xFFFF - i);
  }
  const uint64_t* const keys = keys_.data();
  size_t next = window;
  uint64_t least = *std::min_element(keys, keys + window);
  for (;;) {
    const size_t place = 0xFFFF - (least & 0xFFFF);
    minima.push_back(shingles[place]);
    // The least stays it until a smaller one comes or it leaves the window.
    const size_t leaves = std::min(place + window, n);
    while (next < leaves && keys[next] > least) ++next;
    if (next == n) return;
    if (next == leaves) {
      least = keys[place + 1];
      for (size_t i = place + 2; i <= next; ++i) {
        least = std::min(least, keys[i]);
      }
    } else {
      least = keys[next];
    }
    ++next;
  }
}

}  // namespace wiredesk
