// Prefixes by which the wires mark another take of a story: "CORRECTED-",
// "UPDATE 2-", "(Berichtigung)", "訂正：".
//
// They count only at the start of a headline and before a dash, colon or
// bracket: "Correction in oil prices" is a headline like any other.
// Tested by story_index_test.cc.

#ifndef WIREDESK_STAGES_DEDUPE_SKETCH_HEADLINE_PREFIX_H_
#define WIREDESK_STAGES_DEDUPE_SKETCH_HEADLINE_PREFIX_H_

#include <cstddef>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/text/words.h"

namespace wiredesk {

// How many of `words` (those of `headline`) belong to such prefixes; 0 where
// there is none. Never all of them.
size_t CountPrefixWords(absl::string_view headline,
                        absl::Span<const Word> words);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_SKETCH_HEADLINE_PREFIX_H_
