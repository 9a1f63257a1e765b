// Words that tell little about what a text is about.
//
// How rare a word is, is learnt from the stream; but a stream that has just
// begun knows nothing. So the share of articles that have a word is given
// beforehand: for some thousand English ones as the middle of three collections
// from 1987, 2004 and the 2010s (what is frequent in one of them only was news
// then), and for a hundred thousand others of eleven languages, names among
// them, by how frequent they are in all kinds of text (world_words.py).

#ifndef WIREDESK_STAGES_DEDUPE_SKETCH_FREQUENT_WORDS_H_
#define WIREDESK_STAGES_DEDUPE_SKETCH_FREQUENT_WORDS_H_

#include <array>
#include <cstddef>
#include <cstdint>

namespace wiredesk {

// Of the most frequent words of the languages of the wires: articles, pronouns,
// prepositions, "said". They are not terms at all.
inline constexpr uint8_t kFrequentWord = 255;
inline constexpr uint8_t kUnknownWord = 0;

// The classes of all that is known. Immutable.
class WordClasses {
 public:
  // Made at the first call; lives as long as the process.
  static const WordClasses& Get();

  // The class of `word`, a word's hash: one of the above, or 1 + q for a word
  // that about one article in 2^(q / 4) has.
  uint8_t Of(uint64_t word) const {
    return static_cast<uint8_t>(entries_[Find(word)]);
  }

 private:
  static constexpr size_t kEntries = 262144;

  WordClasses();
  void Add(const char* list, uint8_t word_class);
  static uint32_t TagOf(uint64_t word) {
    return static_cast<uint32_t>(word >> 40) << 8;
  }
  size_t Find(uint64_t word) const {
    size_t at = word % kEntries;
    while (entries_[at] != 0 &&
           (entries_[at] & ~uint32_t{0xFF}) != TagOf(word)) {
      at = (at + 1) % kEntries;
    }
    return at;
  }

  // Open addressing. An entry is 24 bits of the hash and the class, so that the
  // table stays in the cache; 0 marks a free one.
  std::array<uint32_t, kEntries> entries_ = {};
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_SKETCH_FREQUENT_WORDS_H_
