// Languages that detectors take for one another: Croatian, Bosnian and Serbian in
// Latin letters, Indonesian and Malay, Danish and the two Norwegians, Macedonian,
// Bulgarian and Serbian in Cyrillic. Their frequent words are the same; a few
// words are not, and these decide: "gdje" or "gde", "bahwa" or "bahawa".
//
// One look-up a word. Tested by language_test.cc.

#ifndef WIREDESK_STAGES_TAG_LANGUAGE_NEAR_LANGUAGES_H_
#define WIREDESK_STAGES_TAG_LANGUAGE_NEAR_LANGUAGES_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/text/words.h"

namespace wiredesk {

// The neighbour of `tag` that the words speak for, or `tag` itself where they say
// nothing, say the same of two, or it has no neighbours. A literal, or `tag`.
absl::string_view TellNeighbour(absl::string_view tag,
                                absl::Span<const Word> words);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_LANGUAGE_NEAR_LANGUAGES_H_
