// Any bytes in any language: spans lie in the text, in order.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "stages/tag/dates/amounts.h"
#include "stages/tag/dates/dates.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  std::vector<wiredesk::Word> words;
  wiredesk::SplitWords(text, words);
  const wiredesk::DateReference reference = {
      true, absl::CivilSecond(2024, 2, 29, 23, 59, 59)};
  for (const absl::string_view language :
       {"en", "de", "fr", "es", "it", "pt", "nl", "ko", "und"}) {
    std::vector<wiredesk::FoundDate> dates;
    wiredesk::FindDates(text, words, reference, language, dates);
    for (const wiredesk::FoundDate& date : dates) {
      if (date.begin >= date.end || date.end > size) std::abort();
      if (date.value().empty()) std::abort();
    }
    std::vector<wiredesk::Amount> amounts;
    wiredesk::FindAmounts(wiredesk::Field::kBody, text, words, dates, language,
                          "CA", amounts);
    for (const wiredesk::Amount& amount : amounts) {
      const wiredesk::Mention& at = amount.mention;
      if (at.begin >= at.end || at.end > size) std::abort();
    }
  }
  return 0;
}
