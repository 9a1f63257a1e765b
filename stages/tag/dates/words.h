// The English words of the date rules.

#ifndef WIREDESK_STAGES_TAG_DATES_WORDS_H_
#define WIREDESK_STAGES_TAG_DATES_WORDS_H_

#include "absl/strings/string_view.h"
#include "stages/tag/dates/text.h"

namespace wiredesk {

const DateVocabulary& EnglishDateWords();

// Adds each of `list`, words separated by spaces, with `first` as the value of
// the first and one more for each further; "a/b" are two words of one value.
void AddDateWords(DateVocabulary& words, DateClass kind, int first,
                  absl::string_view list, uint8_t flags = 0);

// Adds each of `list` with the same `value`.
void AddSameDateWords(DateVocabulary& words, DateClass kind, int value,
                      absl::string_view list, uint8_t flags = 0);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_DATES_WORDS_H_
