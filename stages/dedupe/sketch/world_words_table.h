// How frequent words of the world's languages are, names among them.

#ifndef WIREDESK_STAGES_DEDUPE_SKETCH_WORLD_WORDS_TABLE_H_
#define WIREDESK_STAGES_DEDUPE_SKETCH_WORLD_WORDS_TABLE_H_

#include <cstddef>

namespace wiredesk {

// Words that about one article in 2^(quarters / 4) has, spaces between them.
struct WorldWordsClass {
  int quarters;
  const char* words;
};

extern const WorldWordsClass kWorldWords[];
extern const size_t kWorldWordsClasses;

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_SKETCH_WORLD_WORDS_TABLE_H_
