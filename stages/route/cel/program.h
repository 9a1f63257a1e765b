// Expressions, compiled: one graph of nodes for all expressions of a
// configuration.
//
// The idea: a thousand routes ask a few hundred different questions. Every
// expression is broken into nodes, and equal nodes are kept once (hash
// consing), so `language == "de"` of a hundred routes is one node. A node that
// more than one expression uses has a memo, and is worked out at most once for
// a record. Macro variables are numbered by depth, so `topics.exists(t, ...)`
// and `topics.exists(x, ...)` are the same node too. Constant parts are worked
// out when they are compiled.
//
// Tested by cel_conformance_test.cc, against the cases of the specification,
// and by cel_program_test.cc.
//
// Example, compiled in tests/examples/stage_examples.cc:
//
//   struct Ship {
//     absl::string_view name;
//     double tons = 0;
//   };
//
//   constexpr CelField kShipFields[] = {
//       {"name", CelTypeOf(CelKind::kString),
//        [](const void* ship) {
//          return CelValue::String(static_cast<const Ship*>(ship)->name);
//        }},
//       {"tons", CelTypeOf(CelKind::kDouble), [](const void* ship) {
//          return CelValue::Double(static_cast<const Ship*>(ship)->tons);
//        }}};
//   constexpr CelStruct kShip = {"ship", kShipFields, 2};
//
//   bool IsLarge(const Ship& ship) {
//     CelEnvironment environment;
//     environment.record = &kShip;
//     CelProgram program;  // usually compiled once, for all expressions
//     CelFault fault;
//     const CelNodeId test =
//         program.Add(environment, "tons > 1e5 && name.startsWith('Ever')",
//                     CelKind::kBool, fault);
//     if (test == kCelNone) return false;  // fault.what says why
//     CelEvaluator evaluator(program);     // one for each thread
//     evaluator.Begin(&ship);
//     return evaluator.Holds(test);
//   }

#ifndef WIREDESK_STAGES_ROUTE_CEL_PROGRAM_H_
#define WIREDESK_STAGES_ROUTE_CEL_PROGRAM_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/route/cel/checker.h"
#include "stages/route/cel/functions.h"
#include "stages/route/cel/lexer.h"
#include "stages/route/cel/parser.h"
#include "stages/route/cel/value.h"

namespace wiredesk {

using CelNodeId = uint32_t;
inline constexpr uint32_t kCelNone = UINT32_MAX;

// More than this many nodes in a configuration are refused.
inline constexpr size_t kCelNodesMax = 1'000'000;

struct CelNode {
  CelOp op = CelOp::kConstant;
  CelFunction function = CelFunction::kDyn;
  uint16_t locals = 0;       // a bit for each macro variable it depends on
  uint32_t memo = kCelNone;  // where the value is kept for the record
  uint32_t slot = 0;         // of a variable
  uint32_t args = 0;         // first argument in CelProgram::args
  uint32_t size = 0;         // of them
  const CelField* field = nullptr;
  const CelBound* bound = nullptr;
  CelValue constant;  // of a constant; of a selection, the name as a string
};

// A stretch of an expression's text, and the node that it became.
struct CelSpan {
  size_t begin = 0;
  size_t end = 0;
  CelNodeId node = 0;
};

// Immutable once it is built. Values that come from it live as long.
class CelProgram {
 public:
  // Adds an expression that gives `result` (kDyn: a text, number or bool).
  // kCelNone: `fault` says why not. `spans`, if not null, gets its
  // sub-expressions, outer before inner; those of a macro's body are left out.
  CelNodeId Add(const CelEnvironment& environment, absl::string_view source,
                CelKind result, CelFault& fault,
                std::vector<CelSpan>* spans = nullptr);

  const CelNode& node(CelNodeId id) const { return nodes_[id]; }
  size_t size() const { return nodes_.size(); }
  size_t memos() const { return memos_; }
  absl::Span<const CelNodeId> args(const CelNode& node) const {
    return absl::MakeConstSpan(args_).subspan(node.args, node.size);
  }
  // Whether the expression is the same for every record; `value` then has it.
  bool IsConstant(CelNodeId id, CelValue& value) const {
    value = nodes_[id].constant;
    return nodes_[id].op == CelOp::kConstant;
  }

 private:
  CelNodeId Compile(const CelEnvironment& environment,
                    const CelExpression& expression, CelFault& fault,
                    std::vector<CelSpan>* spans);
  CelNodeId Intern(CelNode node, absl::Span<const CelNodeId> args);
  CelNodeId Fold(CelNodeId id);
  void Shorten(CelNodeId id);
  CelNodeId InternConstant(const CelValue& value);
  bool Bind(const CelEnvironment& environment, const CelExpression& expression,
            CelNode& node, CelFault& fault);
  CelValue Own(const CelValue& value);

  std::vector<CelNode> nodes_;
  std::vector<CelNodeId> args_;
  size_t memos_ = 0;
  std::deque<std::string> texts_;
  std::deque<std::vector<CelValue>> lists_;
  std::deque<CelBound> bounds_;
  absl::flat_hash_map<std::string, CelNodeId> known_;
  absl::flat_hash_map<std::string, const CelBound*> known_bounds_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_CEL_PROGRAM_H_
