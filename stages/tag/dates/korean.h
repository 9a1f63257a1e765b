// Korean dates: "2024년 7월 11일", "지난해", "오는 9월".

#ifndef WIREDESK_STAGES_TAG_DATES_KOREAN_H_
#define WIREDESK_STAGES_TAG_DATES_KOREAN_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/tag/dates/dates.h"
#include "stages/text/words.h"

namespace wiredesk {

// As FindDates, for a Korean text.
void FindKoreanDates(absl::string_view text, absl::Span<const Word> words,
                     const DateReference& reference,
                     std::vector<FoundDate>& dates);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_DATES_KOREAN_H_
