// The tokens of an expression.

#ifndef WIREDESK_STAGES_ROUTE_CEL_LEXER_H_
#define WIREDESK_STAGES_ROUTE_CEL_LEXER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace wiredesk {

// What is wrong with an expression, and where: [begin, end) in its bytes.
struct CelFault {
  size_t begin = 0;
  size_t end = 0;
  std::string what;
  std::string remedy;  // may be empty
};

// "1:14: what; remedy", then the line of the expression and a caret below.
std::string ToString(const CelFault& fault, absl::string_view source);

enum class CelTokenKind : uint8_t {
  kEnd,
  kIdentifier,
  kQuotedIdentifier,  // `with-dashes`, a field after a dot
  kInt,
  kUint,
  kDouble,
  kString,
  kBytes,
  kPunctuation  // text is "&&", "(", "in", ...
};

struct CelToken {
  CelTokenKind kind = CelTokenKind::kEnd;
  size_t begin = 0;
  size_t end = 0;
  std::string text;      // of a string, its value
  uint64_t natural = 0;  // kInt, kUint; a sign is a token of its own
  double real = 0;
};

// Appends the tokens of `source` and an kEnd. False: `fault` says why.
bool CelLex(absl::string_view source, std::vector<CelToken>& tokens,
            CelFault& fault);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_ROUTE_CEL_LEXER_H_
