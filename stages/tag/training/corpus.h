// Texts whose names a person has marked, for the training of a name model.

#ifndef WIREDESK_STAGES_TAG_TRAINING_CORPUS_H_
#define WIREDESK_STAGES_TAG_TRAINING_CORPUS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "stages/tag/names/model.h"

namespace wiredesk {

// A name where it stands: bytes [begin, end) of the headline (text 0) or the
// body (1).
struct MarkedName {
  uint8_t text = 1;
  uint32_t begin = 0;
  uint32_t end = 0;
  ModelType type = ModelType::kOther;
};

struct MarkedText {
  std::string headline;
  std::string body;
  std::vector<MarkedName> names;
};

// Appends the texts of a file, unpacked where it is gzip: columns as in CoNLL,
// or records of our own, one a line. NotFound; InvalidArgument with the line.
absl::Status ReadNameCorpus(const std::string& path,
                            std::vector<MarkedText>& texts);

// The same of bytes in memory; `name` stands in messages.
absl::Status ParseNameCorpus(absl::string_view name, absl::string_view content,
                             std::vector<MarkedText>& texts);

// The formats one by one.
absl::Status ParseNameColumns(absl::string_view name, absl::string_view content,
                              std::vector<MarkedText>& texts);
absl::Status ParseNameRecords(absl::string_view name, absl::string_view content,
                              std::vector<MarkedText>& texts);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_TRAINING_CORPUS_H_
