// The loops have no branch that depends on the text: which words a text holds
// cannot be foretold, and a mistaken guess costs as much as ten words.
//
// Tested by word_marks_test.cc.

#include "stages/tag/word_marks.h"

#include <bit>

#include "stages/tag/text_spots.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace wiredesk {
namespace {

// Marks that a word of some flags may have. Digits may stand in dates and
// amounts, and only a word with a small letter needs a list to begin a name.
constexpr std::array<uint16_t, 32> MarksAllowed() {
  std::array<uint16_t, 32> allowed = {};
  for (unsigned flags = 0; flags < 32; ++flags) {
    unsigned marks = 0xFFFF;
    if ((flags & kWordDigits) != 0) {
      marks &= ~unsigned{kWordNoDate | kWordNoDateStart | kWordNoAmount};
    }
    if (flags != 0) marks &= ~unsigned{kWordNoStart};
    allowed[flags] = static_cast<uint16_t>(marks);
  }
  return allowed;
}
constexpr std::array<uint16_t, 32> kMarksAllowed = MarksAllowed();

}  // namespace

absl::Span<const Word> WordMarker::Mark(absl::string_view text,
                                        absl::Span<const Word> words,
                                        std::vector<Word>& memory) const {
  if (words.empty()) return {};
  if (memory.size() < words.size()) memory.resize(words.size());
  // Pointers, since each checked index is a branch.
  const char* const bytes = text.data();
  const uint8_t* const lists = lists_.data();
  const Word* const all = words.data();
  Word* const out = memory.data();
  const size_t size = words.size();
  constexpr size_t kAhead = 32;
  uint32_t end = 0;
  for (size_t i = 0; i < size; ++i) {
    // Words were written long before; the processor looks no page ahead.
    __builtin_prefetch(all + i + kAhead);
    const Word& word = all[i];
    const uint32_t gap = word.begin - end;
    // 0 where the word itself begins there, 1 where a space stands between.
    unsigned plain = gap == static_cast<uint32_t>(bytes[end] == ' ');
    // Few words are so long, or as long as an id and begin like one.
    if (word.length >= 32 ||
        ((word.length ^ 5) | (bytes[word.begin] ^ 'T')) == 0) {
      plain &= static_cast<unsigned>(!IsOddWord(bytes, word));
    }
    end = word.begin + word.length;
    const unsigned marks = unsigned{lists[word.hash % kWords]} << kFirst &
                           kMarksAllowed[word.flags % 32];
    out[i] = word;
    out[i].flags =
        static_cast<uint16_t>(word.flags | marks | plain * kWordPlain);
  }
  out[0].flags = static_cast<uint16_t>(out[0].flags & ~kWordPlain);
  return {out, size};
}

uint64_t WordsWithout(absl::Span<const Word> words, WordMark mark) {
  uint64_t bits = 0;
  size_t i = 0;
#if defined(__SSE2__)
  // The flags are the upper half of a word's last quarter: four of these side
  // by side, with the bit moved to where the sign is read.
  const __m128i shift =
      _mm_cvtsi32_si128(15 - std::countr_zero(unsigned{mark}));
  const auto* const quads = reinterpret_cast<const __m128i*>(words.data());
  if (words.size() >= 64) {
    for (; i < 64; i += 4) {
      const __m128i ab = _mm_unpackhi_epi32(_mm_loadu_si128(quads + i),
                                            _mm_loadu_si128(quads + i + 1));
      const __m128i cd = _mm_unpackhi_epi32(_mm_loadu_si128(quads + i + 2),
                                            _mm_loadu_si128(quads + i + 3));
      const __m128i signs = _mm_sll_epi32(_mm_unpackhi_epi64(ab, cd), shift);
      const int four = _mm_movemask_ps(_mm_castsi128_ps(signs));
      bits |= static_cast<uint64_t>(four ^ 15) << i;
    }
    return bits;
  }
#endif
  for (; i < words.size() && i < 64; ++i) {
    bits |= static_cast<uint64_t>((words[i].flags & mark) == 0) << i;
  }
  return bits;
}

}  // namespace wiredesk
