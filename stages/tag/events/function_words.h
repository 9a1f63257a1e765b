// The small words of English by which a sentence is taken apart.

#ifndef WIREDESK_STAGES_TAG_EVENTS_FUNCTION_WORDS_H_
#define WIREDESK_STAGES_TAG_EVENTS_FUNCTION_WORDS_H_

#include <algorithm>
#include <cstdint>
#include <initializer_list>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace wiredesk {

// Words with the same classes (EventWordClass) and forms (EventForm), with
// spaces between.
struct FunctionWords {
  uint32_t classes;
  uint8_t forms;
  absl::string_view words;
};
absl::Span<const FunctionWords> AllFunctionWords();

// The prepositions that patterns may name; the number of one is its index plus
// one.
absl::Span<const absl::string_view> EventPrepositions();
// 1..63, or 0 where `word` is not one of these.
uint8_t EventPreposition(absl::string_view word);
inline constexpr uint64_t PrepositionBit(uint8_t number) {
  return number == 0 ? 0 : uint64_t{1} << number;
}

inline bool IsOneOf(absl::string_view name,
                    std::initializer_list<absl::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_EVENTS_FUNCTION_WORDS_H_
