#include "stages/route/record_setter.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace wiredesk {
namespace {

// All but the one that stands for null.
std::vector<std::string> Named(absl::Span<const absl::string_view> words) {
  if (words[0].empty()) words.remove_prefix(1);
  return {words.begin(), words.end()};
}

}  // namespace

absl::Span<const ConfigNode> RecordSetter::Items(const ConfigNode& node) {
  if (node.is_sequence()) return node.items;
  return node.is_null() ? absl::Span<const ConfigNode>()
                        : absl::MakeConstSpan(&node, 1);
}

absl::string_view RecordSetter::Text(const ConfigNode& node,
                                     const table::Rule& rule) {
  if (!node.is_scalar() && !node.is_null()) Wrong(node, "a text");
  if (!rule.choices.empty() && !node.scalar.empty()) {
    Choice(node, rule.choices);
  }
  return batch_.Copy(node.scalar);
}

int64_t RecordSetter::Integer(const ConfigNode& node, int64_t min,
                              int64_t max) {
  int64_t value = 0;
  if (absl::SimpleAtoi(node.scalar, &value) && value >= min && value <= max) {
    return value;
  }
  Wrong(node, "a whole number");
  return 0;
}

double RecordSetter::Number(const ConfigNode& node) {
  double value = 0;
  if (!absl::SimpleAtod(node.scalar, &value)) Wrong(node, "a number");
  return value;
}

bool RecordSetter::Flag(const ConfigNode& node) {
  if (node.scalar != "true" && node.scalar != "false") {
    Wrong(node, "true or false");
  }
  return node.scalar == "true";
}

absl::Time RecordSetter::Time(const ConfigNode& node) {
  absl::Time time;
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, node.scalar, &time, &error)) {
    Wrong(node, "a time such as 2026-07-11T00:00:00Z");
  }
  return time;
}

size_t RecordSetter::Choice(const ConfigNode& node,
                            absl::Span<const absl::string_view> words) {
  const auto found = std::find(words.begin(), words.end(), node.scalar);
  if (found != words.end()) return found - words.begin();
  diagnostics_.Error(node, absl::StrCat("\"", node.scalar, "\" is unknown"),
                     SuggestName(node.scalar, Named(words)));
  return 0;
}

void RecordSetter::Wrong(const ConfigNode& node, absl::string_view wanted) {
  diagnostics_.Error(node,
                     node.is_scalar()
                         ? absl::StrCat("\"", node.scalar, "\" does not fit")
                         : absl::StrCat("is ", KindName(node.kind)),
                     absl::StrCat("write ", wanted));
}

void RecordSetter::WrongKind(const ConfigNode& node) {
  diagnostics_.Error(node, absl::StrCat("is ", KindName(node.kind)),
                     "write its fields, such as {name: value}");
}

void RecordSetter::Unknown(const ConfigEntry& entry,
                           const std::vector<std::string>& known) {
  diagnostics_.Error(entry.location, entry.value.path,
                     "is not a field that can be set",
                     SuggestName(entry.key, known));
}

}  // namespace wiredesk
