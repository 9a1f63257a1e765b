#include "stages/parse/page/json_ld.h"

#include <algorithm>
#include <memory_resource>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "stages/parse/json/document.h"

namespace wiredesk {
namespace {

constexpr int kDepthMax = 16;
constexpr size_t kMembersMax = 64;

// The string at a key, or that of the first member of a list.
absl::string_view StringAt(JsonValue object, absl::string_view key) {
  const JsonValue value = object.Find(key);
  if (!value.is_array()) return value.string();
  return value.has_children() ? (*value.begin()).string() : absl::string_view();
}

// Whether one of the object's types passes `test`.
template <typename Test>
bool HasType(JsonValue object, Test&& test) {
  const JsonValue types = object.Find("@type");
  if (types.is_string()) return test(types.string());
  if (!types.is_array()) return false;
  for (const JsonValue member : types) {
    if (member.is_string() && test(member.string())) return true;
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

// The object below `value` that has this @id and a name; nowhere if none has.
JsonValue FindById(JsonValue value, absl::string_view id, int depth) {
  if (depth > kDepthMax) return JsonValue();
  if (value.is_object() && StringAt(value, "@id") == id &&
      (!StringAt(value, "name").empty() ||
       !StringAt(value, "familyName").empty())) {
    return value;
  }
  for (const JsonValue child : value) {
    if (!child.has_children()) continue;
    const JsonValue found = FindById(child, id, depth + 1);
    if (!found.is_null()) return found;
  }
  return JsonValue();
}

std::string NameOf(JsonValue object) {
  const absl::string_view name = StringAt(object, "name");
  if (!name.empty()) return std::string(name);
  const absl::string_view given = StringAt(object, "givenName");
  const absl::string_view family = StringAt(object, "familyName");
  return std::string(
      absl::StripAsciiWhitespace(absl::StrCat(given, " ", family)));
}

// A name, an object with a name or a reference to one, or a list of such.
void AddNames(JsonValue root, JsonValue value, int depth,
              std::vector<std::string>& names) {
  if (names.size() >= kMembersMax || depth > 2) return;
  if (value.is_string()) {
    names.emplace_back(value.string());
  } else if (value.is_object()) {
    std::string name = NameOf(value);
    const absl::string_view id = StringAt(value, "@id");
    if (name.empty() && !id.empty()) name = NameOf(FindById(root, id, 0));
    if (!name.empty()) names.push_back(std::move(name));
    AddNames(root, value.Find("@list"), depth + 1, names);
  } else if (value.is_array()) {
    for (const JsonValue member : value) {
      AddNames(root, member, depth + 1, names);
    }
  }
}

void AddNamesAt(JsonValue root, JsonValue object, absl::string_view key,
                std::vector<std::string>& names) {
  if (names.empty()) AddNames(root, object.Find(key), 0, names);
}

void ReadArticle(JsonValue root, JsonValue object, HtmlLinkedData& data) {
  data.is_article = true;
  Fill(StringAt(object, "headline"), data.headline);
  Fill(StringAt(object, "name"), data.name);
  Fill(StringAt(object, "articleBody"), data.body);
  Fill(StringAt(object, "description"), data.description);
  Fill(StringAt(object, "datePublished"), data.published);
  Fill(StringAt(object, "dateCreated"), data.published);
  Fill(StringAt(object, "dateModified"), data.modified);
  Fill(StringAt(object, "inLanguage"), data.language);
  Fill(StringAt(object, "url"), data.url);
  AddNamesAt(root, object, "author", data.authors);
  AddNamesAt(root, object, "creator", data.authors);
  std::vector<std::string> publishers;
  AddNamesAt(root, object, "publisher", publishers);
  if (!publishers.empty()) Fill(publishers[0], data.publisher);
  std::vector<std::string> keywords;
  AddNamesAt(root, object, "keywords", keywords);
  if (keywords.size() == 1) keywords = absl::StrSplit(keywords[0], ',');
  AddNamesAt(root, object, "articleSection", data.keywords);
  for (std::string& keyword : keywords) {
    if (data.keywords.size() >= kMembersMax) break;
    data.keywords.push_back(std::move(keyword));
  }
}

void ReadValue(JsonValue root, JsonValue value, int depth,
               HtmlLinkedData& data) {
  if (depth > kDepthMax) return;
  if (value.is_array()) {
    size_t count = 0;
    for (const JsonValue member : value) {
      if (++count > kMembersMax) break;
      ReadValue(root, member, depth + 1, data);
    }
    return;
  }
  if (!value.is_object()) return;
  if (HasType(value, IsArticleType)) {
    // The first article is the page's; further ones are its neighbours.
    if (!data.is_article) ReadArticle(root, value, data);
    return;
  }
  if (HasType(value, IsPageType)) {
    Fill(StringAt(value, "datePublished"), data.published);
    Fill(StringAt(value, "dateModified"), data.modified);
  }
  for (const char* key : {"@graph", "mainEntity", "mainEntityOfPage"}) {
    ReadValue(root, value.Find(key), depth + 1, data);
  }
}

}  // namespace

void ReadHtmlLinkedData(absl::string_view json, HtmlLinkedData& data) {
  constexpr absl::string_view kOpen = "<![CDATA[";
  if (const size_t open = json.find(kOpen); open != absl::string_view::npos) {
    json.remove_prefix(open + kOpen.size());
    json = json.substr(0, json.rfind("]]>"));
  }
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
  std::pmr::monotonic_buffer_resource arena;
  ParseContext context;
  context.arena = &arena;
  JsonDocument document;
  ParseError error;
  bool mended = false;
  if (document.Parse(absl::string_view(text).substr(begin, end + 1 - begin),
                     context, error, mended)) {
    ReadValue(document.root(), document.root(), 0, data);
  }
}

}  // namespace wiredesk
