// The two forms in which nearly all times arrive, read at a glance:
//
//   2024-07-11T09:30:15Z        RFC 3339; a space for the T, a fraction, an
//                               offset with or without colon, or no zone
//   Thu, 11 Jul 2024 09:30:15 GMT    RFC 822, GMT or an offset
//
// What is not exactly one of these, or has a number out of its range, is left
// to ParseTime's tokens, which give the same for both forms but take ten times
// as long.
//
// Tested by feed_time_test.cc, against the tokens.

#ifndef WIREDESK_STAGES_PARSE_TIME_PLAIN_H_
#define WIREDESK_STAGES_PARSE_TIME_PLAIN_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "stages/parse/time/feed_time.h"

namespace wiredesk {

std::optional<ParsedTime> ParsePlainTime(absl::string_view text,
                                         const absl::TimeZone& fallback);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_TIME_PLAIN_H_
