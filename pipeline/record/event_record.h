// One news article on its way through the chain.
//
// An EventRecord is a plain struct of views: every absl::string_view and
// absl::Span in it points into the arena of the Batch that holds it, or at data
// that lives as long as the program (literals, the gazetteer snapshot that the
// batch keeps alive). A record never outlives its batch. To keep a field
// longer, copy it.
//
// Each group of fields is written by one stage, named above the group, and is
// read-only to the stages after it. What leaves the program is written by
// event_json.cc; the contract with downstream is docs/record.schema.json.
//
// Spans are byte offsets [begin, end) into UTF-8; the output counts code
// points, and event_json.cc converts. Absent text is an empty view, an absent
// time is nullopt, and an absent list is an empty span.
//
// Example, compiled in tests/examples/pipeline_examples.cc:
//
//   EventRecord& AddFerryNews(Batch& batch) {
//     batch.Append({"news.raw", 0, 17}, "key", "raw bytes", {}, {});
//     EventRecord& record = batch.AddArticle(/*raw=*/0, /*item=*/0);
//     record.article.headline = "The ferry line is back";  // a literal
//     const std::string body = "It runs from Monday.";     // dies here, so:
//     record.article.body = batch.Copy(absl::string_view(body));
//     const std::vector<Mention> ferry = {{Field::kHeadline, 4, 9}};
//     const std::vector<Entity> entities = {
//         {.id = "x:ferry", .type = "other", .mentions = batch.Copy(ferry)}};
//     record.entities = batch.Copy(entities);
//     return record;
//   }

#ifndef WIREDESK_PIPELINE_RECORD_EVENT_RECORD_H_
#define WIREDESK_PIPELINE_RECORD_EVENT_RECORD_H_

#include <cstdint>
#include <optional>
#include <type_traits>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

namespace wiredesk {

struct Word;  // stages/text/words.h; pipeline/ only carries them

// Where a raw record was read: unique, and stable across replays. In a file
// replay `topic` is the input's name and `offset` the record's number.
struct Origin {
  absl::string_view topic;
  int32_t partition = 0;
  int64_t offset = 0;
};

// A Kafka record header, or what stands for one in a file.
struct Header {
  absl::string_view name;
  absl::string_view value;
};

enum class Field : uint8_t { kHeadline, kBody };

// A stretch of the headline or the body.
struct Mention {
  Field field = Field::kBody;
  uint32_t begin = 0;
  uint32_t end = 0;
};

// --- Parse ------------------------------------------------------------------

enum class PublicationStatus : uint8_t { kUsable, kWithheld, kCanceled };
enum class TimePrecision : uint8_t { kNone, kSecond, kMinute, kDay, kMonth };

struct Provider {
  absl::string_view name;     // "Example Wire"
  absl::string_view domain;   // "example.org"
  absl::string_view feed;     // title or address of the feed
  absl::string_view country;  // ISO 3166-1 alpha-2
};

struct Article {
  absl::string_view guid;  // the publisher's, the same across versions
  int64_t version = 0;     // as the publisher counts; 0 where it does not
  Provider provider;
  absl::string_view url;            // as received
  absl::string_view canonical_url;  // without tracking and dressing
  absl::string_view dedupe_url;     // a key for equality only, never published
  absl::string_view headline;
  absl::string_view summary;
  absl::string_view body;  // paragraphs separated by "\n\n"
  absl::Span<const absl::string_view> byline;
  absl::string_view dateline;           // as printed, "SEOUL, July 11"
  absl::string_view declared_language;  // what the input says of itself
  std::optional<absl::Time> published_at;
  TimePrecision published_precision = TimePrecision::kNone;
  // Seconds east of UTC in which the publisher gave the time; 0 if it did not.
  int32_t published_offset = 0;
  absl::string_view published_zone;  // the same as "+09:00"; empty if not given
  std::optional<absl::Time> updated_at;
  PublicationStatus status = PublicationStatus::kUsable;
  int32_t urgency = 0;   // 1..9, 0 where not given
  int32_t priority = 0;  // of the transmission, 1..9, 0 where not given
  // By which agencies tell the takes of one story.
  absl::string_view slugline;
  absl::string_view take;  // "1st Ld-Writethru"
  absl::Span<const absl::string_view> keywords;
  std::optional<absl::Time> embargoed_until;
  absl::Span<const absl::string_view> categories;
};

// --- Dedupe -----------------------------------------------------------------

enum class Verdict : uint8_t { kNew, kExact, kNear, kExcerpt, kRevision };
enum class MatchReason : uint8_t {
  kNone,
  kGuid,
  kUrl,
  kText,
  kSimilarity,
  kContainment
};

// 128 bits, printed as 32 hex digits. Zero means none.
struct RecordId {
  uint64_t high = 0;
  uint64_t low = 0;
  friend bool operator==(const RecordId&, const RecordId&) = default;
  bool empty() const { return high == 0 && low == 0; }
};

// Earlier text that stands in an article which is not a copy of it.
struct Reuse {
  RecordId of;
  double share = 0;   // of the article
  int32_t words = 0;  // about
};

// What the story index decided of an article.
struct DedupeResult {
  Verdict verdict = Verdict::kNew;
  MatchReason reason = MatchReason::kNone;
  RecordId of;  // empty for kNew
  double similarity = 0;
  RecordId cluster;
  int32_t cluster_size = 1;
  RecordId story;
  int32_t story_size = 1;
  double novelty = 1;
  std::optional<absl::Time> first_seen;
  absl::Span<const Reuse> reuse;  // the most first
  // The publisher's article across versions, and which version this is.
  absl::string_view uri;
  int32_t version = 1;
};

// --- Tag --------------------------------------------------------------------

struct Link {
  absl::string_view scheme;  // "wikidata"
  absl::string_view id;      // "Q7184"
};

struct Entity {
  absl::string_view id;    // "org:nato"
  absl::string_view type;  // as in the contract: "person", "organization", ...
  absl::string_view name;
  int32_t relevance = 0;  // 0..100
  absl::string_view via;  // the rule or list that found it
  double confidence = 1;
  absl::Span<const Link> links;
  absl::Span<const Mention> mentions;
  std::optional<double> tone;  // -1..1, where the text has words of tone
};

struct Place {
  absl::string_view id;    // "geonames:1835848", "iso3166:KR"
  absl::string_view name;  // "Seoul"
  absl::string_view type;  // country admin1 admin2 city region feature
  absl::string_view country;
  absl::string_view admin1;
  std::optional<double> lat;
  std::optional<double> lon;
  absl::string_view role;  // event dateline mentioned demonym part
  absl::string_view via;
  double confidence = 1;
  absl::Span<const Mention> mentions;
};

// TIMEX3's types of time expressions.
enum class DateType : uint8_t { kDate, kTime, kDuration, kSet };

struct DateExpression {
  absl::string_view value;  // TIMEX3
  Mention mention;
  DateType type = DateType::kDate;
};

// Whole sentences, or a part of the sentence around it.
enum class QuoteKind : uint8_t { kDirect, kMixed };

struct Quote {
  Mention mention;  // without the marks
  absl::string_view speaker_name;
  absl::string_view speaker_entity;        // an Entity's id
  std::optional<Mention> speaker_mention;  // none where there is no speaker
  absl::string_view cue;                   // "said"
  QuoteKind kind = QuoteKind::kDirect;
};

struct EventParty {
  absl::string_view entity;  // an Entity's id
  absl::string_view place;   // a Place's id
  absl::string_view text;
  absl::string_view sector;
};

struct Event {
  absl::string_view id;
  absl::string_view event_class;  // PLOVER, "CONSULT"
  absl::string_view mode;
  absl::string_view cameo;
  absl::Span<const EventParty> actors;
  absl::Span<const EventParty> recipients;
  absl::string_view realis;  // actual planned hypothetical denied
  absl::string_view date;
  absl::string_view place;
  Mention evidence;
  Mention trigger;
  // The same event told again: clauses besides `evidence`.
  absl::Span<const Mention> retold;
  // Equal for the same class, parties, place and day in any article.
  absl::string_view key;
  double confidence = 1;
};

struct Topic {
  absl::string_view id;  // "medtop:11000000" or "topic:<slug>"
  absl::string_view name;
  absl::string_view slug;  // fit for a topic name, "politics"
  absl::string_view parent;
  double score = 0;
  absl::Span<const Mention> evidence;
};

enum class IndicatorType : uint8_t {
  kCve,
  kCwe,
  kAttack,  // a technique of MITRE ATT&CK
  kIpv4,
  kIpv6,
  kDomain,
  kUrl,
  kEmail,
  kMd5,
  kSha1,
  kSha256
};

struct Indicator {
  IndicatorType type = IndicatorType::kCve;
  absl::string_view value;  // refanged and normalized
  absl::Span<const Mention> mentions;
};

struct Amount {
  double value = 0;
  absl::string_view unit;  // "USD", "percent", "sectors"
  Mention mention;
};

struct Tone {
  double score = 0;  // -1..1
  double positive = 0;
  double negative = 0;
};

// --- Route ------------------------------------------------------------------

// A route that matched, and one topic that it names: one message. A fan-out
// makes one destination of each item of a list.
struct Destination {
  absl::string_view route;
  const void* origin = nullptr;  // the route stage's own
  absl::string_view topic;
  absl::string_view key;                       // record key; empty: story
  absl::Span<const absl::string_view> fields;  // projection; empty: all
  absl::Span<const Header> headers;            // besides the standard ones
  absl::string_view fan_out;                   // "", "entities", "places"...
  uint32_t fan_out_item = 0;                   // its item in that list
};

// How an article's journey ends.
enum class Fate : uint8_t {
  kLive,        // goes on to the next stage, and is published at the end
  kDropped,     // on purpose, because a rule says so; counted
  kDeadLetter,  // could not be processed; its raw record is dead-lettered
};

struct EventRecord {
  // Batch::AddArticle.
  uint32_t raw = 0;   // index of its raw record in Batch::raw_records()
  uint32_t item = 0;  // index inside a feed document, else 0

  // Parse.
  Article article;
  RecordId id;  // of this version of this article; a function of the input
  // The broker's timestamp; in files what dedupe decides where there is none.
  std::optional<absl::Time> received_at;
  absl::Span<const Word> headline_words;
  absl::Span<const Word> body_words;
  absl::Span<const Entity> given_entities;  // as the publisher tagged it
  absl::Span<const Place> given_places;
  absl::Span<const Topic> given_topics;

  // Dedupe.
  DedupeResult dedupe;

  // Tag.
  absl::string_view language = "und";  // BCP 47
  absl::string_view language_via;      // script words cld2 declared; a literal
  double language_confidence = 0;
  absl::string_view dateline_place;  // a Place's id
  absl::Span<const Entity> entities;
  absl::Span<const Place> places;
  absl::Span<const DateExpression> dates;
  absl::Span<const Quote> quotes;
  absl::Span<const Event> events;
  absl::Span<const Topic> topics;
  absl::Span<const Indicator> indicators;
  absl::Span<const Amount> amounts;
  std::optional<Tone> tone;
  absl::Span<const absl::string_view> tags;

  // Route.
  absl::Span<const Destination> destinations;

  // Batch::Drop and Batch::DeadLetter.
  Fate fate = Fate::kLive;
  absl::string_view fate_stage;
  absl::string_view fate_reason;
};

// The arena is released without running destructors.
static_assert(std::is_trivially_destructible_v<EventRecord>);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_RECORD_EVENT_RECORD_H_
