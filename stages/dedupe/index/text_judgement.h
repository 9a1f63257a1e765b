// Are these two texts one? The rule, on counts alone.
//
// Of the rare shingles of the smaller text, what share does the other have?
// Copies share most of them. Two reports that quote one speech, or close with
// the same background, share a passage: half of a text and more, but in a few
// long runs. So where the share is low, it must be *spread*: what is shared and
// what is not must take turns, as words changed all over leave them.
//
//   spread      as often as in blocks of some twenty words, or of eight
//   template    the facts stand in the same places and are not the same: of the
//               slots that both texts have (fact_slots.h) too many differ
//
// Tested by text_judgement_test.cc.

#ifndef WIREDESK_STAGES_DEDUPE_INDEX_TEXT_JUDGEMENT_H_
#define WIREDESK_STAGES_DEDUPE_INDEX_TEXT_JUDGEMENT_H_

#include <cstdint>

#include "stages/dedupe/sketch/fact_slots.h"

namespace wiredesk {

// Rare shingles in the samples of both texts, at the coarser of their rates.
struct TextComparison {
  uint32_t shared = 0;
  uint32_t own = 0;
  uint32_t other = 0;
  uint32_t own_sampled = 0;  // as above, rare or not, about
  uint32_t other_sampled = 0;
  int halved = 0;  // how much coarser the common rate is than our own
  uint32_t fingerprints = 0;  // shared, those that few have twice
  uint32_t own_shingles = 0;  // of the whole text
  uint32_t other_shingles = 0;
  // Thousandths: how often shared and unshared shingles take turns, of how
  // often they would in blocks of some twenty words.
  uint32_t spread = 0;
  FactAgreement facts;
  bool corrects = false;  // says that it corrects a text of the same provider
};

// Shares are in thousandths.
struct TextJudgement {
  bool same = false;
  bool excerpt = false;  // one is part of the other
  bool enough = false;   // what is shared is enough to mean anything
  bool is_template = false;
  uint32_t similarity = 0;
  uint32_t threshold = 0;
  uint32_t covered = 0;  // of the first text
};

// Below this share of the smaller text nothing makes two texts the same, so
// `spread` need not be known.
inline constexpr uint32_t kSameLeast = 400;
// From this on it does not matter.
inline constexpr uint32_t kSameAnyhow = 750;

TextJudgement JudgeTexts(const TextComparison& found);

// How often what is shared and what is not takes turns; see TextComparison. Of
// `count` shingles in the order of the text: where they stand, in words, and
// whether they are shared. Those before the first shared one and behind the
// last do not count.
uint32_t SpreadOf(const uint32_t* places, const uint8_t* shared, size_t count);

// 1000 * part / whole, 0 of nothing.
uint32_t Thousandths(uint64_t part, uint64_t whole);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_INDEX_TEXT_JUDGEMENT_H_
