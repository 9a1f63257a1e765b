// Shingles and winnowing: which stretches of text two articles share.
//
// A shingle is the hash of three words in a row (of five code points where a
// script has no spaces). A text of n words has n - 2 of them, far too many to
// index, so *winnowing* keeps the smallest hash of every window of w shingles
// in a row: about 2 / (w + 1) of all. Both texts choose by the same rule, so a
// passage of w + 2 words that they share gives them a fingerprint in common,
// wherever it stands. A minimum of a wide window is a minimum of a narrow one
// too, so long texts may use wide windows and still meet short ones.
//
//   "the minister resigned on tuesday" -> (the minister resigned),
//   (minister resigned on), (resigned on tuesday); w = 3 keeps the smallest.
//
// S. Schleimer, D. Wilkerson, A. Aiken, "Winnowing: Local Algorithms for
// Document Fingerprinting", 2003. Of equal hashes the rightmost is taken, as in
// their robust variant. The sliding minimum is looked for again only when it
// has left the window, about once in half a window; that is quicker here than
// van Herk's, whose two passes take every element. Tested by
// story_index_test.cc.

#ifndef WIREDESK_STAGES_DEDUPE_SKETCH_SHINGLES_H_
#define WIREDESK_STAGES_DEDUPE_SKETCH_SHINGLES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "stages/text/words.h"

namespace wiredesk {

// Words in a shingle.
inline constexpr size_t kShingleWords = 3;

// What follows is not looked at: a text of this many words is a book.
inline constexpr size_t kShingledWordsMax = 32768;

// One well-mixed number of two.
inline uint64_t MixHash(uint64_t a, uint64_t b) {
  const auto product = static_cast<unsigned __int128>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

// The shingles of `words` in order, into `shingles` (cleared first). None where
// there are fewer words than a shingle has. Another `seed`, other hashes.
void MakeShingles(absl::Span<const Word> words, uint64_t seed,
                  std::vector<uint64_t>& shingles);

// The winnowing window for a text of this many shingles. Each is a multiple of
// nothing smaller, but its minima are minima of every narrower window.
size_t WinnowWindow(size_t shingles);

// The minima of each window of `window` shingles in a row, in order, each
// position once; of a shorter text its smallest.
void Winnow(absl::Span<const uint64_t> shingles, size_t window,
            std::vector<uint64_t>& minima);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_SKETCH_SHINGLES_H_
