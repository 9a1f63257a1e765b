#include "pipeline/replay/seed.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "config/base/status_macros.h"
#include "pipeline/flow/replica_settings.h"

namespace wiredesk {

absl::StatusOr<int64_t> SeedReplica(RecordReader& log,
                                    SightingReplica& replica) {
  Batch batch({});
  std::string decision;
  int64_t next = 0;
  while (true) {
    batch.Reset();
    const absl::Status status = log.Fill(batch);
    if (absl::IsOutOfRange(status)) break;
    WD_RETURN_IF_ERROR(status);
    for (const RawRecord& raw : batch.raw_records()) {
      if (raw.origin.partition != 0 || raw.origin.offset < next) {
        return absl::DataLossError(absl::StrCat(
            raw.origin.topic,
            " is not a sighting log: it must be one partition, in order"));
      }
      if (raw.key != kAnnouncementKey) {
        WD_RETURN_IF_ERROR(
            replica.Apply(raw.origin.offset, raw.value, decision));
      }
      next = raw.origin.offset + 1;
    }
  }
  WD_RETURN_IF_ERROR(log.faults());
  // As a service that has read the log to its end, and now begins itself.
  for (const std::string& entry : replica.TakeEntries()) {
    WD_RETURN_IF_ERROR(replica.Apply(next++, entry, decision));
  }
  return next;
}

}  // namespace wiredesk
