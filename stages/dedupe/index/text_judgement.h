// Are these two texts one? The rule, on counts alone.
//
// Of the rare shingles of the smaller text, what share does the other have?
// Three things are weighed besides:
//   facts      where numbers and names agree too, less is asked, and less still
//              of two long texts of one length: letters misread all over leave
//              two shingles in five
//   clash      other numbers, or other names: only a nearly equal text is one
//   template   of the plain shingles nearly all are shared, of those with a
//              number or a name far fewer: the same table of another day.
//              Edits and noise strike both alike, and who leaves the addresses
//              out of a list leaves its numbers as they are
//
// Tested by text_judgement_test.cc.

#ifndef WIREDESK_STAGES_DEDUPE_INDEX_TEXT_JUDGEMENT_H_
#define WIREDESK_STAGES_DEDUPE_INDEX_TEXT_JUDGEMENT_H_

#include <cstdint>

namespace wiredesk {

// Rare shingles in the samples of both texts, at the coarser of their rates.
struct TextComparison {
  uint32_t shared = 0;
  uint32_t own = 0;
  uint32_t other = 0;
  // As above, of the shingles with a number or a capitalized word.
  uint32_t shared_facts = 0;
  uint32_t own_facts = 0;
  uint32_t other_facts = 0;
  int halved = 0;  // how much coarser the common rate is than our own
  uint32_t fingerprints = 0;  // shared, those that few have twice
};

// Of a whole text.
struct TextFacts {
  uint64_t numbers = 0;  // one bit of 64 for each number
  uint64_t names = 0;    // one bit of 64 for each capitalized word
  uint32_t shingles = 0;
};

// Shares are in thousandths.
struct TextJudgement {
  bool same = false;
  bool excerpt = false;  // one is part of the other
  bool enough = false;   // what is shared is enough to mean anything
  bool clash = false;
  bool is_template = false;
  uint32_t similarity = 0;
  uint32_t threshold = 0;
  uint32_t covered = 0;  // of the first text
  int numbers = -1;      // agreement; -1: cannot be told
  int names = -1;
};

TextJudgement JudgeTexts(const TextComparison& found, const TextFacts& own,
                         const TextFacts& other);

// 1000 * part / whole, 0 of nothing.
uint32_t Thousandths(uint64_t part, uint64_t whole);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_INDEX_TEXT_JUDGEMENT_H_
