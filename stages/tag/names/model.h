// A statistical opinion on names that neither gazetteer nor rules can type: a
// multiclass perceptron whose weights the user has learned from texts of his
// own (`wiredesk ner train`). None is shipped.

#ifndef WIREDESK_STAGES_TAG_NAMES_MODEL_H_
#define WIREDESK_STAGES_TAG_NAMES_MODEL_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace wiredesk {

enum class ModelType : uint8_t { kPerson, kOrganization, kPlace, kOther };
inline constexpr int kModelTypes = 4;
// "person", "place"...
absl::string_view ModelTypeText(ModelType type);

// What the model takes a name for.
struct ModelGuess {
  ModelType type = ModelType::kOther;
  float probability = 0;
  float margin = 0;  // over the probability of the next type
};

struct NameModelHeader {
  char magic[8];  // "WDNER\0\0\0"
  uint32_t format;
  uint32_t words_version;     // kWordsVersion
  uint32_t features_version;  // kNameFeaturesVersion
  uint32_t bits;              // the table has 2^bits features
  uint64_t checksum;          // XXH3 of the file with this field zero
  float scale;                // what a weight of one is worth
  uint32_t examples;          // that it was trained on
  uint32_t reserved[6];
};
static_assert(sizeof(NameModelHeader) == 64);
inline constexpr uint32_t kNameModelFormat = 1;
inline constexpr uint32_t kNameModelBitsMin = 4;
inline constexpr uint32_t kNameModelBitsMax = 22;  // 32 MB

// How much likelier than the next a type must be to be believed: the default.
inline constexpr double kNameModelMargin = 0.3;

// The weights of one feature, a type each.
using ModelWeights = std::array<int16_t, kModelTypes>;

// Immutable and shared by all workers.
class NameModel {
 public:
  // Reads a file that `wiredesk ner train` wrote. NotFound, or InvalidArgument
  // where it is damaged or of another version.
  static absl::StatusOr<std::shared_ptr<const NameModel>> Open(
      const std::string& path);
  static absl::StatusOr<std::shared_ptr<const NameModel>> FromBytes(
      absl::string_view bytes);
  // The bytes of a file. `weights` has a power of two of features.
  static std::string ToBytes(absl::Span<const ModelWeights> weights,
                             float scale, uint32_t examples);

  // The type of what has these features (features.h).
  ModelGuess Guess(absl::Span<const uint32_t> features) const;

  // Its checksum in hex.
  const std::string& version() const { return version_; }
  uint32_t examples() const { return examples_; }
  size_t bytes() const { return weights_.size() * sizeof(ModelWeights); }

 private:
  NameModel() = default;

  std::vector<ModelWeights> weights_;
  int shift_ = 0;
  float scale_ = 0;
  uint32_t examples_ = 0;
  std::string version_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_NAMES_MODEL_H_
