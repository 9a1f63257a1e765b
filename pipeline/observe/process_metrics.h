#ifndef WIREDESK_PIPELINE_OBSERVE_PROCESS_METRICS_H_
#define WIREDESK_PIPELINE_OBSERVE_PROCESS_METRICS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "pipeline/observe/metrics.h"

namespace wiredesk {

// The process_* metrics that every Prometheus client shows: CPU seconds,
// resident and virtual memory, open and most files, threads, start time. As the
// system says now; what it does not say is left out.
std::string ProcessMetricsText();

// A gauge that is 1 and whose labels tell something, such as
// wiredesk_build_info.
std::string InfoMetricText(absl::string_view name, absl::string_view help,
                           absl::Span<const Label> labels);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_OBSERVE_PROCESS_METRICS_H_
