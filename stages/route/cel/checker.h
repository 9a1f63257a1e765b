// Finds what the names of an expression mean, and whether its types fit.

#ifndef WIREDESK_STAGES_ROUTE_CEL_CHECKER_H_
#define WIREDESK_STAGES_ROUTE_CEL_CHECKER_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "stages/route/cel/functions.h"
#include "stages/route/cel/lexer.h"
#include "stages/route/cel/parser.h"
#include "stages/route/cel/value.h"

namespace wiredesk {

struct CelVariable {
  std::string name;  // may be qualified, "a.b"
  CelType type;
};

// What an expression can speak of.
struct CelEnvironment {
  const CelStruct* record = nullptr;  // its fields are names by themselves
  std::vector<CelVariable> variables;
  std::string container;  // where unqualified names are looked for first
  std::map<std::string, std::shared_ptr<const CelNameList>> lists;
  // Off: types are left to the evaluation, as CEL does it without a checker.
  bool strict = true;
};

// How deep macros may stand in one another.
inline constexpr uint32_t kCelLocalsMax = 12;

// Resolves names in place and sets each node's type. False: `fault` says why.
bool CelCheck(const CelEnvironment& environment, CelExpression& root,
              CelFault& fault);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_CEL_CHECKER_H_
