#include <iterator>

#include "pipeline/record/event_names.h"
#include "pipeline/record/event_record.h"
#include "stages/route/cel/time.h"
#include "stages/route/route_stage.h"

namespace wiredesk {
namespace {

constexpr CelType kString{CelKind::kString, nullptr, nullptr, nullptr};
constexpr CelType kInt{CelKind::kInt, nullptr, nullptr, nullptr};
constexpr CelType kDouble{CelKind::kDouble, nullptr, nullptr, nullptr};
constexpr CelType kDegrees{CelKind::kDouble, nullptr, nullptr, nullptr, true};
constexpr CelType kTime{CelKind::kTimestamp, nullptr, nullptr, nullptr, true};
constexpr CelType kStrings{CelKind::kList, nullptr, &kString, nullptr};
constexpr CelType kLinks{CelKind::kMap, &kString, &kString, nullptr};

constexpr CelType Object(const CelStruct& type, bool nullable = false) {
  return {CelKind::kObject, nullptr, nullptr, &type, nullable};
}
constexpr CelType ListOf(const CelType& item) {
  return {CelKind::kList, nullptr, &item, nullptr};
}

// The closed sets of the contract; a test compares them with its schema.
constexpr absl::string_view kPrecisions[] = {"second", "minute", "day",
                                             "month"};
constexpr absl::string_view kStatuses[] = {"usable", "withheld", "canceled"};
constexpr absl::string_view kVerdicts[] = {"new", "exact", "near", "excerpt",
                                           "revision"};
constexpr absl::string_view kReasons[] = {"guid", "url", "text", "similarity",
                                          "containment"};
constexpr absl::string_view kPlaceTypes[] = {"country", "admin1", "admin2",
                                             "city",    "region", "feature"};
constexpr absl::string_view kRoles[] = {"event", "dateline", "mentioned",
                                        "demonym", "part"};
constexpr absl::string_view kDateTypes[] = {"date", "time", "duration", "set"};
constexpr absl::string_view kQuoteKinds[] = {"direct", "mixed"};
constexpr absl::string_view kRealis[] = {"actual", "planned", "hypothetical",
                                         "denied"};
constexpr absl::string_view kEntityTypes[] = {
    "person",   "organization", "event",   "agreement", "product",
    "facility", "threat-actor", "malware", "other"};

constexpr CelType OneOf(absl::Span<const absl::string_view> choices) {
  return {CelKind::kString, nullptr, nullptr, nullptr, false, choices};
}

CelValue Text(absl::string_view text) { return CelValue::String(text); }

CelValue TimeOf(const std::optional<absl::Time>& time) {
  return time.has_value() ? CelTimestamp(*time) : CelValue::Null();
}

CelValue DegreesOf(const std::optional<double>& degrees) {
  return degrees.has_value() ? CelValue::Double(*degrees) : CelValue::Null();
}

// A list of strings of the record.
const CelListType kTextList = {
    sizeof(absl::string_view), [](const void* item) {
      return Text(*static_cast<const absl::string_view*>(item));
    }};

CelValue Texts(absl::Span<const absl::string_view> texts) {
  return CelValue::List(texts.data(), texts.size(), &kTextList);
}

const CelMapType kLinkMap = {
    sizeof(Link),
    [](const void* link) {
      return Text(static_cast<const Link*>(link)->scheme);
    },
    [](const void* link) { return Text(static_cast<const Link*>(link)->id); }};

// How the items of a Span<const T> are read as objects of `kStruct`.
template <typename T, const CelStruct& kStruct>
const CelListType kObjectList = {sizeof(T), [](const void* item) {
                                   return CelValue::Object(item, &kStruct);
                                 }};

template <typename T, const CelStruct& kStruct>
CelValue Objects(absl::Span<const T> items) {
  return CelValue::List(items.data(), items.size(), &kObjectList<T, kStruct>);
}

template <size_t kSize>
constexpr CelStruct Struct(absl::string_view name,
                           const CelField (&fields)[kSize]) {
  return {name, fields, kSize};
}

// A field of the struct `Type` whose value is `expression`, with `it` for the
// object.
#define WD_FIELD(Type, name, type, expression)            \
  {                                                       \
    name, type, [](const void* object) -> CelValue {      \
      const auto& it = *static_cast<const Type*>(object); \
      return expression;                                  \
    }                                                     \
  }

const CelField kEntityFields[] = {
    WD_FIELD(Entity, "id", kString, Text(it.id)),
    WD_FIELD(Entity, "type", OneOf(kEntityTypes), Text(it.type)),
    WD_FIELD(Entity, "name", kString, Text(it.name)),
    WD_FIELD(Entity, "relevance", kInt, CelValue::Int(it.relevance)),
    WD_FIELD(Entity, "via", kString, Text(it.via)),
    WD_FIELD(Entity, "confidence", kDouble, CelValue::Double(it.confidence)),
    WD_FIELD(Entity, "links", kLinks,
             CelValue::Map(it.links.data(), it.links.size(), &kLinkMap)),
};
const CelStruct kEntity = Struct("entity", kEntityFields);

const CelField kPlaceFields[] = {
    WD_FIELD(Place, "id", kString, Text(it.id)),
    WD_FIELD(Place, "name", kString, Text(it.name)),
    WD_FIELD(Place, "type", OneOf(kPlaceTypes), Text(it.type)),
    WD_FIELD(Place, "country", kString, Text(it.country)),
    WD_FIELD(Place, "admin1", kString, Text(it.admin1)),
    WD_FIELD(Place, "lat", kDegrees, DegreesOf(it.lat)),
    WD_FIELD(Place, "lon", kDegrees, DegreesOf(it.lon)),
    WD_FIELD(Place, "role", OneOf(kRoles), Text(it.role)),
    WD_FIELD(Place, "via", kString, Text(it.via)),
    WD_FIELD(Place, "confidence", kDouble, CelValue::Double(it.confidence)),
};
const CelStruct kPlace = Struct("place", kPlaceFields);

const CelField kDateFields[] = {
    WD_FIELD(DateExpression, "value", kString, Text(it.value)),
    WD_FIELD(DateExpression, "type", OneOf(kDateTypes), Text(it.type)),
};
const CelStruct kDate = Struct("date", kDateFields);

const CelField kSpeakerFields[] = {
    WD_FIELD(Quote, "name", kString, Text(it.speaker_name)),
    WD_FIELD(Quote, "entity", kString, Text(it.speaker_entity)),
};
const CelStruct kSpeaker = Struct("speaker", kSpeakerFields);

const CelField kQuoteFields[] = {
    WD_FIELD(Quote, "speaker", Object(kSpeaker),
             CelValue::Object(&it, &kSpeaker)),
    WD_FIELD(Quote, "cue", kString, Text(it.cue)),
    WD_FIELD(Quote, "kind", OneOf(kQuoteKinds), Text(it.kind)),
};
const CelStruct kQuote = Struct("quote", kQuoteFields);

const CelField kPartyFields[] = {
    WD_FIELD(EventParty, "entity", kString, Text(it.entity)),
    WD_FIELD(EventParty, "place", kString, Text(it.place)),
    WD_FIELD(EventParty, "text", kString, Text(it.text)),
    WD_FIELD(EventParty, "sector", kString, Text(it.sector)),
};
const CelStruct kParty = Struct("party", kPartyFields);
const CelType kPartyType = Object(kParty);

CelValue Parties(absl::Span<const EventParty> parties) {
  return Objects<EventParty, kParty>(parties);
}

const CelField kEventFields[] = {
    WD_FIELD(Event, "id", kString, Text(it.id)),
    WD_FIELD(Event, "class", kString, Text(it.event_class)),
    WD_FIELD(Event, "mode", kString, Text(it.mode)),
    WD_FIELD(Event, "cameo", kString, Text(it.cameo)),
    WD_FIELD(Event, "actors", ListOf(kPartyType), Parties(it.actors)),
    WD_FIELD(Event, "recipients", ListOf(kPartyType), Parties(it.recipients)),
    WD_FIELD(Event, "realis", OneOf(kRealis), Text(it.realis)),
    WD_FIELD(Event, "date", kString, Text(it.date)),
    WD_FIELD(Event, "place", kString, Text(it.place)),
    WD_FIELD(Event, "confidence", kDouble, CelValue::Double(it.confidence)),
};
const CelStruct kEvent = Struct("event", kEventFields);

const CelField kTopicFields[] = {
    WD_FIELD(Topic, "id", kString, Text(it.id)),
    WD_FIELD(Topic, "name", kString, Text(it.name)),
    WD_FIELD(Topic, "slug", kString, Text(it.slug)),
    WD_FIELD(Topic, "parent", kString, Text(it.parent)),
    WD_FIELD(Topic, "score", kDouble, CelValue::Double(it.score)),
};
const CelStruct kTopic = Struct("topic", kTopicFields);

const CelField kIndicatorFields[] = {
    WD_FIELD(Indicator, "type", kString, Text(it.type)),
    WD_FIELD(Indicator, "value", kString, Text(it.value)),
};
const CelStruct kIndicator = Struct("indicator", kIndicatorFields);

const CelField kAmountFields[] = {
    WD_FIELD(Amount, "value", kDouble, CelValue::Double(it.value)),
    WD_FIELD(Amount, "unit", kString, Text(it.unit)),
};
const CelStruct kAmount = Struct("amount", kAmountFields);

const CelField kToneFields[] = {
    WD_FIELD(Tone, "score", kDouble, CelValue::Double(it.score)),
    WD_FIELD(Tone, "positive", kDouble, CelValue::Double(it.positive)),
    WD_FIELD(Tone, "negative", kDouble, CelValue::Double(it.negative)),
};
const CelStruct kTone = Struct("tone", kToneFields);

const CelField kProviderFields[] = {
    WD_FIELD(Provider, "name", kString, Text(it.name)),
    WD_FIELD(Provider, "domain", kString, Text(it.domain)),
    WD_FIELD(Provider, "feed", kString, Text(it.feed)),
    WD_FIELD(Provider, "country", kString, Text(it.country)),
};
const CelStruct kProvider = Struct("provider", kProviderFields);

const CelField kDedupeFields[] = {
    WD_FIELD(DedupeResult, "verdict", OneOf(kVerdicts),
             Text(VerdictName(it.verdict))),
    WD_FIELD(DedupeResult, "reason", OneOf(kReasons),
             Text(ReasonName(it.reason))),
    WD_FIELD(DedupeResult, "similarity", kDouble,
             CelValue::Double(it.similarity)),
    WD_FIELD(DedupeResult, "cluster_size", kInt,
             CelValue::Int(it.cluster_size)),
    WD_FIELD(DedupeResult, "story_size", kInt, CelValue::Int(it.story_size)),
    WD_FIELD(DedupeResult, "novelty", kDouble, CelValue::Double(it.novelty)),
    WD_FIELD(DedupeResult, "first_seen", kTime, TimeOf(it.first_seen)),
};
const CelStruct kDedupe = Struct("dedupe", kDedupeFields);

const CelField kDatelineFields[] = {
    WD_FIELD(EventRecord, "text", kString, Text(it.article.dateline)),
    WD_FIELD(EventRecord, "place", kString, Text(it.dateline_place)),
};
const CelStruct kDateline = Struct("dateline", kDatelineFields);

const CelType kEntityType = Object(kEntity);
const CelType kPlaceType = Object(kPlace);
const CelType kDateType = Object(kDate);
const CelType kQuoteType = Object(kQuote);
const CelType kEventType = Object(kEvent);
const CelType kTopicType = Object(kTopic);
const CelType kIndicatorType = Object(kIndicator);
const CelType kAmountType = Object(kAmount);

const CelField kRecordFields[] = {
    WD_FIELD(EventRecord, "uri", kString, Text(it.dedupe.uri)),
    WD_FIELD(EventRecord, "version", kInt, CelValue::Int(it.dedupe.version)),
    WD_FIELD(EventRecord, "provider", Object(kProvider),
             CelValue::Object(&it.article.provider, &kProvider)),
    WD_FIELD(EventRecord, "url", kString, Text(it.article.url)),
    WD_FIELD(EventRecord, "canonical_url", kString,
             Text(it.article.canonical_url)),
    WD_FIELD(EventRecord, "headline", kString, Text(it.article.headline)),
    WD_FIELD(EventRecord, "summary", kString, Text(it.article.summary)),
    WD_FIELD(EventRecord, "body", kString, Text(it.article.body)),
    WD_FIELD(EventRecord, "byline", kStrings, Texts(it.article.byline)),
    WD_FIELD(EventRecord, "dateline", Object(kDateline, true),
             it.article.dateline.empty() ? CelValue::Null()
                                         : CelValue::Object(&it, &kDateline)),
    WD_FIELD(EventRecord, "language", kString, Text(it.language)),
    WD_FIELD(EventRecord, "language_confidence", kDouble,
             CelValue::Double(it.language_confidence)),
    WD_FIELD(EventRecord, "published_at", kTime,
             TimeOf(it.article.published_at)),
    WD_FIELD(EventRecord, "published_precision", OneOf(kPrecisions),
             Text(NameOf(it.article.published_precision))),
    WD_FIELD(EventRecord, "updated_at", kTime, TimeOf(it.article.updated_at)),
    WD_FIELD(EventRecord, "received_at", kTime, TimeOf(it.received_at)),
    WD_FIELD(EventRecord, "status", OneOf(kStatuses),
             Text(NameOf(it.article.status))),
    WD_FIELD(EventRecord, "urgency", kInt, CelValue::Int(it.article.urgency)),
    WD_FIELD(EventRecord, "embargoed_until", kTime,
             TimeOf(it.article.embargoed_until)),
    WD_FIELD(EventRecord, "categories", kStrings, Texts(it.article.categories)),
    WD_FIELD(EventRecord, "word_count", kInt,
             CelValue::Int(static_cast<int64_t>(it.body_words.size()))),
    WD_FIELD(EventRecord, "dedupe", Object(kDedupe),
             CelValue::Object(&it.dedupe, &kDedupe)),
    WD_FIELD(EventRecord, "entities", ListOf(kEntityType),
             (Objects<Entity, kEntity>(it.entities))),
    WD_FIELD(EventRecord, "places", ListOf(kPlaceType),
             (Objects<Place, kPlace>(it.places))),
    WD_FIELD(EventRecord, "dates", ListOf(kDateType),
             (Objects<DateExpression, kDate>(it.dates))),
    WD_FIELD(EventRecord, "quotes", ListOf(kQuoteType),
             (Objects<Quote, kQuote>(it.quotes))),
    WD_FIELD(EventRecord, "events", ListOf(kEventType),
             (Objects<Event, kEvent>(it.events))),
    WD_FIELD(EventRecord, "topics", ListOf(kTopicType),
             (Objects<Topic, kTopic>(it.topics))),
    WD_FIELD(EventRecord, "indicators", ListOf(kIndicatorType),
             (Objects<Indicator, kIndicator>(it.indicators))),
    WD_FIELD(EventRecord, "amounts", ListOf(kAmountType),
             (Objects<Amount, kAmount>(it.amounts))),
    WD_FIELD(EventRecord, "tone", Object(kTone, true),
             it.tone.has_value() ? CelValue::Object(&*it.tone, &kTone)
                                 : CelValue::Null()),
    WD_FIELD(EventRecord, "tags", kStrings, Texts(it.tags)),
};
#undef WD_FIELD

const CelStruct kRecord = Struct("record", kRecordFields);

}  // namespace

const CelStruct& RecordStruct() { return kRecord; }

}  // namespace wiredesk
