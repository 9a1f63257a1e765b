#include "pipeline/record/event_json_fields.h"

#include <cstring>

#include "pipeline/record/event_names.h"

namespace wiredesk {
namespace {

#define WD_FIELD(name, member) \
  { name, ",\"" name "\":", &EventFieldWriter::member }
constexpr EventField kFields[] = {
    WD_FIELD("schema", Schema),
    WD_FIELD("id", Id),
    WD_FIELD("uri", Uri),
    WD_FIELD("version", Version),
    WD_FIELD("origin", Origin),
    WD_FIELD("provider", Provider),
    WD_FIELD("url", Url),
    WD_FIELD("canonical_url", CanonicalUrl),
    WD_FIELD("headline", Headline),
    WD_FIELD("summary", Summary),
    WD_FIELD("body", Body),
    WD_FIELD("byline", Byline),
    WD_FIELD("dateline", Dateline),
    WD_FIELD("language", Language),
    WD_FIELD("language_confidence", LanguageConfidence),
    WD_FIELD("published_at", PublishedAt),
    WD_FIELD("published_precision", PublishedPrecision),
    WD_FIELD("updated_at", UpdatedAt),
    WD_FIELD("received_at", ReceivedAt),
    WD_FIELD("status", Status),
    WD_FIELD("urgency", Urgency),
    WD_FIELD("embargoed_until", EmbargoedUntil),
    WD_FIELD("categories", Categories),
    WD_FIELD("word_count", WordCount),
    WD_FIELD("dedupe", Dedupe),
    WD_FIELD("entities", Entities),
    WD_FIELD("places", Places),
    WD_FIELD("dates", Dates),
    WD_FIELD("quotes", Quotes),
    WD_FIELD("events", Events),
    WD_FIELD("topics", Topics),
    WD_FIELD("indicators", Indicators),
    WD_FIELD("amounts", Amounts),
    WD_FIELD("tone", ToneField),
    WD_FIELD("tags", Tags),
    WD_FIELD("routes", Routes),
    WD_FIELD("processing", Processing),
};
#undef WD_FIELD

// A literal's bytes; its length is known when this is compiled.
template <size_t kSize>
char* WriteLiteral(const char (&literal)[kSize], char* out) {
  std::memcpy(out, literal, kSize - 1);
  return out + kSize - 1;
}

}  // namespace

void WriteHex(RecordId id, char* out) {
  constexpr char kDigits[] = "0123456789abcdef";
  for (const uint64_t half : {id.high, id.low}) {
    for (int shift = 60; shift >= 0; shift -= 4) {
      *out++ = kDigits[(half >> shift) & 15];
    }
  }
}

void AppendHex(RecordId id, std::string& out) {
  char digits[kHexDigits];
  WriteHex(id, digits);
  out.append(digits, kHexDigits);
}

absl::string_view UriOf(const EventRecord& record) {
  for (const absl::string_view uri :
       {record.dedupe.uri, record.article.guid, record.article.canonical_url}) {
    if (!uri.empty()) {
      return uri;
    }
  }
  return {};
}

// Half of a record's pieces are of mentions, so that one takes its room at
// once.
void EventFieldWriter::SpanWithText(const Mention& mention) {
  constexpr size_t kFixedSizeMax = 64 + 2 * kNumberSizeMax;
  constexpr size_t kOneRoomMax = 1024;
  const absl::string_view text = TextOf(mention.field);
  const size_t begin = std::min<size_t>(mention.begin, text.size());
  const absl::string_view own =
      text.substr(begin, mention.end > begin ? mention.end - begin : 0);
  const bool is_short = own.size() <= kOneRoomMax;
  char* out = out_->AppendBegin(kFixedSizeMax +
                                EscapedSizeMax(is_short ? own.size() : 0));
  out = mention.field == Field::kHeadline
            ? WriteLiteral(R"("field":"headline","start":)", out)
            : WriteLiteral(R"("field":"body","start":)", out);
  const auto [start, end] = Offsets(mention);
  out = WriteInteger(start, out);
  out = WriteLiteral(R"(,"end":)", out);
  out = WriteInteger(end, out);
  out = WriteLiteral(R"(,"text":)", out);
  if (!is_short) {
    out_->EndAt(out);
    String(own);
    return;
  }
  *out++ = '"';
  out = WriteEscaped(own, out);
  *out++ = '"';
  out_->EndAt(out);
}

void EventFieldWriter::Uri() {
  const absl::string_view uri = UriOf(record_);
  uri.empty() ? Hex(record_.id) : String(uri);
}

void EventFieldWriter::Origin() {
  Put(R"({"topic":)");
  std::string topic;
  AppendJsonBytes(raw_.origin.topic, topic);
  Put(topic);
  Put(R"(,"partition":)");
  Integer(raw_.origin.partition);
  Put(R"(,"offset":)");
  Integer(raw_.origin.offset);
  Put(R"(,"item":)");
  Integer(record_.item);
  Put("}");
}

void EventFieldWriter::Provider() {
  const wiredesk::Provider& provider = record_.article.provider;
  Put(R"({"name":)");
  Text(provider.name);
  Put(R"(,"domain":)");
  Text(provider.domain);
  Put(R"(,"feed":)");
  Text(provider.feed);
  Put(R"(,"country":)");
  Text(provider.country);
  Put("}");
}

void EventFieldWriter::Dateline() {
  if (record_.article.dateline.empty()) {
    Put("null");
    return;
  }
  Put(R"({"text":)");
  String(record_.article.dateline);
  Put(R"(,"place":)");
  Text(record_.dateline_place);
  Put("}");
}

void EventFieldWriter::Urgency() {
  record_.article.urgency > 0 ? Integer(record_.article.urgency) : Put("null");
}

void EventFieldWriter::Dedupe() {
  const DedupeResult& dedupe = record_.dedupe;
  Put(R"({"verdict":)");
  String(VerdictName(dedupe.verdict));
  Put(R"(,"of":)");
  Hex(dedupe.of);
  Put(R"(,"reason":)");
  Text(ReasonName(dedupe.reason));
  Put(R"(,"similarity":)");
  Number(dedupe.similarity);
  Put(R"(,"cluster":)");
  Hex(dedupe.cluster);
  Put(R"(,"cluster_size":)");
  Integer(dedupe.cluster_size);
  Put(R"(,"story":)");
  Hex(dedupe.story);
  Put(R"(,"story_size":)");
  Integer(dedupe.story_size);
  Put(R"(,"novelty":)");
  Number(dedupe.novelty);
  Put(R"(,"first_seen":)");
  Time(dedupe.first_seen);
  Put("}");
}

void EventFieldWriter::OneEntity(const Entity& entity) {
  Put(R"({"id":)");
  String(entity.id);
  Put(R"(,"type":)");
  String(entity.type);
  Put(R"(,"name":)");
  String(entity.name);
  Put(R"(,"relevance":)");
  Integer(entity.relevance);
  Put(R"(,"via":)");
  Text(entity.via);
  Put(R"(,"confidence":)");
  Number(entity.confidence);
  Put(R"(,"links":{)");
  for (const Link& link : entity.links) {
    if (&link != entity.links.data()) {
      Put(",");
    }
    String(link.scheme);
    Put(":");
    String(link.id);
  }
  Put(R"(},"mentions":)");
  Mentions(entity.mentions);
  Put("}");
}

void EventFieldWriter::Entities() {
  List(Fanned("entities", record_.entities),
       [this](const Entity& entity) { OneEntity(entity); });
}

void EventFieldWriter::OnePlace(const Place& place) {
  Put(R"({"id":)");
  String(place.id);
  Put(R"(,"name":)");
  String(place.name);
  Put(R"(,"type":)");
  String(place.type);
  Put(R"(,"country":)");
  Text(place.country);
  Put(R"(,"admin1":)");
  Text(place.admin1);
  Put(R"(,"lat":)");
  Coordinate(place.lat);
  Put(R"(,"lon":)");
  Coordinate(place.lon);
  Put(R"(,"role":)");
  String(place.role);
  Put(R"(,"via":)");
  Text(place.via);
  Put(R"(,"confidence":)");
  Number(place.confidence);
  Put(R"(,"mentions":)");
  Mentions(place.mentions);
  Put("}");
}

void EventFieldWriter::Places() {
  List(Fanned("places", record_.places),
       [this](const Place& place) { OnePlace(place); });
}

void EventFieldWriter::Dates() {
  List(Fanned("dates", record_.dates), [this](const DateExpression& date) {
    Put(R"({"value":)");
    String(date.value);
    Put(",");
    SpanWithText(date.mention);
    Put(R"(,"type":)");
    String(date.type);
    Put("}");
  });
}

void EventFieldWriter::OneQuote(const Quote& quote) {
  Put("{");
  SpanWithText(quote.mention);
  Put(R"(,"speaker":)");
  if (quote.speaker_name.empty() && quote.speaker_entity.empty() &&
      !quote.speaker_mention.has_value()) {
    Put("null");
  } else {
    Put(R"({"name":)");
    Text(quote.speaker_name);
    Put(R"(,"entity":)");
    Text(quote.speaker_entity);
    Put(",");
    quote.speaker_mention.has_value() ? Span(*quote.speaker_mention)
                                      : Put(R"("start":null,"end":null)");
    Put("}");
  }
  Put(R"(,"cue":)");
  Text(quote.cue);
  Put(R"(,"kind":)");
  String(quote.kind);
  Put("}");
}

void EventFieldWriter::Quotes() {
  List(Fanned("quotes", record_.quotes),
       [this](const Quote& quote) { OneQuote(quote); });
}

void EventFieldWriter::Parties(absl::Span<const EventParty> parties) {
  List(parties, [this](const EventParty& party) {
    Put(R"({"entity":)");
    Text(party.entity);
    Put(R"(,"place":)");
    Text(party.place);
    Put(R"(,"text":)");
    Text(party.text);
    Put(R"(,"sector":)");
    Text(party.sector);
    Put("}");
  });
}

void EventFieldWriter::OneEvent(const Event& event) {
  Put(R"({"id":)");
  String(event.id);
  Put(R"(,"class":)");
  String(event.event_class);
  Put(R"(,"mode":)");
  Text(event.mode);
  Put(R"(,"cameo":)");
  Text(event.cameo);
  Put(R"(,"actors":)");
  Parties(event.actors);
  Put(R"(,"recipients":)");
  Parties(event.recipients);
  Put(R"(,"realis":)");
  Text(event.realis);
  Put(R"(,"date":)");
  Text(event.date);
  Put(R"(,"place":)");
  Text(event.place);
  Put(R"(,"evidence":)");
  MentionObject(event.evidence);
  Put(R"(,"confidence":)");
  Number(event.confidence);
  Put(R"(,"trigger":)");
  MentionObject(event.trigger);
  Put("}");
}

void EventFieldWriter::Events() {
  List(Fanned("events", record_.events),
       [this](const Event& event) { OneEvent(event); });
}

void EventFieldWriter::Topics() {
  List(Fanned("topics", record_.topics), [this](const Topic& topic) {
    Put(R"({"id":)");
    String(topic.id);
    Put(R"(,"name":)");
    String(topic.name);
    Put(R"(,"slug":)");
    Text(topic.slug);
    Put(R"(,"parent":)");
    Text(topic.parent);
    Put(R"(,"score":)");
    Number(topic.score);
    Put(R"(,"evidence":)");
    Mentions(topic.evidence);
    Put("}");
  });
}

void EventFieldWriter::Indicators() {
  List(Fanned("indicators", record_.indicators), [this](const Indicator& each) {
    Put(R"({"type":)");
    String(each.type);
    Put(R"(,"value":)");
    String(each.value);
    Put(R"(,"mentions":)");
    Mentions(each.mentions);
    Put("}");
  });
}

void EventFieldWriter::Amounts() {
  List(Fanned("amounts", record_.amounts), [this](const Amount& amount) {
    Put(R"({"value":)");
    Number(amount.value);
    Put(R"(,"unit":)");
    Text(amount.unit);
    Put(",");
    SpanWithText(amount.mention);
    Put("}");
  });
}

void EventFieldWriter::ToneField() {
  if (!record_.tone.has_value()) {
    Put("null");
    return;
  }
  Put(R"({"score":)");
  Number(record_.tone->score);
  Put(R"(,"positive":)");
  Number(record_.tone->positive);
  Put(R"(,"negative":)");
  Number(record_.tone->negative);
  Put("}");
}

void EventFieldWriter::Routes() {
  Put("[");
  bool first = true;
  for (const Destination& each : record_.destinations) {
    if (each.fan_out_item > 0) {
      continue;  // the route stands there with its first item
    }
    Put(first ? R"({"route":)" : R"(,{"route":)");
    first = false;
    String(each.route);
    Put(R"(,"topic":)");
    String(each.topic);
    Put("}");
  }
  Put("]");
}

absl::Span<const EventField> EventFields() { return kFields; }

}  // namespace wiredesk
