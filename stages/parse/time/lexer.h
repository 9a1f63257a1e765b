// Cuts the text of a date into numbers, words and signs.

#ifndef WIREDESK_STAGES_PARSE_TIME_LEXER_H_
#define WIREDESK_STAGES_PARSE_TIME_LEXER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace wiredesk {

struct TimeToken {
  enum class Type : uint8_t { kNumber, kWord, kSign };

  Type type = Type::kSign;
  bool attached = false;   // nothing stands between it and the one before
  char sign = 0;           // of kSign
  uint32_t digits = 0;     // of kNumber
  int64_t value = 0;       // of kNumber; of at most 18 digits
  absl::string_view text;  // as it stands; digits are ASCII
};

// Longer texts are not dates.
inline constexpr size_t kTimeTextMax = 256;

// A date's text with all digits in ASCII and comments in parentheses taken out,
// into a text of their own. Both empty if `text` is too long.
struct TimeText {
  std::string text;
  std::string comment;
};
TimeText NormalizeTimeText(absl::string_view text);

// The tokens of `text`, which must outlive them. The dots of "a.m." and "p.m."
// are left out of the sequence, and the words are "am" and "pm".
std::vector<TimeToken> LexTime(absl::string_view text);

// The value of "start=2002-10-13T09:00+01:00;end=…", or of "/Date(172…)/".
absl::string_view UnwrapTimeText(absl::string_view text);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_TIME_LEXER_H_
