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
  if (words.empty()) {
    spots.resize(1);
    return;
  }
  // Pointers, since each checked index is a branch.
  const char* const bytes = text.data();
  const Word* const all = words.data();
  uint32_t* const out = spots.data();
  const size_t size = words.size();
  size_t count = 1;
  uint32_t end = all[0].begin + all[0].length;
  for (size_t i = 1; i < size; ++i) {
    const Word word = all[i];
    const uint32_t gap = word.begin - end;
    const int plain =
        static_cast<int>(gap == 0) |
        (static_cast<int>(gap == 1) & static_cast<int>(bytes[end] == ' '));
    out[count] = static_cast<uint32_t>(i);
    count += (plain ^ 1) | static_cast<int>(IsOddWord(bytes, word));
    end = word.begin + word.length;
  }
  out[count++] = static_cast<uint32_t>(size);
  spots.resize(count);
}

}  // namespace wiredesk
