// Pairs quotation marks.

#ifndef WIREDESK_STAGES_TAG_QUOTES_MARKS_H_
#define WIREDESK_STAGES_TAG_QUOTES_MARKS_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"

namespace wiredesk {

// What stands between an opening mark and its closing one, or the end of its
// paragraph. Marks inside of it are part of it.
struct QuotedStretch {
  uint32_t begin = 0;  // bytes of the text, without the marks
  uint32_t end = 0;
  bool closed = true;      // false: the paragraph ended first
  bool paragraph = false;  // begins a paragraph
};

// Appends the stretches of `text`, valid UTF-8, in order. Knows straight and
// curly marks, German ones (low opening), guillemets either way round, and
// corner brackets.
void FindQuotedStretches(absl::string_view text,
                         std::vector<QuotedStretch>& stretches);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_QUOTES_MARKS_H_
