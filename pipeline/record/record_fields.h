// The fields of the record, each declared once: the JSON that is published,
// projections (`fields:`), docs/record.schema.json, what expressions see,
// `--set` and the operators' tests, the labels of `replay --diff` and the lists
// that a route can fan out all come from these tables.
//
// To add a field:
//   1. a member of the struct in event_record.h, filled by the stage that owns
//      it;
//   2. a line in the struct's table, here or in item_fields.h, where it is to
//      stand in the JSON:
//        Field("slugline", OfArticle(&Article::slugline), OrNull(),
//              "The desk's own name for the story."),
//   3. tests/update_docs.sh, which writes docs/record.schema.json.
// A member without a line does not compile: it is published, or it stands in
// kInternal. A new struct has a table of its own; a list or an optional of it
// is then a field like any other.
//
// A field that is not simply a member is a function of the object, or of the
// object and the message it is written for; expressions do not see the latter.

#ifndef WIREDESK_PIPELINE_RECORD_RECORD_FIELDS_H_
#define WIREDESK_PIPELINE_RECORD_RECORD_FIELDS_H_

#include <cstdint>
#include <optional>
#include <tuple>
#include <type_traits>

#include "absl/strings/string_view.h"
#include "pipeline/record/event_names.h"
#include "pipeline/record/event_record.h"
#include "pipeline/record/field.h"
#include "pipeline/record/item_fields.h"
#include "pipeline/record/member_count.h"
#include "pipeline/record/message_context.h"

namespace wiredesk {

// The article across its versions: dedupe's, else what names the article
// itself. Empty where only the record's id is left.
absl::string_view UriOf(const EventRecord& record);

namespace table {

// --- Parse -------------------------------------------------------------------

template <>
struct Of<Provider> {
  static constexpr absl::string_view kName = "provider";
  static constexpr absl::string_view kHelp = "Who published it.";
  static constexpr auto kFields = std::tuple(
      Field("name", &Provider::name, OrNull(), "Name."),
      Field("domain", &Provider::domain, OrNull(), "Domain."),
      Field("feed", &Provider::feed, OrNull(), "Title or address of the feed."),
      Field("country", &Provider::country, OrNull(), "ISO 3166-1 alpha-2."));
};
static_assert(kIsComplete<Provider>);

// --- Dedupe ------------------------------------------------------------------

template <>
struct Of<Reuse> {
  static constexpr absl::string_view kName = "reuse";
  static constexpr absl::string_view kHelp =
      "Earlier text that stands in an article which is not a copy of it.";
  static constexpr auto kFields = std::tuple(
      Field("of", &Reuse::of, "The record that had it first."),
      Field("share", &Reuse::share, kShare, "Of this article."),
      Field("words", &Reuse::words, AtLeast(1), "Its length, about."));
};
static_assert(kIsComplete<Reuse>);

template <>
struct Of<DedupeResult> {
  static constexpr absl::string_view kName = "dedupe";
  static constexpr absl::string_view kHelp = "What the story index decided.";
  static constexpr auto kFields = std::tuple(
      Field("verdict", &DedupeResult::verdict,
            "What it is to what was seen before."),
      Field("of", &DedupeResult::of, OrNull(),
            "The record that it matches; the earliest of its cluster."),
      Field("reason", &DedupeResult::reason, "What they have in common."),
      Field("similarity", &DedupeResult::similarity, kShare,
            "The estimate that decided."),
      Field("cluster", &DedupeResult::cluster, OrNull(),
            "Shared by copies, edits, excerpts and revisions."),
      Field("cluster_size", &DedupeResult::cluster_size, AtLeast(1),
            "Members of the cluster so far."),
      Field("story", &DedupeResult::story, OrNull(),
            "Different texts about one happening."),
      Field("story_size", &DedupeResult::story_size, AtLeast(1),
            "Articles of the story so far."),
      Field("novelty", &DedupeResult::novelty, kShare,
            "1 where nothing about this was seen."),
      Field("first_seen", &DedupeResult::first_seen,
            "received_at of the story's first article."),
      Field("reuse", &DedupeResult::reuse,
            "Passages of earlier articles: a quotation, a background."));
};

// --- Route, and what is known when the message is written --------------------

template <>
struct Of<Destination> {
  static constexpr absl::string_view kName = "route";
  static constexpr absl::string_view kHelp =
      "A route that matched, and its topic.";
  static constexpr auto kFields =
      std::tuple(Field("route", &Destination::route, "Name of the route."),
                 Field("topic", &Destination::topic, "Topic."));
  static constexpr auto kInternal = std::tuple(
      &Destination::origin, &Destination::key, &Destination::fields,
      &Destination::headers, &Destination::fan_out, &Destination::fan_out_item);
  // The route stands there with its first item.
  static constexpr bool IsLeftOut(const Destination& destination) {
    return destination.fan_out_item > 0;
  }
};
static_assert(kIsComplete<Destination>);

// Where a raw record was read, and which of its articles this is.
struct Source {
  static constexpr absl::string_view kName = "origin";
  static constexpr absl::string_view kHelp = "Where the raw record was read.";
  static absl::string_view Topic(const EventRecord& /*record*/,
                                 const MessageContext& context) {
    return context.raw().origin.topic;
  }
  static int32_t Partition(const EventRecord& /*record*/,
                           const MessageContext& context) {
    return context.raw().origin.partition;
  }
  static int64_t Offset(const EventRecord& /*record*/,
                        const MessageContext& context) {
    return context.raw().origin.offset;
  }
  static uint32_t Item(const EventRecord& record,
                       const MessageContext& /*context*/) {
    return record.item;
  }
  static constexpr auto kFields = std::tuple(
      Field("topic", Topic, Bytes(),
            "Topic; in a replay of files, the input's name."),
      Field("partition", Partition, AtLeast(0), "Partition."),
      Field("offset", Offset, AtLeast(0),
            "Offset; in a replay of files, the record's number."),
      Field("item", Item, AtLeast(0), "Index inside of a feed document."));
};

template <>
struct Of<Processing> {
  static constexpr absl::string_view kName = "processing";
  static constexpr absl::string_view kHelp = "What made this record.";
  static constexpr auto kFields =
      std::tuple(Field("wiredesk", &Processing::wiredesk, Bytes(),
                       "Version of the program."),
                 Field("config", &Processing::config, Bytes(),
                       "Hash of the configuration."),
                 Field("gazetteer", &Processing::gazetteer, Bytes(),
                       "Version of the gazetteer."));
};
static_assert(kIsComplete<Processing>);

// --- The record --------------------------------------------------------------

struct Dateline {
  static constexpr absl::string_view kName = "dateline";
  static constexpr absl::string_view kHelp = "Where the report was filed.";
  static constexpr auto kFields = std::tuple(
      Field("text", In<EventRecord>(&EventRecord::article, &Article::dateline),
            "As printed."),
      Field("place", &EventRecord::dateline_place, OrNull(), kPlaceIdHelp));
  static bool IsAbsent(const EventRecord& record) {
    return record.article.dateline.empty();
  }
};

// A member of the article, or of what dedupe decided.
template <typename Value>
constexpr auto OfArticle(Value Article::*member) {
  return In<EventRecord>(&EventRecord::article, member);
}
template <typename Value>
constexpr auto OfDedupe(Value DedupeResult::*member) {
  return In<EventRecord>(&EventRecord::dedupe, member);
}

inline TextOrId UriOrId(const EventRecord& record,
                        const MessageContext& /*context*/) {
  return {UriOf(record), record.id};
}

inline int64_t WordCount(const EventRecord& record) {
  return static_cast<int64_t>(record.body_words.size());
}

inline const Processing& ProcessingOf(const EventRecord& /*record*/,
                                      const MessageContext& context) {
  return context.processing();
}

template <>
struct Of<EventRecord> {
  static constexpr absl::string_view kName = "record";
  static constexpr absl::string_view kHelp =
      "One version of one article, as wiredesk publishes it. Absent is null or "
      "[], never a guess.";
  static constexpr auto kFields = std::tuple(
      Field("schema", Always{"wiredesk/event-record/1"},
            "Name and version of this contract."),
      Field("id", &EventRecord::id,
            "This version of this article; equal wherever and whenever it is "
            "processed."),
      Field("uri", Written(OfDedupe(&DedupeResult::uri), UriOrId),
            "The article across its versions."),
      Field("version", OfDedupe(&DedupeResult::version), AtLeast(1),
            "1 for the first take; a correction counts up."),
      Field("origin", Part<Source>(), Source::kHelp),
      Field("provider", OfArticle(&Article::provider), Of<Provider>::kHelp),
      Field("url", OfArticle(&Article::url), OrNull(), "As received."),
      Field("canonical_url", OfArticle(&Article::canonical_url), OrNull(),
            "Without tracking parameters and dressing."),
      Field("headline", OfArticle(&Article::headline), OrNull(), "Plain text."),
      Field("summary", OfArticle(&Article::summary), OrNull(), "Plain text."),
      Field("body", OfArticle(&Article::body), OrNull(),
            "Plain text; paragraphs are separated by an empty line."),
      Field("byline", OfArticle(&Article::byline), "One name each."),
      Field("dateline", Part<Dateline>(), Dateline::kHelp),
      Field("language", &EventRecord::language, "BCP 47; und where unsure."),
      Field("language_confidence", &EventRecord::language_confidence, kShare,
            "How sure the language is."),
      Field("language_via", &EventRecord::language_via, OrNull(),
            "What told it: script, words, cld2, declared."),
      Field("published_at", OfArticle(&Article::published_at),
            "The publisher's time."),
      Field("published_precision", OfArticle(&Article::published_precision),
            "How much of published_at the input gave."),
      Field(
          "published_offset", OfArticle(&Article::published_zone), OrNull(),
          "Offset from UTC in which the publisher gave it, as +09:00, so that "
          "the local day is not lost."),
      Field("updated_at", OfArticle(&Article::updated_at),
            "The publisher's time of the last change."),
      Field("received_at", &EventRecord::received_at,
            "Event time of every window."),
      Field("status", OfArticle(&Article::status), "ninjs pubStatus."),
      Field("urgency", OfArticle(&Article::urgency), Within(1, 9).OrNull(),
            "As in ninjs."),
      Field("priority", OfArticle(&Article::priority), Within(1, 9).OrNull(),
            "Of the transmission, as agencies give it."),
      Field("slugline", OfArticle(&Article::slugline), OrNull(),
            "The agency's keyword, by which takes of a story are told."),
      Field("take", OfArticle(&Article::take), OrNull(),
            "Number or words of the take: 1st Ld-Writethru."),
      Field("keywords", OfArticle(&Article::keywords),
            "The publisher's keywords, as given."),
      Field("embargoed_until", OfArticle(&Article::embargoed_until),
            "Not to be published before."),
      Field("categories", OfArticle(&Article::categories),
            "The publisher's own."),
      Field("word_count", WordCount, AtLeast(0), "Words of the body."),
      Field("dedupe", &EventRecord::dedupe, Of<DedupeResult>::kHelp),
      Field("entities", &EventRecord::entities,
            "People, organizations and other things with names."),
      Field("places", &EventRecord::places, "Everything with a location."),
      Field("dates", &EventRecord::dates, "Time expressions, resolved."),
      Field("quotes", &EventRecord::quotes, "Quotations, and who said them."),
      Field("events", &EventRecord::events, "Who did what to whom."),
      Field("topics", &EventRecord::topics, "Subjects."),
      Field("indicators", &EventRecord::indicators,
            "Technical identifiers, defanged in the text or not."),
      Field("amounts", &EventRecord::amounts, "Numbers with a unit."),
      Field("tone", &EventRecord::tone, Of<Tone>::kHelp),
      Field("tags", &EventRecord::tags,
            "The operator's own tag rules that matched."),
      Field("routes", &EventRecord::destinations, "In the order of the tree."),
      Field("processing", ProcessingOf, Of<Processing>::kHelp));
  static constexpr auto kInternal = std::tuple(
      &EventRecord::raw, &EventRecord::item, &EventRecord::article,
      &EventRecord::headline_words, &EventRecord::body_words,
      &EventRecord::given_entities, &EventRecord::given_places,
      &EventRecord::given_topics, &EventRecord::fate, &EventRecord::fate_stage,
      &EventRecord::fate_reason, OfArticle(&Article::guid),
      OfArticle(&Article::version), OfArticle(&Article::dedupe_url),
      OfArticle(&Article::declared_language),
      OfArticle(&Article::published_offset));
};

// --- What follows from the tables --------------------------------------------

// Whether a route may send a message for each item: of a list of objects that
// stands in the record itself.
template <typename Table, size_t kIndex>
constexpr bool FansOut() {
  using Entry = std::remove_cvref_t<decltype(kFieldAt<Table, kIndex>)>;
  if constexpr (std::is_base_of_v<Of<EventRecord>, Table>) {
    return kIsListOfObjects<typename Entry::Access>;
  }
  return false;
}

// Those of the article and of what dedupe decided stand in two tables.
static_assert(kIsComplete<EventRecord>);
static_assert(CountIn<Article, Of<EventRecord>>() == kMemberCount<Article>);
static_assert(CountIn<DedupeResult, Of<DedupeResult>>() +
                  CountIn<DedupeResult, Of<EventRecord>>() ==
              kMemberCount<DedupeResult>);

}  // namespace table
}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_RECORD_RECORD_FIELDS_H_
