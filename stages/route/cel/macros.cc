#include "stages/route/cel/macros.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace wiredesk {
namespace {

struct Macro {
  absl::string_view name;
  CelOp op;
  size_t args_min;
  size_t args_max;
};
constexpr Macro kMacros[] = {{"all", CelOp::kAll, 2, 2},
                             {"exists", CelOp::kExists, 2, 2},
                             {"exists_one", CelOp::kExistsOne, 2, 2},
                             {"map", CelOp::kTransform, 2, 3},
                             {"filter", CelOp::kFilter, 2, 2}};

bool FailMacro(const CelExpression& at, absl::string_view what,
               absl::string_view remedy, CelFault& fault) {
  fault = {at.begin, at.end, std::string(what), std::string(remedy)};
  return false;
}

// args: range, variable, body ...
bool ExpandLoop(const Macro& macro, CelExpression& call, CelFault& fault) {
  const CelExpression& variable = *call.args[1];
  if (call.args.size() > macro.args_max + 1 || variable.op != CelOp::kName ||
      variable.global) {
    return FailMacro(
        variable,
        absl::StrCat(macro.name, " needs the name of a variable and a test"),
        absl::StrCat("write x.", macro.name, "(e, ...)"), fault);
  }
  call.op = macro.op;
  call.name = variable.name;
  call.args.erase(call.args.begin() + 1);
  return true;
}

bool ExpandHas(CelExpression& call, CelFault& fault) {
  const bool field =
      call.args.size() == 1 &&
      (call.args[0]->op == CelOp::kSelect || call.args[0]->op == CelOp::kName);
  if (!field) {
    return FailMacro(call, "has() asks for one field", "write has(a.b)", fault);
  }
  const std::unique_ptr<CelExpression> asked = std::move(call.args[0]);
  call.op = CelOp::kHas;
  call.name = asked->name;
  // A select has what it selects from; has(headline), a field of the record
  // itself, has nothing.
  call.args = std::move(asked->args);
  return true;
}

}  // namespace

bool CelExpandMacro(CelExpression& call, CelFault& fault) {
  if (!call.member) {
    return call.name != "has" || ExpandHas(call, fault);
  }
  for (const Macro& macro : kMacros) {
    if (macro.name == call.name && call.args.size() > macro.args_min) {
      return ExpandLoop(macro, call, fault);
    }
  }
  return true;
}

}  // namespace wiredesk
