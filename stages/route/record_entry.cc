#include "stages/route/record_entry.h"

#include <algorithm>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "config/yaml.h"
#include "pipeline/record/event_names.h"
#include "stages/text/words.h"

namespace wiredesk {
namespace {

// A list in an assignment has at most this many items.
constexpr uint32_t kIndexMax = 1000;
constexpr int64_t kWordCountMax = 1'000'000;

class Entry;

// How a field of T is read, by its name.
template <typename T>
struct Setter {
  absl::string_view name;
  void (*set)(const ConfigNode& node, Entry& entry, T& object);
};

// Reads the values of one record.
class Entry {
 public:
  Entry(Batch& batch, Diagnostics& diagnostics)
      : batch_(batch), diagnostics_(diagnostics) {}

  template <typename T, size_t kSize>
  void Object(const ConfigNode& node, const Setter<T> (&setters)[kSize],
              T& object) {
    if (!node.is_mapping()) {
      diagnostics_.Error(node, absl::StrCat("is ", KindName(node.kind)),
                         "write its fields, such as {name: value}");
    }
    for (const ConfigEntry& field : node.entries) {
      const auto* const found = std::find_if(
          setters, setters + kSize,
          [&](const Setter<T>& each) { return each.name == field.key; });
      if (found != setters + kSize) {
        found->set(field.value, *this, object);
        continue;
      }
      std::vector<std::string> known;
      for (const Setter<T>& each : setters) known.emplace_back(each.name);
      diagnostics_.Error(field.location, field.value.path,
                         "is no field that can be set",
                         SuggestName(field.key, known));
    }
  }

  template <typename T, size_t kSize>
  absl::Span<const T> List(const ConfigNode& node,
                           const Setter<T> (&setters)[kSize]) {
    std::vector<T> items;
    for (const ConfigNode& item : Items(node)) {
      Object(item, setters, items.emplace_back());
    }
    return batch_.Copy(items);
  }

  absl::Span<const absl::string_view> Texts(const ConfigNode& node) {
    std::vector<absl::string_view> items;
    for (const ConfigNode& item : Items(node)) items.push_back(Text(item));
    return batch_.Copy(items);
  }

  absl::string_view Text(const ConfigNode& node) {
    if (!node.is_scalar() && !node.is_null()) Wrong(node, "a text");
    return batch_.Copy(node.scalar);
  }

  int64_t Integer(const ConfigNode& node) {
    int64_t value = 0;
    if (!absl::SimpleAtoi(node.scalar, &value)) Wrong(node, "a whole number");
    return value;
  }

  double Number(const ConfigNode& node) {
    double value = 0;
    if (!absl::SimpleAtod(node.scalar, &value)) Wrong(node, "a number");
    return value;
  }

  std::optional<absl::Time> Time(const ConfigNode& node) {
    absl::Time time;
    std::string error;
    if (absl::ParseTime(absl::RFC3339_full, node.scalar, &time, &error)) {
      return time;
    }
    Wrong(node, "a time such as 2026-07-11T00:00:00Z");
    return std::nullopt;
  }

  absl::Span<const Link> Links(const ConfigNode& node) {
    std::vector<Link> links;
    for (const ConfigEntry& link : node.entries) {
      links.push_back({batch_.Copy(link.key), Text(link.value)});
    }
    return batch_.Copy(links);
  }

  // The value of an enumeration that ends with `last`, by the name that
  // `name_of` gives it.
  template <typename E>
  E Choice(const ConfigNode& node, E last, absl::string_view (*name_of)(E)) {
    std::vector<std::string> known;
    for (int i = 0; i <= static_cast<int>(last); ++i) {
      known.emplace_back(name_of(static_cast<E>(i)));
      if (known.back() == node.scalar) return static_cast<E>(i);
    }
    diagnostics_.Error(node, absl::StrCat("\"", node.scalar, "\" is unknown"),
                       SuggestName(node.scalar, known));
    return E();
  }

  absl::Span<const Word> Words(absl::string_view text) {
    std::vector<Word> words;
    SplitWords(text, words);
    return batch_.Copy(words);
  }

  absl::Span<const Word> BlankWords(const ConfigNode& node) {
    const int64_t count = std::clamp<int64_t>(Integer(node), 0, kWordCountMax);
    return batch_.Copy(std::vector<Word>(static_cast<size_t>(count)));
  }

 private:
  static absl::Span<const ConfigNode> Items(const ConfigNode& node) {
    if (node.is_sequence()) return node.items;
    return node.is_null() ? absl::Span<const ConfigNode>()
                          : absl::MakeConstSpan(&node, 1);
  }

  void Wrong(const ConfigNode& node, absl::string_view wanted) {
    diagnostics_.Error(node,
                       node.is_scalar()
                           ? absl::StrCat("\"", node.scalar, "\" does not fit")
                           : absl::StrCat("is ", KindName(node.kind)),
                       absl::StrCat("write ", wanted));
  }

  Batch& batch_;
  Diagnostics& diagnostics_;
};

// A field `name` of the struct `Type` that is set to `value`; `node` is what
// was written, `entry` reads it, `it` is the object.
#define WD_SET(Type, name, member, value)                        \
  {                                                              \
    name, [](const ConfigNode& node, Entry& entry, Type& it) {   \
      it.member = static_cast<decltype(it.member)>(entry.value); \
    }                                                            \
  }

const Setter<Entity> kEntity[] = {
    WD_SET(Entity, "id", id, Text(node)),
    WD_SET(Entity, "type", type, Text(node)),
    WD_SET(Entity, "name", name, Text(node)),
    WD_SET(Entity, "relevance", relevance, Integer(node)),
    WD_SET(Entity, "via", via, Text(node)),
    WD_SET(Entity, "confidence", confidence, Number(node)),
    WD_SET(Entity, "links", links, Links(node))};

const Setter<Place> kPlace[] = {
    WD_SET(Place, "id", id, Text(node)),
    WD_SET(Place, "name", name, Text(node)),
    WD_SET(Place, "type", type, Text(node)),
    WD_SET(Place, "country", country, Text(node)),
    WD_SET(Place, "admin1", admin1, Text(node)),
    WD_SET(Place, "lat", lat, Number(node)),
    WD_SET(Place, "lon", lon, Number(node)),
    WD_SET(Place, "role", role, Text(node)),
    WD_SET(Place, "via", via, Text(node)),
    WD_SET(Place, "confidence", confidence, Number(node))};

const Setter<DateExpression> kDate[] = {
    WD_SET(DateExpression, "value", value, Text(node)),
    WD_SET(DateExpression, "type", type, Text(node))};

const Setter<Quote> kQuoteSpeaker[] = {
    WD_SET(Quote, "name", speaker_name, Text(node)),
    WD_SET(Quote, "entity", speaker_entity, Text(node))};

const Setter<Quote> kQuote[] = {
    {"speaker", [](const ConfigNode& node, Entry& entry,
                   Quote& it) { entry.Object(node, kQuoteSpeaker, it); }},
    WD_SET(Quote, "cue", cue, Text(node)),
    WD_SET(Quote, "kind", kind, Text(node))};

const Setter<EventParty> kParty[] = {
    WD_SET(EventParty, "entity", entity, Text(node)),
    WD_SET(EventParty, "place", place, Text(node)),
    WD_SET(EventParty, "text", text, Text(node)),
    WD_SET(EventParty, "sector", sector, Text(node))};

const Setter<Event> kEvent[] = {
    WD_SET(Event, "id", id, Text(node)),
    WD_SET(Event, "class", event_class, Text(node)),
    WD_SET(Event, "mode", mode, Text(node)),
    WD_SET(Event, "cameo", cameo, Text(node)),
    WD_SET(Event, "actors", actors, List(node, kParty)),
    WD_SET(Event, "recipients", recipients, List(node, kParty)),
    WD_SET(Event, "realis", realis, Text(node)),
    WD_SET(Event, "date", date, Text(node)),
    WD_SET(Event, "place", place, Text(node)),
    WD_SET(Event, "confidence", confidence, Number(node))};

const Setter<Topic> kTopic[] = {WD_SET(Topic, "id", id, Text(node)),
                                WD_SET(Topic, "name", name, Text(node)),
                                WD_SET(Topic, "slug", slug, Text(node)),
                                WD_SET(Topic, "parent", parent, Text(node)),
                                WD_SET(Topic, "score", score, Number(node))};

const Setter<Indicator> kIndicator[] = {
    WD_SET(Indicator, "type", type, Text(node)),
    WD_SET(Indicator, "value", value, Text(node))};

const Setter<Amount> kAmount[] = {WD_SET(Amount, "value", value, Number(node)),
                                  WD_SET(Amount, "unit", unit, Text(node))};

const Setter<Tone> kTone[] = {WD_SET(Tone, "score", score, Number(node)),
                              WD_SET(Tone, "positive", positive, Number(node)),
                              WD_SET(Tone, "negative", negative, Number(node))};

const Setter<Provider> kProvider[] = {
    WD_SET(Provider, "name", name, Text(node)),
    WD_SET(Provider, "domain", domain, Text(node)),
    WD_SET(Provider, "feed", feed, Text(node)),
    WD_SET(Provider, "country", country, Text(node))};

const Setter<Reuse> kReuse[] = {WD_SET(Reuse, "share", share, Number(node)),
                                WD_SET(Reuse, "words", words, Integer(node))};

const Setter<DedupeResult> kDedupe[] = {
    WD_SET(DedupeResult, "verdict", verdict,
           Choice(node, Verdict::kRevision, NameOf)),
    WD_SET(DedupeResult, "reason", reason,
           Choice(node, MatchReason::kContainment, NameOf)),
    WD_SET(DedupeResult, "similarity", similarity, Number(node)),
    WD_SET(DedupeResult, "cluster_size", cluster_size, Integer(node)),
    WD_SET(DedupeResult, "story_size", story_size, Integer(node)),
    WD_SET(DedupeResult, "novelty", novelty, Number(node)),
    WD_SET(DedupeResult, "first_seen", first_seen, Time(node)),
    WD_SET(DedupeResult, "reuse", reuse, List(node, kReuse))};

const Setter<EventRecord> kDateline[] = {
    WD_SET(EventRecord, "text", article.dateline, Text(node)),
    WD_SET(EventRecord, "place", dateline_place, Text(node))};

const Setter<EventRecord> kRecord[] = {
    WD_SET(EventRecord, "uri", dedupe.uri, Text(node)),
    WD_SET(EventRecord, "version", dedupe.version, Integer(node)),
    {"provider",
     [](const ConfigNode& node, Entry& entry, EventRecord& it) {
       entry.Object(node, kProvider, it.article.provider);
     }},
    WD_SET(EventRecord, "url", article.url, Text(node)),
    WD_SET(EventRecord, "canonical_url", article.canonical_url, Text(node)),
    {"headline",
     [](const ConfigNode& node, Entry& entry, EventRecord& it) {
       it.article.headline = entry.Text(node);
       it.headline_words = entry.Words(it.article.headline);
     }},
    WD_SET(EventRecord, "summary", article.summary, Text(node)),
    {"body",
     [](const ConfigNode& node, Entry& entry, EventRecord& it) {
       it.article.body = entry.Text(node);
       it.body_words = entry.Words(it.article.body);
     }},
    WD_SET(EventRecord, "byline", article.byline, Texts(node)),
    {"dateline", [](const ConfigNode& node, Entry& entry,
                    EventRecord& it) { entry.Object(node, kDateline, it); }},
    WD_SET(EventRecord, "language", language, Text(node)),
    WD_SET(EventRecord, "language_confidence", language_confidence,
           Number(node)),
    WD_SET(EventRecord, "published_at", article.published_at, Time(node)),
    WD_SET(EventRecord, "published_precision", article.published_precision,
           Choice(node, TimePrecision::kMonth, NameOf)),
    WD_SET(EventRecord, "updated_at", article.updated_at, Time(node)),
    WD_SET(EventRecord, "received_at", received_at, Time(node)),
    WD_SET(EventRecord, "status", article.status,
           Choice(node, PublicationStatus::kCanceled, NameOf)),
    WD_SET(EventRecord, "urgency", article.urgency, Integer(node)),
    WD_SET(EventRecord, "embargoed_until", article.embargoed_until, Time(node)),
    WD_SET(EventRecord, "categories", article.categories, Texts(node)),
    WD_SET(EventRecord, "word_count", body_words, BlankWords(node)),
    {"dedupe", [](const ConfigNode& node, Entry& entry,
                  EventRecord& it) { entry.Object(node, kDedupe, it.dedupe); }},
    WD_SET(EventRecord, "entities", entities, List(node, kEntity)),
    WD_SET(EventRecord, "places", places, List(node, kPlace)),
    WD_SET(EventRecord, "dates", dates, List(node, kDate)),
    WD_SET(EventRecord, "quotes", quotes, List(node, kQuote)),
    WD_SET(EventRecord, "events", events, List(node, kEvent)),
    WD_SET(EventRecord, "topics", topics, List(node, kTopic)),
    WD_SET(EventRecord, "indicators", indicators, List(node, kIndicator)),
    WD_SET(EventRecord, "amounts", amounts, List(node, kAmount)),
    {"tone",
     [](const ConfigNode& node, Entry& entry,
        EventRecord& it) { entry.Object(node, kTone, it.tone.emplace()); }},
    WD_SET(EventRecord, "tags", tags, Texts(node))};
#undef WD_SET

// The value of `key` in a mapping, made if it is not there.
ConfigNode& Child(ConfigNode& node, absl::string_view key) {
  node.kind = ConfigNode::Kind::kMapping;
  for (ConfigEntry& entry : node.entries) {
    if (entry.key == key) return entry.value;
  }
  node.entries.push_back({std::string(key), node.location, {}});
  return node.entries.back().value;
}

// Whether a part of a path names a list, whose items are then meant.
bool NamesList(absl::string_view name) {
  for (const absl::string_view each :
       {"entities", "places", "dates", "quotes", "events", "topics",
        "indicators", "amounts", "actors", "recipients"}) {
    if (name == each) return true;
  }
  return false;
}

}  // namespace

absl::Status AddAssignment(absl::string_view assignment, ConfigNode& fields) {
  const auto wrong = [&](absl::string_view why) {
    return absl::InvalidArgumentError(
        absl::StrCat("--set ", assignment, ": ", why));
  };
  const size_t equals = assignment.find('=');
  if (equals == 0 || equals == absl::string_view::npos) {
    return wrong("write field=value, such as language=de");
  }
  Diagnostics diagnostics;
  std::optional<ConfigNode> value = ParseYaml(
      assignment.substr(equals + 1), "--set", {}, nullptr, diagnostics);
  if (!value.has_value()) return wrong(diagnostics.Text());
  ConfigNode* node = &fields;
  const std::vector<absl::string_view> parts =
      absl::StrSplit(assignment.substr(0, equals), '.');
  for (size_t i = 0; i < parts.size(); ++i) {
    absl::string_view name = parts[i];
    uint32_t index = 0;
    const size_t bracket = name.find('[');
    const bool indexed = bracket != absl::string_view::npos;
    if (indexed) {
      absl::string_view number = name.substr(bracket + 1);
      if (!absl::ConsumeSuffix(&number, "]") ||
          !absl::SimpleAtoi(number, &index) || index >= kIndexMax) {
        return wrong("an item is named by its number, as topics[0].slug");
      }
      name = name.substr(0, bracket);
    }
    node = &Child(*node, name);
    if (!indexed && !(NamesList(name) && i + 1 < parts.size())) continue;
    node->kind = ConfigNode::Kind::kSequence;
    if (node->items.size() <= index) node->items.resize(index + 1);
    node = &node->items[index];
    if (node->is_null()) node->kind = ConfigNode::Kind::kMapping;
  }
  *node = *std::move(value);
  AssignPaths(fields);
  return absl::OkStatus();
}

void FillRecord(const ConfigNode& fields, Batch& batch, EventRecord& record,
                Diagnostics& diagnostics) {
  Entry(batch, diagnostics).Object(fields, kRecord, record);
}

}  // namespace wiredesk
