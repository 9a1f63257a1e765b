#include "stages/parse/article_json/rich_text.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "stages/parse/article_json/key_words.h"
#include "stages/parse/article_json/shape.h"
#include "stages/parse/article_json/value.h"

namespace wiredesk {
namespace {

constexpr int kTextDepthMax = 16;

// Names of the main one of several forms of a text, the best first.
constexpr absl::string_view kMainForms[] = {
    "main",      "basic",   "rendered", "value", "text",     "default",
    "full",      "plain",   "#text",    "$t",    "@value",   "_",
    "$",         "__text",  "raw",      "title", "original", "html",
    "processed", "content", "en",       "eng",   "en-US",    "name"};

bool IsFilled(JsonValue value) {
  return value.is_number() ||
         (value.is_string() && !IsPlaceholder(JsonText(value)));
}

// {"role": "main", "value": …}: of ninjs.
JsonValue RenditionOf(JsonValue list) {
  JsonValue first;
  for (const JsonValue item : list) {
    const JsonValue value = item.Find("value");
    if (value.is_null()) return JsonValue();
    const absl::string_view role = JsonMember(item, {"role"});
    if (role == "main" || role == "text" || role == "plain") return value;
    if (first.is_null() && !role.empty()) first = value;
  }
  return first;
}

JsonValue ScalarAt(JsonValue value, int depth) {
  if (value.is_string() || value.is_number()) {
    return IsFilled(value) ? value : JsonValue();
  }
  if (depth > kTextDepthMax || !value.has_children()) return JsonValue();
  if (value.is_array()) {
    if (const JsonValue main = RenditionOf(value); !main.is_null()) {
      return ScalarAt(main, depth + 1);
    }
    for (const JsonValue item : value) {
      const JsonValue scalar = ScalarAt(item, depth + 1);
      if (!scalar.is_null()) return scalar;
    }
    return JsonValue();
  }
  for (const absl::string_view form : kMainForms) {
    const JsonValue member = value.Find(form);
    if (member.is_null()) continue;
    const JsonValue scalar = ScalarAt(member, depth + 1);
    if (!scalar.is_null()) return scalar;
  }
  int members = 0;
  JsonValue only;
  for (const JsonValue member : value) {
    ++members;
    only = member;
  }
  return members == 1 ? ScalarAt(only, depth + 1) : JsonValue();
}

// Collects the text of nested blocks.
class TextCollector {
 public:
  explicit TextCollector(size_t bytes_max) : bytes_max_(bytes_max) {}

  void Add(JsonValue value, int depth, bool inside_line) {
    if (depth > kTextDepthMax || text_.size() > bytes_max_) return;
    if (value.is_string()) {
      if (!inside_line) Part();
      text_.append(value.text().data(), value.text().size());
    } else if (value.is_array()) {
      AddList(value, depth, inside_line);
    } else if (value.is_object()) {
      AddObject(value, depth, inside_line);
    }
  }

  std::string Take() { return std::move(text_); }

 private:
  // A new paragraph, unless nothing stands before.
  void Part() {
    if (!text_.empty() && !absl::EndsWith(text_, "\n\n")) text_ += "\n\n";
  }

  void AddList(JsonValue list, int depth, bool inside_line) {
    if (const JsonValue main = RenditionOf(list); !main.is_null()) {
      Add(main, depth + 1, inside_line);
      return;
    }
    const bool line = inside_line || IsMixed(list);
    if (line && !inside_line) Part();
    for (const JsonValue item : list) Add(item, depth + 1, line);
  }

  // Text between links: strings and objects in one list.
  static bool IsMixed(JsonValue list) {
    bool strings = false;
    bool objects = false;
    for (const JsonValue item : list) {
      strings |= item.is_string();
      objects |= item.is_object();
    }
    return strings && objects;
  }

  // Pieces of one line, as editors keep them: {"text": …, "marks": […]}.
  static bool IsLine(JsonValue list) {
    if (!list.is_array()) return false;
    for (const JsonValue item : list) {
      const bool piece =
          item.Find("text").is_string() || item.Find("value").is_string() ||
          absl::StrContains(JsonMember(item, {"nodeType"}), "link");
      if (!piece) return false;
    }
    return true;
  }

  void AddObject(JsonValue object, int depth, bool inside_line) {
    const absl::string_view type =
        JsonMember(object, {"type", "_type", "nodeType", "kind"});
    if (RoleOfKey(type).scope == KeyScope::kAside && !type.empty()) return;
    for (const absl::string_view key :
         {"text", "content", "value", "html", "body", "children", "blocks",
          "data", "paragraphs", "nodes", "items", "sentences", "rendered",
          "processed", "plain", "main", "basic"}) {
      const JsonValue member = object.Find(key);
      const bool more = member.has_children() ||
                        (member.is_string() && !JsonText(member).empty());
      if (!more) continue;
      const bool line =
          (key == "children" || key == "content") && IsLine(member);
      if (line && !inside_line) Part();
      Add(member, depth + 1, inside_line || line);
      return;
    }
    const JsonValue only = ScalarOf(object);
    if (only.is_string()) Add(only, depth + 1, inside_line);
  }

  const size_t bytes_max_;
  std::string text_;
};

}  // namespace

JsonValue ScalarOf(JsonValue value) { return ScalarAt(value, 0); }

std::string TextBelow(JsonValue value, size_t bytes_max) {
  TextCollector collector(bytes_max);
  collector.Add(value, 0, false);
  return collector.Take();
}

}  // namespace wiredesk
