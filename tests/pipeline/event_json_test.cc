// What downstream reads. Records are made by hand, written, parsed again with
// simdjson, and held against the published schema; numbers, times, escapes and
// spans have tables of their own.

#include "pipeline/record/event_json.h"

#include <simdjson.h>

#include <limits>
#include <random>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/record/batch.h"
#include "pipeline/record/code_point_index.h"
#include "pipeline/record/dead_letter_json.h"
#include "tests/pipeline/json_schema.h"

namespace wiredesk {
namespace {

using simdjson::dom::element;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Mention kNato{Field::kBody, 0, 4};
constexpr Mention kHeadWord{Field::kHeadline, 3, 6};

element Parse(simdjson::dom::parser& parser, const std::string& json) {
  return parser.parse(json).value();
}

std::string At(element value, const std::string& pointer) {
  return simdjson::minify(value.at_pointer(pointer).value());
}

// A record with every field set, in a batch that keeps it.
class EventJsonTest : public ::testing::Test {
 protected:
  EventJsonTest() : batch_({}), json_({"1.2.3", "c0ffee", "g1"}) {
    const Header trace{
        "traceparent",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"};
    batch_.Append({"news.raw", 3, 42}, "key", "{}", {&trace, 1}, {});
    record_ = &batch_.AddArticle(0, 5);
    FillArticle();
    FillTags();
    FillEvent();
  }

  void FillArticle() {
    Article& article = record_->article;
    article.provider = {"Example Wire", "example.org", "", "KR"};
    article.url = "https://example.org/a?x=1";
    article.canonical_url = "https://example.org/a";
    article.headline =
        "\xC3\x9C"
        "b \"ab\"";
    article.body = "NATO met.\n\nIn S\xC3\xA3o Paulo, it rained.";
    byline_ = {"A. Writer", "B. Writer"};
    article.byline = byline_;
    article.dateline = "SEOUL, July 11";
    article.published_at = absl::FromUnixSeconds(1720675800);
    article.published_precision = TimePrecision::kMinute;
    article.urgency = 4;
    record_->received_at = absl::FromUnixMillis(1720675801250);
    record_->id = {0x0123456789abcdef, 0xff};
    record_->dedupe.verdict = Verdict::kNear;
    record_->dedupe.reason = MatchReason::kSimilarity;
    record_->dedupe.similarity = 0.91239;
    record_->dedupe.of = {1, 2};
    record_->dedupe.cluster = {1, 2};
    record_->dedupe.story = {3, 4};
    record_->dedupe.uri = "guid-1";
    record_->dedupe.first_seen = record_->received_at;
    record_->language = "en";
    record_->language_confidence = 1;
  }

  void FillTags() {
    static const Link kLink{"wikidata", "Q7184"};
    entities_ = {{"org:nato",
                  "organization",
                  "NATO",
                  80,
                  "gazetteer",
                  0.5,
                  {&kLink, 1},
                  {&kNato, 1}},
                 {"x:it", "other", "It", 1, "acronym", 1, {}, {}}};
    places_ = {{"geonames:1",
                "Sao Paulo",
                "city",
                "BR",
                "",
                -23.55,
                -46.63333,
                "mentioned",
                "gazetteer",
                1,
                {&kHeadWord, 1}}};
    dates_ = {{"2024-07-11", {Field::kBody, 5, 8}, DateType::kDate}};
    quotes_ = {
        {{Field::kBody, 5, 8}, "NATO", "", kNato, "said", QuoteKind::kDirect},
        {{Field::kBody, 5, 8}, "", "", {}, "", QuoteKind::kMixed}};
    topics_ = {{"medtop:1", "Politics", "politics", "", 0.75, {&kNato, 1}}};
    indicators_ = {{IndicatorType::kCve, "CVE-2024-1234", {&kNato, 1}}};
    amounts_ = {{2.5e6, "USD", {Field::kBody, 5, 8}}};
    tags_ = {"watch"};
    record_->entities = entities_;
    record_->places = places_;
    record_->dates = dates_;
    record_->quotes = quotes_;
    record_->topics = topics_;
    record_->indicators = indicators_;
    record_->amounts = amounts_;
    record_->tags = tags_;
    record_->tone = Tone{-0.25, 0.1, 0.35};
  }

  void FillEvent() {
    static const EventParty kActor{"org:nato", "", "NATO", "IGO"};
    events_.emplace_back();
    Event& event = events_.back();
    event.id = "e1";
    event.event_class = "CONSULT";
    event.realis = "actual";
    event.actors = {&kActor, 1};
    event.evidence = {Field::kBody, 0, 9};
    record_->events = events_;
    destinations_.resize(2);
    destinations_[0].route = "default";
    destinations_[0].topic = "news.events";
    destinations_[1].route = "copies";
    destinations_[1].topic = "news.duplicates";
    record_->destinations = destinations_;
  }

  std::string Write(const Destination* destination = nullptr) {
    std::string out;
    json_.Append(*record_, batch_.raw_records()[0], destination, out);
    return out;
  }

  Batch batch_;
  EventJson json_;
  EventRecord* record_;
  std::vector<absl::string_view> byline_;
  std::vector<absl::string_view> tags_;
  std::vector<Entity> entities_;
  std::vector<Place> places_;
  std::vector<DateExpression> dates_;
  std::vector<Quote> quotes_;
  std::vector<Event> events_;
  std::vector<Topic> topics_;
  std::vector<Indicator> indicators_;
  std::vector<Amount> amounts_;
  std::vector<Destination> destinations_;
  simdjson::dom::parser parser_;
};

TEST_F(EventJsonTest, IsAsTheSchemaSays) {
  simdjson::dom::parser schema_parser;
  JsonSchema schema(
      schema_parser.load(WIREDESK_SOURCE_DIR "/docs/record.schema.json")
          .value());
  EXPECT_THAT(schema.Check(Parse(parser_, Write())), IsEmpty());
  *record_ = EventRecord();
  record_->id = {1, 1};
  EXPECT_THAT(schema.Check(Parse(parser_, Write())), IsEmpty()) << Write();
}

TEST_F(EventJsonTest, HasEveryFieldOnceAndInOrder) {
  std::vector<std::string> names;
  for (const auto& field : simdjson::dom::object(Parse(parser_, Write()))) {
    names.emplace_back(field.key);
  }
  std::vector<std::string> expected;
  for (const absl::string_view name : EventFieldNames()) {
    expected.emplace_back(name);
  }
  EXPECT_EQ(names, expected);
}

TEST_F(EventJsonTest, CountsSpansInCodePoints) {
  const element json = Parse(parser_, Write());
  EXPECT_EQ(At(json, "/entities/0/mentions/0"),
            R"({"field":"body","start":0,"end":4,"text":"NATO"})");
  EXPECT_EQ(At(json, "/places/0/mentions/0"),
            R"({"field":"headline","start":2,"end":5,"text":" \"a"})");
  EXPECT_EQ(At(json, "/events/0/trigger"), "null");
}

TEST_F(EventJsonTest, SaysWhoSpokeOrNull) {
  const element json = Parse(parser_, Write());
  EXPECT_EQ(At(json, "/quotes/0/speaker"),
            R"({"name":"NATO","entity":null,"start":0,"end":4})");
  EXPECT_EQ(At(json, "/quotes/1/speaker"), "null");
}

TEST_F(EventJsonTest, WritesIdsTimesAndNumbers) {
  const element json = Parse(parser_, Write());
  EXPECT_EQ(At(json, "/id"), R"("0123456789abcdef00000000000000ff")");
  EXPECT_EQ(At(json, "/published_at"), R"("2024-07-11T05:30:00Z")");
  EXPECT_EQ(At(json, "/received_at"), R"("2024-07-11T05:30:01.250Z")");
  EXPECT_EQ(At(json, "/dedupe/similarity"), "0.9124");
  EXPECT_EQ(At(json, "/origin"),
            R"({"topic":"news.raw","partition":3,"offset":42,"item":5})");
  EXPECT_EQ(At(json, "/processing"),
            R"({"wiredesk":"1.2.3","config":"c0ffee","gazetteer":"g1"})");
}

TEST_F(EventJsonTest, NamesTheArticleEvenWithoutDedupe) {
  record_->dedupe.uri = {};
  EXPECT_EQ(At(Parse(parser_, Write()), "/uri"), R"("https://example.org/a")");
  record_->article.canonical_url = {};
  EXPECT_EQ(At(Parse(parser_, Write()), "/uri"),
            R"("0123456789abcdef00000000000000ff")");
}

TEST_F(EventJsonTest, ProjectsFieldsAndTheirParts) {
  const std::vector<absl::string_view> fields = {"id", "dedupe.story",
                                                 "entities.name", "tags"};
  destinations_[0].fields = fields;
  EXPECT_EQ(Write(&destinations_[0]),
            R"({"id":"0123456789abcdef00000000000000ff",)"
            R"("dedupe":{"story":"00000000000000030000000000000004"},)"
            R"("entities":[{"name":"NATO"},{"name":"It"}],"tags":["watch"]})");
}

// What a projection gives, in the order of the contract.
TEST_F(EventJsonTest, ProjectsWhatPathsReach) {
  struct Case {
    std::vector<absl::string_view> fields;
    std::string json;
  };
  record_->article.dateline = "";
  for (const Case& each : std::vector<Case>{
           {{"dateline.text"}, R"({"dateline":null})"},
           {{"quotes.speaker.name", "quotes.start"},
            R"({"quotes":[{"start":5,"speaker":{"name":"NATO"}},)"
            R"({"start":5,"speaker":null}]})"},
           {{"entities.links.wikidata"},
            R"({"entities":[{"links":{"wikidata":"Q7184"}},{"links":{}}]})"},
           {{"dates.text", "dates.value"},
            R"({"dates":[{"value":"2024-07-11","text":"met"}]})"},
           {{"origin.offset", "origin.item"},
            R"({"origin":{"offset":42,"item":5}})"},
           {{"routes.topic"},
            R"({"routes":[{"topic":"news.events"},)"
            R"({"topic":"news.duplicates"}]})"},
           {{"headline.size", "byline.given"},
            "{\"headline\":\"\xC3\x9C"
            R"(b \"ab\"","byline":)"
            R"(["A. Writer","B. Writer"]})"},
           {{"events.trigger.text"}, R"({"events":[{"trigger":null}]})"},
           {{"processing.config"}, R"({"processing":{"config":"c0ffee"}})"},
           {{"headlines", "dedupe.sto"}, R"({"dedupe":{}})"}}) {
    destinations_[0].fields = each.fields;
    EXPECT_EQ(Write(&destinations_[0]), each.json);
  }
}

// A mention is written at once, not field by field; the walk is the witness.
TEST_F(EventJsonTest, MentionsAreAsTheirTableSays) {
  for (const absl::string_view whole :
       {"entities.mentions", "places.mentions", "topics.evidence"}) {
    const absl::string_view one[] = {whole};
    destinations_[0].fields = one;
    const std::string at_once = Write(&destinations_[0]);
    std::vector<std::string> parts;
    for (const char* part : {".field", ".start", ".end", ".text"}) {
      parts.push_back(std::string(whole) + part);
    }
    const std::vector<absl::string_view> paths(parts.begin(), parts.end());
    destinations_[0].fields = paths;
    EXPECT_EQ(Write(&destinations_[0]), at_once);
  }
}

TEST_F(EventJsonTest, FansOutOneItem) {
  destinations_[1].fan_out = "entities";
  destinations_[1].fan_out_item = 1;
  const element json = Parse(parser_, Write(&destinations_[1]));
  EXPECT_EQ(At(json, "/entities/0/id"), R"("x:it")");
  EXPECT_EQ(simdjson::dom::array(json["entities"]).size(), 1);
  EXPECT_EQ(simdjson::dom::array(json["routes"]).size(), 1);
}

TEST_F(EventJsonTest, WritesTheWholeRecordOnceForAllDestinations) {
  std::vector<std::pair<std::string, const char*>> seen;
  ASSERT_TRUE(
      json_
          .ForEachMessage(
              *record_, batch_.raw_records()[0],
              [&](const Destination& destination, absl::string_view json) {
                seen.emplace_back(destination.topic, json.data());
                EXPECT_EQ(json, Write());
                return absl::OkStatus();
              })
          .ok());
  ASSERT_EQ(seen.size(), 2);
  EXPECT_EQ(seen[0].second, seen[1].second);
}

TEST_F(EventJsonTest, SpansBeyondTheTextAreCut) {
  dates_[0].mention = {Field::kBody, 30, 4000};
  quotes_[0].mention = {Field::kHeadline, 4000, 5000};
  const element json = Parse(parser_, Write());
  EXPECT_EQ(At(json, "/dates/0/end"), "35");
  EXPECT_EQ(At(json, "/quotes/0/text"), "\"\"");
}

TEST_F(EventJsonTest, AFileNameThatIsNoUtf8StaysValidJson) {
  batch_.mutable_raw_records()[0].origin.topic = "a\xFF\xC3.json";
  EXPECT_EQ(At(Parse(parser_, Write()), "/origin/topic"),
            "\"a\xEF\xBF\xBD\xEF\xBF\xBD.json\"");
}

TEST_F(EventJsonTest, HeadersAreCloudEvents) {
  destinations_[0].fan_out = "entities";
  const Header desk{"desk", "world"};
  destinations_[0].headers = {&desk, 1};
  HeaderList list;
  AppendHeaders(*record_, batch_.raw_records()[0], destinations_[0], list);
  std::vector<std::string> lines;
  for (const Header& header : list.headers()) {
    lines.push_back(std::string(header.name) + "=" + std::string(header.value));
  }
  EXPECT_THAT(
      lines,
      ElementsAre(
          "ce_specversion=1.0",
          "ce_id=0123456789abcdef00000000000000ff/entities/0",
          "ce_source=/wiredesk/news.raw", "ce_type=wiredesk.event-record.v1",
          "ce_time=2024-07-11T05:30:01.250Z", "ce_subject=guid-1",
          "content-type=application/json",
          "traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
          "desk=world"));
}

TEST_F(EventJsonTest, AHeaderSaysThatTheInputHadFaults) {
  const auto says = [this] {
    HeaderList list;
    AppendHeaders(*record_, batch_.raw_records()[0], destinations_[0], list);
    for (const Header& header : list.headers()) {
      if (header.name == "malformed") return std::string(header.value);
    }
    return std::string("nothing");
  };
  EXPECT_EQ(says(), "nothing");
  batch_.mutable_raw_records()[0].malformed = true;
  EXPECT_EQ(says(), "true");
}

TEST_F(EventJsonTest, TheKeyIsTheStoryUnlessTheRouteSaysOtherwise) {
  std::string key;
  AppendKey(*record_, destinations_[0], key);
  EXPECT_EQ(key, "00000000000000030000000000000004");
  destinations_[0].key = "KR";
  key.clear();
  AppendKey(*record_, destinations_[0], key);
  EXPECT_EQ(key, "KR");
}

TEST(DeadLetterJsonTest, KeepsTheBytesAndSaysWhy) {
  struct Case {
    std::string value;
    std::string expected;
  };
  for (const Case& each : {Case{"{\"a\":\n", R"({"value":"{\"a\":\n",)"},
                           Case{"\xFF\x01", R"({"value_base64":"/wE=",)"},
                           Case{"", R"({"value":"",)"}}) {
    Batch batch({});
    const Header header{"wd_reason", "old"};
    const Header kept{"wd_redrives", "1"};
    const Header both[] = {header, kept};
    batch.Append({"in", 1, 7}, "", each.value, both, {});
    batch.DeadLetter(0, "parse", "json", "at 3", 2);
    HeaderList headers;
    std::string line;
    AppendDeadLetterLine(batch.raw_records()[0], headers, line);
    EXPECT_EQ(line,
              each.expected +
                  R"("headers":{"wd_redrives":"1","wd_stage":"parse",)"
                  R"("wd_reason":"json","wd_detail":"at 3","wd_topic":"in",)"
                  R"("wd_partition":"1","wd_offset":"7","wd_item":"2"}})");
  }
}

TEST(JsonTextTest, Numbers) {
  struct Case {
    double value;
    std::string text;
  };
  for (const Case& each :
       std::vector<Case>{{0, "0"},
                         {-0.0, "0"},
                         {0.00004, "0"},
                         {0.00005, "0.0001"},
                         {-0.5, "-0.5"},
                         {0.1 + 0.2, "0.3"},
                         {126.9784, "126.9784"},
                         {1720675800, "1720675800"},
                         {1e15, "1e+15"},
                         {2.5e11, "250000000000"},
                         {std::numeric_limits<double>::infinity(), "null"}}) {
    std::string out;
    AppendJsonNumber(each.value, out);
    EXPECT_EQ(out, each.text);
  }
}

TEST(JsonTextTest, Times) {
  struct Case {
    int64_t millis;
    std::string text;
  };
  for (const Case& each :
       std::vector<Case>{{0, "1970-01-01T00:00:00Z"},
                         {-1, "1969-12-31T23:59:59.999Z"},
                         {951782400000, "2000-02-29T00:00:00Z"},
                         {253402300799999, "9999-12-31T23:59:59.999Z"},
                         {253402300800000, ""},
                         {-62167219200000, "0000-01-01T00:00:00Z"}}) {
    std::string out;
    AppendRfc3339(absl::FromUnixMillis(each.millis), out);
    EXPECT_EQ(out, each.text);
  }
}

// Against Abseil, which is slower and needs no trust.
TEST(JsonTextTest, TimesAgreeWithAbseil) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20000; ++i) {
    const absl::Time time = absl::FromUnixSeconds(
        static_cast<int64_t>(random() % 315569520000) - 62167219200);
    std::string out;
    AppendRfc3339(time, out);
    EXPECT_EQ(out, absl::FormatTime("%E4Y-%m-%dT%H:%M:%SZ", time,
                                    absl::UTCTimeZone()));
  }
}

TEST(JsonTextTest, EscapesEveryByteThatNeedsIt) {
  std::mt19937_64 random(11);
  simdjson::dom::parser parser;
  for (int i = 0; i < 2000; ++i) {
    std::string text;
    for (size_t length = random() % 40; text.size() < length;) {
      text += static_cast<char>(random() % 3 == 0 ? random() % 32
                                                  : 32 + random() % 96);
    }
    std::string json;
    AppendJsonString(text, json);
    EXPECT_EQ(std::string(parser.parse(json).get_string().value()), text);
  }
}

TEST(JsonTextTest, CodePointsAgreeWithCountingThem) {
  std::mt19937_64 random(13);
  const std::vector<std::string> letters = {"a", "\xC3\xA9", "\xE4\xB8\xAD",
                                            "\xF0\x9F\x98\x80"};
  for (int i = 0; i < 300; ++i) {
    std::string text;
    std::vector<uint32_t> begins;
    for (size_t count = random() % 200; begins.size() < count;) {
      begins.push_back(static_cast<uint32_t>(text.size()));
      text += letters[random() % letters.size()];
    }
    CodePointIndex index;
    index.Reset(text);
    for (uint32_t n = 0; n < begins.size(); ++n) {
      EXPECT_EQ(index.At(begins[n]), n);
    }
    EXPECT_EQ(index.At(static_cast<uint32_t>(text.size())), begins.size());
  }
}

}  // namespace
}  // namespace wiredesk
