#include "stages/route/cel/arithmetic.h"

#include <cstdint>
#include <limits>

#include "stages/route/cel/errors.h"
#include "stages/route/cel/time.h"

namespace wiredesk {
namespace {

constexpr int64_t kIntMin = std::numeric_limits<int64_t>::min();

CelValue Overflow() { return CelValue::Error("return error for overflow"); }

CelValue IntArithmetic(CelOp op, int64_t a, int64_t b) {
  int64_t result = 0;
  switch (op) {
    case CelOp::kAdd:
      return __builtin_add_overflow(a, b, &result) ? Overflow()
                                                   : CelValue::Int(result);
    case CelOp::kSubtract:
      return __builtin_sub_overflow(a, b, &result) ? Overflow()
                                                   : CelValue::Int(result);
    case CelOp::kMultiply:
      return __builtin_mul_overflow(a, b, &result) ? Overflow()
                                                   : CelValue::Int(result);
    default:
      break;
  }
  if (b == 0) {
    return CelValue::Error(op == CelOp::kDivide ? "divide by zero"
                                                : "modulus by zero");
  }
  if (a == kIntMin && b == -1) {
    return Overflow();
  }
  return CelValue::Int(op == CelOp::kDivide ? a / b : a % b);
}

CelValue UintArithmetic(CelOp op, uint64_t a, uint64_t b) {
  uint64_t result = 0;
  switch (op) {
    case CelOp::kAdd:
      return __builtin_add_overflow(a, b, &result) ? Overflow()
                                                   : CelValue::Uint(result);
    case CelOp::kSubtract:
      return a < b ? Overflow() : CelValue::Uint(a - b);
    case CelOp::kMultiply:
      return __builtin_mul_overflow(a, b, &result) ? Overflow()
                                                   : CelValue::Uint(result);
    default:
      break;
  }
  if (b == 0) {
    return CelValue::Error(op == CelOp::kDivide ? "divide by zero"
                                                : "modulus by zero");
  }
  return CelValue::Uint(op == CelOp::kDivide ? a / b : a % b);
}

CelValue DoubleArithmetic(CelOp op, double a, double b) {
  switch (op) {
    case CelOp::kAdd:
      return CelValue::Double(a + b);
    case CelOp::kSubtract:
      return CelValue::Double(a - b);
    case CelOp::kMultiply:
      return CelValue::Double(a * b);
    case CelOp::kDivide:
      return CelValue::Double(a / b);
    default:
      return CelNoOverloadError();
  }
}

bool IsTime(const CelValue& value) {
  return value.kind == CelKind::kTimestamp || value.kind == CelKind::kDuration;
}

CelValue TimeArithmetic(CelOp op, const CelValue& a, const CelValue& b) {
  const bool point_a = a.kind == CelKind::kTimestamp;
  const bool point_b = b.kind == CelKind::kTimestamp;
  if (op == CelOp::kAdd && !(point_a && point_b)) {
    return CelAddTime(a, b);
  }
  if (op == CelOp::kSubtract && (point_a || !point_b)) {
    return CelSubtractTime(a, b);
  }
  return CelNoOverloadError();
}

}  // namespace

CelValue CelNegate(const CelValue& value) {
  switch (value.kind) {
    case CelKind::kInt:
      return value.integer == kIntMin ? Overflow()
                                      : CelValue::Int(-value.integer);
    case CelKind::kDouble:
      return CelValue::Double(-value.real);
    case CelKind::kError:
      return value;
    default:
      return CelNoOverloadError();
  }
}

CelValue CelArithmetic(CelOp op, const CelValue& a, const CelValue& b) {
  if (IsTime(a) && IsTime(b)) {
    return TimeArithmetic(op, a, b);
  }
  if (a.kind != b.kind) {
    return CelNoOverloadError();
  }
  switch (a.kind) {
    case CelKind::kInt:
      return IntArithmetic(op, a.integer, b.integer);
    case CelKind::kUint:
      return UintArithmetic(op, a.natural, b.natural);
    case CelKind::kDouble:
      return DoubleArithmetic(op, a.real, b.real);
    default:
      return CelNoOverloadError();
  }
}

}  // namespace wiredesk
