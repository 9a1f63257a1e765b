// What each article leaves behind, as text that can be compared: made of a
// delivered batch on one side, of the plan and a decision on the other.

#ifndef WIREDESK_TESTS_SIMULATION_TRACES_H_
#define WIREDESK_TESTS_SIMULATION_TRACES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "pipeline/record/batch.h"
#include "stages/dedupe/dedupe_stage.h"
#include "stages/dedupe/sketch/sighting.h"
#include "tests/simulation/cluster.h"

namespace wiredesk {

std::vector<OutputTrace> TracesOf(const Batch& batch);

// Those of the raw record `value` at this place, if the decisions on its
// articles (by item; unused where it has none) are these.
std::vector<OutputTrace> ExpectedTraces(int32_t partition, int64_t offset,
                                        absl::string_view value,
                                        const std::vector<Decision>& decisions,
                                        Duplicates duplicates);

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_SIMULATION_TRACES_H_
