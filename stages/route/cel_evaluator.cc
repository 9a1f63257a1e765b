#include "stages/route/cel_evaluator.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "stages/route/cel_time.h"

namespace wiredesk {
namespace {

constexpr int64_t kIntMin = std::numeric_limits<int64_t>::min();

CelValue NoOverload() { return CelValue::Error(kCelNoOverload); }
CelValue Overflow() { return CelValue::Error("return error for overflow"); }
CelValue TooLarge() { return CelValue::Error("the value is too large"); }

CelValue Negate(const CelValue& value) {
  switch (value.kind) {
    case CelKind::kInt:
      return value.integer == kIntMin ? Overflow()
                                      : CelValue::Int(-value.integer);
    case CelKind::kDouble:
      return CelValue::Double(-value.real);
    case CelKind::kError:
      return value;
    default:
      return NoOverload();
  }
}

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
      return NoOverload();
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
  return NoOverload();
}

// The index that a number is, if it is whole and not negative.
std::optional<uint64_t> WholeIndex(const CelValue& key) {
  switch (key.kind) {
    case CelKind::kInt:
      return key.integer < 0 ? UINT64_MAX : static_cast<uint64_t>(key.integer);
    case CelKind::kUint:
      return key.natural;
    case CelKind::kDouble:
      if (key.real != std::floor(key.real) || key.real >= 1e18) {
        return std::nullopt;
      }
      return key.real < 0 ? UINT64_MAX : static_cast<uint64_t>(key.real);
    default:
      return std::nullopt;
  }
}

// The item of a list, the key of a map.
CelValue RangeAt(const CelValue& range, size_t i) {
  return range.kind == CelKind::kList ? range.item(i) : range.key(i);
}

CelValue CheckRange(const CelValue& range) {
  if (range.is_error() || range.kind == CelKind::kList ||
      range.kind == CelKind::kMap) {
    return range;
  }
  return NoOverload();
}

// Errors stay what they are; any other value in the place of a test is one.
CelValue ErrorOf(const CelValue& value) {
  return value.is_error() ? value : NoOverload();
}

}  // namespace

void CelEvaluator::Begin(const void* record, absl::Span<const CelWordsOf> words,
                         absl::Span<const CelValue> variables) {
  record_ = record;
  known_words_ = words;
  variables_ = variables;
  ++generation_;
  steps_ = 0;
  arena_.Reset();
  memos_.resize(program_.memos());
}

CelValue CelEvaluator::Run(const CelNode& node) {
  if (++steps_ > kCelStepsMax) {
    return CelValue::Error("the expression costs too much");
  }
  switch (node.op) {
    case CelOp::kConstant:
      return node.constant;
    case CelOp::kName:
      return NoOverload();
    case CelOp::kVariable:
      return variables_[node.slot];
    case CelOp::kLocal:
      return locals_[node.slot];
    case CelOp::kField:
      return node.field->get(record_);
    case CelOp::kSelect:
      return Select(node);
    case CelOp::kHas:
      return Has(node);
    case CelOp::kNot: {
      const CelValue value = Evaluate(arg(node, 0));
      return value.kind == CelKind::kBool ? CelValue::Bool(!value.boolean)
                                          : ErrorOf(value);
    }
    case CelOp::kNegate:
      return Negate(Evaluate(arg(node, 0)));
    case CelOp::kAnd:
      return Logic(node, false);
    case CelOp::kOr:
      return Logic(node, true);
    case CelOp::kConditional:
      return Conditional(node);
    case CelOp::kEqual:
    case CelOp::kNotEqual:
    case CelOp::kLess:
    case CelOp::kLessEqual:
    case CelOp::kGreater:
    case CelOp::kGreaterEqual:
      return Compare(node);
    case CelOp::kIn:
      return In(node);
    case CelOp::kAdd:
    case CelOp::kSubtract:
    case CelOp::kMultiply:
    case CelOp::kDivide:
    case CelOp::kModulo:
      return Arithmetic(node);
    case CelOp::kIndex:
      return Index(node);
    case CelOp::kList:
      return List(node);
    case CelOp::kMap:
      return Map(node);
    case CelOp::kFunction:
      return Function(node);
    case CelOp::kAll:
    case CelOp::kExists:
      return Quantify(node);
    case CelOp::kExistsOne:
      return ExistsOne(node);
    case CelOp::kTransform:
    case CelOp::kFilter:
      return Collect(node);
  }
  return NoOverload();
}

CelValue CelEvaluator::Select(const CelNode& node) {
  const CelValue operand = Evaluate(arg(node, 0));
  switch (operand.kind) {
    case CelKind::kObject: {
      const CelField* field = node.field != nullptr
                                  ? node.field
                                  : operand.object->Find(node.constant.text());
      return field == nullptr ? CelValue::Error("no such field")
                              : field->get(operand.data);
    }
    case CelKind::kMap:
      return CelLookUp(operand, node.constant);
    case CelKind::kNull:
      return CelValue::Error("the object is absent");
    case CelKind::kError:
      return operand;
    default:
      return NoOverload();
  }
}

// A field is there if it is not null, not an empty text and not an empty list.
CelValue CelEvaluator::Has(const CelNode& node) {
  CelValue value;
  if (node.size == 0) {
    value = node.field->get(record_);
  } else {
    const CelValue operand = Evaluate(arg(node, 0));
    if (operand.kind == CelKind::kMap) {
      return CelValue::Bool(!CelLookUp(operand, node.constant).is_error());
    }
    if (operand.kind == CelKind::kNull) {
      return CelValue::Bool(false);
    }
    value = Select(node);
    if (value.is_error()) {
      return value;
    }
  }
  const bool sized = value.is_text() || value.kind == CelKind::kList ||
                     value.kind == CelKind::kMap;
  return CelValue::Bool(value.kind != CelKind::kNull &&
                        (!sized || value.size > 0));
}

// && with absorbing = false, || with true: an argument that is `absorbing`
// decides, whatever errors stand beside it.
CelValue CelEvaluator::Logic(const CelNode& node, bool absorbing) {
  CelValue result = CelValue::Bool(!absorbing);
  for (const CelNodeId id : program_.args(node)) {
    const CelValue value = Evaluate(id);
    if (value.kind != CelKind::kBool) {
      if (!result.is_error()) {
        result = ErrorOf(value);
      }
    } else if (value.boolean == absorbing) {
      return value;
    }
  }
  return result;
}

CelValue CelEvaluator::Conditional(const CelNode& node) {
  const CelValue condition = Evaluate(arg(node, 0));
  if (condition.kind != CelKind::kBool) {
    return ErrorOf(condition);
  }
  return Evaluate(arg(node, condition.boolean ? 1 : 2));
}

CelValue CelEvaluator::Compare(const CelNode& node) {
  const CelValue a = Evaluate(arg(node, 0));
  if (a.is_error()) {
    return a;
  }
  const CelValue b = Evaluate(arg(node, 1));
  if (b.is_error()) {
    return b;
  }
  if (node.op == CelOp::kEqual || node.op == CelOp::kNotEqual) {
    const bool equal = a.kind == CelKind::kString && b.kind == CelKind::kString
                           ? a.text() == b.text()
                           : CelEquals(a, b);
    return CelValue::Bool(equal == (node.op == CelOp::kEqual));
  }
  bool unordered = false;
  const std::optional<int> order = CelCompare(a, b, unordered);
  if (!order.has_value()) {
    return unordered ? CelValue::Bool(false) : NoOverload();
  }
  switch (node.op) {
    case CelOp::kLess:
      return CelValue::Bool(*order < 0);
    case CelOp::kLessEqual:
      return CelValue::Bool(*order <= 0);
    case CelOp::kGreater:
      return CelValue::Bool(*order > 0);
    default:
      return CelValue::Bool(*order >= 0);
  }
}

CelValue CelEvaluator::In(const CelNode& node) {
  const CelValue item = Evaluate(arg(node, 0));
  if (item.is_error()) {
    return item;
  }
  const CelValue range = Evaluate(arg(node, 1));
  if (range.kind == CelKind::kMap) {
    return CelValue::Bool(!CelLookUp(range, item).is_error());
  }
  if (range.kind != CelKind::kList) {
    return ErrorOf(range);
  }
  for (size_t i = 0; i < range.size; ++i) {
    if (CelEquals(item, range.item(i))) {
      return CelValue::Bool(true);
    }
  }
  return CelValue::Bool(false);
}

CelValue CelEvaluator::Arithmetic(const CelNode& node) {
  const CelValue a = Evaluate(arg(node, 0));
  if (a.is_error()) {
    return a;
  }
  const CelValue b = Evaluate(arg(node, 1));
  if (b.is_error()) {
    return b;
  }
  if (IsTime(a) && IsTime(b)) {
    return TimeArithmetic(node.op, a, b);
  }
  if (a.kind != b.kind) {
    return NoOverload();
  }
  switch (a.kind) {
    case CelKind::kInt:
      return IntArithmetic(node.op, a.integer, b.integer);
    case CelKind::kUint:
      return UintArithmetic(node.op, a.natural, b.natural);
    case CelKind::kDouble:
      return DoubleArithmetic(node.op, a.real, b.real);
    case CelKind::kString:
    case CelKind::kBytes:
    case CelKind::kList:
      return node.op == CelOp::kAdd ? Concatenate(a, b) : NoOverload();
    default:
      return NoOverload();
  }
}

CelValue CelEvaluator::Concatenate(const CelValue& a, const CelValue& b) {
  const size_t size = size_t{a.size} + b.size;
  if (a.is_text()) {
    char* memory = static_cast<char*>(arena_.Allocate(size));
    if (memory == nullptr) {
      return TooLarge();
    }
    // Not memcpy(): an empty text may have no address.
    const absl::string_view left = a.text();
    const absl::string_view right = b.text();
    std::copy(right.begin(), right.end(),
              std::copy(left.begin(), left.end(), memory));
    return a.kind == CelKind::kString ? CelValue::String({memory, size})
                                      : CelValue::Bytes({memory, size});
  }
  auto* items =
      static_cast<CelValue*>(arena_.Allocate(size * sizeof(CelValue)));
  if (items == nullptr) {
    return TooLarge();
  }
  for (size_t i = 0; i < a.size; ++i) {
    items[i] = a.item(i);
  }
  for (size_t i = 0; i < b.size; ++i) {
    items[a.size + i] = b.item(i);
  }
  return CelValue::List(items, size, &kCelValueList);
}

CelValue CelEvaluator::Index(const CelNode& node) {
  const CelValue operand = Evaluate(arg(node, 0));
  if (operand.is_error()) {
    return operand;
  }
  const CelValue key = Evaluate(arg(node, 1));
  if (key.is_error()) {
    return key;
  }
  if (operand.kind == CelKind::kMap) {
    return CelLookUp(operand, key);
  }
  if (operand.kind != CelKind::kList) {
    return NoOverload();
  }
  const std::optional<uint64_t> index = WholeIndex(key);
  if (!index.has_value()) {
    return CelValue::Error("invalid_argument");
  }
  return *index < operand.size ? operand.item(*index)
                               : CelValue::Error("the list has no such item");
}

CelValue CelEvaluator::List(const CelNode& node) {
  auto* items =
      static_cast<CelValue*>(arena_.Allocate(node.size * sizeof(CelValue)));
  if (items == nullptr) {
    return TooLarge();
  }
  for (size_t i = 0; i < node.size; ++i) {
    items[i] = Evaluate(arg(node, i));
    if (items[i].is_error()) {
      return items[i];
    }
  }
  return CelValue::List(items, node.size, &kCelValueList);
}

CelValue CelEvaluator::Map(const CelNode& node) {
  const size_t size = node.size / 2;
  auto* entries =
      static_cast<CelEntry*>(arena_.Allocate(size * sizeof(CelEntry)));
  if (entries == nullptr) {
    return TooLarge();
  }
  for (size_t i = 0; i < size; ++i) {
    const CelValue key = Evaluate(arg(node, 2 * i));
    if (key.is_error()) {
      return key;
    }
    if (key.kind != CelKind::kBool && key.kind != CelKind::kInt &&
        key.kind != CelKind::kUint && key.kind != CelKind::kString) {
      return CelValue::Error("unsupported key type");
    }
    for (size_t j = 0; j < i; ++j) {
      if (CelEquals(entries[j].key, key)) {
        return CelValue::Error("Failed with repeated key");
      }
    }
    const CelValue value = Evaluate(arg(node, 2 * i + 1));
    if (value.is_error()) {
      return value;
    }
    entries[i] = {key, value};
  }
  return CelValue::Map(entries, size, &kCelEntryMap);
}

CelValue CelEvaluator::Function(const CelNode& node) {
  CelValue args[kCelArgsMax];
  for (size_t i = 0; i < node.size; ++i) {
    args[i] = Evaluate(arg(node, i));
    if (args[i].is_error()) {
      return args[i];
    }
  }
  return CelCall(node.function, absl::MakeConstSpan(args, node.size),
                 *node.bound, {&arena_, known_words_, &splitter_, &words_});
}

// Whether the field of an item is the text that the program has put into the
// node.
CelValue CelEvaluator::AnyEquals(const CelNode& node, const CelValue& range) {
  steps_ += range.size;
  const absl::string_view text = node.constant.text();
  for (size_t i = 0; i < range.size; ++i) {
    const CelValue value = node.field->get(range.item(i).data);
    if (value.kind == CelKind::kString && value.text() == text) {
      return CelValue::Bool(true);
    }
  }
  return CelValue::Bool(false);
}

// all and exists: as && and || over the items.
CelValue CelEvaluator::Quantify(const CelNode& node) {
  const bool absorbing = node.op == CelOp::kExists;
  const CelValue range = CheckRange(Evaluate(arg(node, 0)));
  if (range.is_error()) {
    return range;
  }
  if (node.field != nullptr && range.kind == CelKind::kList) {
    return AnyEquals(node, range);
  }
  const CelNodeId body = arg(node, 1);
  CelValue result = CelValue::Bool(!absorbing);
  for (size_t i = 0; i < range.size; ++i) {
    locals_[node.slot] = RangeAt(range, i);
    const CelValue value = Evaluate(body);
    if (value.kind != CelKind::kBool) {
      result = ErrorOf(value);
    } else if (value.boolean == absorbing) {
      return value;
    }
  }
  return result;
}

CelValue CelEvaluator::ExistsOne(const CelNode& node) {
  const CelValue range = CheckRange(Evaluate(arg(node, 0)));
  if (range.is_error()) {
    return range;
  }
  size_t count = 0;
  for (size_t i = 0; i < range.size; ++i) {
    locals_[node.slot] = RangeAt(range, i);
    const CelValue value = Evaluate(arg(node, 1));
    if (value.kind != CelKind::kBool) {
      return ErrorOf(value);
    }
    count += value.boolean ? 1 : 0;
  }
  return CelValue::Bool(count == 1);
}

// map and filter.
CelValue CelEvaluator::Collect(const CelNode& node) {
  const CelValue range = CheckRange(Evaluate(arg(node, 0)));
  if (range.is_error()) {
    return range;
  }
  auto* items =
      static_cast<CelValue*>(arena_.Allocate(range.size * sizeof(CelValue)));
  if (items == nullptr) {
    return TooLarge();
  }
  const bool filters = node.op == CelOp::kFilter || node.size == 3;
  size_t size = 0;
  for (size_t i = 0; i < range.size; ++i) {
    const CelValue item = RangeAt(range, i);
    locals_[node.slot] = item;
    if (filters) {
      const CelValue wanted = Evaluate(arg(node, 1));
      if (wanted.kind != CelKind::kBool) {
        return ErrorOf(wanted);
      }
      if (!wanted.boolean) {
        continue;
      }
    }
    items[size] =
        node.op == CelOp::kFilter ? item : Evaluate(arg(node, node.size - 1));
    if (items[size].is_error()) {
      return items[size];
    }
    ++size;
  }
  return CelValue::List(items, size, &kCelValueList);
}

}  // namespace wiredesk
