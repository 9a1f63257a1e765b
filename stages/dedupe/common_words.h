// Words that tell nothing about what a text is about.

#ifndef WIREDESK_STAGES_DEDUPE_COMMON_WORDS_H_
#define WIREDESK_STAGES_DEDUPE_COMMON_WORDS_H_

#include <cstdint>

namespace wiredesk {

// Whether `word`, a word's hash, is one of the most frequent of the languages
// of the wires: articles, pronouns, prepositions, "said". A term's weight falls
// with its frequency anyway; this keeps such words from taking the place of
// better ones in a sighting.
bool IsCommonWord(uint64_t word);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_COMMON_WORDS_H_
