// About one word in five is a spot. The loop has no branch that depends on the
// text: a mistaken guess costs as much as ten words.
//
// Tested by text_spots_test.cc.

#include "stages/tag/text_spots.h"

#include <cstddef>

namespace wiredesk {

void FindSpots(absl::string_view text, absl::Span<const Word> words,
               std::vector<uint32_t>& spots) {
  spots.resize(words.size() + 2);
  spots[0] = 0;
  size_t count = 1;
  for (size_t i = 1; i < words.size(); ++i) {
    const uint32_t end = words[i - 1].begin + words[i - 1].length;
    const uint32_t gap = words[i].begin - end;
    const auto plain =
        static_cast<size_t>(gap == 0) |
        (static_cast<size_t>(gap == 1) & static_cast<size_t>(text[end] == ' '));
    spots[count] = static_cast<uint32_t>(i);
    count += (plain ^ 1) | static_cast<size_t>(IsOddWord(text, words[i]));
  }
  if (!words.empty()) spots[count++] = static_cast<uint32_t>(words.size());
  spots.resize(count);
}

absl::string_view SpotGap(absl::string_view text, absl::Span<const Word> words,
                          uint32_t spot) {
  const size_t begin =
      spot == 0 ? 0 : words[spot - 1].begin + words[spot - 1].length;
  const size_t end = spot == words.size() ? text.size() : words[spot].begin;
  return text.substr(begin, end - begin);
}

}  // namespace wiredesk
