#include "stages/parse/article_json/shape.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "stages/parse/article_json/key_words.h"
#include "stages/parse/article_json/value.h"

namespace wiredesk {
namespace {

constexpr int kBoxesMax = 6;
constexpr int kSampleMax = 8;      // objects of a list that are looked at
constexpr int kListDepthMax = 24;  // of lists
constexpr size_t kListsMax = 64;

// Whether there is something to read in it.
bool HasText(JsonValue value) {
  if (value.is_string()) {
    const absl::string_view text = JsonText(value);
    return !text.empty() && !IsPlaceholder(text) && !IsJsonText(text);
  }
  for (const JsonValue child : value) {
    if (child.is_string() && !JsonText(child).empty()) return true;
    if (child.is_object() || child.is_array()) {
      for (const JsonValue inner : child) {
        if (inner.is_string() && !JsonText(inner).empty()) return true;
      }
    }
  }
  return false;
}

bool HasTime(JsonValue value) {
  if (value.is_number()) return value.text().size() >= 8;
  if (value.is_string()) {
    const absl::string_view text = JsonText(value);
    return text.size() >= 8 && text.size() <= 64 &&
           text.find_first_of("0123456789") != absl::string_view::npos;
  }
  return value.has_children();
}

bool BeginsAsAddress(absl::string_view text) {
  return absl::StartsWith(text, "/") || absl::StartsWith(text, "http://") ||
         absl::StartsWith(text, "https://");
}

bool HasAddress(JsonValue value) {
  if (value.is_string()) return BeginsAsAddress(JsonText(value));
  for (const JsonValue child : value) {
    if (child.is_string() && BeginsAsAddress(JsonText(child))) return true;
    for (const JsonValue inner : child) {
      if (inner.is_string() && BeginsAsAddress(JsonText(inner))) return true;
    }
  }
  return false;
}

void AddRole(const KeyRole& role, JsonValue member, ArticleSigns& signs) {
  switch (role.field) {
    case JsonField::kHeadline:
      if (HasText(member)) (role.weak ? signs.name : signs.title) = true;
      break;
    case JsonField::kBody:
      if (!HasText(member)) break;
      (role.weak ? signs.message : signs.body) = true;
      break;
    case JsonField::kSummary:
      signs.summary |= HasText(member);
      break;
    case JsonField::kPublished:
    case JsonField::kUpdated:
      signs.time |= HasTime(member);
      break;
    case JsonField::kUrl:
    case JsonField::kCanonical:
      signs.url |= HasAddress(member);
      break;
    case JsonField::kByline:
      signs.person |= HasText(member);
      break;
    default:
      break;
  }
}

// Fields that hold objects which are about something other than an article.
bool IsForeign(const KeyRole& role) {
  switch (role.field) {
    case JsonField::kByline:
    case JsonField::kProvider:
    case JsonField::kDomain:
    case JsonField::kCountry:
    case JsonField::kLanguage:
    case JsonField::kCategories:
    case JsonField::kPersons:
    case JsonField::kOrganizations:
    case JsonField::kPlaces:
    case JsonField::kConcepts:
    case JsonField::kTopics:
      return true;
    default:
      return false;
  }
}

bool MayBeBox(const KeyRole& role) {
  return role.scope != KeyScope::kAside && !IsForeign(role);
}

struct Found {
  JsonValue box;  // the child that is the article or holds it
  JsonValue article;
  int strength = 0;
};

// The object, or what its children hold that looks most like an article.
Found ArticleBelow(JsonValue object, int depth) {
  Found best;
  if (depth > kBoxesMax) return best;
  const ArticleSigns own = SignsOf(object);
  if (own.IsArticle()) return {object, object, own.strength()};
  for (const JsonValue member : object) {
    if (!member.is_object() || !MayBeBox(RoleOfKey(member.key()))) continue;
    const Found found = ArticleBelow(member, depth + 1);
    if (found.strength > best.strength) {
      best = {member, found.article, found.strength};
    }
  }
  return best;
}

// Looks for groups of articles below an object.
class ListFinder {
 public:
  std::vector<JsonValue> Find(JsonValue root) {
    const std::vector<Group> groups = GroupsOf(root, 0, false);
    const int best = Strongest(groups);
    const ArticleSigns own = SignsOf(root);
    if (best == 0 || (own.IsArticle() && Outweighs(own, best))) return {};
    std::vector<JsonValue> lists;
    for (const Group& group : groups) {
      if (3 * group.strength >= 2 * best) lists.push_back(group.list);
    }
    return lists;
  }

 private:
  struct Group {
    JsonValue list;
    int strength = 0;
  };

  static constexpr int kNamedBonus = 2;

  static int Strongest(const std::vector<Group>& groups) {
    int best = 0;
    for (const Group& group : groups) best = std::max(best, group.strength);
    return best;
  }

  // Whether an object is an article rather than what holds a list of them.
  static bool Outweighs(const ArticleSigns& own, int list) {
    return own.strength() + (own.body ? 2 * kNamedBonus : 0) >= list;
  }

  static void Append(const std::vector<Group>& more,
                     std::vector<Group>& groups) {
    for (const Group& group : more) {
      if (groups.size() < kListsMax) groups.push_back(group);
    }
  }

  std::vector<Group> GroupsOf(JsonValue object, int depth, bool foreign) {
    std::vector<Group> groups;
    if (depth > kListDepthMax) return groups;
    int strongest = 0;
    for (const JsonValue member : object) {
      if (!member.has_children()) continue;
      const KeyRole role = RoleOfKey(member.key());
      if (role.scope == KeyScope::kAside) continue;
      const bool other = foreign || IsForeign(role);
      std::vector<Group> inner = member.is_array()
                                     ? GroupsOfList(member, role, depth, other)
                                     : GroupsOf(member, depth + 1, other);
      const ArticleSigns signs =
          member.is_object() && !other ? SignsOf(member) : ArticleSigns();
      if (signs.IsArticle() && Outweighs(signs, Strongest(inner))) {
        strongest = std::max(strongest, signs.strength());
      } else {
        Append(std::move(inner), groups);
      }
    }
    if (strongest > 0) Append({{object, strongest}}, groups);
    return groups;
  }

  std::vector<Group> GroupsOfList(JsonValue list, const KeyRole& role,
                                  int depth, bool foreign) {
    int seen = 0;
    int strength = 0;
    for (const JsonValue item : list) {
      if (!item.is_object()) continue;
      if (++seen > kSampleMax) break;
      const JsonValue article = ArticleIn(item);
      if (article.is_null()) continue;
      const ArticleSigns signs = SignsOf(article);
      // A channel, a person or a tag has a name and an address, too.
      const bool says = signs.title || signs.body || signs.message;
      if (foreign && !(signs.time && says)) continue;
      strength = std::max(strength, signs.strength());
    }
    if (strength > 0) {
      return {{list, strength + (role.names_list ? kNamedBonus : 0)}};
    }
    std::vector<Group> groups;
    for (const JsonValue item : list) {
      if (item.is_object()) Append(GroupsOf(item, depth + 1, foreign), groups);
    }
    return groups;
  }
};

}  // namespace

bool ArticleSigns::IsArticle() const {
  if (failure && !time) return false;
  if (title || body) return true;
  if (name && url && (summary || time)) return true;
  if (summary || prose) return time || url || person;
  return message && (time || person);
}

int ArticleSigns::strength() const {
  return (title  ? 4
          : name ? 1
                 : 0) +
         (body               ? 5
          : prose || message ? 3
                             : 0) +
         (summary ? 2 : 0) + (time ? 3 : 0) + (url ? 2 : 0) + (person ? 1 : 0);
}

ArticleSigns SignsOf(JsonValue object) {
  ArticleSigns signs;
  if (!object.is_object()) return signs;
  for (const JsonValue member : object) {
    if (member.is_null()) continue;
    const KeyRole role = RoleOfKey(member.key());
    if (role.field != JsonField::kCount) {
      AddRole(role, member, signs);
    } else if (role.scope == KeyScope::kUnknown) {
      // Of a list of paragraphs, the first tells.
      const bool list = member.is_array() && member.has_children();
      signs.prose |= IsProse(JsonText(list ? *member.begin() : member));
    } else if (role.scope == KeyScope::kAside) {
      signs.failure |= absl::StartsWithIgnoreCase(member.key(), "error");
    }
    if (role.field == JsonField::kStatus) {
      signs.failure |= absl::EqualsIgnoreCase(JsonText(member), "error");
    }
  }
  return signs;
}

JsonValue ArticleIn(JsonValue object, std::vector<JsonValue>* outer) {
  Found found = ArticleBelow(object, 0);
  if (outer == nullptr) return found.article;
  for (int depth = 1;
       !found.article.is_null() && object.node() != found.article.node();
       ++depth) {
    outer->push_back(object);
    object = found.box;
    found.box = ArticleBelow(object, depth).box;
  }
  return found.article;
}

JsonValue ArticleAmong(JsonValue member) {
  if (!member.is_object() || !MayBeBox(RoleOfKey(member.key()))) {
    return JsonValue();
  }
  return ArticleIn(member);
}

std::vector<JsonValue> FindArticleLists(JsonValue object) {
  return ListFinder().Find(object);
}

bool IsPlaceholder(absl::string_view text) {
  constexpr size_t kLongest = 9;
  constexpr absl::string_view kWords[] = {
      "null",      "none",      "n/a",       "na",     "nil",    "nan",
      "undefined", "-",         "--",        "(null)", "(none)", "[]",
      "{}",        "[removed]", "[deleted]", "[null]"};
  if (text.empty()) return true;
  if (text.size() > kLongest) {
    return text[0] == 'O' && absl::StartsWith(text, "ONLY AVAILABLE IN ");
  }
  constexpr absl::string_view kBeginnings = "nNuU-([{";
  if (kBeginnings.find(text[0]) == absl::string_view::npos) return false;
  for (const absl::string_view word : kWords) {
    if (text.size() == word.size() && absl::EqualsIgnoreCase(text, word)) {
      return true;
    }
  }
  return false;
}

bool IsProse(absl::string_view text) {
  constexpr size_t kBytesMin = 60;
  constexpr size_t kSample = 400;
  if (text.size() < kBytesMin || IsJsonText(text)) return false;
  text = text.substr(0, kSample);
  size_t spaces = 0;
  size_t wide = 0;  // bytes of scripts that may part words by nothing
  for (const char c : text) {
    if (c == ' ') ++spaces;
    if (static_cast<unsigned char>(c) >= 0xE0) ++wide;
  }
  const size_t first = text.find(' ');
  if (absl::StartsWith(text, "http") && first > kBytesMin) return false;
  return spaces * 14 >= text.size() || wide * 8 >= text.size();
}

bool IsJsonText(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  return text.size() >= 2 && ((text.front() == '{' && text.back() == '}') ||
                              (text.front() == '[' && text.back() == ']' &&
                               (text[1] == '{' || text[1] == '"')));
}

}  // namespace wiredesk
