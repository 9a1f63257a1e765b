// The macros of CEL: all, exists, exists_one, map and filter, each a loop over
// a list, or over the keys of a map, with the item in a local variable.

#include "stages/route/cel/errors.h"
#include "stages/route/cel/evaluator.h"

namespace wiredesk {
namespace {

// The item of a list, the key of a map.
CelValue RangeAt(const CelValue& range, size_t i) {
  return range.kind == CelKind::kList ? range.item(i) : range.key(i);
}

CelValue CheckRange(const CelValue& range) {
  if (range.is_error() || range.kind == CelKind::kList ||
      range.kind == CelKind::kMap) {
    return range;
  }
  return CelNoOverloadError();
}

}  // namespace

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
      result = CelErrorOf(value);
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
      return CelErrorOf(value);
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
    return CelTooLargeError();
  }
  const bool filters = node.op == CelOp::kFilter || node.size == 3;
  size_t size = 0;
  for (size_t i = 0; i < range.size; ++i) {
    const CelValue item = RangeAt(range, i);
    locals_[node.slot] = item;
    if (filters) {
      const CelValue wanted = Evaluate(arg(node, 1));
      if (wanted.kind != CelKind::kBool) {
        return CelErrorOf(wanted);
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
