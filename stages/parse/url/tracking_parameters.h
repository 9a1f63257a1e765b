// Which query parameters only track.

#ifndef WIREDESK_STAGES_PARSE_URL_TRACKING_PARAMETERS_H_
#define WIREDESK_STAGES_PARSE_URL_TRACKING_PARAMETERS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace wiredesk {

// The shipped rules, one a line; config/tracking_parameters.txt when built.
extern const char kTrackingParameters[];

// Immutable once built; share freely.
class TrackingParameters {
 public:
  // Rules as in config/tracking_parameters.txt, one a line.
  explicit TrackingParameters(absl::string_view rules);

  // The shipped rules and more.
  static TrackingParameters WithShipped(absl::Span<const std::string> more);

  // Whether a parameter is to be taken off. Both as they stand in the query.
  bool Matches(absl::string_view name, absl::string_view value) const;

 private:
  void AddRule(absl::string_view rule);

  absl::flat_hash_set<std::string> names_;
  std::vector<std::string> beginnings_;
  // Name and the value, or its beginning and a '*'.
  std::vector<std::pair<std::string, std::string>> values_;
};

// The shipped rules.
const TrackingParameters& DefaultTrackingParameters();

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_URL_TRACKING_PARAMETERS_H_
