// The fields of what the tag stage finds in an article; see record_fields.h.

#ifndef WIREDESK_PIPELINE_RECORD_ITEM_FIELDS_H_
#define WIREDESK_PIPELINE_RECORD_ITEM_FIELDS_H_

#include <cstdint>
#include <optional>
#include <tuple>

#include "absl/strings/string_view.h"
#include "pipeline/record/event_names.h"
#include "pipeline/record/event_record.h"
#include "pipeline/record/field.h"
#include "pipeline/record/message_context.h"

namespace wiredesk::table {

// --- Closed sets of texts; those of enumerations are in event_names.h. -------

inline constexpr absl::string_view kEntityTypes[] = {
    "person",   "organization", "event",   "agreement", "product",
    "facility", "threat-actor", "malware", "other"};
inline constexpr absl::string_view kPlaceTypes[] = {
    "country", "admin1", "admin2", "city", "region", "feature"};
inline constexpr absl::string_view kPlaceRoles[] = {
    "event", "dateline", "mentioned", "demonym", "part"};
inline constexpr absl::string_view kRealis[] = {"actual", "planned",
                                                "hypothetical", "denied"};

inline constexpr Rule kShare = Within(0, 1);

inline constexpr absl::string_view kViaHelp = "The rule or list that found it.";
inline constexpr absl::string_view kConfidenceHelp = "How sure the choice is.";
inline constexpr absl::string_view kMentionsHelp = "Where the text names it.";
inline constexpr absl::string_view kEntityIdHelp = "Id of an entity.";
inline constexpr absl::string_view kPlaceIdHelp = "Id of a place.";

// --- Stretches of text -------------------------------------------------------

inline uint32_t StartOf(const Mention& mention, const MessageContext& context) {
  return context.CodePoints(mention.field, mention.begin);
}
inline uint32_t EndOf(const Mention& mention, const MessageContext& context) {
  return context.CodePoints(mention.field, mention.end);
}
inline absl::string_view TextOf(const Mention& mention,
                                const MessageContext& context) {
  return context.TextOf(mention);
}

template <>
struct Of<Mention> {
  static constexpr absl::string_view kName = "mention";
  static constexpr absl::string_view kHelp =
      "A stretch of the headline or the body, [start, end) in Unicode code "
      "points.";
  static constexpr auto kFields = std::tuple(
      Field("field", &Mention::field, "The text that the span counts in."),
      Field("start", StartOf, AtLeast(0), "First code point of the span."),
      Field("end", EndOf, AtLeast(0), "Code point after the last."),
      Field("text", TextOf, "The text of the span as it stands."));
  static constexpr auto kInternal = std::tuple(&Mention::begin, &Mention::end);
  static constexpr bool IsAbsent(const Mention& mention) {
    return mention.end <= mention.begin;
  }
};
static_assert(kIsComplete<Mention>);

// --- What is found -----------------------------------------------------------

template <>
struct MapOf<Link> {
  static constexpr auto kKey = &Link::scheme;
  static constexpr auto kValue = &Link::id;
};

template <>
struct Of<Entity> {
  static constexpr absl::string_view kName = "entity";
  static constexpr absl::string_view kHelp =
      "Somebody or something with a name.";
  static constexpr absl::string_view kLabel = "{id}";
  static constexpr auto kFields = std::tuple(
      Field("id", &Entity::id,
            "Stable, such as org:nato; x:... is bound inside this article "
            "only."),
      Field("type", &Entity::type, OneOf(kEntityTypes), "What it is."),
      Field("name", &Entity::name, "As a reader would look it up."),
      Field("relevance", &Entity::relevance, Within(0, 100),
            "How much the article is about it."),
      Field("via", &Entity::via, OrNull(), kViaHelp),
      Field("confidence", &Entity::confidence, kShare, kConfidenceHelp),
      Field("links", &Entity::links,
            "Ids in other schemes: wikidata, geonames, misp, attack, lei, "
            "ticker."),
      Field("mentions", &Entity::mentions, kMentionsHelp),
      Field("tone", &Entity::tone, Within(-1, 1),
            "How the text speaks of it; null where it has no words of tone."));
};
static_assert(kIsComplete<Entity>);

template <>
struct Of<Place> {
  static constexpr absl::string_view kName = "place";
  static constexpr absl::string_view kHelp =
      "A place; an id stands once for each role that it has.";
  static constexpr absl::string_view kLabel = "{name|id} ({role})";
  static constexpr auto kFields = std::tuple(
      Field("id", &Place::id,
            "geonames:<n>, iso3166:<code>, m49:<code> or region:<slug>."),
      Field("name", &Place::name, "Its name."),
      Field("type", &Place::type, OneOf(kPlaceTypes), "What it is."),
      Field("country", &Place::country, OrNull(), "ISO 3166-1 alpha-2."),
      Field("admin1", &Place::admin1, OrNull(), "First-order division."),
      Field("lat", &Place::lat, Within(-90, 90), "Degrees north."),
      Field("lon", &Place::lon, Within(-180, 180), "Degrees east."),
      Field("role", &Place::role, OneOf(kPlaceRoles),
            "Its part in the article."),
      Field("via", &Place::via, OrNull(), kViaHelp),
      Field("confidence", &Place::confidence, kShare, kConfidenceHelp),
      Field("mentions", &Place::mentions, kMentionsHelp));
};
static_assert(kIsComplete<Place>);

template <>
struct Of<DateExpression> {
  static constexpr absl::string_view kName = "date";
  static constexpr absl::string_view kHelp =
      "A time expression, resolved against published_at.";
  static constexpr absl::string_view kLabel = "{value}";
  static constexpr auto kFields =
      std::tuple(Field("value", &DateExpression::value, "TIMEX3 value."),
                 Spread(&DateExpression::mention),
                 Field("type", &DateExpression::type, "TIMEX3 type."));
};
static_assert(kIsComplete<DateExpression>);

// Who said a quotation; its members are the quotation's.
struct Speaker {
  static constexpr absl::string_view kName = "speaker";
  static constexpr absl::string_view kHelp =
      "Who said it; the span is in the same text as the quotation.";
  static std::optional<uint32_t> Start(const Quote& quote,
                                       const MessageContext& context) {
    if (!quote.speaker_mention.has_value()) return std::nullopt;
    return StartOf(*quote.speaker_mention, context);
  }
  static std::optional<uint32_t> End(const Quote& quote,
                                     const MessageContext& context) {
    if (!quote.speaker_mention.has_value()) return std::nullopt;
    return EndOf(*quote.speaker_mention, context);
  }
  static constexpr auto kFields = std::tuple(
      Field("name", &Quote::speaker_name, OrNull(), "As printed."),
      Field("entity", &Quote::speaker_entity, OrNull(), kEntityIdHelp),
      Field("start", Start, AtLeast(0), "First code point of the name."),
      Field("end", End, AtLeast(0), "Code point after its last."));
  static bool IsAbsent(const Quote& quote) {
    return quote.speaker_name.empty() && quote.speaker_entity.empty() &&
           !quote.speaker_mention.has_value();
  }
  static constexpr bool kOpenInExpressions = true;
};

template <>
struct Of<Quote> {
  static constexpr absl::string_view kName = "quote";
  static constexpr absl::string_view kHelp = "A quotation, without its marks.";
  static constexpr auto kFields = std::tuple(
      Spread(&Quote::mention),
      Field("speaker", Part<Speaker>(), Speaker::kHelp),
      Field("cue", &Quote::cue, OrNull(), "The verb of saying."),
      Field("kind", &Quote::kind,
            "direct: whole sentences; mixed: a part of the sentence around "
            "it."));
  static constexpr auto kInternal = std::tuple(&Quote::speaker_mention);
};
static_assert(kIsComplete<Quote>);

template <>
struct Of<EventParty> {
  static constexpr absl::string_view kName = "party";
  static constexpr absl::string_view kHelp = "One side of an event.";
  static constexpr absl::string_view kLabel = "{entity|place|text}";
  static constexpr auto kFields = std::tuple(
      Field("entity", &EventParty::entity, OrNull(), kEntityIdHelp),
      Field("place", &EventParty::place, OrNull(), kPlaceIdHelp),
      Field("text", &EventParty::text, OrNull(), "As printed."),
      Field("sector", &EventParty::sector, OrNull(), "Sector, as in PLOVER."));
};
static_assert(kIsComplete<EventParty>);

template <>
struct Of<Event> {
  static constexpr absl::string_view kName = "event";
  static constexpr absl::string_view kHelp = "Who did what to whom.";
  static constexpr absl::string_view kLabel = "{class} {id}";
  static constexpr auto kFields = std::tuple(
      Field("id", &Event::id, "Unique in this record."),
      Field("class", &Event::event_class, "PLOVER class, such as CONSULT."),
      Field("mode", &Event::mode, OrNull(), "PLOVER mode."),
      Field("cameo", &Event::cameo, OrNull(), "CAMEO code."),
      Field("actors", &Event::actors, "Who did it."),
      Field("recipients", &Event::recipients, "To whom."),
      Field("realis", &Event::realis, OneOf(kRealis).OrNull(),
            "Whether it happened."),
      Field("date", &Event::date, OrNull(), "TIMEX3 value."),
      Field("place", &Event::place, OrNull(), kPlaceIdHelp),
      Field("evidence", &Event::evidence, "The clause that says it."),
      Field("confidence", &Event::confidence, kShare, kConfidenceHelp),
      Field("trigger", &Event::trigger, "Its verb."),
      Field("retold", &Event::retold, "Further clauses that tell it."),
      Field("key", &Event::key,
            "Equal for one class, actors, recipients, place and day."));
};
static_assert(kIsComplete<Event>);

template <>
struct Of<Topic> {
  static constexpr absl::string_view kName = "topic";
  static constexpr absl::string_view kHelp = "A subject.";
  static constexpr absl::string_view kLabel = "{slug|id}";
  static constexpr auto kFields = std::tuple(
      Field("id", &Topic::id, "medtop:<n> or topic:<slug>."),
      Field("name", &Topic::name, "Its name."),
      Field("slug", &Topic::slug, OrNull(),
            "Fit for the name of a Kafka topic."),
      Field("parent", &Topic::parent, OrNull(), "The medtop above it."),
      Field("score", &Topic::score, kShare,
            "How much the article is about it."),
      Field("evidence", &Topic::evidence, "The words that tell it."));
};
static_assert(kIsComplete<Topic>);

template <>
struct Of<Indicator> {
  static constexpr absl::string_view kName = "indicator";
  static constexpr absl::string_view kHelp =
      "A technical identifier, refanged and normalized.";
  static constexpr absl::string_view kLabel = "{type}:{value}";
  static constexpr auto kFields =
      std::tuple(Field("type", &Indicator::type, "What it is."),
                 Field("value", &Indicator::value, "Normalized."),
                 Field("mentions", &Indicator::mentions, kMentionsHelp));
};
static_assert(kIsComplete<Indicator>);

template <>
struct Of<Amount> {
  static constexpr absl::string_view kName = "amount";
  static constexpr absl::string_view kHelp = "A number with a unit.";
  static constexpr absl::string_view kLabel = "{value} {unit}";
  static constexpr auto kFields =
      std::tuple(Field("value", &Amount::value, "The number."),
                 Field("unit", &Amount::unit, OrNull(),
                       "ISO 4217 for money, percent, else the noun counted."),
                 Spread(&Amount::mention));
};
static_assert(kIsComplete<Amount>);

template <>
struct Of<Tone> {
  static constexpr absl::string_view kName = "tone";
  static constexpr absl::string_view kHelp = "How it sounds.";
  static constexpr auto kFields = std::tuple(
      Field("score", &Tone::score, Within(-1, 1), "From negative to positive."),
      Field("positive", &Tone::positive, "The positive part."),
      Field("negative", &Tone::negative, "The negative part."));
};
static_assert(kIsComplete<Tone>);

}  // namespace wiredesk::table

#endif  // WIREDESK_PIPELINE_RECORD_ITEM_FIELDS_H_
