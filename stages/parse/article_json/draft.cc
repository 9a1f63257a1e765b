#include "stages/parse/article_json/draft.h"

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "stages/parse/article_json/cut_mark.h"
#include "stages/parse/article_json/field_slots.h"
#include "stages/parse/article_json/names.h"
#include "stages/parse/article_json/rich_text.h"
#include "stages/parse/article_json/tracer.h"
#include "stages/parse/article_json/value.h"
#include "stages/parse/draft/country.h"
#include "stages/parse/url/canonical.h"
#include "stages/parse/url/url.h"

namespace wiredesk {
namespace {

// Reads one object; lives for that long.
class DraftReader {
 public:
  explicit DraftReader(const ParseContext& context)
      : context_(context), slots_(context) {}

  ArticleDraft Read(JsonValue object, bool itself, ParseReport& report) {
    slots_.Gather(object, itself);
    FillText();
    FillAddresses();
    FillProvider();
    draft_.published = slots_.Time(JsonField::kPublished);
    draft_.updated = slots_.Time(JsonField::kUpdated);
    draft_.embargoed = slots_.Time(JsonField::kEmbargoed);
    FillDetails();
    FillLists();
    for (const FieldSlots::Unused& unused : slots_.unused()) {
      if (IsUsed(unused.value)) continue;
      report.NoteUnused(CopyText(unused.value.key(), context_.arena),
                        unused.looks);
    }
    if (context_.trace != nullptr) Trace(object);
    return draft_;
  }

 private:
  absl::string_view Scalar(JsonField field) const {
    return JsonText(ScalarOf(slots_.Value(field)));
  }

  absl::string_view Line(JsonField field) {
    const absl::string_view text = Scalar(field);
    return text.empty() ? text : JsonLine(text, context_);
  }

  absl::string_view Paragraphs(JsonValue value) {
    if (value.is_null()) return {};
    const bool plain = value.is_string();
    const absl::string_view text =
        plain ? JsonText(value)
              : CopyText(TextBelow(value, context_.limits.body_bytes_max),
                         context_.arena);
    return JsonParagraphs(WithoutCutMark(text), context_);
  }

  // A text has a body if it has any text: where there is only a summary, that
  // is all of it. Of two summaries the longer one says more.
  void FillText() {
    draft_.headline = Line(JsonField::kHeadline);
    headline_from_ = slots_.Value(JsonField::kHeadline);
    body_from_ = slots_.Value(JsonField::kBody);
    draft_.body = Paragraphs(body_from_);
    for (const JsonValue value : slots_.summaries()) {
      const absl::string_view summary = Paragraphs(value);
      if (draft_.summary.empty()) {
        draft_.summary = summary;
        summary_from_ = value;
      } else if (slots_.Value(JsonField::kBody).is_null() &&
                 summary.size() > draft_.body.size() &&
                 summary != draft_.summary) {
        draft_.body = summary;
        body_from_ = value;
      }
    }
    if (draft_.headline.empty() && slots_.body_is_unknown()) {
      headline_from_ = slots_.unknown_line();
      draft_.headline = JsonLine(JsonText(headline_from_), context_);
    }
    if (draft_.body.size() < draft_.summary.size() / 2 || draft_.body.empty()) {
      std::swap(draft_.body, draft_.summary);
      std::swap(body_from_, summary_from_);
    }
    if (draft_.summary == draft_.body) draft_.summary = {};
  }

  void FillAddresses() {
    if (slots_.Has(JsonField::kGuid)) {
      draft_.guid = JsonLine(JsonId(slots_.Value(JsonField::kGuid)), context_);
    }
    draft_.url = Address(JsonField::kUrl);
    draft_.canonical_link = Address(JsonField::kCanonical);
    if (draft_.url.empty() && IsWebUrl(draft_.guid)) draft_.url = draft_.guid;
    if (draft_.url.empty()) draft_.url = draft_.canonical_link;
  }

  absl::string_view Address(JsonField field) {
    const absl::string_view text = JsonAddress(slots_.Value(field));
    if (text.empty() || context_.url.empty() || IsWebUrl(text)) return text;
    return CopyText(ResolveUrl(context_.url, text), context_.arena);
  }

  void FillProvider() {
    const JsonPublisher publisher =
        PublisherOf(slots_.Value(JsonField::kProvider));
    draft_.provider.name = JsonLine(publisher.name, context_);
    absl::string_view site = PublisherOf(slots_.Value(JsonField::kDomain)).site;
    if (site.empty()) site = publisher.site;
    if (!site.empty()) {
      const std::string lower = absl::AsciiStrToLower(site);
      draft_.provider.domain =
          CopyText(IsWebUrl(lower) ? absl::string_view(DomainOfUrl(lower))
                                   : absl::StripPrefix(lower, "www."),
                   context_.arena);
    }
    absl::string_view country = publisher.country;
    if (slots_.Has(JsonField::kCountry)) country = Scalar(JsonField::kCountry);
    draft_.provider.country = CountryCode(country);
  }

  void FillDetails() {
    draft_.declared_language = Line(JsonField::kLanguage);
    draft_.dateline = Line(JsonField::kDateline);
    draft_.version = Number(JsonField::kVersion, INT64_MAX);
    draft_.priority = static_cast<int32_t>(Number(JsonField::kPriority, 9));
    draft_.slugline = Line(JsonField::kSlugline);
    draft_.take = JsonLine(JsonScalar(ScalarOf(slots_.Value(JsonField::kTake))),
                           context_);
    draft_.urgency = static_cast<int32_t>(Number(JsonField::kUrgency, 9));
    const std::string status = absl::AsciiStrToLower(Line(JsonField::kStatus));
    if (status == "canceled" || status == "cancelled" || status == "killed" ||
        status == "retracted" || status == "withdrawn") {
      draft_.status = PublicationStatus::kCanceled;
    } else if (status == "withheld" || status == "embargoed") {
      draft_.status = PublicationStatus::kWithheld;
    }
  }

  // A whole number of 1..max; 0 for what is none.
  int64_t Number(JsonField field, int64_t max) const {
    int64_t number = 0;
    const absl::string_view text = JsonScalar(ScalarOf(slots_.Value(field)));
    if (text.empty() || !absl::SimpleAtoi(text, &number)) return 0;
    return number >= 1 && number <= max ? number : 0;
  }

  // Calls fn(JsonValue) for each item of a list, or for the lone value.
  template <typename Fn>
  void ForEach(JsonField field, Fn fn) {
    if (!slots_.Has(field)) return;
    const JsonValue value = slots_.Value(field);
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
    for (const JsonValue value : slots_.categories()) {
      AppendCategories(value, context_, categories);
    }
    draft_.categories = CopyItems(categories, context_.arena);
    std::vector<absl::string_view> keywords;
    AppendCategories(slots_.Value(JsonField::kKeywords), context_, keywords);
    draft_.keywords = CopyItems(keywords, context_.arena);
    FillEntities();
    std::vector<Topic> topics;
    ForEach(JsonField::kTopics, [&](JsonValue item) {
      const absl::string_view name = JsonLine(JsonName(item), context_);
      const absl::string_view id = Id(item);
      if (!name.empty() || !id.empty()) topics.push_back(GivenTopic(id, name));
    });
    draft_.topics = CopyItems(topics, context_.arena);
  }

  void FillByline() {
    std::vector<absl::string_view> copies;
    copies.reserve(slots_.authors().size());
    for (const std::string& name : slots_.authors()) {
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
    std::vector<Entity> entities;
    std::vector<Place> places;
    const auto add = [&](JsonValue item, absl::string_view type) {
      const absl::string_view name = JsonLine(JsonName(item), context_);
      if (!name.empty()) entities.push_back(GivenEntity(Id(item), type, name));
    };
    const auto add_place = [&](JsonValue item) {
      const absl::string_view name = JsonLine(JsonName(item), context_);
      if (!name.empty()) places.push_back(GivenPlace(Id(item), name));
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

  bool IsUsed(JsonValue value) const {
    return slots_.Uses(value) || value.node() == headline_from_.node() ||
           value.node() == body_from_.node() ||
           value.node() == summary_from_.node();
  }

  void Trace(JsonValue object) {
    JsonTracer tracer(object, *context_.trace);
    tracer.Field("headline", headline_from_);
    if (!draft_.summary.empty()) tracer.Field("summary", summary_from_);
    tracer.Field("body", body_from_);
    for (size_t i = 0; i < kJsonFieldCount; ++i) {
      const auto field = static_cast<JsonField>(i);
      if (field == JsonField::kHeadline || field == JsonField::kSummary ||
          field == JsonField::kBody || !slots_.Has(field)) {
        continue;
      }
      tracer.Field(JsonFieldName(field), slots_.Value(field));
    }
    if (!slots_.Has(JsonField::kUrl) && !draft_.url.empty()) {
      tracer.Field("url", slots_.Value(draft_.url == draft_.guid
                                           ? JsonField::kGuid
                                           : JsonField::kCanonical));
    }
    for (const JsonValue value : slots_.categories()) {
      tracer.Field("categories", value);
    }
    tracer.Rest(slots_.unused());
  }

  const ParseContext& context_;
  FieldSlots slots_;
  ArticleDraft draft_;
  JsonValue headline_from_;
  JsonValue body_from_;
  JsonValue summary_from_;
};

}  // namespace

ArticleDraft ReadJsonDraft(JsonValue object, bool itself,
                           const ParseContext& context, ParseReport& report) {
  return DraftReader(context).Read(object, itself, report);
}

}  // namespace wiredesk
