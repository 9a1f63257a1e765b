// Which failures time does not heal. A sink asks before it calls a transaction
// aborted, the supervisor before it restarts a worker:
//
//   if (IsPermanent(status)) return status;  // somebody must act first

#ifndef WIREDESK_PIPELINE_FLOW_PERMANENT_ERROR_H_
#define WIREDESK_PIPELINE_FLOW_PERMANENT_ERROR_H_

#include "absl/status/status.h"

namespace wiredesk {

// Whether a failure stays however often it is tried: somebody must correct the
// configuration, the rights or the data first. False for OK.
bool IsPermanent(const absl::Status& status);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_FLOW_PERMANENT_ERROR_H_
