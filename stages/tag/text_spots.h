// Spots: the places of a text where something else than one space stands
// between two words. Found once, so that the rules for quotations and
// indicators need not read every byte again.

#ifndef WIREDESK_STAGES_TAG_TEXT_SPOTS_H_
#define WIREDESK_STAGES_TAG_TEXT_SPOTS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/text/words.h"

namespace wiredesk {

// Whether a word may be an indicator by itself: a hash, or an id like "T1059".
inline bool IsOddWord(const char* text, const Word& word) {
  if (word.length != 5) return word.length >= 32;
  const char* const bytes = text + word.begin;
  return bytes[0] == 'T' && bytes[1] <= '9';
}

// Sets `spots` to the index of each word of `text` that has something else than
// a single space, or nothing, before it, and of each odd word. Before the first
// word and behind the last (index words.size()) is always one.
void FindSpots(absl::string_view text, absl::Span<const Word> words,
               std::vector<uint32_t>& spots);

// What stands before word `spot`: all bytes from the end of the word before it.
inline absl::string_view SpotGap(absl::string_view text,
                                 absl::Span<const Word> words, uint32_t spot) {
  const size_t begin =
      spot == 0 ? 0 : words[spot - 1].begin + words[spot - 1].length;
  const size_t end = spot == words.size() ? text.size() : words[spot].begin;
  return {text.data() + begin, end - begin};
}

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_TEXT_SPOTS_H_
