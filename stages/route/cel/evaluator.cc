#include "stages/route/cel/evaluator.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "stages/route/cel/arithmetic.h"
#include "stages/route/cel/errors.h"

namespace wiredesk {
namespace {

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
      return CelNoOverloadError();
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
                                          : CelErrorOf(value);
    }
    case CelOp::kNegate:
      return CelNegate(Evaluate(arg(node, 0)));
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
  return CelNoOverloadError();
}

bool CelEvaluator::Both(const CelNode& node, CelValue& a, CelValue& b) {
  a = Evaluate(arg(node, 0));
  if (a.is_error()) {
    return false;
  }
  b = Evaluate(arg(node, 1));
  if (b.is_error()) {
    a = b;
    return false;
  }
  return true;
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
      return CelNoOverloadError();
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
// decides, whatever errors stand next to it.
CelValue CelEvaluator::Logic(const CelNode& node, bool absorbing) {
  CelValue result = CelValue::Bool(!absorbing);
  for (const CelNodeId id : program_.args(node)) {
    const CelValue value = Evaluate(id);
    if (value.kind != CelKind::kBool) {
      if (!result.is_error()) {
        result = CelErrorOf(value);
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
    return CelErrorOf(condition);
  }
  return Evaluate(arg(node, condition.boolean ? 1 : 2));
}

CelValue CelEvaluator::Compare(const CelNode& node) {
  CelValue a;
  CelValue b;
  if (!Both(node, a, b)) {
    return a;
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
    return unordered ? CelValue::Bool(false) : CelNoOverloadError();
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
    return CelErrorOf(range);
  }
  for (size_t i = 0; i < range.size; ++i) {
    if (CelEquals(item, range.item(i))) {
      return CelValue::Bool(true);
    }
  }
  return CelValue::Bool(false);
}

CelValue CelEvaluator::Arithmetic(const CelNode& node) {
  CelValue a;
  CelValue b;
  if (!Both(node, a, b)) {
    return a;
  }
  const bool joins = node.op == CelOp::kAdd && a.kind == b.kind &&
                     (a.is_text() || a.kind == CelKind::kList);
  return joins ? Concatenate(a, b) : CelArithmetic(node.op, a, b);
}

CelValue CelEvaluator::Concatenate(const CelValue& a, const CelValue& b) {
  const size_t size = size_t{a.size} + b.size;
  if (a.is_text()) {
    char* memory = static_cast<char*>(arena_.Allocate(size));
    if (memory == nullptr) {
      return CelTooLargeError();
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
    return CelTooLargeError();
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
  CelValue operand;
  CelValue key;
  if (!Both(node, operand, key)) {
    return operand;
  }
  if (operand.kind == CelKind::kMap) {
    return CelLookUp(operand, key);
  }
  if (operand.kind != CelKind::kList) {
    return CelNoOverloadError();
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
    return CelTooLargeError();
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
    return CelTooLargeError();
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

}  // namespace wiredesk
