#include "stages/route/cel/checker.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "stages/route/cel/operands.h"
#include "stages/route/cel/types.h"

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
      : environment_(environment), faults_(environment.strict, fault) {}

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
    return CelCheckOperands(node, faults_);
  }

 private:
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

  bool Unknown(CelExpression& node) {
    if (!environment_.strict) {
      return faults_.Meaningless(node);
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
    return faults_.Fail(node, absl::StrCat("unknown field \"", node.name, "\""),
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
      return faults_.Mismatch(
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
      return faults_.Fail(node,
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
               !faults_.Mismatch(
                   *node.args[0],
                   absl::StrCat(ToString(range),
                                " is neither a list nor a map"))) {
      return false;
    }
    if (locals_.size() >= kCelLocalsMax) {
      return faults_.Fail(node, "macros stand too deep in one another");
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
    if ((!transform || node.args.size() == 3) &&
        !CelCheckTest(*node.args[1], faults_)) {
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

  struct Local {
    std::string name;
    CelType type;
  };

  const CelEnvironment& environment_;
  CelTypeFaults faults_;
  std::vector<Local> locals_;
};

}  // namespace

bool CelCheck(const CelEnvironment& environment, CelExpression& root,
              CelFault& fault) {
  return Checker(environment, fault).Check(root);
}

}  // namespace wiredesk
