// Learns the weights of a NameModel from examples.

#ifndef WIREDESK_STAGES_TAG_TRAINING_MODEL_TRAINER_H_
#define WIREDESK_STAGES_TAG_TRAINING_MODEL_TRAINER_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "stages/tag/names/model.h"

namespace wiredesk {

// A name with the type that a person gave it.
struct NameExample {
  std::vector<uint32_t> features;
  ModelType type = ModelType::kOther;
  uint32_t text = 0;  // in which it stands
};

struct NameTrainingOptions {
  int rounds = 10;     // over all examples
  uint32_t bits = 18;  // of the table: 2 MB
  // Told after each round how many examples were guessed wrong in it.
  std::function<void(int round, size_t wrong)> progress = nullptr;
};

// The bytes of a model file. The same examples give the same bytes. REQUIRES:
// at least one example, and bits within the bounds of the file.
std::string TrainNameModel(absl::Span<const NameExample> examples,
                           const NameTrainingOptions& options);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_TRAINING_MODEL_TRAINER_H_
