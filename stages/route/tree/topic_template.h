// Names of topics with parts from the record: `news.{language}`. What stands in
// braces is an expression that gives a text or a number.

#ifndef WIREDESK_STAGES_ROUTE_TREE_TOPIC_TEMPLATE_H_
#define WIREDESK_STAGES_ROUTE_TREE_TOPIC_TEMPLATE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "pipeline/record/topic_name.h"
#include "stages/route/cel/evaluator.h"
#include "stages/route/cel/program.h"

namespace wiredesk {

// A text with expressions in it. Immutable; of the program that it was made in.
class TopicTemplate {
 public:
  enum class Use {
    kTopic,  // every part is made legal in the name of a topic
    kText    // keys and headers
  };

  // False: `fault` says why, in positions of `source`.
  bool Compile(const CelEnvironment& environment, absl::string_view source,
               Use use, CelProgram& program, CelFault& fault);

  // Appends the text for the evaluator's record. A part that has no value is
  // "unknown"; in a topic, what is not legal becomes '-'.
  void Render(CelEvaluator& evaluator, std::string& out) const;

  // Whether it is the same for every record; `literal()` is then the text.
  bool is_literal() const;
  const std::string& literal() const { return parts_.front().literal; }
  const std::string& source() const { return source_; }

  // A field of the record whose text goes into the result and is another one in
  // nearly every article; empty if there is none. Linear in the expressions.
  absl::string_view FreeTextField(const CelProgram& program) const;

 private:
  struct Part {
    std::string literal;
    CelNodeId node = kCelNone;  // kCelNone: the literal
  };

  std::string source_;
  Use use_ = Use::kTopic;
  std::vector<Part> parts_;  // at least one
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_TREE_TOPIC_TEMPLATE_H_
