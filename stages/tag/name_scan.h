// Finds the names of a gazetteer in a text: longest match from the left, at
// word boundaries, by the conditions of case that each sense has.

#ifndef WIREDESK_STAGES_TAG_NAME_SCAN_H_
#define WIREDESK_STAGES_TAG_NAME_SCAN_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/tag/gazetteer.h"
#include "stages/text/words.h"

namespace wiredesk {

// A text with its words, as SplitWords() gives them.
struct WordedText {
  absl::string_view text;
  absl::Span<const Word> words;
  bool shouting = false;    // all capitals: case says nothing
  bool title_case = false;  // Most Words With a Capital
};

// What stands between two neighbouring words.
enum class GapKind : uint8_t {
  kBreak,  // the end of a sentence, a bracket, a quotation mark, a line
  kPlain,  // a space, hyphen or apostrophe, or nothing; "St. Louis"
  kComma   // ", "
};
// The gap before word `index`; kBreak before the first.
GapKind GapBefore(const WordedText& text, size_t index);

struct NameMatch {
  uint32_t first;  // words [first, last)
  uint32_t last;
  const GazetteerSlot* slot;
};

// True where the text's words [first, first + count) are written as `sense`
// asks. In a shouting text case is no evidence, so what depends on it is not
// taken.
bool SenseFits(const GazetteerSense& sense, const WordedText& text,
               uint32_t first, uint32_t last);

// Appends the names in `text`, in order, without overlap.
void FindNames(const Gazetteer& gazetteer, const WordedText& text,
               std::vector<NameMatch>& matches);

// The byte behind word `last - 1`; behind the period of "U.S." too.
uint32_t NameEnd(const WordedText& text, uint32_t first, uint32_t last);

// Sets `shouting` and `title_case` from the words.
void MeasureCase(WordedText& text);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_NAME_SCAN_H_
