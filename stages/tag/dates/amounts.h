// Numbers with a unit: money, percentages and things that are counted.

#ifndef WIREDESK_STAGES_TAG_DATES_AMOUNTS_H_
#define WIREDESK_STAGES_TAG_DATES_AMOUNTS_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/tag/dates/dates.h"
#include "stages/tag/marks/word_marks.h"
#include "stages/text/words.h"

namespace wiredesk {

// Appends the amounts of `text`, which is that of `field`, in order. Their unit
// is an ISO 4217 code or "percent", a literal; or the noun counted, a view into
// the text ("sectors"). `words` are those of `text`; `dates` are what FindDates
// found in it: a number inside a calendar date is not an amount. A dollar is
// that of `country` (ISO 3166-1 alpha-2 of the provider) where that country has
// one of its own, else USD. Thread-safe.
void FindAmounts(Field field, absl::string_view text,
                 absl::Span<const Word> words,
                 absl::Span<const FoundDate> dates, absl::string_view language,
                 absl::string_view country, std::vector<Amount>& amounts);

// Tells `marker` of the words with which an amount may begin.
void MarkAmountWords(WordMarker& marker);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_DATES_AMOUNTS_H_
