// Marks: what a rule need not ask of a word, found for all rules in one pass.
//
// Nearly every rule begins with words of some list, and nearly every word is in
// none of them. So each word is looked up once, in a small table of all lists
// together, and a bit of its flags says for each list that the word is surely
// not in it. A word without marks, as SplitWords() gives it, is one of which
// nothing is known: the rules find the same in it, only slower.

#ifndef WIREDESK_STAGES_TAG_MARKS_WORD_MARKS_H_
#define WIREDESK_STAGES_TAG_MARKS_WORD_MARKS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/text/words.h"

namespace wiredesk {

// Bits of Word::flags, above those of WordFlag.
enum WordMark : uint16_t {
  // One space or nothing parts the word from the one before it, and it is no
  // odd word (text_spots.h).
  kWordPlain = 1 << 5,
  // Of the lists that WordMarker::Add() was given.
  kWordNoStart = 1 << 6,      // begins no name; has a small letter
  kWordNoContext = 1 << 7,    // no context class of the gazetteer
  kWordNoDate = 1 << 8,       // means nothing to the date rules; no digits
  kWordNoDateStart = 1 << 9,  // begins no date
  kWordNoAmount = 1 << 10,    // begins no amount
  kWordNoTopic = 1 << 11,     // anchor of no topic's term
  kWordNoCue = 1 << 12,       // means nothing to the quotation rules
  kWordNoRule = 1 << 13       // begins no phrase of the operator's rules
};
static_assert(unsigned{kWordPlain} > unsigned{kWordCodePoint});

// Whether nothing but one space, or nothing at all, stands before the word for
// sure: no sentence, line or quotation ends there.
inline bool IsPlain(const Word& word) { return (word.flags & kWordPlain) != 0; }

// The lists together. Immutable once they are in: share it.
class WordMarker {
 public:
  WordMarker() { lists_.fill(0xFF); }

  // The word with `hash` (the lower half of it is enough) may be in the lists
  // of `marks`.
  void Add(uint64_t hash, uint16_t marks) {
    uint8_t& lists = lists_[hash % kWords];
    lists = static_cast<uint8_t>(lists & ~(marks >> kFirst));
  }

  // The words of `text` with their marks. They live in `memory`, which grows
  // and never shrinks.
  absl::Span<const Word> Mark(absl::string_view text,
                              absl::Span<const Word> words,
                              std::vector<Word>& memory) const;

 private:
  static constexpr int kFirst = 6;  // of the bits that stand in lists_
  static constexpr size_t kWords = size_t{1} << 15;

  std::array<uint8_t, kWords> lists_;
};
static_assert(kWordNoStart == 1 << 6 && kWordNoRule < 1 << 14);

// Bit i is set where word i of the first 64 does not have `mark`.
uint64_t WordsWithout(absl::Span<const Word> words, WordMark mark);

// Calls fn(i) for each word without `mark`. `fn` returns the first word that is
// of interest again: i + 1 or beyond.
template <typename Fn>
void ForEachWithout(absl::Span<const Word> words, WordMark mark, Fn&& fn) {
  size_t next = 0;
  for (size_t base = 0; base < words.size(); base += 64) {
    if (next >= base + 64) continue;
    uint64_t bits = WordsWithout(words.subspan(base), mark);
    if (next > base) bits &= ~uint64_t{0} << (next - base);
    while (bits != 0) {
      const size_t i = base + __builtin_ctzll(bits);
      next = fn(i);
      const size_t skip = next - base;
      bits = skip < 64 ? bits & ~uint64_t{0} << skip : 0;
    }
  }
}

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_MARKS_WORD_MARKS_H_
