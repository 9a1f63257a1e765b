// Another configuration tried on the records that are kept: what `wiredesk replay
// --diff` would say of the two.
//
// Both chains begin with an empty story index, so verdicts are those of this
// stretch alone, on either side. It runs on one thread at a low priority, one
// rehearsal at a time, for a bounded time, and writes nothing.

#ifndef WIREDESK_PIPELINE_DESK_REHEARSAL_H_
#define WIREDESK_PIPELINE_DESK_REHEARSAL_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "pipeline/desk/history.h"
#include "pipeline/flow/chain.h"
#include "pipeline/replay/diff_report.h"

namespace wiredesk {

struct RehearsalResult {
  DiffReport report;
  int64_t raw_records = 0;
  bool complete = true;  // false: the time was up before the records
  double seconds = 0;
};

// Gives the raw records of `newest` (as DeskHistory::Newest() has them) to both
// chains, which have seen nothing yet, the oldest first.
absl::StatusOr<RehearsalResult> Rehearse(const KeptRecords& newest,
                                         absl::Duration time_max, Chain& in_use,
                                         Chain& rehearsed);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_DESK_REHEARSAL_H_
