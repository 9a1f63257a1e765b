// Whether the operands of an operator and the arguments of a function fit it,
// and of what type the result is; for checker.cc.

#ifndef WIREDESK_STAGES_ROUTE_CEL_OPERANDS_H_
#define WIREDESK_STAGES_ROUTE_CEL_OPERANDS_H_

#include "absl/strings/string_view.h"
#include "stages/route/cel/lexer.h"
#include "stages/route/cel/parser.h"

namespace wiredesk {

// Where the faults of types go that a check finds. Each says whether the check
// may go on.
class CelTypeFaults {
 public:
  // Sets `fault`, which outlives this object, for the first fault that counts.
  CelTypeFaults(bool strict, CelFault& fault)
      : strict_(strict), fault_(fault) {}

  bool strict() const { return strict_; }

  // A fault in any case.
  bool Fail(const CelExpression& node, absl::string_view what,
            absl::string_view remedy = "");
  // A fault of types, which only a strict check finds.
  bool Mismatch(CelExpression& node, absl::string_view what,
                absl::string_view remedy = "");
  // Without a strict check, what has no meaning is an error when it is
  // evaluated.
  bool Meaningless(CelExpression& node);

 private:
  const bool strict_;
  CelFault& fault_;
};

// Sets the type of `node`, an operator, a list, a map or a function, whose args
// have theirs. False: the fault says why.
bool CelCheckOperands(CelExpression& node, CelTypeFaults& faults);

// Whether `node` may stand where a test is needed.
bool CelCheckTest(CelExpression& node, CelTypeFaults& faults);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_CEL_OPERANDS_H_
