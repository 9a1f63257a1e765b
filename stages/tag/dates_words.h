// The English words of the date rules.

#ifndef WIREDESK_STAGES_TAG_DATES_WORDS_H_
#define WIREDESK_STAGES_TAG_DATES_WORDS_H_

#include "absl/strings/string_view.h"
#include "stages/tag/dates_text.h"
#include "stages/tag/word_map.h"

namespace wiredesk {

// Words that may begin an expression, and those that only go on with one.
const WordMap<DateWord>& EnglishDateStarts();
const WordMap<DateWord>& EnglishDateOthers();

// Adds each of `list`, words separated by spaces, with `first` as the value of
// the first and one more for each further; "a/b" are two words of one value.
void AddDateWords(WordMap<DateWord>& map, DateClass kind, int first,
                  absl::string_view list, uint8_t flags = 0);

// Adds each of `list` with the same `value`.
void AddSameDateWords(WordMap<DateWord>& map, DateClass kind, int value,
                      absl::string_view list, uint8_t flags = 0);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_DATES_WORDS_H_
