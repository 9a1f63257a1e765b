// About one word in five is a spot, and nearly all others are marked as plain.
//
// Tested by text_spots_test.cc.

#include "stages/tag/text_spots.h"

#include <cstddef>

#include "stages/tag/word_marks.h"

namespace wiredesk {

void FindSpots(absl::string_view text, absl::Span<const Word> words,
               std::vector<uint32_t>& spots) {
  spots.resize(words.size() + 2);
  spots[0] = 0;
  if (words.empty()) {
    spots.resize(1);
    return;
  }
  const char* const bytes = text.data();
  const Word* const all = words.data();
  uint32_t* const out = spots.data();
  size_t count = 1;
  ForEachWithout(words, kWordPlain, [&](size_t i) {
    if (i == 0) return i + 1;
    const uint32_t end = all[i - 1].begin + all[i - 1].length;
    const uint32_t gap = all[i].begin - end;
    const bool plain = gap == 0 || (gap == 1 && bytes[end] == ' ');
    out[count] = static_cast<uint32_t>(i);
    count += static_cast<size_t>(!plain || IsOddWord(bytes, all[i]));
    return i + 1;
  });
  out[count++] = static_cast<uint32_t>(words.size());
  spots.resize(count);
}

}  // namespace wiredesk
