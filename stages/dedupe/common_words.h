// Words that tell little about what a text is about.
//
// How rare a word is, is learnt from the stream; but a stream that has just
// begun knows nothing, and English is what most of it will be. So the share of
// articles that have a word is given beforehand for some thousand English ones,
// as the middle of three collections from 1987, 2004 and the 2010s: what is
// frequent in one of them only was news then. Names are therefore hardly there.

#ifndef WIREDESK_STAGES_DEDUPE_COMMON_WORDS_H_
#define WIREDESK_STAGES_DEDUPE_COMMON_WORDS_H_

#include <cstdint>

namespace wiredesk {

// Of the most frequent words of the languages of the wires: articles, pronouns,
// prepositions, "said". They are no terms at all.
inline constexpr uint8_t kCommonWord = 255;
inline constexpr uint8_t kUnknownWord = 0;

// The class of `word`, a word's hash: one of the above, or 1 + q for a word
// that about one article in 2^(q / 4) has.
uint8_t WordClassOf(uint64_t word);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_COMMON_WORDS_H_
