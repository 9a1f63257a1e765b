// From the text of tag rules to trees. The grammar is told in rules.cc.

#ifndef WIREDESK_STAGES_TAG_RULES_RULES_PARSE_H_
#define WIREDESK_STAGES_TAG_RULES_RULES_PARSE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace wiredesk {

struct TagRuleNode {
  enum class Kind : uint8_t { kWords, kId, kAnd, kOr, kNot, kNear };
  Kind kind = Kind::kWords;
  bool title = false;     // kWords: in the headline only
  uint32_t distance = 0;  // kNear: words between
  uint32_t leaf = 0;      // kWords, kId: set by the compiler
  double weight = 1;
  std::vector<uint64_t> words;  // kWords: hashes
  std::string id;               // kId: "entity:org:nato", lower case
  std::vector<std::unique_ptr<TagRuleNode>> children;
};

struct ParsedTagRule {
  std::string name;
  double threshold = 0;  // 0: the tree must hold
  std::unique_ptr<TagRuleNode> root;
};

// Parses a whole file. The first error ends it: "<file>:<line>:<column>: ...".
absl::StatusOr<std::vector<ParsedTagRule>> ParseTagRules(
    absl::string_view file, absl::string_view content);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_RULES_RULES_PARSE_H_
