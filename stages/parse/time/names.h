// Names of months and of time zones, as they stand in dates.

#ifndef WIREDESK_STAGES_PARSE_TIME_NAMES_H_
#define WIREDESK_STAGES_PARSE_TIME_NAMES_H_

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

namespace wiredesk {

// The table; read only by zones.cc.
extern const char kMonthNames[];

// 1..12 for a month's name in any case, or an unmistakable beginning of one;
// 0 where it is none.
int FindMonth(absl::string_view word);

// A zone by name. Zones with summer time have an IANA name instead of a fixed
// offset.
struct NamedZone {
  absl::string_view name;
  int32_t offset = 0;           // seconds east of UTC
  absl::string_view iana = {};  // "America/New_York" for "ET"
};

// The zone of an abbreviation ("PST", "CEST", "UT"), or of a military letter
// with the signs of RFC 822, in any case; nullptr where there is none.
const NamedZone* FindZone(absl::string_view word);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_TIME_NAMES_H_
