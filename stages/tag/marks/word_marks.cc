// The loops have no branch that depends on the text: which words a text holds
// cannot be foretold, and a mistaken guess costs as much as ten words.
//
// Tested by word_marks_test.cc.

#include "stages/tag/marks/word_marks.h"

#include <algorithm>
#include <bit>

#include "stages/tag/marks/text_spots.h"

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

// Takes kWordPlain from the odd word that begins at byte `at`, if one does.
void MarkOddWord(absl::string_view text, size_t at, absl::Span<Word> words) {
  const auto word = std::lower_bound(
      words.begin(), words.end(), at,
      [](const Word& one, size_t begin) { return one.begin < begin; });
  if (word != words.end() && word->begin == at &&
      IsOddWord(text.data(), *word)) {
    word->flags = static_cast<uint16_t>(word->flags & ~kWordPlain);
  }
}

// The same for all odd words but long ones. They are ids such as "T1059", so
// only "T0" and "T1" are looked for.
void MarkIds(absl::string_view text, absl::Span<Word> words) {
  size_t at = 0;
#if defined(__SSE2__)
  const __m128i t = _mm_set1_epi8('T');
  const __m128i zero = _mm_set1_epi8('0');
  const __m128i one = _mm_set1_epi8(1);
  for (; at + 17 <= text.size(); at += 16) {
    const auto* const bytes =
        reinterpret_cast<const __m128i*>(text.data() + at);
    const auto* const next =
        reinterpret_cast<const __m128i*>(text.data() + at + 1);
    const __m128i found = _mm_and_si128(
        _mm_cmpeq_epi8(_mm_loadu_si128(bytes), t),
        _mm_cmpeq_epi8(_mm_andnot_si128(one, _mm_loadu_si128(next)), zero));
    for (int bits = _mm_movemask_epi8(found); bits != 0; bits &= bits - 1) {
      MarkOddWord(text, at + std::countr_zero(static_cast<unsigned>(bits)),
                  words);
    }
  }
#endif
  for (; at + 1 < text.size(); ++at) {
    if (text[at] == 'T' && (text[at + 1] & ~1) == '0') {
      MarkOddWord(text, at, words);
    }
  }
}

}  // namespace

absl::Span<const Word> WordMarker::Mark(absl::string_view text,
                                        absl::Span<const Word> words,
                                        std::vector<Word>& memory) const {
  // Words were written long before, and the processor looks no page ahead.
  constexpr size_t kAhead = 32;
  if (words.empty()) return {};
  if (memory.size() < words.size()) memory.resize(words.size());
  // Pointers, since each checked index is a branch.
  const char* const bytes = text.data();
  const uint8_t* const lists = lists_.data();
  const Word* const all = words.data();
  Word* const out = memory.data();
  const size_t size = words.size();
  uint32_t end = 0;
  unsigned lengths = 0;
  for (size_t i = 0; i < size; ++i) {
    __builtin_prefetch(all + i + kAhead);
    const Word& word = all[i];
    // 0 where the word itself begins there, 1 where a space stands between.
    const uint32_t gap = word.begin - end;
    const unsigned plain = gap == static_cast<uint32_t>(bytes[end] == ' ');
    end = word.begin + word.length;
    lengths |= word.length;
    const unsigned marks = unsigned{lists[word.hash % kWords]} << kFirst &
                           kMarksAllowed[word.flags % 32];
    out[i] = word;
    out[i].flags =
        static_cast<uint16_t>(word.flags | marks | plain * kWordPlain);
  }
  out[0].flags = static_cast<uint16_t>(out[0].flags & ~kWordPlain);
  const absl::Span<Word> marked(out, size);
  if (lengths >= kOddLength) {
    for (const Word& word : words) {
      if (word.length >= kOddLength) MarkOddWord(text, word.begin, marked);
    }
  }
  MarkIds(text, marked);
  return marked;
}

#if defined(__SSE2__)
namespace {

// The flags of four words, each in the upper half of its quarter: they are the
// upper half of the last quarter of each word.
__m128i FlagsOfFour(const __m128i* words) {
  const __m128i ab =
      _mm_unpackhi_epi32(_mm_loadu_si128(words), _mm_loadu_si128(words + 1));
  const __m128i cd = _mm_unpackhi_epi32(_mm_loadu_si128(words + 2),
                                        _mm_loadu_si128(words + 3));
  return _mm_unpackhi_epi64(ab, cd);
}

}  // namespace
#endif

uint64_t WordsWithout(absl::Span<const Word> words, WordMark mark) {
  uint64_t bits = 0;
  size_t i = 0;
#if defined(__SSE2__)
  // The bit is moved to the sign, which packing keeps and masks are made of.
  const __m128i shift =
      _mm_cvtsi32_si128(15 - std::countr_zero(unsigned{mark}));
  const auto* const quads = reinterpret_cast<const __m128i*>(words.data());
  const size_t whole = std::min<size_t>(words.size(), 64) / 16 * 16;
  for (; i < whole; i += 16) {
    const auto signs = [&](size_t at) {
      return _mm_sll_epi32(FlagsOfFour(quads + i + at), shift);
    };
    const __m128i eight = _mm_packs_epi32(signs(0), signs(4));
    const __m128i others = _mm_packs_epi32(signs(8), signs(12));
    const int with = _mm_movemask_epi8(_mm_packs_epi16(eight, others));
    bits |= static_cast<uint64_t>(with ^ 0xFFFF) << i;
  }
#endif
  for (; i < words.size() && i < 64; ++i) {
    bits |= static_cast<uint64_t>((words.data()[i].flags & mark) == 0) << i;
  }
  return bits;
}

}  // namespace wiredesk
