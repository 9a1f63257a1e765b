// The end of a record that has cost a stage more than it may (config/base/
// cost_meter.h): a dead letter that names the stage and the work that was done
// last.
//
//   if (IsTooCostly("tag", "quotes", batch, record)) return;  // out of the flow

#ifndef WIREDESK_STAGES_TEXT_TOO_COSTLY_H_
#define WIREDESK_STAGES_TEXT_TOO_COSTLY_H_

#include "absl/strings/string_view.h"
#include "pipeline/record/batch.h"

namespace wiredesk {

// Whether `record`, which the batch has begun with, has cost more than
// limits.record_cpu_max by the work called `after`; then it is a dead letter.
// Reads a clock.
bool IsTooCostly(absl::string_view stage, absl::string_view after, Batch& batch,
                 const EventRecord& record);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TEXT_TOO_COSTLY_H_
