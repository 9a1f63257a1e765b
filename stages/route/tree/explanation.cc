#include "stages/route/tree/explanation.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace wiredesk {
namespace {

// Longer values end in an ellipsis.
constexpr size_t kValueBytes = 80;

using Routes = std::vector<std::unique_ptr<Route>>;

class Walk {
 public:
  Walk(CelEvaluator& evaluator, const CelProgram& program)
      : evaluator_(evaluator), program_(program) {}

  // Whether a route of the level took the record.
  bool Level(const Routes& routes, int depth, bool tried) {
    bool taken = false;
    for (const auto& route : routes) {
      const size_t at = steps_.size();
      steps_.push_back({route.get(), depth, RouteStep::Outcome::kNotTried, {}});
      if (!tried) {
        Level(route->routes, depth + 1, false);
        continue;
      }
      steps_[at].parts = Parts(*route);
      const bool holds =
          route->test == kCelNone || evaluator_.Holds(route->test);
      const bool child = Level(route->routes, depth + 1, holds);
      steps_[at].outcome = !holds  ? RouteStep::Outcome::kNo
                           : child ? RouteStep::Outcome::kChildTook
                                   : RouteStep::Outcome::kTaken;
      taken = taken || holds;
      tried = !holds || route->continues;
    }
    return taken;
  }

  std::vector<RouteStep> TakeSteps() { return std::move(steps_); }

 private:
  std::vector<RouteStep::Part> Parts(const Route& route) {
    std::vector<RouteStep::Part> parts;
    std::vector<size_t> ends;  // of the parts that this one stands in
    for (const CelSpan& span : route.spans) {
      while (!ends.empty() && span.begin >= ends.back()) ends.pop_back();
      const int depth = static_cast<int>(ends.size());
      ends.push_back(span.end);
      const absl::string_view text = absl::StripAsciiWhitespace(
          absl::string_view(route.when)
              .substr(span.begin, span.end - span.begin));
      const CelValue value = evaluator_.Evaluate(span.node);
      // Of a literal, and of an object as a whole, the value says nothing.
      const bool literal =
          program_.node(span.node).op == CelOp::kConstant && depth > 0;
      if (literal || value.kind == CelKind::kObject) continue;
      parts.push_back(
          {std::string(text), CelToText(value, kValueBytes), depth});
    }
    return parts;
  }

  CelEvaluator& evaluator_;
  const CelProgram& program_;
  std::vector<RouteStep> steps_;
};

std::string Destinations(const Route& route) {
  if (route.drop) return "dropped";
  std::vector<std::string> topics;
  for (const TopicTemplate& topic : route.to) topics.push_back(topic.source());
  return absl::StrJoin(topics, ", ");
}

absl::string_view OutcomeText(const RouteStep& step) {
  switch (step.outcome) {
    case RouteStep::Outcome::kNo:
      return "no";
    case RouteStep::Outcome::kTaken:
      return "TAKES IT";
    case RouteStep::Outcome::kChildTook:
      return "holds, a child takes it";
    case RouteStep::Outcome::kNotTried:
      return "not tried";
  }
  return "";
}

}  // namespace

std::vector<RouteStep> ExplainRoutes(const RouteTree& tree,
                                     CelEvaluator& evaluator) {
  Walk walk(evaluator, tree.program());
  const bool taken = walk.Level(tree.routes(), 0, true);
  std::vector<RouteStep> steps = walk.TakeSteps();
  steps.push_back(
      {&tree.fallback(),
       0,
       taken ? RouteStep::Outcome::kNotTried : RouteStep::Outcome::kTaken,
       {}});
  return steps;
}

std::string PrintSteps(const std::vector<RouteStep>& steps) {
  std::string out;
  for (const RouteStep& step : steps) {
    const std::string indent(static_cast<size_t>(2 * step.depth + 2), ' ');
    absl::StrAppend(&out, indent, step.route->name, ": ", OutcomeText(step));
    if (step.outcome == RouteStep::Outcome::kTaken) {
      absl::StrAppend(&out, " -> ", Destinations(*step.route));
    }
    absl::StrAppend(&out, "\n");
    for (const RouteStep::Part& part : step.parts) {
      absl::StrAppend(&out, indent, "  ",
                      std::string(static_cast<size_t>(2 * part.depth), ' '),
                      part.text, "  =  ", part.value, "\n");
    }
  }
  return out;
}

}  // namespace wiredesk
