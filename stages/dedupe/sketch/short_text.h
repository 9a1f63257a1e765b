// What is kept of a text that is too short for shingles: a flash, a dividend, a
// score. Nearly all its words, all its numbers and the subject of its headline
// must be those of another one of the same provider, sent hours before at the
// most, for the two to be one.
//
//   "ACME CORP QTLY DIV" / "Shr 31 cts vs 31 cts, payable April 24"
//   "ACME CORP REGULAR DIVIDEND" / "Qtly div 31 cts vs 31 cts, pay April 24"
//
// The subject is the first two words of the headline and what is rare of the
// next two, so another firm's item with the same figures is not even looked at. Words are sets of bits: they
// tell how much is shared, about. Tested by short_text_test.cc.

#ifndef WIREDESK_STAGES_DEDUPE_SKETCH_SHORT_TEXT_H_
#define WIREDESK_STAGES_DEDUPE_SKETCH_SHORT_TEXT_H_

#include <array>
#include <cstdint>

#include "absl/types/span.h"
#include "stages/text/words.h"

namespace wiredesk {

struct ShortText {
  uint64_t subject = 0;             // with the provider; 0: not to be compared
  std::array<uint64_t, 2> words{};  // one bit of 128 for each word
  uint64_t rare = 0;                // one bit of 64 for each word that few have
  uint32_t numbers = 0;             // hash of the set of numbers
  uint8_t number_count = 0;         // different ones

  friend bool operator==(const ShortText&, const ShortText&) = default;
};

// `classes`: of the words of the headline, then of the body's
// (frequent_words.h). No more than kShortTextWords of each are read.
inline constexpr size_t kShortTextWords = 64;
ShortText ReadShortText(absl::Span<const Word> headline,
                        absl::Span<const Word> body,
                        absl::Span<const uint8_t> classes, uint64_t seed);

// Thousandths of the words of the longer that the other has too, if the two
// may be one; else 0. `corrects`: the later one says that it corrects, so it
// may have other numbers.
uint32_t ShortSimilarity(const ShortText& earlier, const ShortText& later,
                         bool corrects);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_SKETCH_SHORT_TEXT_H_
