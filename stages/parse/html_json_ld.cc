#include "stages/parse/html_json_ld.h"

#include <simdjson.h>

#include <algorithm>
#include <string_view>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"

namespace wiredesk {
namespace {

namespace dom = simdjson::dom;

constexpr int kDepthMax = 16;
constexpr size_t kMembersMax = 64;

absl::string_view View(std::string_view text) {
  return {text.data(), text.size()};
}

// The string at a key, or that of the first member of a list.
absl::string_view StringAt(dom::object object, const char* key) {
  dom::element value;
  if (object[key].get(value) != simdjson::SUCCESS) return {};
  dom::array list;
  if (value.get(list) == simdjson::SUCCESS) {
    if (list.size() == 0 || list.at(0).get(value) != simdjson::SUCCESS) {
      return {};
    }
  }
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) return {};
  return View(text);
}

// Whether one of the object's types passes `test`.
template <typename Test>
bool HasType(dom::object object, Test&& test) {
  dom::element types;
  if (object["@type"].get(types) != simdjson::SUCCESS) return false;
  std::string_view type;
  if (types.get(type) == simdjson::SUCCESS) return test(View(type));
  dom::array list;
  if (types.get(list) != simdjson::SUCCESS) return false;
  for (const dom::element member : list) {
    if (member.get(type) == simdjson::SUCCESS && test(View(type))) return true;
  }
  return false;
}

bool IsArticleType(absl::string_view type) {
  return absl::EndsWith(type, "Article") || absl::EndsWith(type, "Posting") ||
         type == "Report" || type == "AdvertiserContentArticle";
}

bool IsPageType(absl::string_view type) {
  return absl::EndsWith(type, "WebPage");
}

void Fill(absl::string_view value, std::string& field) {
  if (field.empty()) field = std::string(value);
}

// A name, an object with a name, or a list of such.
void AddNames(dom::element value, int depth, std::vector<std::string>& names) {
  if (names.size() >= kMembersMax || depth > 2) return;
  std::string_view text;
  dom::object object;
  dom::array list;
  if (value.get(text) == simdjson::SUCCESS) {
    names.emplace_back(text);
  } else if (value.get(object) == simdjson::SUCCESS) {
    const absl::string_view name = StringAt(object, "name");
    if (!name.empty()) names.emplace_back(name);
  } else if (value.get(list) == simdjson::SUCCESS) {
    for (const dom::element member : list) AddNames(member, depth + 1, names);
  }
}

void AddNamesAt(dom::object object, const char* key,
                std::vector<std::string>& names) {
  dom::element value;
  if (names.empty() && object[key].get(value) == simdjson::SUCCESS) {
    AddNames(value, 0, names);
  }
}

void ReadArticle(dom::object object, HtmlLinkedData& data) {
  data.is_article = true;
  Fill(StringAt(object, "headline"), data.headline);
  Fill(StringAt(object, "name"), data.headline);
  Fill(StringAt(object, "articleBody"), data.body);
  Fill(StringAt(object, "description"), data.description);
  Fill(StringAt(object, "datePublished"), data.published);
  Fill(StringAt(object, "dateCreated"), data.published);
  Fill(StringAt(object, "dateModified"), data.modified);
  Fill(StringAt(object, "inLanguage"), data.language);
  Fill(StringAt(object, "url"), data.url);
  AddNamesAt(object, "author", data.authors);
  AddNamesAt(object, "creator", data.authors);
  std::vector<std::string> publishers;
  AddNamesAt(object, "publisher", publishers);
  if (!publishers.empty()) Fill(publishers[0], data.publisher);
  std::vector<std::string> keywords;
  AddNamesAt(object, "keywords", keywords);
  if (keywords.size() == 1) keywords = absl::StrSplit(keywords[0], ',');
  AddNamesAt(object, "articleSection", data.keywords);
  for (std::string& keyword : keywords) {
    if (data.keywords.size() >= kMembersMax) break;
    data.keywords.push_back(std::move(keyword));
  }
}

void ReadValue(dom::element value, int depth, HtmlLinkedData& data) {
  if (depth > kDepthMax) return;
  dom::array list;
  if (value.get(list) == simdjson::SUCCESS) {
    size_t count = 0;
    for (const dom::element member : list) {
      if (++count > kMembersMax) break;
      ReadValue(member, depth + 1, data);
    }
    return;
  }
  dom::object object;
  if (value.get(object) != simdjson::SUCCESS) return;
  if (HasType(object, IsArticleType)) {
    // The first article is the page's; further ones are its neighbours.
    if (!data.is_article) ReadArticle(object, data);
    return;
  }
  if (HasType(object, IsPageType)) {
    Fill(StringAt(object, "datePublished"), data.published);
    Fill(StringAt(object, "dateModified"), data.modified);
  }
  for (const char* key : {"@graph", "mainEntity", "mainEntityOfPage"}) {
    dom::element inner;
    if (object[key].get(inner) == simdjson::SUCCESS) {
      ReadValue(inner, depth + 1, data);
    }
  }
}

}  // namespace

void ReadHtmlLinkedData(absl::string_view json, HtmlLinkedData& data) {
  // Line ends inside of strings are common, and no JSON.
  std::string text(json);
  std::replace_if(
      text.begin(), text.end(),
      [](char c) { return static_cast<uint8_t>(c) < 0x20; }, ' ');
  const size_t begin = text.find_first_of("{[");
  const size_t end = text.find_last_of("}]");
  if (begin == std::string::npos || end == std::string::npos || end < begin) {
    return;
  }
  dom::parser parser;
  dom::element root;
  if (parser.parse(text.data() + begin, end + 1 - begin).get(root) !=
      simdjson::SUCCESS) {
    return;
  }
  ReadValue(root, 0, data);
}

}  // namespace wiredesk
