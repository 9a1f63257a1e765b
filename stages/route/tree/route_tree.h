// The routing tree. Walked depth first: a route whose test holds hands the
// record to its children; where none of them takes it, it is the route's own.
// The first match ends the walk of its level, unless it says `continue`. What
// no route takes goes to the default, which always exists.

#ifndef WIREDESK_STAGES_ROUTE_TREE_ROUTE_TREE_H_
#define WIREDESK_STAGES_ROUTE_TREE_ROUTE_TREE_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "stages/route/cel/evaluator.h"
#include "stages/route/cel/program.h"
#include "stages/route/tree/reserved_topics.h"
#include "stages/route/tree/topic_template.h"

namespace wiredesk {

// So many records in each stretch of event time of this length.
struct RateLimit {
  int64_t records = 0;  // 0: no limit
  absl::Duration per;
};

// A route as it is written. Empty means inherited.
struct RouteSpec {
  std::string name;
  std::string when;  // empty: always
  std::vector<std::string> to;
  bool continues = false;
  bool drop = false;
  std::string key;
  std::vector<std::string> fields;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string fan_out;
  double sample = -1;  // share of the records, 0..1; negative: inherited
  RateLimit rate_limit;
  std::vector<RouteSpec> routes;
  const void* origin = nullptr;  // the caller's, to say where a fault is
};

// A fault of a route, or a warning.
struct RouteFault {
  const void* origin = nullptr;
  std::string key;  // "when", "to", ...
  std::string what;
  std::string remedy;
  bool warning = false;
};

struct Route {
  struct Heading {
    std::string name;
    TopicTemplate value;
  };

  std::string name;
  std::string when;           // as it is written
  CelNodeId test = kCelNone;  // kCelNone: always
  std::vector<CelSpan> spans;
  std::vector<TopicTemplate> to;
  bool continues = false;
  bool drop = false;
  bool has_key = false;
  TopicTemplate key;
  std::vector<std::string> field_names;
  std::vector<absl::string_view> fields;  // views of field_names
  std::vector<Heading> headers;
  std::string fan_out;
  double sample = 1;
  RateLimit rate_limit;
  std::vector<std::unique_ptr<Route>> routes;
};

// Immutable; shared by the workers, and swapped for a new one to reload.
class RouteTree {
 public:
  // nullptr if a fault is not a warning.
  static std::shared_ptr<const RouteTree> Make(
      const std::vector<RouteSpec>& routes, const RouteSpec& fallback,
      const CelEnvironment& environment, const RouteTopics& topics,
      std::vector<RouteFault>& faults);

  const CelProgram& program() const { return program_; }
  const std::vector<std::unique_ptr<Route>>& routes() const { return routes_; }
  const Route& fallback() const { return *fallback_; }
  // The names of all routes, in the order of the tree, the default's last.
  std::vector<std::string> names() const;
  // Whether any route has a rate limit, or names topics by a template.
  bool limited() const { return limited_; }
  // How many different topics templates may name.
  size_t topics_max() const { return topics_max_; }
  // What a record is not to be written to; empty if `topic` may be. For names
  // that a template gives.
  absl::string_view Forbidden(absl::string_view topic) const {
    return reserved_.Forbidden(topic);
  }

  // Calls take(const Route&) for each route that gets the evaluator's record,
  // in the order of the tree.
  template <typename Take>
  void Match(CelEvaluator& evaluator, Take&& take) const {
    if (!Walk(routes_, evaluator, take)) {
      take(*fallback_);
    }
  }

 private:
  template <typename Take>
  static bool Walk(const std::vector<std::unique_ptr<Route>>& routes,
                   CelEvaluator& evaluator, Take& take) {
    bool taken = false;
    for (const auto& route : routes) {
      if (route->test != kCelNone && !evaluator.Holds(route->test)) {
        continue;
      }
      taken = true;
      if (!Walk(route->routes, evaluator, take)) {
        take(*route);
      }
      if (!route->continues) {
        return true;
      }
    }
    return taken;
  }

  CelProgram program_;
  ReservedTopics reserved_;
  std::vector<std::unique_ptr<Route>> routes_;
  std::unique_ptr<Route> fallback_;
  bool limited_ = false;
  size_t topics_max_ = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_TREE_ROUTE_TREE_H_
