// Routing: how long a record's walk takes, by the number of routes. The routes
// mix languages, topics, places, verdicts, words and numbers, as a desk's do.

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "pipeline/record/batch.h"
#include "pipeline/record/event_json.h"
#include "stages/route/route_stage.h"
#include "stages/route/tree/route_tree.h"

namespace wiredesk {
namespace {

std::string When(size_t i) {
  constexpr const char* kLanguages[] = {"de", "fr", "es", "ko", "ar", "zh"};
  constexpr const char* kCountries[] = {"KR", "AT", "US", "FR",
                                        "BR", "IN", "NG", "JP"};
  const char* const language = kLanguages[i % 6];
  const char* const country = kCountries[i / 3 % 8];
  switch (i % 8) {
    case 0:
      return absl::StrCat("language == '", language,
                          "' && topics.exists(t, t.slug == 'topic-", i % 40,
                          "')");
    case 1:
      return absl::StrCat("places.exists(p, p.country == '", country,
                          "') && word_count > ", 1000 + i % 10 * 100);
    case 2:
      return absl::StrCat(
          "dedupe.verdict == 'new' && entities.exists(e, "
          "e.id == 'org:",
          i % 50, "')");
    case 3:
      return absl::StrCat("headline.startsWith('Breaking ", i % 20, "')");
    case 4:
      return absl::StrCat("topics.exists(t, t.slug == 'topic-", i % 40,
                          "' && t.score > 0.5) && !(language in ['", language,
                          "', 'it'])");
    case 5:
      return absl::StrCat("urgency > 0 && urgency <= ", i % 9);
    case 6:
      return absl::StrCat("provider.domain.endsWith('.example", i % 30,
                          ".org') || provider.country == '", country, "'");
    default:
      return absl::StrCat("dedupe.story_size > ", 2 + i % 17,
                          " && places.exists(p, p.country == '", country, "')");
  }
}

struct Fixture {
  Fixture() : batch({}) {
    batch.Append({"in", 0, 0}, "", "{}", {}, {});
    record = &batch.AddArticle(0, 0);
    record->language = "en";
    record->article.headline = "A headline of a usual length for a story";
    record->article.provider.domain = "news.example.com";
    for (int i = 0; i < 3000; ++i) {
      body += i % 60 == 59 ? "\n\n" : i % 6 == 5 ? " " : "a";
    }
    record->article.body = body;
    topics.resize(3);
    topics[0].slug = "politics";
    topics[1].slug = "economy";
    topics[2].slug = "europe";
    entities.resize(8);
    for (Entity& entity : entities) {
      entity.id = "org:some-organization";
      entity.type = "organization";
      entity.name = "Some";
    }
    places.resize(5);
    for (Place& place : places) {
      place.country = "GB";
      place.id = "geonames:1";
    }
    record->topics = topics;
    record->entities = entities;
    record->places = places;
  }

  Batch batch;
  EventRecord* record;
  std::string body;
  std::vector<Topic> topics;
  std::vector<Entity> entities;
  std::vector<Place> places;
};

void BM_Route(benchmark::State& state) {
  Fixture fixture;
  std::vector<RouteSpec> specs(static_cast<size_t>(state.range(0)));
  for (size_t i = 0; i < specs.size(); ++i) {
    specs[i].name = absl::StrCat("r", i);
    specs[i].when = When(i);
    specs[i].to = {"t"};
  }
  RouteSpec fallback;
  fallback.name = "default";
  fallback.to = {"rest"};
  CelEnvironment environment;
  environment.record = &RecordStruct();
  std::vector<RouteFault> faults;
  const auto tree = RouteTree::Make(specs, fallback, environment, {}, faults);
  if (tree == nullptr) {
    state.SkipWithError(faults.front().what.c_str());
    return;
  }
  CelEvaluator evaluator(tree->program());
  size_t taken = 0;
  for (auto _ : state) {
    evaluator.Begin(fixture.record);
    tree->Match(evaluator, [&](const Route&) { ++taken; });
  }
  benchmark::DoNotOptimize(taken);
  state.counters["nodes"] = static_cast<double>(tree->program().size());
}
BENCHMARK(BM_Route)->Arg(10)->Arg(100)->Arg(1000);

void BM_EventJson(benchmark::State& state) {
  Fixture fixture;
  EventJson json({"1", "2", "3"});
  std::string out;
  size_t bytes = 0;
  for (auto _ : state) {
    out.clear();
    json.Append(*fixture.record, fixture.batch.raw_records()[0], nullptr, out);
    bytes += out.size();
  }
  state.SetBytesProcessed(static_cast<int64_t>(bytes));
}
BENCHMARK(BM_EventJson);

}  // namespace
}  // namespace wiredesk
