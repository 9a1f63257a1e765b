#ifndef WIREDESK_PIPELINE_FLOW_CRASH_POINT_H_
#define WIREDESK_PIPELINE_FLOW_CRASH_POINT_H_

#include "absl/strings/string_view.h"

namespace wiredesk {

// The places where a test may kill the process, by their names.
inline constexpr absl::string_view kCrashPoints[] = {
    "before_sighting_append", "after_sighting_append", "before_produce",
    "after_produce",          "before_send_offsets",   "after_send_offsets",
    "before_commit",          "after_commit",
};

#ifdef WIREDESK_CRASH_POINTS
// Kills the process, as SIGKILL does, if the environment asks for it:
// WIREDESK_CRASH_AT=before_commit:3 dies when that point is passed for the
// third time (":1" may be left out). Costs a comparison where it is not set.
void CrashPoint(absl::string_view name);
#else
inline void CrashPoint(absl::string_view /*name*/) {}
#endif

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_FLOW_CRASH_POINT_H_
