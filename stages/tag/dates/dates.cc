#include "stages/tag/dates/dates.h"

#include "absl/strings/match.h"
#include "stages/tag/dates/english.h"
#include "stages/tag/dates/foreign.h"
#include "stages/tag/dates/korean.h"
#include "stages/tag/dates/text.h"
#include "stages/tag/dates/words.h"

namespace wiredesk {

void MarkDateWords(WordMarker& marker) {
  EnglishDateWords().MarkWords(marker);
  MarkForeignDateWords(marker);
}

void FindDates(absl::string_view text, absl::Span<const Word> words,
               const DateReference& reference, absl::string_view language,
               std::vector<FoundDate>& dates) {
  const absl::string_view primary = language.substr(0, language.find('-'));
  if (primary == "ko") {
    FindKoreanDates(text, words, reference, dates);
    return;
  }
  if (primary == "en") {
    const DateText words_seen(text, words, EnglishDateWords());
    EnglishDates(words_seen, reference, dates).Find();
    return;
  }
  FindForeignDates(text, words, reference, primary, dates);
}

}  // namespace wiredesk
