// Names of the days of the week, in the languages whose feeds write them before
// dates in numbers.

#ifndef WIREDESK_STAGES_PARSE_TIME_WEEKDAY_H_
#define WIREDESK_STAGES_PARSE_TIME_WEEKDAY_H_

#include "absl/strings/string_view.h"

namespace wiredesk {

// 0 for Monday to 6 for Sunday; -1 for what is not a day of the week.
int FindWeekday(absl::string_view word);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_TIME_WEEKDAY_H_
