#ifndef WIREDESK_STAGES_ROUTE_ROUTE_STEPS_JSON_H_
#define WIREDESK_STAGES_ROUTE_ROUTE_STEPS_JSON_H_

#include <string>

#include "absl/strings/string_view.h"
#include "stages/route/tree/route_tree.h"

namespace wiredesk {

// The routes as a JSON list, in the order of the tree, the default last. With
// `record`, an event record as it is published, each has its outcome and the
// value of each part of its condition: those of ExplainRoutes() for the record
// that `record` describes. Ids are not read back, so conditions on them see
// none. Empty: `record` is not a JSON object. O(bytes + routes × conditions).
std::string RouteStepsJson(const RouteTree& tree, absl::string_view record);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_ROUTE_STEPS_JSON_H_
