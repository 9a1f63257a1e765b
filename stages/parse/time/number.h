// Times that are nothing but a number.

#ifndef WIREDESK_STAGES_PARSE_TIME_NUMBER_H_
#define WIREDESK_STAGES_PARSE_TIME_NUMBER_H_

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "stages/parse/time/feed_time.h"

namespace wiredesk {

// Whether a year can be that of an article.
bool IsYear(int64_t value);

// A year of two or three digits as RFC 2822, section 4.3 reads it.
int64_t FullYear(int64_t value, uint32_t digits);

// Whether the text is digits alone, with a sign or a fraction at most.
bool IsNumberTime(absl::string_view text);

// A text of one number: a count since 1970 or a date of digits.
std::optional<ParsedTime> ReadNumberTime(absl::string_view text,
                                         const absl::TimeZone& fallback);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_TIME_NUMBER_H_
