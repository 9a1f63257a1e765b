#include "stages/route/operator_test_match.h"

#include <string_view>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "pipeline/record/json_text.h"
#include "simdjson.h"

namespace wiredesk {
namespace {

namespace dom = simdjson::dom;

bool Matches(const dom::element& value, const ConfigNode& expected);

bool MatchesList(const dom::array& list, const ConfigNode& expected) {
  if (!expected.is_sequence() || list.size() != expected.items.size()) {
    return false;
  }
  size_t i = 0;
  for (const dom::element item : list) {
    if (!Matches(item, expected.items[i++])) return false;
  }
  return true;
}

bool MatchesObject(const dom::object& object, const ConfigNode& expected) {
  if (!expected.is_mapping()) return false;
  for (const ConfigEntry& field : expected.entries) {
    dom::element value;
    if (object.at_key(field.key).get(value) != simdjson::SUCCESS ||
        !Matches(value, field.value)) {
      return false;
    }
  }
  return true;
}

bool MatchesNumber(const dom::element& value, const ConfigNode& expected) {
  double number = 0;
  double wanted = 0;
  return value.get(number) == simdjson::SUCCESS &&
         absl::SimpleAtod(expected.scalar, &wanted) && number == wanted;
}

bool Matches(const dom::element& value, const ConfigNode& expected) {
  switch (value.type()) {
    case dom::element_type::ARRAY: {
      dom::array list;
      return value.get(list) == simdjson::SUCCESS &&
             MatchesList(list, expected);
    }
    case dom::element_type::OBJECT: {
      dom::object object;
      return value.get(object) == simdjson::SUCCESS &&
             MatchesObject(object, expected);
    }
    case dom::element_type::STRING: {
      std::string_view text;
      return value.get(text) == simdjson::SUCCESS && expected.is_scalar() &&
             text == expected.scalar;
    }
    case dom::element_type::BOOL: {
      bool flag = false;
      return value.get(flag) == simdjson::SUCCESS &&
             expected.scalar == (flag ? "true" : "false");
    }
    case dom::element_type::NULL_VALUE:
      return expected.is_null();
    default:
      return expected.is_scalar() && MatchesNumber(value, expected);
  }
}

// Fields of an article that are texts whatever they look like.
bool IsTextField(absl::string_view key) {
  for (const absl::string_view each :
       {"headline", "title", "body", "summary", "description", "content",
        "text", "id", "guid", "url", "byline", "author"}) {
    if (key == each) return true;
  }
  return false;
}

void AppendNode(const ConfigNode& node, bool text, std::string& out) {
  int64_t number = 0;
  if (node.is_null()) {
    out += "null";
  } else if (node.is_scalar()) {
    const bool bare =
        !text && (node.scalar == "true" || node.scalar == "false" ||
                  (absl::SimpleAtoi(node.scalar, &number) &&
                   absl::StrCat(number) == node.scalar));
    if (bare) {
      out += node.scalar;
    } else {
      AppendJsonString(node.scalar, out);
    }
  } else if (node.is_sequence()) {
    out += '[';
    for (size_t i = 0; i < node.items.size(); ++i) {
      if (i > 0) out += ',';
      AppendNode(node.items[i], text, out);
    }
    out += ']';
  } else {
    out += '{';
    for (size_t i = 0; i < node.entries.size(); ++i) {
      if (i > 0) out += ',';
      AppendJsonString(node.entries[i].key, out);
      out += ':';
      AppendNode(node.entries[i].value, IsTextField(node.entries[i].key), out);
    }
    out += '}';
  }
}

}  // namespace

bool MatchesJson(absl::string_view json, absl::string_view pointer,
                 const ConfigNode& expected, std::string& found) {
  dom::parser parser;
  dom::element root;
  dom::element value;
  found = "nothing";
  if (parser.parse(json.data(), json.size()).get(root) != simdjson::SUCCESS) {
    return false;
  }
  const std::string_view path(pointer.data(), pointer.size());
  if (path.empty()) {
    value = root;
  } else if (root.at_pointer(path).get(value) != simdjson::SUCCESS) {
    return false;
  }
  found = simdjson::minify(value);
  return Matches(value, expected);
}

std::string ArticleJson(const ConfigNode& article) {
  std::string json;
  AppendNode(article, false, json);
  return json;
}

}  // namespace wiredesk
