// Macros of CEL: calls that the parser turns into operators of their own, since
// their arguments are not values. has(a.b) asks for a field, x.exists(e, test)
// has the name of a variable.

#ifndef WIREDESK_STAGES_ROUTE_CEL_MACROS_H_
#define WIREDESK_STAGES_ROUTE_CEL_MACROS_H_

#include "stages/route/cel/lexer.h"
#include "stages/route/cel/parser.h"

namespace wiredesk {

// Turns `call`, a function with its arguments, into the macro that it is; any
// other function stays as it is. False: `fault` says why.
bool CelExpandMacro(CelExpression& call, CelFault& fault);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_CEL_MACROS_H_
