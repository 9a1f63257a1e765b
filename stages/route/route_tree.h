// The routing tree. Walked depth first: a route whose test holds hands the
// record to its children; where none of them takes it, it is the route's own.
// The first match ends the walk of its level, unless it says `continue`. What
// no route takes goes to the default, which always exists.

#ifndef WIREDESK_STAGES_ROUTE_ROUTE_TREE_H_
#define WIREDESK_STAGES_ROUTE_ROUTE_TREE_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "stages/route/cel_evaluator.h"
#include "stages/route/cel_program.h"
#include "stages/route/topic_template.h"

namespace wiredesk {

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
  std::vector<std::unique_ptr<Route>> routes;
};

// Immutable; shared by the workers, and swapped for a new one to reload.
class RouteTree {
 public:
  // nullptr if a fault is no warning. `inputs` are the topics that the program
  // reads: no route may write to one.
  static std::shared_ptr<const RouteTree> Make(
      const std::vector<RouteSpec>& routes, const RouteSpec& fallback,
      const CelEnvironment& environment, const std::vector<std::string>& inputs,
      std::vector<RouteFault>& faults);

  const CelProgram& program() const { return program_; }
  const std::vector<std::unique_ptr<Route>>& routes() const { return routes_; }
  const Route& fallback() const { return *fallback_; }

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
  std::vector<std::unique_ptr<Route>> routes_;
  std::unique_ptr<Route> fallback_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_ROUTE_TREE_H_
