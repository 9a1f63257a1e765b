#include "stages/parse/article_json/tracer.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "stages/parse/article_json/value.h"
#include "stages/text/unicode.h"

namespace wiredesk {
namespace {

constexpr size_t kRestMax = 64;    // of one article
constexpr size_t kValueMax = 200;  // bytes of a value that is shown

bool Holds(JsonValue outer, JsonValue inner) {
  return !outer.is_null() && outer.node() <= inner.node() &&
         inner.node() < outer.node() + outer.node()->size;
}

// What is shown besides what looks like news beyond doubt: a line of words.
absl::string_view LooksOf(JsonValue value) {
  const absl::string_view looks = LooksOfJson(value);
  if (!looks.empty()) return looks;
  const absl::string_view text = JsonText(value);
  const auto spaces = std::count(text.begin(), text.end(), ' ');
  return spaces >= 2 ? "text" : absl::string_view();
}

}  // namespace

std::string PointerTo(JsonValue root, JsonValue value) {
  std::string pointer;
  if (value.node() == nullptr) return pointer;
  JsonValue at = root;
  while (at.node() != value.node()) {
    JsonValue next;
    size_t index = 0;
    for (const JsonValue child : at) {
      if (Holds(child, value)) {
        next = child;
        break;
      }
      ++index;
    }
    if (next.node() == nullptr) return "";
    absl::StrAppend(
        &pointer, "/",
        at.is_array()
            ? absl::StrCat(index)
            : absl::StrReplaceAll(next.key(), {{"~", "~0"}, {"/", "~1"}}));
    at = next;
  }
  return pointer;
}

void JsonTracer::Field(absl::string_view field, JsonValue value) {
  if (value.is_null()) return;
  used_.push_back(value);
  trace_.Field(field, PointerTo(object_, value));
}

void JsonTracer::Rest(const std::vector<FieldSlots::Unused>& counted) {
  if (object_.is_null()) return;
  const JsonNode* const end = object_.node() + object_.node()->size;
  size_t told = 0;
  for (const JsonNode* node = object_.node(); node != end; ++node) {
    const JsonValue value(node);
    const absl::string_view looks = LooksOf(value);
    const bool used =
        std::any_of(used_.begin(), used_.end(),
                    [value](JsonValue field) { return Holds(field, value); });
    const bool counts = std::any_of(counted.begin(), counted.end(),
                                    [node](const FieldSlots::Unused& unused) {
                                      return unused.value.node() == node;
                                    });
    if (used || (looks.empty() && !counts) || ++told > kRestMax) continue;
    trace_.Rest({std::string(looks.empty() ? "text" : looks),
                 PointerTo(object_, value),
                 std::string(Truncate(JsonText(value), kValueMax)), counts});
  }
}

}  // namespace wiredesk
