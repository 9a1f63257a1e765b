// Spots: the places of a text where the rules for quotations and indicators
// have to look. Found once from what stands between the words, so that these
// need not read every byte again.

#ifndef WIREDESK_STAGES_TAG_MARKS_TEXT_SPOTS_H_
#define WIREDESK_STAGES_TAG_MARKS_TEXT_SPOTS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/text/words.h"

namespace wiredesk {

// So long a word may be a hash.
inline constexpr uint16_t kOddLength = 32;

// Whether a word may be an indicator by itself: a hash, or an id like "T1059".
inline bool IsOddWord(const char* text, const Word& word) {
  if (word.length != 5) return word.length >= kOddLength;
  const char* const bytes = text + word.begin;
  return bytes[0] == 'T' && (bytes[1] == '0' || bytes[1] == '1');
}

// Indexes of words; what counts stands before the word. Before the first word
// and behind the last (index words.size()) is always one.
struct TextSpots {
  // Where a quotation mark or the end of a line may stand: not where nothing
  // does, or one other ASCII byte, or that and a space.
  std::vector<uint32_t> marks;
  // Where an indicator may be: of the same gaps only where a single byte is one
  // of "@\\[{(:", or a stop or hyphen before a digit. Odd words, too.
  std::vector<uint32_t> joins;
};

// Sets `spots` to those of `text`, whose words `words` are.
void FindSpots(absl::string_view text, absl::Span<const Word> words,
               TextSpots& spots);

// What stands before word `spot`: all bytes from the end of the word before it.
inline absl::string_view SpotGap(absl::string_view text,
                                 absl::Span<const Word> words, uint32_t spot) {
  const size_t begin =
      spot == 0 ? 0 : words[spot - 1].begin + words[spot - 1].length;
  const size_t end = spot == words.size() ? text.size() : words[spot].begin;
  return {text.data() + begin, end - begin};
}

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_MARKS_TEXT_SPOTS_H_
