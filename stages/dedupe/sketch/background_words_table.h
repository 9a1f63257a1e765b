// How frequent the words of English news are.

#ifndef WIREDESK_STAGES_DEDUPE_SKETCH_BACKGROUND_WORDS_TABLE_H_
#define WIREDESK_STAGES_DEDUPE_SKETCH_BACKGROUND_WORDS_TABLE_H_

#include <cstddef>

namespace wiredesk {

// Words that about one article in 2^(quarters / 4) has, spaces between them.
struct BackgroundClass {
  int quarters;
  const char* words;
};

extern const BackgroundClass kBackgroundClasses[];
extern const size_t kBackgroundClassCount;

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_SKETCH_BACKGROUND_WORDS_TABLE_H_
