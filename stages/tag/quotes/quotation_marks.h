// Pairs quotation marks.

#ifndef WIREDESK_STAGES_TAG_QUOTES_QUOTATION_MARKS_H_
#define WIREDESK_STAGES_TAG_QUOTES_QUOTATION_MARKS_H_

#include <cstdint>

#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/tag/marks/text_spots.h"
#include "stages/text/words.h"

namespace wiredesk {

// What stands between an opening mark and its closing one, or the end of its
// paragraph. Marks inside of it are part of it.
struct QuotedStretch {
  uint32_t begin = 0;  // bytes of the text, without the marks
  uint32_t end = 0;
  uint32_t first_word = 0;  // the words inside are [first_word, end_word)
  uint32_t end_word = 0;
  bool closed = true;      // false: the paragraph ended first
  bool paragraph = false;  // begins a paragraph
  bool single = false;     // by single marks, as in British copy
};

// Room for those of nearly every article without the heap.
using QuotedStretches = absl::InlinedVector<QuotedStretch, 64>;

// Appends the stretches of `text`, valid UTF-8, in order. `spots` are those of
// its words (text_spots.h): marks stand nowhere else. Knows straight and curly
// marks, German ones (low opening), guillemets either way round, corner
// brackets, and single marks, straight and curly, where they are no
// apostrophes.
void FindQuotedStretches(absl::string_view text, absl::Span<const Word> words,
                         const TextSpots& spots, QuotedStretches& stretches);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_QUOTES_QUOTATION_MARKS_H_
