#ifndef WIREDESK_PIPELINE_CODE_POINT_INDEX_H_
#define WIREDESK_PIPELINE_CODE_POINT_INDEX_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"

namespace wiredesk {

// Turns byte offsets of a text into counts of code points. Costs one pass over
// the text, and nothing more where that finds ASCII alone.
class CodePointIndex {
 public:
  // `text` must outlive the calls of At().
  void Reset(absl::string_view text);

  // How many code points begin before `offset`. REQUIRES: offset <= size.
  uint32_t At(uint32_t offset) const;

 private:
  absl::string_view text_;
  bool ascii_ = true;
  std::vector<uint32_t> before_;  // code points before each block of 64 bytes
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_CODE_POINT_INDEX_H_
