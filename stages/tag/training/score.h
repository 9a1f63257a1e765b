// How well names are found in texts that a person has marked, and examples for
// a model from such texts.

#ifndef WIREDESK_STAGES_TAG_TRAINING_SCORE_H_
#define WIREDESK_STAGES_TAG_TRAINING_SCORE_H_

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "stages/tag/gazetteer/gazetteer.h"
#include "stages/tag/names/model.h"
#include "stages/tag/training/corpus.h"
#include "stages/tag/training/model_trainer.h"

namespace wiredesk {

// Of one type, or of all.
struct NameCounts {
  size_t marked = 0;
  size_t found = 0;
  size_t right = 0;

  double precision() const;
  double recall() const;
  double f1() const;
};

// Person, organization, place; all of them last.
using NameScore = std::array<NameCounts, kModelTypes>;

// Compares what is found with what is marked: right is what has the same span,
// a last period aside, and type. Facilities count as places, demonyms not at
// all; what stands where something else is marked ("MISC") is not counted.
// `model` may be null.
NameScore ScoreNames(const Gazetteer& gazetteer, const NameModel* model,
                     float margin_min, absl::Span<const MarkedText> texts);

// The names about which a model would be asked in `texts`, each with the type
// that most of its mentions are marked with; kOther where they are not.
std::vector<NameExample> CollectExamples(const Gazetteer& gazetteer,
                                         absl::Span<const MarkedText> texts);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_TRAINING_SCORE_H_
