// Words: a text split once, for dedupe and the gazetteer alike.
//
// A word is a maximal run of letters, digits and combining marks; every code
// point of a script without spaces (Han, kana, Thai, Lao, Khmer, Myanmar) is a
// word of its own. An apostrophe or hyphen ends a word ("Yoon's" is "Yoon" and
// "s"), so that a possessive never hides a name.

#ifndef WIREDESK_STAGES_TEXT_WORDS_H_
#define WIREDESK_STAGES_TEXT_WORDS_H_

#include <cstdint>
#include <memory_resource>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace wiredesk {

// Bits of Word::flags.
enum WordFlag : uint16_t {
  kWordCapital = 1,    // the first letter is upper case or title case
  kWordAllCaps = 2,    // two letters or more, all upper case
  kWordDigits = 4,     // begins with a digit
  kWordNonAscii = 8,   // has a byte above 0x7F
  kWordCodePoint = 16  // one code point of a script without spaces
};

struct Word {
  uint64_t hash;    // of the word with case folded and Latin accents removed
  uint32_t begin;   // byte offset into the text
  uint16_t length;  // bytes; a longer word than 65,535 bytes is cut in pieces
  uint16_t flags;   // WordFlag
};
static_assert(sizeof(Word) == 16);

// Appends the words of `text`, valid UTF-8, in order. Never fails. The hash is
// the same on every machine and in every build: it is part of the sighting
// log's format and of compiled gazetteers.
void SplitWords(absl::string_view text, std::vector<Word>& words);

// Splits one text after the other, straight into an arena or into a list. Keeps
// nothing but memory; belongs to one thread.
class WordSplitter {
 public:
  // What SplitWords gives.
  absl::Span<const Word> Split(absl::string_view text,
                               std::pmr::memory_resource* arena);
  // Appends, as SplitWords does.
  void Split(absl::string_view text, std::vector<Word>& words);

 private:
  absl::Span<const uint32_t> Edges(absl::string_view text);

  std::vector<uint32_t> edges_;
};

// Same words, found without vector instructions: what other machines run, and
// what the test compares with.
void SplitWordsPortably(absl::string_view text, std::vector<Word>& words);

// The hash that SplitWords gives to `word`, which must be a single word.
uint64_t HashWord(absl::string_view word);

// Changes whenever the same text may give other words or hashes.
inline constexpr uint32_t kWordsVersion = 1;

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TEXT_WORDS_H_
