#ifndef WIREDESK_PIPELINE_REPLAY_SEED_H_
#define WIREDESK_PIPELINE_REPLAY_SEED_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "pipeline/flow/record_reader.h"
#include "pipeline/flow/sighting_log.h"

namespace wiredesk {

// Applies the entries of a sighting log to `replica`, so that a replay that
// follows decides as the service did at that time. `log` gives the entries as
// raw records, from a topic or a recording of it. Returns the position of the
// next entry. DataLoss: the entries are not of one partition in order.
absl::StatusOr<int64_t> SeedReplica(RecordReader& log,
                                    SightingReplica& replica);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_REPLAY_SEED_H_
