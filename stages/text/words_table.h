// What the word splitter knows of Unicode, as compact generated tables. They
// stand in the source, and are not asked of a library at run time, so that the
// hash of a word never depends on the library's version.

#ifndef WIREDESK_STAGES_TEXT_WORDS_TABLE_H_
#define WIREDESK_STAGES_TEXT_WORDS_TABLE_H_

#include <cstddef>
#include <cstdint>

namespace wiredesk {

struct CodePointRange {
  uint32_t first;
  uint32_t last;
};

// Each `stride`th code point of [first, last]; `delta` leads to its fold.
struct CodePointRun {
  uint32_t first;
  uint32_t last;
  uint32_t stride;
  int32_t delta;
};

// Each code point of `members` (UTF-8) folds to `target`.
struct FoldGroup {
  const char* target;
  const char* members;
};

extern const CodePointRange kWordRanges[];  // letters, digits, marks
extern const size_t kWordRangeCount;
extern const CodePointRun kUpperRuns[];  // upper and title case
extern const size_t kUpperRunCount;
extern const CodePointRun kCaseRuns[];
extern const size_t kCaseRunCount;
extern const FoldGroup kFoldGroups[];
extern const size_t kFoldGroupCount;

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TEXT_WORDS_TABLE_H_
