#include "stages/route/cel_checker.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "stages/route/cel_types.h"

namespace wiredesk {
namespace {

std::optional<CelKind> TypeNamed(absl::string_view name) {
  for (const CelKind kind :
       {CelKind::kBool, CelKind::kInt, CelKind::kUint, CelKind::kDouble,
        CelKind::kString, CelKind::kBytes, CelKind::kList, CelKind::kMap,
        CelKind::kNull, CelKind::kType, CelKind::kDyn, CelKind::kDuration,
        CelKind::kTimestamp}) {
    if (CelKindName(kind) == name) {
      return kind;
    }
  }
  return std::nullopt;
}

class Checker {
 public:
  Checker(const CelEnvironment& environment, CelFault& fault)
      : environment_(environment), fault_(fault) {}

  bool Check(CelExpression& node) {
    switch (node.op) {
      case CelOp::kConstant:
        node.type = CelTypeOf(node.constant.kind);
        return true;
      case CelOp::kName:
        return Name(node, node.name) || Unknown(node);
      case CelOp::kSelect:
        return Select(node);
      case CelOp::kHas:
        return Has(node);
      case CelOp::kAll:
      case CelOp::kExists:
      case CelOp::kExistsOne:
      case CelOp::kTransform:
      case CelOp::kFilter:
        return Macro(node);
      default:
        break;
    }
    for (const auto& arg : node.args) {
      if (!Check(*arg)) {
        return false;
      }
    }
    return Operator(node);
  }

 private:
  bool Fail(const CelExpression& node, absl::string_view what,
            absl::string_view remedy = "") {
    fault_ = {node.begin, node.end, std::string(what), std::string(remedy)};
    return false;
  }

  // A fault of types, which only a strict check finds.
  bool Mismatch(CelExpression& node, absl::string_view what,
                absl::string_view remedy = "") {
    node.type = kCelDyn;
    return environment_.strict ? Fail(node, what, remedy) : true;
  }

  // --- Names ---

  // Turns `node` into what `name` stands for, if it stands for something.
  bool Name(CelExpression& node, const std::string& name) {
    const absl::string_view first =
        absl::string_view(name).substr(0, name.find('.'));
    const bool whole = first.size() == name.size();
    if (!Root(node).global) {
      for (size_t i = locals_.size(); i-- > 0;) {
        if (locals_[i].name == first) {
          return whole && Become(node, CelOp::kLocal, static_cast<uint32_t>(i),
                                 locals_[i].type);
        }
      }
    }
    std::string prefix = Root(node).global ? "" : environment_.container;
    for (;;) {
      if (Declared(node,
                   prefix.empty() ? name : absl::StrCat(prefix, ".", name))) {
        return true;
      }
      if (prefix.empty()) {
        return false;
      }
      const size_t dot = prefix.rfind('.');
      prefix.resize(dot == std::string::npos ? 0 : dot);
    }
  }

  bool Declared(CelExpression& node, const std::string& name) {
    for (size_t i = 0; i < environment_.variables.size(); ++i) {
      if (environment_.variables[i].name == name) {
        return Become(node, CelOp::kVariable, static_cast<uint32_t>(i),
                      environment_.variables[i].type);
      }
    }
    const CelField* field = environment_.record == nullptr
                                ? nullptr
                                : environment_.record->Find(name);
    if (field != nullptr) {
      node.field = field;
      return Become(node, CelOp::kField, 0, field->type);
    }
    if (const std::optional<CelKind> kind = TypeNamed(name)) {
      node.constant = CelValue::Type(*kind);
      return Become(node, CelOp::kConstant, 0, CelTypeOf(CelKind::kType));
    }
    return false;
  }

  bool Become(CelExpression& node, CelOp op, uint32_t slot,
              const CelType& type) {
    node.op = op;
    node.slot = slot;
    node.type = type;
    node.args.clear();
    return true;
  }

  static const CelExpression& Root(const CelExpression& node) {
    const CelExpression* root = &node;
    while (root->op == CelOp::kSelect) {
      root = root->args[0].get();
    }
    return *root;
  }

  // "a.b.c" of a chain of selections from a name; empty for anything else.
  static std::string Qualified(const CelExpression& node) {
    if (node.op == CelOp::kName) {
      return node.name;
    }
    if (node.op != CelOp::kSelect) {
      return "";
    }
    const std::string below = Qualified(*node.args[0]);
    return below.empty() ? "" : absl::StrCat(below, ".", node.name);
  }

  // Without a strict check, what has no meaning is an error when it is
  // evaluated.
  bool Meaningless(CelExpression& node) {
    return Become(node, CelOp::kName, 0, kCelDyn);
  }

  bool Unknown(CelExpression& node) {
    if (!environment_.strict) {
      return Meaningless(node);
    }
    std::vector<absl::string_view> known;
    for (const Local& local : locals_) {
      known.push_back(local.name);
    }
    for (const CelVariable& variable : environment_.variables) {
      known.push_back(variable.name);
    }
    if (environment_.record != nullptr) {
      for (size_t i = 0; i < environment_.record->size; ++i) {
        known.push_back(environment_.record->fields[i].name);
      }
    }
    return Fail(node, absl::StrCat("unknown field \"", node.name, "\""),
                CelNearest(node.name, known));
  }

  // --- Fields ---

  bool Select(CelExpression& node) {
    // The longest qualified name that means something wins.
    const std::string qualified = Qualified(node);
    if (!qualified.empty() && Name(node, qualified)) {
      return true;
    }
    return Check(*node.args[0]) && FieldOf(node, node.args[0]->type);
  }

  bool FieldOf(CelExpression& node, const CelType& operand) {
    if (operand.kind == CelKind::kDyn) {
      node.type = kCelDyn;
      return true;
    }
    if (operand.kind == CelKind::kMap) {
      node.type = CelItemOf(operand);
      return true;
    }
    if (operand.kind != CelKind::kObject || operand.object == nullptr) {
      return Mismatch(
          node,
          absl::StrCat(ToString(operand), " has no field \"", node.name, "\""),
          operand.kind == CelKind::kList
              ? absl::StrCat("ask for one of its items, as in "
                             "x.exists(e, e.",
                             node.name, " == ...), or for x[0]")
              : "");
    }
    node.field = operand.object->Find(node.name);
    if (node.field == nullptr) {
      std::vector<absl::string_view> known;
      for (size_t i = 0; i < operand.object->size; ++i) {
        known.push_back(operand.object->fields[i].name);
      }
      return Fail(node,
                  absl::StrCat(operand.object->name, " has no field \"",
                               node.name, "\""),
                  CelNearest(node.name, known));
    }
    node.type = node.field->type;
    return true;
  }

  bool Has(CelExpression& node) {
    if (node.args.empty()) {  // has(headline)
      node.field = environment_.record == nullptr
                       ? nullptr
                       : environment_.record->Find(node.name);
      if (node.field == nullptr) {
        return Unknown(node);
      }
    } else if (!Check(*node.args[0]) || !FieldOf(node, node.args[0]->type)) {
      return false;
    }
    node.type = CelTypeOf(CelKind::kBool);
    return true;
  }

  // --- Macros ---

  bool Macro(CelExpression& node) {
    if (!Check(*node.args[0])) {
      return false;
    }
    const CelType& range = node.args[0]->type;
    CelType item;
    if (range.kind == CelKind::kList) {
      item = CelItemOf(range);
    } else if (range.kind == CelKind::kMap) {
      item = CelKeyOf(range);
    } else if (range.kind != CelKind::kDyn &&
               !Mismatch(
                   *node.args[0],
                   absl::StrCat(ToString(range), " is no list and no map"))) {
      return false;
    }
    if (locals_.size() >= kCelLocalsMax) {
      return Fail(node, "macros stand too deep in one another");
    }
    node.slot = static_cast<uint32_t>(locals_.size());
    locals_.push_back({node.name, item});
    const bool good = Bodies(node);
    locals_.pop_back();
    return good;
  }

  bool Bodies(CelExpression& node) {
    for (size_t i = 1; i < node.args.size(); ++i) {
      if (!Check(*node.args[i])) {
        return false;
      }
    }
    const bool transform = node.op == CelOp::kTransform;
    if ((!transform || node.args.size() == 3) && !IsBool(*node.args[1])) {
      return false;
    }
    if (transform) {
      node.type = CelTypeOf(CelKind::kList);
      node.type.item = &node.args.back()->type;
    } else if (node.op == CelOp::kFilter) {
      node.type = CelTypeOf(CelKind::kList);
      const CelType& range = node.args[0]->type;
      node.type.item = range.kind == CelKind::kMap ? range.key : range.item;
    } else {
      node.type = CelTypeOf(CelKind::kBool);
    }
    return true;
  }

  // --- Operators ---

  bool IsBool(CelExpression& node) {
    if (node.type.kind == CelKind::kBool || node.type.kind == CelKind::kDyn) {
      return true;
    }
    return Mismatch(node,
                    absl::StrCat("this is ", ToString(node.type),
                                 " where a test is needed"),
                    node.type.kind == CelKind::kString
                        ? "compare it, as in x == \"...\""
                    : node.type.kind == CelKind::kList
                        ? "ask for its size, as in x.size() > 0"
                        : "");
  }

  bool Operator(CelExpression& node) {
    switch (node.op) {
      case CelOp::kAnd:
      case CelOp::kOr:
      case CelOp::kNot:
        node.type = CelTypeOf(CelKind::kBool);
        return std::all_of(node.args.begin(), node.args.end(),
                           [this](const auto& arg) { return IsBool(*arg); });
      case CelOp::kConditional:
        return Conditional(node);
      case CelOp::kNegate:
        node.type = node.args[0]->type;
        return node.type.kind == CelKind::kInt ||
               node.type.kind == CelKind::kDouble ||
               node.type.kind == CelKind::kDyn ||
               Mismatch(node, absl::StrCat("there is no minus of ",
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

  bool Conditional(CelExpression& node) {
    const CelType& yes = node.args[1]->type;
    const CelType& no = node.args[2]->type;
    if (!IsBool(*node.args[0])) {
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
    return Mismatch(node, absl::StrCat("the two sides of ? : are ",
                                       ToString(yes), " and ", ToString(no)));
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
    return Mismatch(node,
                    absl::StrCat("cannot compare ", ToString(a), " with ",
                                 ToString(b), " by ", CelOperatorText(node.op)),
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
      return Mismatch(
          node, absl::StrCat("in needs a list, this is ", ToString(range)),
          range.kind == CelKind::kString
              ? "for a part of a text write x.contains(\"...\")"
              : "");
    }
    const CelType& inner =
        range.kind == CelKind::kList ? CelItemOf(range) : CelKeyOf(range);
    return CelFits(item, inner) ||
           Mismatch(node, absl::StrCat("cannot look for ", ToString(item),
                                       " in ", ToString(range)));
  }

  bool Index(CelExpression& node) {
    const CelType& operand = node.args[0]->type;
    const CelType& key = node.args[1]->type;
    if (operand.kind == CelKind::kList) {
      node.type = CelItemOf(operand);
      return CelIsNumber(key) || key.kind == CelKind::kDyn ||
             Mismatch(node, "a list is asked for an item by its number");
    }
    if (operand.kind == CelKind::kMap) {
      node.type = CelItemOf(operand);
      return CelFits(key, CelKeyOf(operand)) ||
             Mismatch(node, absl::StrCat("the keys of this map are ",
                                         ToString(CelKeyOf(operand))));
    }
    node.type = kCelDyn;
    return operand.kind == CelKind::kDyn ||
           Mismatch(node,
                    absl::StrCat(ToString(operand), " is no list and no map"));
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
          !Mismatch(*node.args[i], "a key is a bool, a number or a text")) {
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
    return Mismatch(node,
                    absl::StrCat("there is no ", ToString(a), " ",
                                 CelOperatorText(node.op), " ", ToString(b)),
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
      return Mismatch(node, "this sum of times has no meaning");
    }
    const bool point =
        !points && (a == CelKind::kTimestamp || b == CelKind::kTimestamp);
    node.type = CelTypeOf(point ? CelKind::kTimestamp : CelKind::kDuration);
    return true;
  }

  // --- Functions ---

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
    const CelOverload* found = nullptr;
    bool named = false;
    std::vector<absl::string_view> known;
    for (const CelOverload& overload : CelOverloads()) {
      known.push_back(overload.name);
      if (overload.name != node.name) {
        continue;
      }
      named = true;
      if (Takes(overload, node, environment_.strict)) {
        found = &overload;
        break;
      }
    }
    if (found != nullptr) {
      // The compiler finds the overload again by its place in the table.
      node.slot = static_cast<uint32_t>(found - CelOverloads().data());
      node.type = CelTypeOf(found->result);
      return true;
    }
    if (!environment_.strict) {
      return Meaningless(node);
    }
    if (!named) {
      known.insert(known.end(),
                   {"exists", "all", "exists_one", "map", "filter", "has"});
      return Fail(node, absl::StrCat("unknown function \"", node.name, "\""),
                  CelNearest(node.name, known));
    }
    std::vector<std::string> types;
    for (const auto& arg : node.args) {
      types.push_back(ToString(arg->type));
    }
    std::vector<std::string> ways;
    for (const CelOverload& overload : CelOverloads()) {
      if (overload.name == node.name) {
        ways.push_back(Describe(overload));
      }
    }
    return Fail(
        node,
        absl::StrCat(node.name, " does not take (", absl::StrJoin(types, ", "),
                     ") ", node.member ? "as a method" : "as a function"),
        absl::StrCat("it takes ", absl::StrJoin(ways, " or ")));
  }

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

  struct Local {
    std::string name;
    CelType type;
  };

  const CelEnvironment& environment_;
  CelFault& fault_;
  std::vector<Local> locals_;
};

}  // namespace

bool CelCheck(const CelEnvironment& environment, CelExpression& root,
              CelFault& fault) {
  return Checker(environment, fault).Check(root);
}

}  // namespace wiredesk
