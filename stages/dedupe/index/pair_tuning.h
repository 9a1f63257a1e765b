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

// What the labels of a file with columns mean. Other labels (debatable, partly,
// ...) are left out.
struct PairLabels {
  std::vector<std::string> same = {"same", "right", "D"};
  std::vector<std::string> different = {"different", "wrong", "T"};
};

// Whether the first line names columns, `label` among them. Then the pairs are
// of ids, in the first columns whose names end with `_a` and `_b`.
bool HasColumns(absl::string_view text);

// Of such a file; `first` and `second` are the ids. InvalidArgument: a column
// is not there, a line is too short, or no label is known.
absl::StatusOr<std::vector<LabelledPair>> ReadPairsOfIds(
    absl::string_view text, const PairLabels& labels);

std::vector<JudgedPair> JudgePairs(const std::vector<LabelledPair>& pairs);

// A table of thresholds, the rule's own line, and up to `list` of the pairs
// that the rule has wrong.
std::string PrintTuning(const std::vector<JudgedPair>& pairs, size_t list);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_INDEX_PAIR_TUNING_H_
