// Arithmetic on numbers and times as CEL defines it: 64 bits, what does not fit
// is an error and never wraps, and no kind of number turns into another.

#ifndef WIREDESK_STAGES_ROUTE_CEL_ARITHMETIC_H_
#define WIREDESK_STAGES_ROUTE_CEL_ARITHMETIC_H_

#include "stages/route/cel/parser.h"
#include "stages/route/cel/value.h"

namespace wiredesk {

// a + b, a - b, a * b, a / b or a % b, or an error. REQUIRES: neither is one.
CelValue CelArithmetic(CelOp op, const CelValue& a, const CelValue& b);

// -value, or an error; an error stays what it is.
CelValue CelNegate(const CelValue& value);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_CEL_ARITHMETIC_H_
