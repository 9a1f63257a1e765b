// The errors that a value can be in more than one place.

#ifndef WIREDESK_STAGES_ROUTE_CEL_ERRORS_H_
#define WIREDESK_STAGES_ROUTE_CEL_ERRORS_H_

#include "stages/route/cel/value.h"

namespace wiredesk {

inline CelValue CelNoOverloadError() { return CelValue::Error(kCelNoOverload); }

// There is no room for it in the arena.
inline CelValue CelTooLargeError() {
  return CelValue::Error("the value is too large");
}

// For a value in the place of a test that is not a bool: an error stays what it
// is, any other value is one.
inline CelValue CelErrorOf(const CelValue& value) {
  return value.is_error() ? value : CelNoOverloadError();
}

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_CEL_ERRORS_H_
