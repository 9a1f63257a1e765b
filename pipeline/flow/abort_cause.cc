#include "pipeline/flow/abort_cause.h"

#include <algorithm>
#include <utility>

#include "absl/strings/cord.h"

namespace wiredesk {
namespace {

constexpr absl::string_view kPayload = "wiredesk/abort-cause";

}  // namespace

absl::Status WithCause(absl::Status status, AbortCause cause) {
  if (!status.ok() && cause != AbortCause::kOther) {
    status.SetPayload(kPayload,
                      absl::Cord(kAbortCauses[static_cast<size_t>(cause)]));
  }
  return status;
}

AbortCause CauseOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kPayload);
  if (!payload) return AbortCause::kOther;
  const auto* const found =
      std::find(kAbortCauses.begin(), kAbortCauses.end(), *payload);
  return found == kAbortCauses.end()
             ? AbortCause::kOther
             : static_cast<AbortCause>(found - kAbortCauses.begin());
}

}  // namespace wiredesk
