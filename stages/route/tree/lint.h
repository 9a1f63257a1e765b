// What is wrong with a routing tree although every part of it is right: routes
// whose test can never hold, and routes that an earlier one leaves nothing.
//
// The idea: what a test asks for is taken apart at its &&. Each part says
// something of one expression, as `language == "de"` or `word_count > 100`, and
// so gives the values that the expression may still have. A test that leaves an
// expression no value never holds. A route is never reached if its own test,
// with those of its parents, implies that of an earlier route of its level
// which does not continue: each part of the earlier test stands in it too, or
// allows all values that it allows.
//
//   - {name: europe, when: language in ["de", "fr"], to: eu}
//   - {name: vienna, when: language == "de" && word_count > 100, to: vienna}
//
// `vienna` is never reached. What is not found is not proof: tests that exclude
// each other for reasons of meaning are beyond this.
//
// Tested by route_lint_test.cc.

#ifndef WIREDESK_STAGES_ROUTE_TREE_LINT_H_
#define WIREDESK_STAGES_ROUTE_TREE_LINT_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "stages/route/cel/program.h"

namespace wiredesk {

// The values that an expression may have. Without `allowed`: all but those
// excluded and those beyond the bounds.
struct CelDomain {
  std::optional<std::vector<CelValue>> allowed;
  std::vector<CelValue> excluded;
  std::optional<double> low, high;  // inclusive, unless it says above or below
  bool above = false;
  bool below = false;

  bool Contains(const CelValue& value) const;
  bool empty() const;
  // Whether `this` allows nothing that `other` does not.
  bool Within(const CelDomain& other) const;
};

// What holds where a route is reached: its test and those of its parents.
class RouteFacts {
 public:
  // `program` outlives this.
  explicit RouteFacts(const CelProgram& program) : program_(&program) {}

  // `test` holds too; kCelNone says nothing.
  void Add(CelNodeId test);

  // Whether they contradict each other.
  bool Impossible() const;
  // Whether `test` holds wherever they do.
  bool Imply(CelNodeId test) const;

 private:
  // Reads `node` as a statement about one expression.
  std::optional<CelNodeId> Read(CelNodeId node, CelDomain& domain) const;
  // Nothing where neither side is a literal.
  std::optional<CelNodeId> ReadComparison(const CelNode& node,
                                          CelDomain& domain) const;

  const CelProgram* program_;
  absl::flat_hash_set<CelNodeId> holds_;
  std::map<CelNodeId, CelDomain> domains_;  // by expression
};

// A comparison of a field with a text that it never has, such as
// `dedupe.verdict == "nearr"`; empty if there is none. `remedy` gets the
// nearest value.
std::string FindImpossibleValue(const CelProgram& program, CelNodeId test,
                                std::string& remedy);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_TREE_LINT_H_
