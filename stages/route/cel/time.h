// Timestamps and durations of CEL: seconds and nanoseconds, with the bounds of
// the specification (years 1 to 9999; 10,000 years either way).

#ifndef WIREDESK_STAGES_ROUTE_CEL_TIME_H_
#define WIREDESK_STAGES_ROUTE_CEL_TIME_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "stages/route/cel/value.h"

namespace wiredesk {

// All of these give an error value where the result is out of bounds.
CelValue CelTimestamp(absl::Time time);
CelValue CelTimestampFromSeconds(int64_t seconds);
CelValue CelParseTimestamp(absl::string_view text);  // RFC 3339
CelValue CelParseDuration(absl::string_view text);   // "1h30m", "0.5s"

// Timestamp and duration, duration and duration, timestamp and timestamp.
CelValue CelAddTime(const CelValue& a, const CelValue& b);
CelValue CelSubtractTime(const CelValue& a, const CelValue& b);

// "2009-02-13T23:31:30Z", "3.5s"
std::string CelTimeToText(const CelValue& value);

// What getFullYear() and its like ask for.
enum class CelTimePart {
  kFullYear,
  kMonth,       // from 0
  kDate,        // from 1
  kDayOfMonth,  // from 0
  kDayOfWeek,   // from 0, Sunday
  kDayOfYear,   // from 0
  kHours,
  kMinutes,
  kSeconds,
  kMilliseconds
};
CelValue CelPartOfTimestamp(const CelValue& timestamp, CelTimePart part,
                            const absl::TimeZone& zone);
// Whole hours, minutes or seconds of all of it; milliseconds of its second.
CelValue CelPartOfDuration(const CelValue& duration, CelTimePart part);

// "Europe/Berlin", "UTC", "+05:30", "-02:00", "02:00".
std::optional<absl::TimeZone> CelTimeZone(absl::string_view name);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_CEL_TIME_H_
