#ifndef WIREDESK_PIPELINE_COMMAND_LINE_MOMENT_H_
#define WIREDESK_PIPELINE_COMMAND_LINE_MOMENT_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace wiredesk {

// A time as an operator writes it, in UTC where no zone is given:
//
//   now  -1h  -90m  -2d12h                    before `now`
//   today  yesterday  today 06:00  yesterday 18:30
//   2026-07-01  2026-07-01T06:30  2026-07-01T06:30:15+02:00  (or with a space)
//   1782864000000                             milliseconds since 1970
//
// InvalidArgument: it is none of these. Linear in `text`.
absl::StatusOr<absl::Time> ParseMoment(absl::string_view text, absl::Time now);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_COMMAND_LINE_MOMENT_H_
