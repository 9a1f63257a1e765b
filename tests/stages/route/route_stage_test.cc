// Routing as an operator sees it: configurations in YAML, records by hand,
// destinations out; and what a wrong configuration is told.

#include "stages/route/route_stage.h"

#include <string>
#include <vector>

#include "config/config.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/record/batch.h"

namespace wiredesk {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::shared_ptr<const RouteTree> Load(const std::string& yaml,
                                      Diagnostics& diagnostics) {
  const Config config = ParseConfig(yaml, "c.yaml", {}, diagnostics);
  const RouteOptions options = DecodeRouteOptions(config, diagnostics);
  return MakeRouteTree(options,
                       {{"news.raw", "^feeds[.]"}, "app.sightings", "dead"},
                       diagnostics);
}

std::string Complaints(const std::string& yaml) {
  Diagnostics diagnostics;
  Load(yaml, diagnostics);
  return diagnostics.Text();
}

class RouteStageTest : public ::testing::Test {
 protected:
  RouteStageTest() : batch_({}) {
    batch_.Append({"news.raw", 0, 1}, "", "{}", {}, {});
    record_ = &batch_.AddArticle(0, 0);
    record_->language = "de";
    record_->article.headline = "Zinsen steigen";
    record_->article.body = "The central bank raised interest rates.";
    static const Topic kTopics[] = {
        {"topic:economy", "Economy", "economy", "", 0.9, {}},
        {"topic:politics", "Politics", "politics", "", 0.4, {}}};
    static const Place kPlaces[] = {{"geonames:1",
                                     "Vienna",
                                     "city",
                                     "AT",
                                     "",
                                     48.2,
                                     16.37,
                                     "event",
                                     "",
                                     1,
                                     {}}};
    static const Link kLinks[] = {{"wikidata", "Q1"}};
    static const Entity kEntities[] = {
        {"org:ecb", "organization", "ECB", 80, "", 1, kLinks, {}},
        {"person:a", "person", "A", 10, "", 1, {}, {}}};
    record_->topics = kTopics;
    record_->places = kPlaces;
    record_->entities = kEntities;
  }

  // "route>topic" of each destination.
  std::vector<std::string> Route(const std::string& yaml) {
    Diagnostics diagnostics;
    const std::shared_ptr<const RouteTree> tree = Load(yaml, diagnostics);
    EXPECT_EQ(diagnostics.errors(), 0) << diagnostics.Text();
    if (tree == nullptr) {
      return {};
    }
    RouteStage stage(tree, &ledger_);
    EXPECT_TRUE(stage.Process(batch_).ok());
    std::vector<std::string> found;
    for (const Destination& each : record_->destinations) {
      found.push_back(std::string(each.route) + ">" + std::string(each.topic));
    }
    return found;
  }

  bool Holds(const std::string& when) {
    CelEnvironment environment;
    environment.record = &RecordStruct();
    CelProgram program;
    CelFault fault;
    const CelNodeId id = program.Add(environment, when, CelKind::kBool, fault);
    EXPECT_NE(id, kCelNone) << ToString(fault, when);
    CelEvaluator evaluator(program);
    evaluator.Begin(record_);
    return id != kCelNone && evaluator.Holds(id);
  }

  Batch batch_;
  EventRecord* record_;
  RouteLedger ledger_;
};

TEST_F(RouteStageTest, WithoutConfigurationDuplicatesGoApart) {
  EXPECT_THAT(Route(""), ElementsAre("default>news.events"));
  record_->dedupe.verdict = Verdict::kNear;
  EXPECT_THAT(Route(""), ElementsAre("duplicates>news.duplicates"));
  record_->dedupe.verdict = Verdict::kRevision;
  EXPECT_THAT(Route(""), ElementsAre("default>news.events"));
}

TEST_F(RouteStageTest, TheFirstMatchWinsUnlessItContinues) {
  EXPECT_THAT(Route("route:\n"
                    "  default: {to: rest}\n"
                    "  routes:\n"
                    "  - {name: all, when: 'true', to: all, continue: true}\n"
                    "  - {name: fr, when: language == 'fr', to: fr}\n"
                    "  - {name: de, when: language == 'de', to: [de, eu]}\n"
                    "  - {name: late, when: language != 'x', to: late}\n"),
              ElementsAre("all>all", "de>de", "de>eu"));
}

TEST_F(RouteStageTest, ChildrenInheritAndFallBackToTheirParent) {
  const std::string yaml =
      "route:\n"
      "  default: {to: rest}\n"
      "  routes:\n"
      "  - name: europe\n"
      "    when: places.exists(p, p.country == 'AT')\n"
      "    to: eu.{language}\n"
      "    routes:\n"
      "    - {name: money, when: \"topics[0].slug == 'economy'\"}\n"
      "    - {name: sport, when: \"topics[0].slug == 'sport'\", to: sport}\n";
  EXPECT_THAT(Route(yaml), ElementsAre("money>eu.de"));
  record_->topics = record_->topics.subspan(1);
  EXPECT_THAT(Route(yaml), ElementsAre("europe>eu.de"));
}

TEST_F(RouteStageTest, TemplatesNameNoMoreTopicsThanTheyMay) {
  const std::string yaml =
      "route:\n"
      "  topics_max: 2\n"
      "  default: {to: rest}\n"
      "  routes:\n"
      "  - {name: all, to: ['n.{language}', fixed]}\n";
  const std::pair<const char*, const char*> cases[] = {{"aa", "all>n.aa"},
                                                       {"bb", "all>n.bb"},
                                                       {"cc", "all>rest"},
                                                       {"aa", "all>n.aa"},
                                                       {"dd", "all>rest"}};
  for (const auto& [language, first] : cases) {
    record_->language = language;
    EXPECT_THAT(Route(yaml), ElementsAre(first, "all>fixed")) << language;
  }
  ASSERT_EQ(batch_.withheld().size(), 1);
  EXPECT_EQ(batch_.withheld()[0].reason, "topics_max");
  EXPECT_EQ(batch_.withheld()[0].records, 2);
}

TEST_F(RouteStageTest, WhatIsEmptyIsNotWhatIsLeftOut) {
  EXPECT_EQ(Complaints("workers: 1\n"), "");
  EXPECT_THAT(Complaints("route:\n  routes:\n"),
              HasSubstr("route.routes: has no value"));
  EXPECT_THAT(Complaints("route: {}\n"),
              HasSubstr("route: has neither routes nor a default"));
  EXPECT_THAT(Complaints("route:\n"), HasSubstr("has neither routes"));
  EXPECT_THAT(Complaints("route:\n  default: {to: x}\n  routes:\n"
                         "  - {name: a, to: y, when: }\n"),
              HasSubstr("when: is nothing"));
}

TEST_F(RouteStageTest, TemplatesAreMadeLegal) {
  record_->language = "zh Hant/\xE4\xB8\xAD";
  const std::string yaml =
      "route: {default: {to: 'n.{language}.{topics[7].slug}'}}\n";
  EXPECT_THAT(Route(yaml), ElementsAre("default>n.zh-Hant----.unknown"));
}

TEST_F(RouteStageTest, DropsOnlyWhereARouteSaysSo) {
  EXPECT_THAT(Route("route:\n"
                    "  default: {to: rest}\n"
                    "  routes:\n"
                    "  - {name: none, when: language == 'de', drop: true}\n"),
              IsEmpty());
  EXPECT_EQ(record_->fate, Fate::kDropped);
}

TEST_F(RouteStageTest, FansOutAndKeys) {
  EXPECT_THAT(Route("route: {default: {to: e, fan_out: entities,"
                    " key: '{language}-{version}'}}\n"),
              ElementsAre("default>e", "default>e"));
  EXPECT_EQ(record_->destinations[1].fan_out_item, 1);
  EXPECT_EQ(record_->destinations[0].key, "de-1");
}

TEST_F(RouteStageTest, ARenderedTopicThatIsReadIsADeadLetter) {
  record_->language = "raw";
  EXPECT_THAT(Route("route: {default: {to: 'news.{language}'}}\n"), IsEmpty());
  EXPECT_EQ(record_->fate, Fate::kDeadLetter);
  EXPECT_EQ(record_->fate_reason, "forbidden_topic");
}

TEST_F(RouteStageTest, CountsWhatIsOverTheRate) {
  const std::string yaml =
      "route:\n"
      "  default: {to: rest}\n"
      "  routes:\n"
      "  - {name: few, to: [few, also], rate_limit: 2/1m, continue: true}\n"
      "  - {name: all, to: all}\n";
  const absl::Time start = absl::FromUnixSeconds(600);
  for (int i = 0; i < 5; ++i) {
    // Two in the first minute, the third over it; the fifth in the next.
    record_->received_at = start + absl::Seconds(i < 4 ? 10 * i : 70);
    if (i < 2 || i == 4) {
      EXPECT_THAT(Route(yaml), ElementsAre("few>few", "few>also", "all>all"));
    } else {
      EXPECT_THAT(Route(yaml), ElementsAre("all>all"));
    }
  }
  ASSERT_EQ(batch_.withheld().size(), 1u);
  EXPECT_EQ(batch_.withheld()[0].route, "few");
  EXPECT_EQ(batch_.withheld()[0].reason, "rate_limit");
  EXPECT_EQ(batch_.withheld()[0].records, 2);
}

TEST_F(RouteStageTest, ARecordThatIsOverEveryRateIsDropped) {
  const std::string yaml = "route: {default: {to: rest, rate_limit: 1/1h}}\n";
  EXPECT_THAT(Route(yaml), ElementsAre("default>rest"));
  EXPECT_THAT(Route(yaml), IsEmpty());
  EXPECT_EQ(record_->fate, Fate::kDropped);
  EXPECT_EQ(record_->fate_reason, "rate_limit");
}

TEST(RateLimitsTest, LateRecordsCountInTheLatestStretch) {
  RateLimits limits;
  const RateLimit limit = {2, absl::Seconds(10)};
  const auto at = [](int seconds) { return absl::FromUnixSeconds(seconds); };
  EXPECT_TRUE(limits.Take("r", limit, at(100)));
  EXPECT_TRUE(limits.Take("r", limit, at(95)));
  EXPECT_FALSE(limits.Take("r", limit, at(99)));
  EXPECT_TRUE(limits.Take("other", limit, at(99)));
  EXPECT_TRUE(limits.Take("r", limit, at(110)));
}

TEST_F(RouteStageTest, TestsOfEveryKind) {
  struct Case {
    const char* when;
    bool holds;
  };
  for (const Case& each : std::vector<Case>{
           {"language in ['de', 'fr']", true},
           {"topics.exists(t, t.slug == 'economy' && t.score > 0.5)", true},
           {"topics.all(t, t.score > 0.5)", false},
           {"topics.exists_one(t, t.score > 0.5)", true},
           {"entities.filter(e, e.relevance >= 50).size() == 1", true},
           {"'org:ecb' in entities.map(e, e.id)", true},
           {"entities[0].links.wikidata == 'Q1'", true},
           {"entities[1].links.wikidata == 'Q1'", false},
           {"has(entities[1].links.wikidata)", false},
           {"has(published_at)", false},
           {"published_at == null", true},
           {"published_at > timestamp('2026-01-01T00:00:00Z')", false},
           {"!(published_at > timestamp('2026-01-01T00:00:00Z'))", false},
           {"has(dateline.place)", false},
           {"has(headline) && !has(summary)", true},
           {"body.matches('(?i)INTEREST\\\\s+rate')", true},
           {"near(body, 'Central Bank', 'interest', 2)", true},
           {"near(body, 'central', 'rates', 2)", false},
           {"places.exists(p, within_km(p, 48.1, 16.4, 50))", true},
           {"places.exists(p, within_km(p, 52.5, 13.4, 50))", false},
           {"headline.lowerAscii().startsWith('zins')", true},
           {"topics[9].slug == 'x' || language == 'de'", true}}) {
    EXPECT_EQ(Holds(each.when), each.holds) << each.when;
  }
}

TEST(RouteConfigurationTest, SaysWhatIsWrongAndWhere) {
  const std::string head = "route:\n  default: {to: rest}\n  routes:\n";
  struct Case {
    std::string yaml;
    const char* complaint;
  };
  for (const Case& each : std::vector<Case>{
           {head + "  - {name: a, when: langauge == 'de', to: a}\n",
            "unknown field \"langauge\"; did you mean \"language\"?"},
           {head + "  - {name: a, when: langauge == 'de', to: a}\n",
            "\n    langauge == 'de'\n    ^^^^^^^^"},
           {head + "  - {name: a, when: dedupe.verdikt == 'x', to: a}\n",
            "did you mean \"verdict\"?"},
           {head + "  - {name: a, when: word_count == 'x', to: a}\n",
            "cannot compare int with string"},
           {head + "  - {name: a, when: headline, to: a}\n",
            "this gives string, where a test is needed"},
           {head + "  - {name: a, when: topics.slug == 'x', to: a}\n",
            "x.exists(e, e.slug == ...)"},
           {head + "  - {name: a, when: 'x' in body, to: a}\n", "c.yaml:"},
           {head + "  - {name: a, when: body.matches('('), to: a}\n",
            "not a regular expression"},
           {head + "  - {name: a, when: language.in_list('w'), to: a}\n",
            "there is no list \"w\""},
           {head + "  - {name: a, when: 'true', to: a/b}\n", "not legal"},
           {head + "  - {name: a, when: 'true', to: '{topics}'}\n",
            "this gives list(topic)"},
           {head + "  - {name: a, when: 'true', to: news.raw}\n",
            "records would go round"},
           {head + "  - {name: a, whem: 'true', to: a}\n",
            "did you mean \"when\"?"},
           {head + "  - {name: a, when: 1 == 2, to: a}\n", "never holds"},
           {head + "  - {name: a, to: a}\n  - {name: b, to: b}\n",
            "is never reached"},
           {head + "  - {name: a, when: \"language in ['de', 'fr']\", to: a}\n"
                   "  - {name: b, when: language == 'de' && urgency == 1, to: "
                   "b}\n",
            "5:5: route.routes[1]: warning: is never reached: \"a\" before it "
            "takes all that it would get"},
           {head + "  - name: a\n    when: language == 'de'\n    to: a\n"
                   "    routes:\n"
                   "    - {name: b, when: language == 'fr', to: b}\n",
            "never holds"},
           {head + "  - {name: a, when: dedupe.verdict == 'dup', to: a}\n",
            "verdict is never \"dup\""},
           {head + "  - {name: a, to: 'news.{headline}'}\n",
            "names a topic for each headline"},
           {head + "  - {name: a, to: 'x.{language + url.lowerAscii()}'}\n",
            "names a topic for each url"},
           {head + "  - {name: a, to: feeds.sport}\n", "is read"},
           {head + "  - {name: a, to: app.sightings}\n", "log of sightings"},
           {head + "  - {name: a, to: __consumer_offsets}\n", "brokers"},
           {head + "  - {name: a, to: dead}\n", "cannot be processed"},
           {head + "  - {name: a, to: a, rate_limit: 5}\n", "such as 100/1m"},
           {head + "  - {name: a, to: a, rate_limit: 0/1m}\n", "is not a rate"},
           {head + "  - {name: a, to: a, format: avro}\n", "is not a format"},
           {head + "  - {name: a, to: a, headers: {ce_id: x}}\n",
            "a header of CloudEvents"},
           {head + "  - {name: a, when: 'true', to: a, drop: true}\n",
            "contradict"},
           {head + "  - {name: a, when: 'true', to: a, fan_out: entitys}\n",
            "did you mean \"entities\"?"},
           {"route:\n  routes:\n  - {name: a, to: a}\n", "route.default"}}) {
    EXPECT_THAT(Complaints(each.yaml), HasSubstr(each.complaint)) << each.yaml;
  }
}

TEST(RouteConfigurationTest, SharedTestsAreOneNode) {
  CelEnvironment environment;
  environment.record = &RecordStruct();
  CelProgram program;
  CelFault fault;
  program.Add(environment, "topics.exists(t, t.slug == 'x')", CelKind::kBool,
              fault);
  const size_t before = program.size();
  program.Add(environment, "topics.exists(other, other.slug == \"x\")",
              CelKind::kBool, fault);
  EXPECT_EQ(program.size(), before);
  EXPECT_EQ(program.memos(), 1);  // the whole test, worked out once
}

}  // namespace
}  // namespace wiredesk
