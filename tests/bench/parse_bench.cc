// How fast the parse stage is on JSON articles, whole and in its parts. The
// target is 400 MB/s per core for the stage.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <memory>
#include <memory_resource>
#include <string>
#include <vector>

#include "stages/parse/feed_time.h"
#include "stages/parse/json_article.h"
#include "stages/parse/parse_stage.h"
#include "stages/parse/url.h"
#include "stages/text/unicode.h"

namespace wiredesk {
namespace {

// An article of about six kilobytes, curly quotes and paragraphs included.
std::string Article() {
  std::string body;
  for (int i = 0; i < 24; ++i) {
    body +=
        "The harbour board said on Monday that the second basin would open in "
        "spring, after years of delay. \u201cWe have waited long enough,\u201d "
        "said its chairman, who added that three ships were on their way and "
        "that the old quay would be kept.\\n\\n";
  }
  return "{\"id\":\"a1\",\"url\":\"https://www.example.org/2024/07/harbour"
         "?utm_source=feed&id=7\",\"title\":\"Harbour opens second basin\","
         "\"source\":\"Example Wire\",\"published_at\":"
         "\"2024-07-11T09:30:00+09:00\",\"authors\":\"Ann Lee and Bob Ray\","
         "\"body\":\"" +
         body + "\"}";
}

void BM_ParseStage(benchmark::State& state) {
  constexpr int kRecords = 256;
  const std::string article = Article();
  Diagnostics diagnostics;
  ParseStage stage(CompileParseRules(ParseOptions(), diagnostics));
  Batch batch{Batch::Limits{}};
  for (auto _ : state) {
    state.PauseTiming();
    batch.Reset();
    for (int i = 0; i < kRecords; ++i) {
      batch.Append({"raw", 0, i}, "", article, {}, std::nullopt);
    }
    state.ResumeTiming();
    benchmark::DoNotOptimize(stage.Process(batch).ok());
  }
  state.SetBytesProcessed(static_cast<int64_t>(article.size()) * kRecords *
                          state.iterations());
}
BENCHMARK(BM_ParseStage);

void BM_ParseJson(benchmark::State& state) {
  const std::string article = Article();
  std::vector<char> memory(1 << 20);
  for (auto _ : state) {
    std::pmr::monotonic_buffer_resource arena(memory.data(), memory.size());
    ParseContext context;
    context.arena = &arena;
    std::vector<ArticleDraft> drafts;
    ParseReport report;
    ParseJson(article, context, drafts, report);
    benchmark::DoNotOptimize(drafts.data());
  }
  state.SetBytesProcessed(static_cast<int64_t>(article.size()) *
                          state.iterations());
}
BENCHMARK(BM_ParseJson);

void BM_CleanText(benchmark::State& state) {
  const std::string article = Article();
  std::pmr::monotonic_buffer_resource arena;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        CleanText(article, TextShape::kParagraphs, &arena).size());
  }
  state.SetBytesProcessed(static_cast<int64_t>(article.size()) *
                          state.iterations());
}
BENCHMARK(BM_CleanText);

void BM_CanonicalUrl(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(CanonicalUrl(
        "https://www.example.org/2024/07/harbour?utm_source=feed&id=7"));
  }
}
BENCHMARK(BM_CanonicalUrl);

void BM_ParseTime(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(ParseTime("Thu, 11 Jul 2024 09:30:15 EDT"));
  }
}
BENCHMARK(BM_ParseTime);

}  // namespace
}  // namespace wiredesk
