#include "stages/parse/article_json/field_slots.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "stages/parse/article_json/names.h"
#include "stages/parse/article_json/rich_text.h"
#include "stages/parse/article_json/shape.h"
#include "stages/parse/article_json/value.h"
#include "stages/parse/draft/country.h"
#include "stages/parse/url/url.h"

namespace wiredesk {
namespace {

// Ranks of what stands where; the ranks of names (0..255) go on top.
constexpr uint32_t kOwnRank = 1 << 12;
constexpr uint32_t kOpenStep = 1 << 8;  // for each box in the article
constexpr uint32_t kAroundRank = 1 << 14;
constexpr uint32_t kUnknownRank = 1 << 20;
constexpr int kOpenDepthMax = 4;
constexpr int kPointerDepthMax = 64;
constexpr uint8_t kSureRank = 12;  // of a name that surely says "published"
constexpr size_t kCategoriesMax = 64;
constexpr size_t kSummariesMax = 16;
constexpr size_t kUnknownListsMax = 4;

size_t TimeIndex(JsonField field) {
  return field == JsonField::kPublished ? 0
         : field == JsonField::kUpdated ? 1
                                        : 2;
}

bool IsMediaFile(absl::string_view url) {
  constexpr absl::string_view kSuffixes[] = {".jpg",  ".jpeg", ".png", ".gif",
                                             ".webp", ".svg",  ".mp4", ".mp3"};
  const size_t query = std::min(url.find('?'), url.find('#'));
  url = url.substr(0, query);
  const size_t dot = url.size() < 5 ? 0 : url.find('.', url.size() - 5);
  if (dot == absl::string_view::npos) return false;
  for (const absl::string_view suffix : kSuffixes) {
    if (absl::EqualsIgnoreCase(url.substr(dot), suffix)) return true;
  }
  return false;
}

bool IsAddress(absl::string_view text) {
  if (text.find(' ') != absl::string_view::npos ||
      text.find('<') != absl::string_view::npos) {
    return false;
  }
  if (absl::StartsWithIgnoreCase(text, "http")) {
    return IsWebUrl(text) && !IsMediaFile(text);
  }
  return text.find_first_of(":|\"\n") == absl::string_view::npos &&
         text.find_first_of("/.") != absl::string_view::npos &&
         !IsPlaceholder(text) && !IsMediaFile(text);
}

// Whether a time is written as a date is, so that no name need say so.
bool LooksLikeDate(absl::string_view text) {
  return text.size() >= 10 && text.size() <= 40 &&
         (absl::StartsWith(text, "20") || absl::StartsWith(text, "19")) &&
         (text[4] == '-' || text[4] == '/') && text[7] == text[4];
}

// What a value of this field looks like, where it is told of when it is lost.
absl::string_view LooksOfField(JsonField field) {
  switch (field) {
    case JsonField::kPublished:
    case JsonField::kUpdated:
    case JsonField::kEmbargoed:
      return "time";
    case JsonField::kUrl:
    case JsonField::kCanonical:
      return "address";
    case JsonField::kHeadline:
    case JsonField::kBody:
    case JsonField::kSummary:
      return "text";
    default:
      return {};
  }
}

// What boxes around an article may tell of it.
bool MayStandAround(const KeyRole& role) {
  switch (role.field) {
    case JsonField::kGuid:
    case JsonField::kUrl:
    case JsonField::kCanonical:
    case JsonField::kByline:
    case JsonField::kProvider:
    case JsonField::kDomain:
    case JsonField::kCountry:
    case JsonField::kLanguage:
    case JsonField::kCategories:
      return true;
    case JsonField::kPublished:
    case JsonField::kUpdated:
      return role.rank < kSureRank;
    default:
      return false;
  }
}

bool HasOwnText(JsonValue object) {
  const ArticleSigns signs = SignsOf(object);
  return signs.title || signs.body || signs.summary;
}

absl::string_view AddressOfLinks(JsonValue list) {
  int items = 0;
  for (const JsonValue item : list) {
    ++items;
    if (item.is_string()) {
      if (IsAddress(JsonText(item))) return JsonText(item);
      continue;
    }
    const absl::string_view href = JsonMember(item, {"href", "@href"});
    const absl::string_view relation = JsonMember(item, {"rel", "@rel"});
    const absl::string_view type = JsonMember(item, {"type", "@type"});
    const bool page = relation.empty() || relation == "alternate" ||
                      relation == "canonical" || relation == "self";
    const bool html = type.empty() || absl::StrContains(type, "html");
    if (page && html && IsAddress(href)) return href;
  }
  return items == 1 ? JsonAddress(*list.begin()) : absl::string_view();
}

}  // namespace

absl::string_view JsonAddress(JsonValue value) {
  if (value.is_string()) {
    return IsAddress(JsonText(value)) ? JsonText(value) : absl::string_view();
  }
  if (value.is_array()) return AddressOfLinks(value);
  for (const absl::string_view key :
       {"href", "@href", "url", "@id", "web", "html", "permalink", "canonical",
        "alternate", "desktop", "#text", "value", "rendered", "stringValue",
        "S"}) {
    const JsonValue member = value.Find(key);
    if (member.is_string() && IsAddress(JsonText(member))) {
      return JsonText(member);
    }
    const absl::string_view inner = JsonMember(
        member.is_array() && member.has_children() ? *member.begin() : member,
        {"href", "url"});
    if (IsAddress(inner)) return inner;
  }
  // {"en-US": …}
  const absl::string_view only = JsonText(OnlyMember(value));
  return IsAddress(only) ? only : absl::string_view();
}

absl::string_view JsonId(JsonValue value) {
  JsonValue scalar = ScalarOf(value);
  if (scalar.is_null() && value.is_object()) {
    for (const JsonValue member : value) {
      const bool id = absl::EndsWith(member.key(), "Id") ||
                      absl::EndsWith(member.key(), "id");
      if (id && !JsonScalar(member).empty()) scalar = member;
    }
  }
  const absl::string_view text = JsonScalar(scalar);
  return IsPlaceholder(text) || text == "0" || text == "-1"
             ? absl::string_view()
             : text;
}

absl::string_view LooksOfJson(JsonValue value) {
  const absl::string_view text = JsonText(value);
  if (text.empty() || IsJsonText(text)) return {};
  if (IsWebUrl(text)) {
    return IsMediaFile(text) ? absl::string_view() : "address";
  }
  if (LooksLikeDate(text)) return "time";
  return IsProse(text) ? "text" : absl::string_view();
}

FieldSlots::FieldSlots(const ParseContext& context)
    : context_(context),
      mapping_(context.json_mapping != nullptr ? *context.json_mapping
                                               : JsonMapping::Default()) {}

void FieldSlots::Gather(JsonValue object, bool itself) {
  if (!mapping_.empty()) WalkMapping(object, mapping_.root(), 0);
  std::vector<JsonValue> around;
  JsonValue article = itself ? object : ArticleIn(object, &around);
  if (article.is_null()) {
    article = object;
    around.clear();
  }
  Walk(article, kOwnRank, 0, Place::kArticle, JsonValue());
  uint32_t rank = kAroundRank;
  JsonValue inside = article;
  for (auto box = around.rbegin(); box != around.rend(); ++box) {
    Walk(*box, rank, 0, Place::kAround, inside);
    inside = *box;
    rank += kOpenStep;
  }
  SettleUnknown();
  std::stable_sort(
      ranked_summaries_.begin(), ranked_summaries_.end(),
      [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [rank_of, value] : ranked_summaries_) {
    summaries_.push_back(value);
  }
}

std::optional<ParsedTime> FieldSlots::Time(JsonField field) const {
  return times_[TimeIndex(field)];
}

// --- What the configuration points to ---------------------------------------

void FieldSlots::WalkMapping(JsonValue object, const JsonMapping::Node& node,
                             int depth) {
  for (const JsonValue member : object) {
    const JsonMapping::Node* child = mapping_.Child(node, member.key());
    if (child != nullptr) VisitMapping(member, *child, depth);
  }
}

void FieldSlots::VisitMapping(JsonValue value, const JsonMapping::Node& node,
                              int depth) {
  for (const auto& [field, rank] : node.ends) {
    if (field == JsonField::kCategories) categories_.push_back(value);
    if (field == JsonField::kSummary && Usable(field, value, false)) {
      ranked_summaries_.emplace_back(rank, value);
    }
    Offer(field, rank, value, false);
  }
  if (node.children.empty() || depth >= kPointerDepthMax) return;
  if (value.is_object()) {
    WalkMapping(value, node, depth + 1);
  } else if (value.is_array()) {
    uint32_t index = 0;
    for (const JsonValue item : value) {
      const JsonMapping::Node* child =
          mapping_.Child(node, absl::StrCat(index));
      if (child != nullptr) VisitMapping(item, *child, depth + 1);
      if (++index >= context_.limits.list_items_max) break;
    }
  }
}

// --- What the names say -----------------------------------------------------

void FieldSlots::Walk(JsonValue object, uint32_t base, int depth, Place place,
                      JsonValue left_out) {
  for (const JsonValue member : object) {
    if (member.is_null() || member.node() == left_out.node()) continue;
    WalkMember(member, base, depth, place);
  }
}

void FieldSlots::WalkMember(JsonValue member, uint32_t base, int depth,
                            Place place) {
  const KeyRole role = RoleOfKey(member.key());
  if (role.scope == KeyScope::kAside) return;
  const bool open_box = role.scope == KeyScope::kOpen &&
                        role.field == JsonField::kCount && member.is_object();
  if (place == Place::kAround && !open_box && !MayStandAround(role)) return;
  if (role.field == JsonField::kProvider) {
    // The source of a queue's envelope is a program.
    if (place == Place::kAround && !member.is_object()) return;
    OfferAuthorsOfSource(member, base);
  }
  if (role.field != JsonField::kCount) {
    bool useful = Offer(role.field, base + role.rank, member, role.weak);
    if (role.also != JsonField::kCount) {
      useful |= Offer(role.also, base + role.also_rank, member, role.weak);
    }
    if (!useful && place == Place::kArticle && !role.weak &&
        !IsPlaceholder(JsonText(member))) {
      NoteUnused(member, LooksOfField(role.field));
    }
  } else if (place == Place::kArticle && role.scope == KeyScope::kUnknown) {
    OfferUnknown(member);
  }
  if (!member.is_object() || depth >= kOpenDepthMax ||
      role.scope == KeyScope::kField) {
    return;
  }
  // Around an article, only boxes of data about it: other texts are others'.
  const bool wanted = place == Place::kAround
                          ? open_box && ArticleIn(member).is_null()
                          : open_box || HasOwnText(member);
  if (wanted) {
    Walk(member, base + (open_box ? 1 : 2) * kOpenStep, depth + 1, place,
         JsonValue());
  }
}

// {"source": {"name": …, "authors": […]}}.
void FieldSlots::OfferAuthorsOfSource(JsonValue source, uint32_t base) {
  for (const JsonValue member : source) {
    const KeyRole role = RoleOfKey(member.key());
    if (role.field == JsonField::kByline && !role.weak) {
      Offer(JsonField::kByline, base + kOpenStep, member, false);
    }
  }
}

void FieldSlots::OfferUnknown(JsonValue member) {
  if (member.is_array()) {
    // A list of lists is a table.
    if (unknown_lists_.size() < kUnknownListsMax && member.has_children() &&
        !(*member.begin()).is_array()) {
      unknown_lists_.push_back(member);
    }
    return;
  }
  const absl::string_view text = JsonText(member);
  if (text.empty()) return;
  const absl::string_view looks = LooksOfJson(member);
  if (looks == "address") {
    ++unknown_urls_;
    unknown_url_ = member;
  } else if (looks == "time") {
    ++unknown_times_;
    unknown_time_ = member;
  } else if (looks == "text") {
    if (text.size() > unknown_prose_.text().size()) unknown_prose_ = member;
  } else if (unknown_line_.is_null() && text.size() <= 250 &&
             !IsJsonText(text) &&
             std::count(text.begin(), text.end(), ' ') >= 2) {
    unknown_line_ = member;
  }
  NoteUnused(member, looks);
}

void FieldSlots::NoteUnused(JsonValue value, absl::string_view looks) {
  if (looks.empty() || unused_.size() >= UnusedKey::kOfRecordMax) return;
  unused_.push_back({value, looks});
}

bool FieldSlots::Uses(JsonValue value) const {
  return std::any_of(slots_.begin(), slots_.end(), [value](const Slot& slot) {
    return slot.rank != kNoRank && slot.value.node() == value.node();
  });
}

// A list of paragraphs, or of the blocks of an editor, under a name that tells
// nothing: the body, where it says more than a summary does.
void FieldSlots::SettleUnknownLists() {
  constexpr size_t kSample = 4096;
  if (Has(JsonField::kBody)) return;
  JsonValue best;
  size_t most = unknown_prose_.text().size();
  for (const auto& [rank, summary] : ranked_summaries_) {
    most = std::max(most, JsonText(summary).size());
  }
  for (const JsonValue list : unknown_lists_) {
    const std::string text = TextBelow(list, kSample);
    if (text.size() <= most || !IsProse(text)) continue;
    best = list;
    most = text.size();
  }
  if (!best.is_null()) Offer(JsonField::kBody, kUnknownRank, best, false);
}

void FieldSlots::SettleUnknown() {
  SettleUnknownLists();
  if (!Has(JsonField::kBody) && ranked_summaries_.empty() &&
      !unknown_prose_.is_null()) {
    Offer(JsonField::kBody, kUnknownRank, unknown_prose_, false);
    body_is_unknown_ = true;
  }
  if (unknown_times_ == 1 && !Has(JsonField::kPublished)) {
    Offer(JsonField::kPublished, kUnknownRank, unknown_time_, false);
  }
  if (unknown_urls_ == 1 && !Has(JsonField::kUrl)) {
    Offer(JsonField::kUrl, kUnknownRank, unknown_url_, false);
  }
}

// --- Offers -----------------------------------------------------------------

bool FieldSlots::Offer(JsonField field, uint32_t rank, JsonValue value,
                       bool weak) {
  if (field == JsonField::kCategories && rank >= kOwnRank) {
    if (categories_.size() < kCategoriesMax) categories_.push_back(value);
    return true;
  }
  if (field == JsonField::kSummary && rank >= kOwnRank) {
    if (ranked_summaries_.size() >= kSummariesMax) return true;
    if (!Usable(field, value, weak)) return false;
    ranked_summaries_.emplace_back(rank, value);
    return true;
  }
  Slot& slot = slots_[static_cast<size_t>(field)];
  if (rank >= slot.rank) return true;
  const bool address =
      field == JsonField::kUrl || field == JsonField::kCanonical;
  if (address && value.is_string() &&
      !absl::StartsWith(JsonText(value), "http")) {
    rank += kOpenStep / 2;
  }
  if (rank >= slot.rank) return true;
  if (!Usable(field, value, weak)) return false;
  slot.rank = rank;
  slot.value = value;
  return true;
}

bool FieldSlots::UsableTime(JsonField field, JsonValue value) {
  const std::optional<ParsedTime> time = JsonTime(value, context_.zone);
  if (time.has_value()) times_[TimeIndex(field)] = time;
  return time.has_value();
}

// Whether `value` can be this field; reads times at once, since only one that
// makes sense shall win.
bool FieldSlots::Usable(JsonField field, JsonValue value, bool weak) {
  switch (field) {
    case JsonField::kPublished:
    case JsonField::kUpdated:
    case JsonField::kEmbargoed:
      return UsableTime(field, value);
    case JsonField::kGuid:
      return !JsonId(value).empty();
    case JsonField::kVersion:
    case JsonField::kUrgency:
    case JsonField::kPriority:
    case JsonField::kTake:
      return !JsonScalar(ScalarOf(value)).empty();
    case JsonField::kUrl:
    case JsonField::kCanonical:
      return !JsonAddress(value).empty();
    case JsonField::kCountry:
      return !CountryCode(JsonText(ScalarOf(value))).empty();
    case JsonField::kDomain:
      return !PublisherOf(value).site.empty();
    case JsonField::kProvider:
      if (weak && !value.is_string()) return false;  // "media": pictures, too
      return !PublisherOf(value).name.empty();
    case JsonField::kByline: {
      std::vector<std::string> names;
      AppendAuthors(value, context_, names);
      if (names.empty()) return false;
      authors_ = std::move(names);
      return true;
    }
    case JsonField::kBody:
      if (value.is_string()) {
        return !IsPlaceholder(JsonText(value)) && !IsJsonText(value.text());
      }
      return value.has_children() && !TextBelow(value, 1).empty();
    case JsonField::kSummary:
      if (value.is_string()) return !IsPlaceholder(JsonText(value));
      return value.has_children() && !TextBelow(value, 1).empty();
    case JsonField::kHeadline:
    case JsonField::kDateline:
    case JsonField::kSlugline:
    case JsonField::kLanguage:
    case JsonField::kStatus:
      return !JsonText(ScalarOf(value)).empty();
    case JsonField::kTopics:
      return value.has_children();
    default:
      return value.has_children() || !IsPlaceholder(JsonText(value));
  }
}

}  // namespace wiredesk
