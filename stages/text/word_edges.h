// Where the runs of letters of a text begin and end; for words.cc.

#ifndef WIREDESK_STAGES_TEXT_WORD_EDGES_H_
#define WIREDESK_STAGES_TEXT_WORD_EDGES_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace wiredesk {

// The begin and the end of each run, in turn. A run is what neither an ASCII
// separator nor general punctuation (U+2000 to U+203F) parts, though the latter
// may stand inside of a run now and then. The result lies in `memory`, which
// grows as it must and is worth keeping.
absl::Span<const uint32_t> FindWordEdges(absl::string_view text,
                                         std::vector<uint32_t>& memory);

// The same runs, found without vector instructions.
absl::Span<const uint32_t> FindWordEdgesPortably(absl::string_view text,
                                                 std::vector<uint32_t>& memory);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TEXT_WORD_EDGES_H_
