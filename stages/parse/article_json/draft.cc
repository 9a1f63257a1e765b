#include "stages/parse/article_json/draft.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "stages/parse/article_json/mapping.h"
#include "stages/parse/article_json/value.h"
#include "stages/parse/draft/byline.h"
#include "stages/parse/url/canonical.h"
#include "stages/parse/url/url.h"

namespace wiredesk {
namespace {

constexpr uint32_t kNoRank = UINT32_MAX;
constexpr uint32_t kLastRank = UINT32_MAX - 1;
constexpr int kRoleDepthMax = 64;

bool IsTime(JsonField field) {
  return field == JsonField::kPublished || field == JsonField::kUpdated ||
         field == JsonField::kEmbargoed;
}

bool IsList(JsonField field) {
  return field == JsonField::kByline || field >= JsonField::kCategories;
}

bool IsEmptyList(JsonValue value) {
  return value.is_array() && !value.has_children();
}

// Reads one object; lives for that long.
class DraftReader {
 public:
  explicit DraftReader(const ParseContext& context)
      : context_(context),
        mapping_(context.json_mapping != nullptr ? *context.json_mapping
                                                 : JsonMapping::Default()) {}

  ArticleDraft Read(JsonValue object) {
    Walk(object, mapping_.root(), 0);
    ReadRoles(object);
    FillText();
    FillAddresses();
    FillTimes();
    FillDetails();
    FillLists();
    return draft_;
  }

 private:
  struct Slot {
    uint32_t rank = kNoRank;
    JsonValue value;
  };

  Slot& At(JsonField field) { return slots_[static_cast<size_t>(field)]; }
  bool Has(JsonField field) { return At(field).rank != kNoRank; }

  void Walk(JsonValue object, const JsonMapping::Node& node, int depth) {
    for (const JsonValue member : object) {
      const JsonMapping::Node* child = mapping_.Child(node, member.key());
      if (child != nullptr) Visit(member, *child, depth);
    }
  }

  void Visit(JsonValue value, const JsonMapping::Node& node, int depth) {
    for (const auto& [field, rank] : node.ends) Offer(field, rank, value);
    if (node.children.empty() || depth >= kRoleDepthMax) return;
    if (value.is_object()) {
      Walk(value, node, depth + 1);
    } else if (value.is_array()) {
      uint32_t index = 0;
      for (const JsonValue item : value) {
        const JsonMapping::Node* child =
            mapping_.Child(node, absl::StrCat(index));
        if (child != nullptr) Visit(item, *child, depth + 1);
        if (++index >= context_.limits.list_items_max) break;
      }
    }
  }

  void Offer(JsonField field, uint32_t rank, JsonValue value) {
    Slot& slot = At(field);
    if (rank >= slot.rank || !Usable(field, value)) return;
    slot.rank = rank;
    slot.value = value;
  }

  // Whether `value` can be this field; reads times at once, since only one
  // that makes sense shall win.
  bool Usable(JsonField field, JsonValue value) {
    if (value.is_null() || IsEmptyList(value)) return false;
    if (IsTime(field)) {
      const std::optional<ParsedTime> time = JsonTime(value, context_.zone);
      if (time.has_value()) {
        times_[field == JsonField::kPublished ? 0
               : field == JsonField::kUpdated ? 1
                                              : 2] = time;
      }
      return time.has_value();
    }
    if (IsList(field)) {
      return value.is_array() || value.is_object() || !JsonText(value).empty();
    }
    switch (field) {
      case JsonField::kGuid:
      case JsonField::kVersion:
      case JsonField::kUrgency:
        return !JsonScalar(value).empty();
      case JsonField::kUrl:
      case JsonField::kCanonical:
        return JsonText(value).find_first_of("/.") != absl::string_view::npos;
      case JsonField::kCountry:
        return JsonText(value).size() == 2;
      case JsonField::kDomain:
        return absl::StrContains(JsonText(value), ".");
      case JsonField::kBody:
        return value.is_array() || !JsonText(value).empty();
      default:
        return !JsonText(value).empty();
    }
  }

  // ninjs: {"headlines": [{"role": "main", "value": …}]}, "body_xhtml".
  void ReadRoles(JsonValue object) {
    for (const JsonValue member : object) {
      const absl::string_view key = member.key();
      if (key == "headlines") {
        OfferRole(JsonField::kHeadline, member);
      } else if (key == "bodies") {
        OfferRole(JsonField::kBody, member);
      } else if (key == "descriptions") {
        OfferRole(JsonField::kSummary, member);
      } else if (absl::StartsWith(key, "headline_")) {
        Offer(JsonField::kHeadline, kLastRank, member);
      } else if (absl::StartsWith(key, "body_")) {
        Offer(JsonField::kBody, kLastRank, member);
      } else if (absl::StartsWith(key, "description_")) {
        Offer(JsonField::kSummary, kLastRank, member);
      }
    }
  }

  void OfferRole(JsonField field, JsonValue list) {
    if (!list.is_array()) return;
    for (const JsonValue item : list) {
      const JsonValue value = item.Find("value");
      if (value.is_null()) continue;
      const absl::string_view role = JsonMember(item, {"role"});
      const bool best = role == "main" || role == "text" || role == "plain";
      Offer(field, best ? 0 : kLastRank, value);
    }
  }

  absl::string_view Line(JsonField field) {
    return Has(field) ? JsonLine(JsonText(At(field).value), context_)
                      : absl::string_view();
  }

  void FillText() {
    draft_.headline = Line(JsonField::kHeadline);
    if (Has(JsonField::kSummary)) {
      draft_.summary =
          JsonParagraphs(JsonText(At(JsonField::kSummary).value), context_);
    }
    if (!Has(JsonField::kBody)) return;
    const JsonValue body = At(JsonField::kBody).value;
    if (!body.is_array()) {
      draft_.body = JsonParagraphs(WithoutCutMark(JsonText(body)), context_);
      return;
    }
    std::string joined;
    for (const JsonValue item : body) {
      absl::string_view text = JsonName(item);
      if (text.empty()) text = JsonMember(item, {"content", "body"});
      if (joined.size() > context_.limits.body_bytes_max) break;
      if (!joined.empty()) joined += "\n\n";
      joined.append(text.data(), text.size());
    }
    draft_.body = JsonParagraphs(CopyText(joined, context_.arena), context_);
  }

  // NewsAPI's "… [+7812 chars]".
  static absl::string_view WithoutCutMark(absl::string_view text) {
    if (!absl::EndsWith(text, " chars]")) return text;
    const size_t mark = text.rfind("[+");
    if (mark == absl::string_view::npos || text.size() - mark > 24) return text;
    return absl::StripTrailingAsciiWhitespace(text.substr(0, mark));
  }

  void FillAddresses() {
    if (Has(JsonField::kGuid)) {
      draft_.guid = JsonLine(JsonScalar(At(JsonField::kGuid).value), context_);
    }
    draft_.url = Address(JsonField::kUrl);
    draft_.canonical_link = Address(JsonField::kCanonical);
    if (draft_.url.empty() && IsWebUrl(draft_.guid)) draft_.url = draft_.guid;
    draft_.provider_name = Line(JsonField::kProvider);
    if (Has(JsonField::kDomain)) {
      const std::string lower = absl::AsciiStrToLower(
          absl::StripPrefix(JsonText(At(JsonField::kDomain).value), "www."));
      draft_.provider_domain = CopyText(
          IsWebUrl(lower) ? DomainOfUrl(lower) : lower, context_.arena);
    }
    if (Has(JsonField::kCountry)) {
      draft_.provider_country = CopyText(
          absl::AsciiStrToUpper(JsonText(At(JsonField::kCountry).value)),
          context_.arena);
    }
  }

  absl::string_view Address(JsonField field) {
    if (!Has(field)) return {};
    const absl::string_view text = JsonText(At(field).value);
    if (context_.url.empty() || IsWebUrl(text)) return text;
    return CopyText(ResolveUrl(context_.url, text), context_.arena);
  }

  void FillTimes() {
    draft_.published = times_[0];
    draft_.updated = times_[1];
    draft_.embargoed = times_[2];
  }

  void FillDetails() {
    draft_.language = Line(JsonField::kLanguage);
    draft_.dateline = Line(JsonField::kDateline);
    if (Has(JsonField::kVersion)) {
      draft_.version = Number(At(JsonField::kVersion).value, INT32_MAX);
    }
    if (Has(JsonField::kUrgency)) {
      draft_.urgency = Number(At(JsonField::kUrgency).value, 9);
    }
    const std::string status = absl::AsciiStrToLower(Line(JsonField::kStatus));
    if (status == "canceled" || status == "cancelled" || status == "killed" ||
        status == "retracted" || status == "withdrawn") {
      draft_.status = DraftStatus::kCanceled;
    } else if (status == "withheld" || status == "embargoed") {
      draft_.status = DraftStatus::kWithheld;
    }
  }

  // A whole number of 1..max; 0 for what is none.
  static int32_t Number(JsonValue value, int32_t max) {
    int32_t number = 0;
    if (!absl::SimpleAtoi(JsonScalar(value), &number)) return 0;
    return number >= 1 && number <= max ? number : 0;
  }

  // Calls fn(JsonValue) for each item of a list, or for the lone value.
  template <typename Fn>
  void ForEach(JsonField field, Fn fn) {
    if (!Has(field)) return;
    const JsonValue value = At(field).value;
    if (!value.is_array()) {
      fn(value);
      return;
    }
    size_t count = 0;
    for (const JsonValue item : value) {
      if (++count > context_.limits.list_items_max) break;
      fn(item);
    }
  }

  void FillLists() {
    FillByline();
    std::vector<absl::string_view> categories;
    ForEach(JsonField::kCategories, [&](JsonValue item) {
      const absl::string_view name = JsonLine(JsonName(item), context_);
      const bool known = std::find(categories.begin(), categories.end(),
                                   name) != categories.end();
      if (!name.empty() && !known) categories.push_back(name);
    });
    draft_.categories = CopyItems(categories, context_.arena);
    FillEntities();
    std::vector<DraftTopic> topics;
    ForEach(JsonField::kTopics, [&](JsonValue item) {
      DraftTopic topic;
      topic.name = JsonLine(JsonName(item), context_);
      topic.id = Id(item);
      if (!topic.name.empty() || !topic.id.empty()) topics.push_back(topic);
    });
    draft_.topics = CopyItems(topics, context_.arena);
  }

  void FillByline() {
    std::vector<std::string> names;
    ForEach(JsonField::kByline, [&](JsonValue item) {
      absl::string_view name = JsonName(item);
      std::string joined;
      if (name.empty() && item.is_object()) {
        joined = absl::StrCat(
            JsonMember(item, {"firstname", "first_name", "firstName"}), " ",
            JsonMember(item, {"lastname", "last_name", "lastName"}));
        name = joined;
      }
      AppendBylineNames(JsonLine(CopyText(name, context_.arena), context_),
                        names);
    });
    std::vector<absl::string_view> copies;
    copies.reserve(names.size());
    for (const std::string& name : names) {
      copies.push_back(CopyText(name, context_.arena));
    }
    draft_.byline = CopyItems(copies, context_.arena);
  }

  // The code of a named thing. A scheme that ends in '/' or '#' comes before.
  absl::string_view Id(JsonValue item) {
    const absl::string_view uri = JsonMember(item, {"uri", "id", "qcode"});
    if (!uri.empty()) return uri;
    const absl::string_view code = JsonMember(item, {"code", "literal"});
    const absl::string_view scheme = JsonMember(item, {"scheme"});
    const bool open =
        absl::EndsWith(scheme, "/") || absl::EndsWith(scheme, "#");
    if (code.empty() || !open) return code;
    return CopyText(absl::StrCat(scheme, code), context_.arena);
  }

  void FillEntities() {
    std::vector<DraftEntity> entities;
    std::vector<DraftPlace> places;
    const auto add = [&](JsonValue item, absl::string_view type) {
      const absl::string_view name = JsonLine(JsonName(item), context_);
      if (!name.empty()) entities.push_back({Id(item), type, name, {}});
    };
    const auto add_place = [&](JsonValue item) {
      DraftPlace place;
      place.id = Id(item);
      place.name = JsonLine(JsonName(item), context_);
      if (!place.name.empty()) places.push_back(place);
    };
    ForEach(JsonField::kPersons, [&](JsonValue item) { add(item, "person"); });
    ForEach(JsonField::kOrganizations,
            [&](JsonValue item) { add(item, "organization"); });
    ForEach(JsonField::kPlaces, add_place);
    ForEach(JsonField::kConcepts, [&](JsonValue item) {
      if (!item.is_object()) return;
      const absl::string_view type = JsonMember(item, {"type"});
      if (type == "loc") {
        add_place(item);
      } else {
        add(item, type == "person" ? "person"
                  : type == "org"  ? "organization"
                                   : "other");
      }
    });
    draft_.entities = CopyItems(entities, context_.arena);
    draft_.places = CopyItems(places, context_.arena);
  }

  const ParseContext& context_;
  const JsonMapping& mapping_;
  std::array<Slot, kJsonFieldCount> slots_;
  std::array<std::optional<ParsedTime>, 3> times_;
  ArticleDraft draft_;
};

}  // namespace

ArticleDraft ReadJsonDraft(JsonValue object, const ParseContext& context) {
  return DraftReader(context).Read(object);
}

}  // namespace wiredesk
