#include "pipeline/flow/memory_sighting_log.h"

#include "config/base/status_macros.h"

namespace wiredesk {

absl::Status MemorySightingLog::Append(int64_t sequence,
                                       absl::Span<const std::string> sightings,
                                       std::vector<std::string>& decisions) {
  if (sequence < 0) return Apply(sightings, decisions);
  WD_RETURN_IF_ERROR(turnstile_.Enter(sequence));
  const absl::Status status = Apply(sightings, decisions);
  if (status.ok()) {
    turnstile_.Leave();
  } else {
    turnstile_.Close();
  }
  return status;
}

absl::Status MemorySightingLog::Apply(absl::Span<const std::string> sightings,
                                      std::vector<std::string>& decisions) {
  absl::MutexLock lock(&mutex_);
  // Strings that are there already keep their memory.
  decisions.resize(sightings.size());
  for (size_t i = 0; i < sightings.size(); ++i) {
    WD_RETURN_IF_ERROR(replica_->Apply(next_++, sightings[i], decisions[i]));
  }
  return absl::OkStatus();
}

}  // namespace wiredesk
