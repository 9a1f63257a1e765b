#ifndef WIREDESK_PIPELINE_RECORD_CODE_POINT_INDEX_H_
#define WIREDESK_PIPELINE_RECORD_CODE_POINT_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"

namespace wiredesk {

// Turns byte offsets of a text into counts of code points. Costs one pass over
// the text, and nothing more where that finds ASCII alone.
class CodePointIndex {
 public:
  void Reset(absl::string_view text);

  // How many code points begin before `offset`. REQUIRES: offset <= size.
  uint32_t At(uint32_t offset) const {
    return ascii_ ? offset : CountBefore(offset);
  }

 private:
  struct Block {             // 64 bytes of the text
    uint32_t before;         // code points that begin before it
    uint64_t continuations;  // a bit for each byte that continues one
  };

  uint32_t CountBefore(uint32_t offset) const;

  bool ascii_ = true;
  std::vector<Block> blocks_;  // the last one is not full
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_RECORD_CODE_POINT_INDEX_H_
