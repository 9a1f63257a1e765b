// An operator's own labelled pairs against the rule that wiredesk uses: at
// which similarity would they be told apart best?
//
// Similarity is as in text_matcher.h: rarity is learnt from all the pairs'
// first texts, in the order of the file. Beside the thresholds stands what the
// whole rule (text_judgement.h) makes of the pairs. Tested by
// pair_tuning_test.cc.

#ifndef WIREDESK_STAGES_DEDUPE_INDEX_PAIR_TUNING_H_
#define WIREDESK_STAGES_DEDUPE_INDEX_PAIR_TUNING_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "stages/dedupe/index/text_judgement.h"

namespace wiredesk {

struct LabelledPair {
  bool same = false;
  std::string first;
  std::string second;
};

struct JudgedPair {
  LabelledPair pair;
  bool equal = false;  // the same words: no judgement is needed
  TextJudgement judgement;
  bool found() const { return equal || judgement.same; }
  uint32_t similarity() const { return equal ? 1000 : judgement.similarity; }
};

// Lines "same<TAB>text<TAB>text" or "different<TAB>...". Empty lines and those
// that begin with # are left out. InvalidArgument names the line.
absl::StatusOr<std::vector<LabelledPair>> ReadPairs(absl::string_view text);

std::vector<JudgedPair> JudgePairs(const std::vector<LabelledPair>& pairs);

// A table of thresholds, the rule's own line, and up to `list` of the pairs
// that the rule has wrong.
std::string PrintTuning(const std::vector<JudgedPair>& pairs, size_t list);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_INDEX_PAIR_TUNING_H_
