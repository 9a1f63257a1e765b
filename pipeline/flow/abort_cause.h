// Why a batch was aborted, or a worker ended, as one of a few words: what the
// metrics tell by. The edge that knows the error says it, once; the cause then
// goes with the status.
//
//   status = WithCause(KafkaStatus(error, "cannot commit"), kCauseRebalanced);
//   counters[CauseOf(status)]->Add();

#ifndef WIREDESK_PIPELINE_FLOW_ABORT_CAUSE_H_
#define WIREDESK_PIPELINE_FLOW_ABORT_CAUSE_H_

#include <array>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace wiredesk {

enum class AbortCause {
  kOther,
  kRebalanced,   // the partitions went to somebody else
  kFenced,       // another process has this one's name
  kTimedOut,     // no answer in time, or the transaction took too long
  kUnreachable,  // a broker is away, or the partition has no leader
  kRefused,      // a record, or the right to do it
};
inline constexpr std::array<absl::string_view, 6> kAbortCauses = {
    "other", "rebalanced", "fenced", "timed_out", "unreachable", "refused"};

// The same error, which tells its cause. OK stays OK.
absl::Status WithCause(absl::Status status, AbortCause cause);

// kOther where nobody has said it.
AbortCause CauseOf(const absl::Status& status);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_FLOW_ABORT_CAUSE_H_
