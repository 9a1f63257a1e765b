#include "stages/parse/article_json/names.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "stages/parse/article_json/key_words.h"
#include "stages/parse/article_json/rich_text.h"
#include "stages/parse/article_json/shape.h"
#include "stages/parse/article_json/value.h"
#include "stages/parse/draft/byline.h"

namespace wiredesk {
namespace {

constexpr int kNameDepthMax = 6;
constexpr size_t kNameBytesMax = 256;

absl::string_view Filled(JsonValue value) {
  const absl::string_view text = JsonText(ScalarOf(value));
  return IsPlaceholder(text) ? absl::string_view() : text;
}

// The members of an object that say how it is called.
struct OwnNames {
  absl::string_view line;  // "By Ann Lee and Bob Ray"
  absl::string_view name;
  absl::string_view title;
  absl::string_view given;
  absl::string_view family;
  absl::string_view handle;
};

void Keep(absl::string_view text, absl::string_view& place) {
  if (place.empty()) place = text;
}

OwnNames OwnNamesOf(JsonValue object) {
  OwnNames names;
  for (const JsonValue member : object) {
    if (member.is_array()) continue;
    const KeyRole role = RoleOfKey(member.key());
    if (role.scope == KeyScope::kAside) continue;
    const bool wanted =
        role.own_name || role.given || role.family || role.handle;
    if (!wanted) continue;
    const absl::string_view text = Filled(member);
    if (text.empty()) continue;
    if (role.handle) {
      Keep(text, names.handle);
    } else if (role.given) {
      Keep(text, names.given);
    } else if (role.family) {
      Keep(text, names.family);
    } else if (role.field == JsonField::kByline || member.key() == "original") {
      Keep(text, names.line);
    } else if (role.field == JsonField::kHeadline && !role.weak) {
      Keep(text, names.title);
    } else {
      Keep(text, names.name);
    }
  }
  return names;
}

// "U02F7": digits and capitals, as no name has them.
bool LooksLikeId(absl::string_view text) {
  bool digit = false;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    digit |= absl::ascii_isdigit(byte);
    if (!absl::ascii_isdigit(byte) && !absl::ascii_isupper(byte)) return false;
  }
  return digit;
}

class AuthorReader {
 public:
  AuthorReader(const ParseContext& context, std::vector<std::string>& names)
      : context_(context), names_(names) {}

  void Read(JsonValue value, int depth) {
    if (depth > kNameDepthMax ||
        names_.size() >= context_.limits.list_items_max) {
      return;
    }
    if (value.is_string()) {
      Add(JsonText(value));
    } else if (value.is_array()) {
      for (const JsonValue item : value) Read(item, depth + 1);
    } else if (value.is_object()) {
      ReadObject(value, depth);
    }
  }

 private:
  void Add(absl::string_view text) {
    if (IsPlaceholder(text) || absl::StartsWith(text, "http") ||
        LooksLikeId(text)) {
      return;
    }
    AppendBylineNames(JsonLine(text, context_), names_);
  }

  void ReadObject(JsonValue object, int depth) {
    const OwnNames own = OwnNamesOf(object);
    const size_t before = names_.size();
    if (!own.line.empty()) Add(own.line);
    if (names_.size() == before && !own.name.empty()) Add(own.name);
    if (names_.size() == before && !own.family.empty()) {
      Add(CopyText(absl::StrCat(own.given, " ", own.family), context_.arena));
    }
    for (const JsonValue member : object) {
      if (names_.size() > before) return;
      const KeyRole role = RoleOfKey(member.key());
      const bool people = role.field == JsonField::kByline ||
                          role.field == JsonField::kPersons ||
                          role.scope == KeyScope::kOpen;
      if (people && member.has_children()) Read(member, depth + 1);
    }
    if (names_.size() == before) Add(own.title);
    if (names_.size() == before) Add(own.handle);
    if (names_.size() == before) Add(JsonName(object));
  }

  const ParseContext& context_;
  std::vector<std::string>& names_;
};

bool LooksLikeSite(absl::string_view text) {
  return text.find('.') != text.npos && text.find(' ') == text.npos &&
         text.find('@') == text.npos;
}

// "user/1/state/read": of a program.
bool IsPath(absl::string_view text) {
  const size_t slash = text.find('/');
  return slash != text.npos && text.find('/', slash + 1) != text.npos &&
         text.find(' ') == text.npos;
}

class CategoryReader {
 public:
  CategoryReader(const ParseContext& context,
                 std::vector<absl::string_view>& names)
      : context_(context), names_(names) {}

  void Read(JsonValue value, int depth) {
    if (depth > kNameDepthMax) return;
    if (value.is_string()) {
      Split(JsonText(value));
    } else if (value.is_array()) {
      for (const JsonValue item : value) Read(item, depth + 1);
    } else if (value.is_object()) {
      ReadObject(value, depth);
    }
  }

 private:
  void Split(absl::string_view text) {
    size_t begin = 0;
    for (size_t i = 0; i <= text.size(); ++i) {
      const bool ends = i == text.size() || text[i] == '|' || text[i] == ';' ||
                        text[i] == ',';
      if (!ends) continue;
      Add(absl::StripAsciiWhitespace(text.substr(begin, i - begin)));
      begin = i + 1;
    }
  }

  void Add(absl::string_view text) {
    text = absl::StripPrefix(text, "#");
    if (IsPlaceholder(text) || text.size() > kNameBytesMax ||
        absl::StartsWith(text, "http") || IsPath(text) ||
        names_.size() >= context_.limits.list_items_max) {
      return;
    }
    const absl::string_view name = JsonLine(text, context_);
    const bool known =
        std::find(names_.begin(), names_.end(), name) != names_.end();
    if (!name.empty() && !known) names_.push_back(name);
  }

  void ReadObject(JsonValue object, int depth) {
    if (JsonMember(object, {"type"}) == "contributor") return;
    // {"name": "persons", "value": "Lee, Ann"}: the facet is not the category.
    if (!JsonMember(object, {"name"}).empty() &&
        !JsonMember(object, {"value"}).empty()) {
      Add(JsonMember(object, {"value"}));
      return;
    }
    const absl::string_view name = JsonName(object);
    if (!name.empty()) {
      Add(name);
      return;
    }
    for (const JsonValue member : object) {
      const KeyRole role = RoleOfKey(member.key());
      const bool inside =
          role.field == JsonField::kCategories ||
          role.field == JsonField::kHeadline || role.scope == KeyScope::kOpen ||
          (member.has_children() && role.scope == KeyScope::kUnknown);
      if (inside) Read(member, depth + 1);
    }
  }

  const ParseContext& context_;
  std::vector<absl::string_view>& names_;
};

}  // namespace

void AppendAuthors(JsonValue value, const ParseContext& context,
                   std::vector<std::string>& names) {
  AuthorReader(context, names).Read(value, 0);
}

JsonPublisher PublisherOf(JsonValue value) {
  JsonPublisher publisher;
  while (value.is_array() && value.has_children()) value = *value.begin();
  if (value.is_string()) {
    const absl::string_view text = JsonText(value);
    if (IsPlaceholder(text)) return publisher;
    if (!absl::StartsWith(text, "http")) publisher.name = text;
    if (LooksLikeSite(text)) publisher.site = text;
    return publisher;
  }
  if (!value.is_object()) return publisher;
  const OwnNames own = OwnNamesOf(value);
  publisher.name = own.name.empty() ? own.title : own.name;
  for (const JsonValue member : value) {
    const KeyRole role = RoleOfKey(member.key());
    if (!member.is_string() || role.scope == KeyScope::kAside) continue;
    const absl::string_view text = JsonText(member);
    const bool address = role.field == JsonField::kUrl ||
                         role.field == JsonField::kDomain ||
                         role.also == JsonField::kDomain;
    if (address && LooksLikeSite(text)) Keep(text, publisher.site);
    if (role.field == JsonField::kProvider && !LooksLikeSite(text)) {
      Keep(text, publisher.name);
    }
    if (role.field == JsonField::kCountry) Keep(text, publisher.country);
  }
  return publisher;
}

void AppendCategories(JsonValue value, const ParseContext& context,
                      std::vector<absl::string_view>& names) {
  CategoryReader(context, names).Read(value, 0);
}

}  // namespace wiredesk
