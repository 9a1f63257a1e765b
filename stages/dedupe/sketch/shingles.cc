#include "stages/dedupe/sketch/shingles.h"

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

// Bits of a hash that do not count when hashes are compared: there its place
// is put, so that of equal ones the rightmost is the least.
constexpr uint64_t kUncompared = 0xFFFF;
static_assert(kShingledWordsMax < kUncompared);

// Of the shingles from `begin` to before `end`. Two chains of comparisons, so
// that one does not wait for the other.
size_t PlaceOfLeast(const uint64_t* shingles, size_t begin, size_t end) {
  const auto key = [shingles](size_t i) {
    return (shingles[i] & ~kUncompared) | (kUncompared - i);
  };
  uint64_t least = key(end - 1);
  uint64_t other = least;
  for (size_t i = begin; i + 1 < end; i += 2) {
    least = std::min(least, key(i));
    other = std::min(other, key(i + 1));
  }
  return kUncompared - (std::min(least, other) & kUncompared);
}

}  // namespace

void MakeShingles(absl::Span<const Word> words, uint64_t seed,
                  std::vector<uint64_t>& shingles) {
  words = words.first(std::min(words.size(), kShingledWordsMax));
  shingles.clear();
  if (words.size() < kShingleWords) return;
  const size_t count = words.size() - kShingleWords + 1;
  shingles.resize(count);
  uint16_t flags = words[0].flags | words[1].flags;
  for (size_t i = 0; i < count; ++i) {
    flags |= words[i + 2].flags;
    shingles[i] =
        Combine(words[i].hash, words[i + 1].hash, words[i + 2].hash, seed);
  }
  if ((flags & kWordCodePoint) == 0) return;
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

void Winnow(absl::Span<const uint64_t> shingles, size_t window,
            std::vector<uint64_t>& minima) {
  const size_t n = shingles.size();
  minima.clear();
  if (n == 0) return;
  if (n <= window) {
    minima.push_back(*std::min_element(shingles.begin(), shingles.end()));
    return;
  }
  size_t next = window;
  size_t place = PlaceOfLeast(shingles.data(), 0, window);
  for (;;) {
    minima.push_back(shingles[place]);
    // The least stays it until a smaller one comes or it leaves the window.
    const size_t leaves = std::min(place + window, n);
    const uint64_t equal = shingles[place] | kUncompared;
    while (next < leaves && shingles[next] > equal) ++next;
    if (next == n) return;
    place = next == leaves ? PlaceOfLeast(shingles.data(), place + 1, next + 1)
                           : next;
    ++next;
  }
}

}  // namespace wiredesk
