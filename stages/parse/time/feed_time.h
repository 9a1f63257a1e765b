// Times as publishers write them.
//
// Understood are RFC 3339 and its relatives, RFC 822/2822, C's asctime, compact
// forms (20240711T093000Z), numbers since 1970, day or month names in some
// forty languages, day before month and month before day, 12-hour clocks,
// named zones, military letters, IANA zones, offsets in every spelling, two-
// digit years, and words around and between. Nothing here knows what time it
// is: what cannot be read is nullopt, never "now" and never 1970.
//
// Tested by feed_time_test.cc with tables, by feed_time_fuzz.cc, and against
// the date cases of feedparser and miniflux where they are at hand.

#ifndef WIREDESK_STAGES_PARSE_TIME_FEED_TIME_H_
#define WIREDESK_STAGES_PARSE_TIME_FEED_TIME_H_

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "pipeline/record/event_record.h"

namespace wiredesk {

struct ParsedTime {
  absl::Time instant;  // the beginning of what was given
  TimePrecision precision = TimePrecision::kSecond;  // never kNone
  // Seconds east of UTC that the text or the fallback zone gave.
  int32_t offset = 0;
  bool has_zone = false;  // whether the text itself told its zone
};

// Where the text has no zone, it is taken as the time in `fallback`.
std::optional<ParsedTime> ParseTime(
    absl::string_view text,
    const absl::TimeZone& fallback = absl::UTCTimeZone());

// The same without the short way for the commonest forms, for tests.
std::optional<ParsedTime> ParseTimeByTokens(absl::string_view text,
                                            const absl::TimeZone& fallback);

// A count since 1970 in seconds, milliseconds, microseconds or nanoseconds,
// told apart by its size. Zero and what is out of the years 1900..2200 is
// nullopt.
std::optional<ParsedTime> ParseEpoch(double count);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_TIME_FEED_TIME_H_
