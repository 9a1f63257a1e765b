// Time expressions and their values in TIMEX3, the notation of TimeML:
// "2024-07-11", "2024-W28", "P3Y", "2024-07-09/2024-07-11", "PRESENT_REF".

#ifndef WIREDESK_STAGES_TAG_DATES_DATES_H_
#define WIREDESK_STAGES_TAG_DATES_DATES_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "pipeline/record/event_record.h"
#include "stages/tag/marks/word_marks.h"
#include "stages/text/words.h"

namespace wiredesk {

// When the text was published, on the clock of its publisher.
struct DateReference {
  bool known = false;
  absl::CivilSecond local;
};

// A DateExpression of the record that holds the characters of its value, so that
// a search needs no arena.
struct FoundDate {
  uint32_t begin = 0;  // bytes of the text
  uint32_t end = 0;
  DateType type = DateType::kDate;
  uint8_t value_length = 0;
  char value_text[46] = {};

  absl::string_view value() const { return {value_text, value_length}; }
};

// Appends the time expressions of `text` in order, without overlap. `words` are
// those of `text`; `language` is a BCP 47 tag. English is read fully; of
// German, French, Spanish, Italian, Portuguese, Dutch and Korean days, months,
// years and relative forms; in other languages only ISO dates. What would need
// a reference that is not known is left out. Thread-safe.
void FindDates(absl::string_view text, absl::Span<const Word> words,
               const DateReference& reference, absl::string_view language,
               std::vector<FoundDate>& dates);

// Tells `marker` of the words that matter to dates, in all languages.
void MarkDateWords(WordMarker& marker);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_DATES_DATES_H_
