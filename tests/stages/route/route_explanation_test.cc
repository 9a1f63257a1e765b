// Why a record went where it went, and the tree as a picture. Method: what the
// explanation says is compared with RouteTree::Match for records of every kind;
// the texts word by word.

#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/record/batch.h"
#include "stages/route/record_entry.h"
#include "stages/route/route_stage.h"
#include "stages/route/route_steps_json.h"
#include "stages/route/tree/drawing.h"
#include "stages/route/tree/explanation.h"

namespace wiredesk {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::shared_ptr<const RouteTree> Load() {
  Diagnostics diagnostics;
  const Config config = ParseConfig(
      "route:\n"
      "  routes:\n"
      "  - {name: copy, when: dedupe.verdict != 'new', to: copies,\n"
      "     continue: true}\n"
      "  - name: europe\n"
      "    when: language in ['de', 'fr']\n"
      "    to: eu.{language}\n"
      "    routes:\n"
      "    - {name: long, when: word_count > 10 && urgency < 4, to: long}\n"
      "    - {name: sport, when: \"topics[0].slug == 'sport'\", to: sport}\n"
      "  - {name: last, when: urgency == 1, to: [a, b]}\n"
      "  default: {to: rest, sample: 0.5}\n",
      "c.yaml", {}, diagnostics);
  auto tree =
      MakeRouteTree(DecodeRouteOptions(config, diagnostics), {}, diagnostics);
  EXPECT_EQ(diagnostics.Text(), "");
  return tree;
}

// A record from assignments.
struct ByHand {
  explicit ByHand(const std::vector<std::string>& assignments) : batch({}) {
    ConfigNode fields;
    fields.kind = ConfigNode::Kind::kMapping;
    for (const std::string& each : assignments) {
      EXPECT_EQ(AddAssignment(each, fields), absl::OkStatus());
    }
    batch.Append({"x", 0, 0}, "", "", {}, std::nullopt);
    record = &batch.AddArticle(0, 0);
    Diagnostics diagnostics;
    FillRecord(fields, batch, *record, diagnostics);
    EXPECT_EQ(diagnostics.Text(), "");
  }

  Batch batch;
  EventRecord* record;
};

TEST(RouteExplanationTest, SaysEachPartWithItsValue) {
  const auto tree = Load();
  const ByHand hand({"language=de", "word_count=12", "urgency=5"});
  CelEvaluator evaluator(tree->program());
  evaluator.Begin(hand.record);
  EXPECT_EQ(PrintSteps(ExplainRoutes(*tree, evaluator)),
            "  copy: no\n"
            "    dedupe.verdict != 'new'  =  false\n"
            "      dedupe.verdict  =  \"new\"\n"
            "  europe: TAKES IT -> eu.{language}\n"
            "    language in ['de', 'fr']  =  true\n"
            "      language  =  \"de\"\n"
            "    long: no\n"
            "      word_count > 10 && urgency < 4  =  false\n"
            "        word_count > 10  =  true\n"
            "          word_count  =  12\n"
            "        urgency < 4  =  false\n"
            "          urgency  =  5\n"
            "    sport: no\n"
            "      topics[0].slug == 'sport'  =  error: the list has no such "
            "item\n"
            "        topics[0].slug  =  error: the list has no such item\n"
            "          topics[0]  =  error: the list has no such item\n"
            "            topics  =  []\n"
            "  last: not tried\n"
            "  default: not tried\n");
}

TEST(RouteExplanationTest, TakesWhatTheTreeTakes) {
  const auto tree = Load();
  CelEvaluator evaluator(tree->program());
  std::set<std::string> met;
  for (const char* language : {"de", "en"}) {
    for (const char* verdict : {"new", "near"}) {
      for (const char* urgency : {"1", "5"}) {
        for (const char* slug : {"sport", "x"}) {
          const ByHand hand({std::string("language=") + language,
                             std::string("dedupe.verdict=") + verdict,
                             std::string("urgency=") + urgency,
                             std::string("topics.slug=") + slug,
                             std::string("word_count=") + "2" + urgency});
          evaluator.Begin(hand.record);
          std::vector<std::string> matched;
          tree->Match(evaluator, [&](const Route& route) {
            matched.push_back(route.name);
            met.insert(route.name);
          });
          std::vector<std::string> explained;
          for (const RouteStep& step : ExplainRoutes(*tree, evaluator)) {
            if (step.outcome == RouteStep::Outcome::kTaken) {
              explained.push_back(step.route->name);
            }
          }
          // The walk names parents before children, a match the other way.
          EXPECT_EQ(explained, matched);
        }
      }
    }
  }
  EXPECT_EQ(met.size(), 6u);  // every route has been met
}

TEST(RouteDrawingTest, DrawsText) {
  EXPECT_EQ(DrawText(*Load()),
            "routes\n"
            "├─ copy -> copies  [continue]\n"
            "│     when dedupe.verdict != 'new'\n"
            "├─ europe -> eu.{language}\n"
            "│  │  when language in ['de', 'fr']\n"
            "│  ├─ long -> long\n"
            "│  │     when word_count > 10 && urgency < 4\n"
            "│  └─ sport -> sport\n"
            "│        when topics[0].slug == 'sport'\n"
            "├─ last -> a, b\n"
            "│     when urgency == 1\n"
            "└─ default -> rest  [sample 0.5]\n"
            "      everything else\n");
}

TEST(RouteDrawingTest, DrawsForViewers) {
  const auto tree = Load();
  EXPECT_THAT(DrawDot(*tree), HasSubstr("root -> route1 [label=\"language in "
                                        "['de', 'fr']\"];"));
  EXPECT_THAT(DrawDot(*tree), HasSubstr("route1 -> route2 [label="));
  EXPECT_THAT(DrawMermaid(*tree),
              HasSubstr("route1 -->|\"word_count #62; 10 #amp;#amp; urgency "
                        "#60; 4\"| route2[\"long\"]"));
  EXPECT_THAT(DrawSvg(*tree), HasSubstr("word_count &gt; 10 &amp;&amp; "
                                        "urgency &lt; 4</text>"));
}

TEST(RecordEntryTest, SaysWhatDoesNotFit) {
  const struct {
    const char* assignment;
    const char* wrong;
  } kCases[] = {{"language", "write field=value"},
                {"=x", "write field=value"},
                {"topics[x].slug=a", "an item is named by its number"},
                {"topics[99999].slug=a", "an item is named by its number"},
                {"langauge=de", "did you mean \"language\"?"},
                {"urgency=high", "\"high\" does not fit; write a whole number"},
                {"dedupe.verdict=nearr", "did you mean \"near\"?"},
                {"published_at=noon", "write a time"},
                {"topics=sport", "write its fields"},
                {"headline=[a, b]", "is a list; write a text"}};
  for (const auto& each : kCases) {
    ConfigNode fields;
    fields.kind = ConfigNode::Kind::kMapping;
    std::string said(AddAssignment(each.assignment, fields).message());
    if (said.empty()) {
      Batch batch({});
      batch.Append({"x", 0, 0}, "", "", {}, std::nullopt);
      Diagnostics diagnostics;
      FillRecord(fields, batch, batch.AddArticle(0, 0), diagnostics);
      said = diagnostics.Text();
    }
    EXPECT_THAT(said, HasSubstr(each.wrong)) << each.assignment;
  }
}

// What a published record says again is what the routes said to it.
TEST(RouteStepsJsonTest, OfAPublishedRecord) {
  const auto tree = Load();
  EXPECT_THAT(RouteStepsJson(*tree, ""),
              AllOf(HasSubstr(R"([{"route":"copy","depth":0,"when":)"),
                    HasSubstr(R"("continue":true,"drop":false})"),
                    Not(HasSubstr("outcome"))));
  const std::string steps = RouteStepsJson(
      *tree,
      R"({"id":"00","dedupe":{"verdict":"near","of":null},"urgency":7,)"
      R"("language":"de","topics":[{"slug":"sport","score":0.5}],"body":"a b"})");
  EXPECT_THAT(steps,
              AllOf(HasSubstr(R"("to":["copies"],"continue":true,"drop":false,)"
                              R"("outcome":"taken")"),
                    HasSubstr(R"("outcome":"child took")"),
                    HasSubstr(R"("text":"language","value":"\"de\"")"),
                    HasSubstr(R"("to":["sport"],"continue":false,"drop":false,)"
                              R"("outcome":"taken")")));
  for (const char* wrong : {"{", "[]", "7", "null"}) {
    EXPECT_EQ(RouteStepsJson(*tree, wrong), "") << wrong;
  }
}

}  // namespace
}  // namespace wiredesk
