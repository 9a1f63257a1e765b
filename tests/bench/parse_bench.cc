// How fast the parse stage is on JSON articles, whole and in its parts. The
// target is 400 MB/s per core for the stage.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <memory_resource>
#include <string>
#include <vector>

#include "pipeline/file/record_splitter.h"
#include "pipeline/file/stream.h"
#include "stages/parse/article_json/article.h"
#include "stages/parse/parse_stage.h"
#include "stages/parse/time/feed_time.h"
#include "stages/parse/url/canonical.h"
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

// Runs the stage over batches of these records.
void RunStage(benchmark::State& state,
              const std::vector<std::string>& records) {
  Diagnostics diagnostics;
  ParseStage stage(CompileParseRules(ParseOptions(), diagnostics));
  Batch batch{Batch::Limits{.bytes_max = 64 << 20}};
  int64_t bytes = 0;
  size_t next = 0;
  for (auto _ : state) {
    state.PauseTiming();
    batch.Reset();
    for (int i = 0; i < 256; ++i) {
      const std::string& record = records[next++ % records.size()];
      batch.Append({"raw", 0, i}, "", record, {}, std::nullopt);
      bytes += static_cast<int64_t>(record.size());
    }
    state.ResumeTiming();
    benchmark::DoNotOptimize(stage.Process(batch).ok());
  }
  state.SetBytesProcessed(bytes);
  state.SetItemsProcessed(256 * state.iterations());
}

void BM_ParseStage(benchmark::State& state) { RunStage(state, {Article()}); }
BENCHMARK(BM_ParseStage);

// Articles as they came: of the file that WIREDESK_ARTICLES names (NDJSON), or
// of those that lie next to the project.
void BM_ParseStageReal(benchmark::State& state) {
  constexpr size_t kRecords = 4096;
  const char* const named = std::getenv("WIREDESK_ARTICLES");
  auto stream = FileStream::Open(
      named != nullptr ? std::string(named)
                       : std::string(WIREDESK_SOURCE_DIR) +
                             "/../shared/data/corpora/articles.ndjson.gz");
  if (!stream.ok()) {
    state.SkipWithError("no articles here");
    return;
  }
  RecordSplitter splitter(*std::move(stream), true, {});
  std::vector<std::string> records;
  while (records.size() < kRecords) {
    const auto record = splitter.Next();
    if (!record.ok() || !record->has_value()) break;
    records.emplace_back(**record);
  }
  RunStage(state, records);
}
BENCHMARK(BM_ParseStageReal);

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
