// Dates in the European languages besides English.

#ifndef WIREDESK_STAGES_TAG_DATES_FOREIGN_H_
#define WIREDESK_STAGES_TAG_DATES_FOREIGN_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/tag/dates/dates.h"
#include "stages/tag/marks/word_marks.h"
#include "stages/text/words.h"

namespace wiredesk {

// As FindDates, for German, French, Spanish, Italian, Portuguese and Dutch
// ("de", "fr", "es", "it", "pt", "nl"); of other languages only what is written
// in digits.
void FindForeignDates(absl::string_view text, absl::Span<const Word> words,
                      const DateReference& reference,
                      absl::string_view language,
                      std::vector<FoundDate>& dates);

// Tells `marker` of the words of all these languages.
void MarkForeignDateWords(WordMarker& marker);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_DATES_FOREIGN_H_
