// What the tag stage costs for real articles, whole and by its parts. The
// target is 40 MB of text a second and core for the stage.
//
// The articles are those of the shipped sample feed, or of the NDJSON file that
// the environment variable WIREDESK_BENCH_ARTICLES names. `items` are articles.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "stages/parse/parse_stage.h"
#include "stages/tag/dates/amounts.h"
#include "stages/tag/dates/dates.h"
#include "stages/tag/indicators/indicators.h"
#include "stages/tag/indicators/lists.h"
#include "stages/tag/language/language.h"
#include "stages/tag/marks/text_spots.h"
#include "stages/tag/quotes/quotes.h"
#include "stages/tag/rules/rules.h"
#include "stages/tag/tag_stage.h"
#include "stages/tag/topics/topics.h"

namespace wiredesk {
namespace {

constexpr size_t kArticlesMax = 1000;

// The articles, parsed; never tagged.
struct Articles {
  Articles() : batch({.records_max = kArticlesMax, .bytes_max = 64 << 20}) {
    const char* const named = std::getenv("WIREDESK_BENCH_ARTICLES");
    std::ifstream file(named != nullptr ? named
                                        : WIREDESK_SOURCE_DIR
                           "/config/sample/feed.ndjson");
    std::string line;
    for (int64_t i = 0; !batch.full() && std::getline(file, line); ++i) {
      batch.Append({"raw", 0, i}, "", line, {}, std::nullopt);
    }
    Diagnostics diagnostics;
    ParseStage stage(CompileParseRules(ParseOptions(), diagnostics));
    if (!stage.Process(batch).ok()) std::abort();
    batch.ForEachLive([&](EventRecord& record) {
      bytes += record.article.headline.size() + record.article.body.size();
      ++count;
    });
  }
  Batch batch;
  size_t bytes = 0;
  size_t count = 0;
};

Articles& TheArticles() {
  static auto* const articles = new Articles();
  return *articles;
}

// Measures `fn(EventRecord&)` over all articles.
template <typename Fn>
void Measure(benchmark::State& state, Fn fn) {
  Articles& articles = TheArticles();
  for (auto _ : state) articles.batch.ForEachLive(fn);
  state.SetBytesProcessed(
      static_cast<int64_t>(state.iterations() * articles.bytes));
  state.SetItemsProcessed(
      static_cast<int64_t>(state.iterations() * articles.count));
}

std::shared_ptr<const TagData> OpenData() {
  absl::StatusOr<std::shared_ptr<const TagData>> data = TagData::Open({});
  if (!data.ok()) std::abort();
  return *std::move(data);
}

// All of it, with a fresh batch for each pass as in the worker.
void BM_TagStage(benchmark::State& state) {
  const Articles& articles = TheArticles();
  TagStage stage(OpenData());
  for (auto _ : state) {
    state.PauseTiming();
    Batch batch({.records_max = kArticlesMax, .bytes_max = 64 << 20});
    for (const RawRecord& raw : articles.batch.raw_records()) {
      batch.Append(raw.origin, "", "", {}, std::nullopt);
    }
    for (const EventRecord& record : articles.batch.records()) {
      batch.AddArticle(record.raw, record.item) = record;
    }
    state.ResumeTiming();
    benchmark::DoNotOptimize(stage.Process(batch).ok());
  }
  state.SetBytesProcessed(
      static_cast<int64_t>(state.iterations() * articles.bytes));
  state.SetItemsProcessed(
      static_cast<int64_t>(state.iterations() * articles.count));
}
BENCHMARK(BM_TagStage)->Unit(benchmark::kMillisecond);

void BM_Language(benchmark::State& state) {
  Measure(state, [](const EventRecord& record) {
    benchmark::DoNotOptimize(
        DetectLanguage(record.article.body, record.body_words, ""));
  });
}
BENCHMARK(BM_Language)->Unit(benchmark::kMillisecond);

const DateReference kReference = {true, absl::CivilSecond(2024, 7, 12)};

void BM_Dates(benchmark::State& state) {
  std::vector<FoundDate> dates;
  Measure(state, [&](const EventRecord& record) {
    dates.clear();
    FindDates(record.article.body, record.body_words, kReference, "en", dates);
  });
}
BENCHMARK(BM_Dates)->Unit(benchmark::kMillisecond);

void BM_Amounts(benchmark::State& state) {
  std::vector<Amount> amounts;
  Measure(state, [&](const EventRecord& record) {
    amounts.clear();
    FindAmounts(Field::kBody, record.article.body, record.body_words, {}, "en",
                "US", amounts);
  });
}
BENCHMARK(BM_Amounts)->Unit(benchmark::kMillisecond);

void BM_Quotes(benchmark::State& state) {
  std::vector<FoundQuote> quotes;
  TextSpots spots;
  Measure(state, [&](const EventRecord& record) {
    quotes.clear();
    FindSpots(record.article.body, record.body_words, spots);
    FindQuotes(record.article.body, record.body_words, spots, {}, "en", quotes);
  });
}
BENCHMARK(BM_Quotes)->Unit(benchmark::kMillisecond);

void BM_Indicators(benchmark::State& state) {
  const WarningList warnings(DefaultWarningList());
  IndicatorList list;
  TextSpots spots;
  Measure(state, [&](const EventRecord& record) {
    list.Clear();
    FindSpots(record.article.body, record.body_words, spots);
    FindIndicators(record.article.body, record.body_words, spots,
                   {&warnings, "", false}, list);
  });
}
BENCHMARK(BM_Indicators)->Unit(benchmark::kMillisecond);

void BM_Topics(benchmark::State& state) {
  const auto topics = TopicSet::Default();
  TopicScratch scratch;
  Measure(state, [&](const EventRecord& record) {
    topics->Find(record.headline_words, record.body_words, {}, 5, scratch);
  });
}
BENCHMARK(BM_Topics)->Unit(benchmark::kMillisecond);

// With this many rules as the argument says: half of them made of frequent
// words, which every article touches.
void BM_TagRules(benchmark::State& state) {
  constexpr absl::string_view kFrequent[] = {
      "people", "year",    "police", "court",   "market", "trade",
      "state",  "company", "city",   "country", "party",  "minister"};
  std::string content;
  for (int64_t i = 0; i < state.range(0); ++i) {
    const std::string n = std::to_string(i);
    content += "r" + n + ": ";
    if (i % 2 == 0) {
      content += std::string(kFrequent[i / 2 % 12]) + " NEAR/10 name" + n;
    } else {
      content += "word" + n + " OR \"some phrase" + n + "\"";
    }
    content += "\n";
  }
  const auto rules = TagRules::Parse("bench", content);
  const auto scratch = MakeTagRuleScratch();
  std::vector<absl::string_view> tags;
  Measure(state, [&](const EventRecord& record) {
    TagRuleInput input;
    input.headline_words = record.headline_words;
    input.body_words = record.body_words;
    (*rules)->Match(input, *scratch, tags);
  });
}
BENCHMARK(BM_TagRules)->Arg(100)->Arg(5000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace wiredesk
