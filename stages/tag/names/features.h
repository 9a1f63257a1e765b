// What a statistical model sees of a name and of the words around it.

#ifndef WIREDESK_STAGES_TAG_NAMES_FEATURES_H_
#define WIREDESK_STAGES_TAG_NAMES_FEATURES_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "stages/tag/gazetteer/gazetteer.h"
#include "stages/tag/names/mentions.h"
#include "stages/tag/names/scan.h"

namespace wiredesk {

// Changes whenever a feature comes to mean something else: a model of other
// features is refused.
inline constexpr uint32_t kNameFeaturesVersion = 1;

// Collects the features of one name after the other. Working memory of one
// thread.
class NameFeatures {
 public:
  void Clear() { features_.clear(); }
  // The words of a name, with what the rules said of it.
  void AddName(const Gazetteer& gazetteer, const NameScan& scan,
               const NameMention& mention);
  // The words around one of its mentions.
  void AddContext(const Gazetteer& gazetteer, const NameScan& scan,
                  const NameMention& mention);
  // Something that the caller knows; `kind` is his, below 256.
  void AddFact(uint32_t kind, uint64_t value);
  // What was collected, each feature once.
  absl::Span<const uint32_t> Finish();

 private:
  void Add(uint32_t kind, uint64_t value);
  void AddClasses(uint32_t kind, uint32_t classes);
  void AddWord(uint32_t kind, const NameScan& scan, uint32_t word);
  void AddNeighbour(uint32_t kind, const Gazetteer& gazetteer,
                    const NameScan& scan, uint32_t word);
  void AddEnds(uint32_t kind, const NameScan& scan, uint32_t word);

  std::vector<uint32_t> features_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_NAMES_FEATURES_H_
