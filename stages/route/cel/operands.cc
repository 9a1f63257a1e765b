#include "stages/route/cel/operands.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "stages/route/cel/functions.h"
#include "stages/route/cel/types.h"

namespace wiredesk {
namespace {

class Operands {
 public:
  explicit Operands(CelTypeFaults& faults) : faults_(faults) {}

  bool Check(CelExpression& node) {
    switch (node.op) {
      case CelOp::kAnd:
      case CelOp::kOr:
      case CelOp::kNot:
        node.type = CelTypeOf(CelKind::kBool);
        return std::all_of(
            node.args.begin(), node.args.end(),
            [this](const auto& arg) { return CelCheckTest(*arg, faults_); });
      case CelOp::kConditional:
        return Conditional(node);
      case CelOp::kNegate:
        node.type = node.args[0]->type;
        return node.type.kind == CelKind::kInt ||
               node.type.kind == CelKind::kDouble ||
               node.type.kind == CelKind::kDyn ||
               faults_.Mismatch(node, absl::StrCat("there is no minus of ",
                                                   ToString(node.type)));
      case CelOp::kIn:
        return In(node);
      case CelOp::kIndex:
        return Index(node);
      case CelOp::kList:
      case CelOp::kMap:
        return Collection(node);
      case CelOp::kFunction:
        return Function(node);
      case CelOp::kAdd:
      case CelOp::kSubtract:
      case CelOp::kMultiply:
      case CelOp::kDivide:
      case CelOp::kModulo:
        return Arithmetic(node);
      default:
        return Comparison(node);
    }
  }

 private:
  bool Conditional(CelExpression& node) {
    const CelType& yes = node.args[1]->type;
    const CelType& no = node.args[2]->type;
    if (!CelCheckTest(*node.args[0], faults_)) {
      return false;
    }
    if (yes.kind == no.kind) {
      node.type = CelFits(yes, no) ? yes : kCelDyn;
      return true;
    }
    if (yes.kind == CelKind::kDyn || no.kind == CelKind::kDyn) {
      node.type = kCelDyn;
      return true;
    }
    return faults_.Mismatch(
        node, absl::StrCat("the two sides of ? : are ", ToString(yes), " and ",
                           ToString(no)));
  }

  bool Comparison(CelExpression& node) {
    const CelType& a = node.args[0]->type;
    const CelType& b = node.args[1]->type;
    const bool equality =
        node.op == CelOp::kEqual || node.op == CelOp::kNotEqual;
    node.type = CelTypeOf(CelKind::kBool);
    if (CelFits(a, b) && (equality || (CelIsOrdered(a) && CelIsOrdered(b)))) {
      return true;
    }
    const bool null = a.kind == CelKind::kNull || b.kind == CelKind::kNull;
    const bool list = a.kind == CelKind::kList || b.kind == CelKind::kList;
    const bool time =
        a.kind == CelKind::kTimestamp || b.kind == CelKind::kTimestamp;
    return faults_.Mismatch(
        node,
        absl::StrCat("cannot compare ", ToString(a), " with ", ToString(b),
                     " by ", CelOperatorText(node.op)),
        null   ? "absent text is \"\" here; or ask has(...)"
        : list ? "write \"x\" in list, or list.exists(e, ...)"
        : time ? "write timestamp(\"2026-07-11T00:00:00Z\")"
               : "");
  }

  bool In(CelExpression& node) {
    const CelType& item = node.args[0]->type;
    const CelType& range = node.args[1]->type;
    node.type = CelTypeOf(CelKind::kBool);
    if (range.kind == CelKind::kDyn) {
      return true;
    }
    if (range.kind != CelKind::kList && range.kind != CelKind::kMap) {
      return faults_.Mismatch(
          node, absl::StrCat("in needs a list, this is ", ToString(range)),
          range.kind == CelKind::kString
              ? "for a part of a text write x.contains(\"...\")"
              : "");
    }
    const CelType& inner =
        range.kind == CelKind::kList ? CelItemOf(range) : CelKeyOf(range);
    return CelFits(item, inner) ||
           faults_.Mismatch(
               node, absl::StrCat("cannot look for ", ToString(item), " in ",
                                  ToString(range)));
  }

  bool Index(CelExpression& node) {
    const CelType& operand = node.args[0]->type;
    const CelType& key = node.args[1]->type;
    if (operand.kind == CelKind::kList) {
      node.type = CelItemOf(operand);
      return CelIsNumber(key) || key.kind == CelKind::kDyn ||
             faults_.Mismatch(node,
                              "a list is asked for an item by its number");
    }
    if (operand.kind == CelKind::kMap) {
      node.type = CelItemOf(operand);
      return CelFits(key, CelKeyOf(operand)) ||
             faults_.Mismatch(node, absl::StrCat("the keys of this map are ",
                                                 ToString(CelKeyOf(operand))));
    }
    node.type = kCelDyn;
    return operand.kind == CelKind::kDyn ||
           faults_.Mismatch(node, absl::StrCat(ToString(operand),
                                               " is neither a list nor a map"));
  }

  bool Collection(CelExpression& node) {
    const bool map = node.op == CelOp::kMap;
    node.type = CelTypeOf(map ? CelKind::kMap : CelKind::kList);
    const size_t step = map ? 2 : 1;
    const CelType* item = nullptr;
    const CelType* key = nullptr;
    for (size_t i = 0; i < node.args.size(); i += step) {
      const CelType& each = node.args[i + step - 1]->type;
      const bool same = item == nullptr || item->kind == each.kind;
      item = same ? &each : &kCelDyn;
      const CelType& each_key = node.args[i]->type;
      key = key == nullptr || key->kind == each_key.kind ? &each_key : &kCelDyn;
      if (map &&
          (each_key.kind == CelKind::kDouble ||
           each_key.kind == CelKind::kList || each_key.kind == CelKind::kMap ||
           each_key.kind == CelKind::kNull) &&
          !faults_.Mismatch(*node.args[i],
                            "a key is a bool, a number or a text")) {
        return false;
      }
    }
    node.type.item = item;
    node.type.key = map ? key : nullptr;
    return true;
  }

  bool Arithmetic(CelExpression& node) {
    const CelType& a = node.args[0]->type;
    const CelType& b = node.args[1]->type;
    const bool sum = node.op == CelOp::kAdd;
    const bool time_a =
        a.kind == CelKind::kTimestamp || a.kind == CelKind::kDuration;
    const bool time_b =
        b.kind == CelKind::kTimestamp || b.kind == CelKind::kDuration;
    if (a.kind == CelKind::kDyn || b.kind == CelKind::kDyn) {
      node.type = kCelDyn;
      return true;
    }
    if (time_a && time_b && (sum || node.op == CelOp::kSubtract)) {
      return Times(node, a.kind, b.kind, sum);
    }
    const bool text = a.kind == CelKind::kString || a.kind == CelKind::kBytes ||
                      a.kind == CelKind::kList;
    const bool real = a.kind == CelKind::kDouble;
    if (a.kind == b.kind &&
        ((CelIsNumber(a) && !(real && IsModulo(node))) || (sum && text))) {
      node.type = CelFits(a, b) ? a : CelTypeOf(a.kind);
      return true;
    }
    return faults_.Mismatch(
        node,
        absl::StrCat("there is no ", ToString(a), " ", CelOperatorText(node.op),
                     " ", ToString(b)),
        CelIsNumber(a) && CelIsNumber(b) && !IsModulo(node)
            ? "convert one of them, as in double(x)"
            : "");
  }

  static bool IsModulo(const CelExpression& node) {
    return node.op == CelOp::kModulo;
  }

  bool Times(CelExpression& node, CelKind a, CelKind b, bool sum) {
    const bool points = a == CelKind::kTimestamp && b == CelKind::kTimestamp;
    if ((sum && points) ||
        (!sum && a == CelKind::kDuration && b == CelKind::kTimestamp)) {
      return faults_.Mismatch(node, "this sum of times has no meaning");
    }
    const bool point =
        !points && (a == CelKind::kTimestamp || b == CelKind::kTimestamp);
    node.type = CelTypeOf(point ? CelKind::kTimestamp : CelKind::kDuration);
    return true;
  }

  // Whether an overload takes as many args as `node` has, of their `types`.
  static bool Takes(const CelOverload& overload, const CelExpression& node,
                    bool types) {
    if (overload.size != node.args.size() ||
        !(node.member ? overload.member : overload.global)) {
      return false;
    }
    for (size_t i = 0; types && i < overload.size; ++i) {
      const CelKind given = node.args[i]->type.kind;
      const CelKind asked = overload.params[i];
      const bool widened = asked == CelKind::kDouble &&
                           given == CelKind::kInt &&
                           overload.function == CelFunction::kWithinKm;
      if (given != asked && given != CelKind::kDyn && asked != CelKind::kDyn &&
          !widened) {
        return false;
      }
    }
    return true;
  }

  bool Function(CelExpression& node) {
    for (const CelOverload& overload : CelOverloads()) {
      if (overload.name == node.name &&
          Takes(overload, node, faults_.strict())) {
        // The compiler finds the overload again by its place in the table.
        node.slot = static_cast<uint32_t>(&overload - CelOverloads().data());
        node.type = CelTypeOf(overload.result);
        return true;
      }
    }
    return faults_.strict() ? FailFunction(node) : faults_.Meaningless(node);
  }

  bool FailFunction(const CelExpression& node) {
    std::vector<absl::string_view> known;
    std::vector<std::string> ways;
    for (const CelOverload& overload : CelOverloads()) {
      known.push_back(overload.name);
      if (overload.name == node.name) {
        ways.push_back(Describe(overload));
      }
    }
    if (ways.empty()) {
      known.insert(known.end(),
                   {"exists", "all", "exists_one", "map", "filter", "has"});
      return faults_.Fail(node,
                          absl::StrCat("unknown function \"", node.name, "\""),
                          CelNearest(node.name, known));
    }
    std::vector<std::string> types;
    for (const auto& arg : node.args) {
      types.push_back(ToString(arg->type));
    }
    return faults_.Fail(
        node,
        absl::StrCat(node.name, " does not take (", absl::StrJoin(types, ", "),
                     ") ", node.member ? "as a method" : "as a function"),
        absl::StrCat("it takes ", absl::StrJoin(ways, " or ")));
  }

  // "string.contains(string)".
  static std::string Describe(const CelOverload& overload) {
    std::vector<std::string> params;
    for (size_t i = 0; i < overload.size; ++i) {
      params.push_back(ToString(CelTypeOf(overload.params[i])));
    }
    if (overload.global) {
      return absl::StrCat(overload.name, "(", absl::StrJoin(params, ", "), ")");
    }
    const std::string receiver = params.front();
    params.erase(params.begin());
    return absl::StrCat(receiver, ".", overload.name, "(",
                        absl::StrJoin(params, ", "), ")");
  }

  CelTypeFaults& faults_;
};

}  // namespace

bool CelTypeFaults::Fail(const CelExpression& node, absl::string_view what,
                         absl::string_view remedy) {
  fault_ = {node.begin, node.end, std::string(what), std::string(remedy)};
  return false;
}

bool CelTypeFaults::Mismatch(CelExpression& node, absl::string_view what,
                             absl::string_view remedy) {
  node.type = kCelDyn;
  return strict_ ? Fail(node, what, remedy) : true;
}

bool CelTypeFaults::Meaningless(CelExpression& node) {
  node.op = CelOp::kName;
  node.slot = 0;
  node.type = kCelDyn;
  node.args.clear();
  return true;
}

bool CelCheckTest(CelExpression& node, CelTypeFaults& faults) {
  if (node.type.kind == CelKind::kBool || node.type.kind == CelKind::kDyn) {
    return true;
  }
  return faults.Mismatch(
      node,
      absl::StrCat("this is ", ToString(node.type), " where a test is needed"),
      node.type.kind == CelKind::kString ? "compare it, as in x == \"...\""
      : node.type.kind == CelKind::kList
          ? "ask for its size, as in x.size() > 0"
          : "");
}

bool CelCheckOperands(CelExpression& node, CelTypeFaults& faults) {
  return Operands(faults).Check(node);
}

}  // namespace wiredesk
