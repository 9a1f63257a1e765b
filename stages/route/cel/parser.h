// From the text of an expression to its tree. Macros (has, all, exists,
// exists_one, map, filter) become nodes of their own.

#ifndef WIREDESK_STAGES_ROUTE_CEL_PARSER_H_
#define WIREDESK_STAGES_ROUTE_CEL_PARSER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "stages/route/cel/lexer.h"
#include "stages/route/cel/value.h"

namespace wiredesk {

enum class CelOp : uint8_t {
  kConstant,
  kName,      // an identifier, until the checker has found what it means
  kVariable,  // given to the evaluation
  kLocal,     // of a macro
  kField,     // of the record
  kSelect,    // args[0].name
  kHas,       // has(args[0].name)
  kNot,
  kNegate,
  kAnd,  // of two or more
  kOr,
  kConditional,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kIn,
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kModulo,
  kIndex,
  kList,
  kMap,       // key, value, key, value ...
  kFunction,  // name(args), or args[0].name(args[1] ...)
  kAll,       // args: range, body; name is the variable
  kExists,
  kExistsOne,
  kTransform,  // the macro map: range, transform, or range, filter, transform
  kFilter
};

// A node of the tree. [begin, end) is its stretch of the source.
struct CelExpression {
  CelOp op = CelOp::kConstant;
  size_t begin = 0;
  size_t end = 0;
  std::string name;
  bool member = false;  // kFunction: called on args[0]
  bool global = false;  // kName: with a leading dot
  CelValue constant;    // texts are views into `text`
  std::string text;
  std::vector<std::unique_ptr<CelExpression>> args;
  int height = 1;  // of the tree below, this node included

  // Set by the checker.
  const CelField* field = nullptr;  // kField, and kSelect where it is known
  uint32_t slot = 0;                // kVariable, kLocal, and macros
  CelType type;
};

// How deep an expression may nest, how high its tree may be, and how long its
// text.
inline constexpr int kCelDepthMax = 250;
inline constexpr int kCelHeightMax = 400;
inline constexpr size_t kCelSourceMax = 65536;

// nullptr: `fault` says why.
std::unique_ptr<CelExpression> CelParse(absl::string_view source,
                                        CelFault& fault);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_CEL_PARSER_H_
