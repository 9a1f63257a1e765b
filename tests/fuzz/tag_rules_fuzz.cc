// Any rules: refused with a place, or matched without harm.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "stages/tag/rules/rules.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  std::vector<wiredesk::Word> words;
  wiredesk::SplitWords(text, words);
  const auto rules = wiredesk::TagRules::Parse("fuzz", text);
  if (!rules.ok()) {
    if (rules.status().message().substr(0, 5) != "fuzz:") std::abort();
    return 0;
  }
  const auto scratch = wiredesk::MakeTagRuleScratch();
  wiredesk::TagRuleInput input;
  input.body_words = words;
  std::vector<absl::string_view> tags;
  (*rules)->Match(input, *scratch, tags);
  return 0;
}
