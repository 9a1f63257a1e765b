// Any bytes: indicators lie in the text and have a value.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "stages/tag/indicators/indicators.h"
#include "stages/tag/indicators/lists.h"
#include "stages/tag/marks/text_spots.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  static const wiredesk::WarningList warnings(wiredesk::DefaultWarningList());
  std::vector<wiredesk::Word> words;
  wiredesk::SplitWords(text, words);
  wiredesk::TextSpots spots;
  wiredesk::FindSpots(text, words, spots);
  wiredesk::IndicatorList list;
  for (const bool plain : {false, true}) {
    wiredesk::FindIndicators(text, words, spots,
                             {&warnings, "example.org", plain}, list);
  }
  for (const wiredesk::FoundIndicator& one : list.found) {
    if (one.begin >= one.end || one.end > size) std::abort();
    if (list.value(one).empty()) std::abort();
  }
  return 0;
}
