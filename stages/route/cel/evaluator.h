#ifndef WIREDESK_STAGES_ROUTE_CEL_EVALUATOR_H_
#define WIREDESK_STAGES_ROUTE_CEL_EVALUATOR_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "stages/route/cel/arena.h"
#include "stages/route/cel/program.h"
#include "stages/route/cel/value.h"

namespace wiredesk {

// How many nodes one record may evaluate, so that macros within macros over
// long lists end.
inline constexpr int64_t kCelStepsMax = 2'000'000;

// Evaluates the expressions of a program for one record after the other.
// Errors are values, as in CEL: `false && error` is false. Allocates nothing in
// the steady state. One for each thread; `program` must outlive it.
class CelEvaluator {
 public:
  explicit CelEvaluator(const CelProgram& program) : program_(program) {}

  CelEvaluator(const CelEvaluator&) = delete;
  CelEvaluator& operator=(const CelEvaluator&) = delete;

  // The record that the next calls are about. Forgets the values of the last.
  // `variables` are in the order of CelEnvironment::variables; all arguments
  // must outlive those calls.
  void Begin(const void* record, absl::Span<const CelWordsOf> words = {},
             absl::Span<const CelValue> variables = {});

  // The value lives until the next Begin().
  CelValue Evaluate(CelNodeId id) {
    const CelNode& node = program_.node(id);
    if (node.op == CelOp::kConstant) {
      return node.constant;
    }
    if (node.memo == kCelNone) {
      return Run(node);
    }
    Memo& memo = memos_[node.memo];
    if (memo.generation != generation_) {
      memo.value = Run(node);
      memo.generation = generation_;
    }
    return memo.value;
  }

  // Whether a test holds; an error is no.
  bool Holds(CelNodeId id) { return Evaluate(id).is_true(); }

 private:
  struct Memo {
    uint64_t generation = 0;
    CelValue value;
  };

  CelValue Run(const CelNode& node);
  // Both arguments; false where one is an error, which is then `a`.
  bool Both(const CelNode& node, CelValue& a, CelValue& b);
  CelValue Select(const CelNode& node);
  CelValue Has(const CelNode& node);
  CelValue Logic(const CelNode& node, bool absorbing);
  CelValue Conditional(const CelNode& node);
  CelValue Compare(const CelNode& node);
  CelValue In(const CelNode& node);
  CelValue Arithmetic(const CelNode& node);
  CelValue Concatenate(const CelValue& a, const CelValue& b);
  CelValue Index(const CelNode& node);
  CelValue List(const CelNode& node);
  CelValue Map(const CelNode& node);
  CelValue Function(const CelNode& node);
  // Macros: evaluator_macros.cc.
  CelValue Quantify(const CelNode& node);
  CelValue AnyEquals(const CelNode& node, const CelValue& range);
  CelValue ExistsOne(const CelNode& node);
  CelValue Collect(const CelNode& node);

  CelNodeId arg(const CelNode& node, size_t i) const {
    return program_.args(node)[i];
  }

  const CelProgram& program_;
  const void* record_ = nullptr;
  absl::Span<const CelWordsOf> known_words_;
  absl::Span<const CelValue> variables_;
  CelValue locals_[kCelLocalsMax];
  std::vector<Memo> memos_;
  uint64_t generation_ = 0;
  int64_t steps_ = 0;
  CelArena arena_;
  WordSplitter splitter_;
  std::vector<Word> words_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_CEL_EVALUATOR_H_
