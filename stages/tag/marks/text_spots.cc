// About one word in five is not marked as plain, and most of these have a comma
// or a stop before them, which a table tells from the rest.
//
// Tested by text_spots_test.cc.

#include "stages/tag/marks/text_spots.h"

#include <array>
#include <cstddef>

#include "stages/tag/marks/word_marks.h"

namespace wiredesk {
namespace {

// What a gap may be: bits.
constexpr uint8_t kMark = 1;
constexpr uint8_t kJoin = 2;
constexpr uint8_t kJoinsDigits = 4;  // kJoin before a digit

using GapKinds = std::array<uint8_t, 256>;

// By their first byte: gaps of no byte, of one, and of one and a space.
constexpr std::array<GapKinds, 3> ShortGaps() {
  std::array<GapKinds, 3> gaps = {};
  for (GapKinds* const kinds : {&gaps[1], &gaps[2]}) {
    (*kinds)['\n'] = (*kinds)['"'] = kMark;
    for (size_t byte = 0x80; byte < 0x100; ++byte) (*kinds)[byte] = kMark;
  }
  for (const char c : {'@', '\\', '[', '{', '(', ':'}) {
    gaps[1][static_cast<uint8_t>(c)] = kJoin;
  }
  gaps[1]['.'] = gaps[1]['-'] = kJoinsDigits;
  return gaps;
}
constexpr std::array<GapKinds, 3> kShortGaps = ShortGaps();

}  // namespace

void FindSpots(absl::string_view text, absl::Span<const Word> words,
               TextSpots& spots) {
  spots.marks.resize(words.size() + 2);
  spots.joins.resize(words.size() + 2);
  // Pointers, since each checked index is a branch.
  const char* const bytes = text.data();
  const Word* const all = words.data();
  uint32_t* marks = spots.marks.data();
  uint32_t* joins = spots.joins.data();
  *marks++ = *joins++ = 0;
  ForEachWithout(words, kWordPlain, [&](size_t i) {
    if (i == 0) return i + 1;
    const uint32_t end = all[i - 1].begin + all[i - 1].length;
    const uint32_t gap = all[i].begin - end;
    const bool is_short = gap < 2 || (gap == 2 && bytes[end + 1] == ' ');
    const unsigned kind =
        is_short ? kShortGaps[gap][static_cast<uint8_t>(bytes[end])]
                 : kMark | kJoin;
    *marks = *joins = static_cast<uint32_t>(i);
    marks += kind & kMark;
    const bool digits = (all[i].flags & kWordDigits) != 0;
    joins += static_cast<unsigned>((kind & kJoin) != 0) |
             static_cast<unsigned>((kind & kJoinsDigits) != 0 && digits) |
             static_cast<unsigned>(IsOddWord(bytes, all[i]));
    return i + 1;
  });
  if (!words.empty()) *marks++ = *joins++ = static_cast<uint32_t>(words.size());
  spots.marks.resize(marks - spots.marks.data());
  spots.joins.resize(joins - spots.joins.data());
}

}  // namespace wiredesk
