#ifndef WIREDESK_STAGES_ROUTE_TREE_EXPLANATION_H_
#define WIREDESK_STAGES_ROUTE_TREE_EXPLANATION_H_

#include <string>
#include <vector>

#include "stages/route/tree/route_tree.h"

namespace wiredesk {

// What a walk over the tree made of one route.
struct RouteStep {
  enum class Outcome {
    kNo,         // its test does not hold
    kTaken,      // the record is its own
    kChildTook,  // it holds, and one of its children took the record
    kNotTried    // an earlier route of its level took the record
  };
  // A part of the test and its value.
  struct Part {
    std::string text;
    std::string value;
    int depth = 0;
  };

  const Route* route = nullptr;
  int depth = 0;  // of the route in the tree
  Outcome outcome = Outcome::kNo;
  std::vector<Part> parts;  // outer before inner; of routes that were tried
};

// Every route in the order of the tree, the default last, for the record that
// `evaluator` has begun. The outcomes are those of RouteTree::Match.
std::vector<RouteStep> ExplainRoutes(const RouteTree& tree,
                                     CelEvaluator& evaluator);

// As lines for a reader: each route, whether it took the record, and why.
std::string PrintSteps(const std::vector<RouteStep>& steps);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_TREE_EXPLANATION_H_
