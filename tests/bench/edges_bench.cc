// What the edges of a replay cost an article, on one core: out of the file, the
// books, JSON, into the file. The articles are the corpus next to the project,
// or the sample feed where there is none; each number is for one article.

#include <benchmark/benchmark.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/file/sink.h"
#include "pipeline/file/source.h"
#include "pipeline/flow/accounting.h"
#include "pipeline/flow/memory_sighting_log.h"
#include "pipeline/service/options.h"
#include "pipeline/service/program.h"
#include "stages/chain.h"

namespace wiredesk {
namespace {

namespace fs = std::filesystem;

std::string CorpusPath() {
  const fs::path source = WIREDESK_SOURCE_DIR;
  const fs::path corpus = source / "../shared/data/corpora/articles.ndjson.gz";
  return fs::exists(corpus) ? corpus.string()
                            : (source / "config/sample/feed.ndjson").string();
}

// A batch that the chain is through with.
class ProcessedBatch {
 public:
  ProcessedBatch() : batch_({}) {
    const Program program = MakeProgram();
    Config config;
    Diagnostics diagnostics;
    chain_ = LoadChain(program, "", {}, config, diagnostics);
    log_ = std::make_unique<MemorySightingLog>(chain_->replica());
    FileReader reader(*ExpandInputs({CorpusPath()}), {});
    (void)reader.Fill(batch_);
    stages_ = chain_->MakeStages(log_.get()).stages;
    for (const auto& stage : stages_) (void)stage->Process(batch_);
  }
  Batch& batch() { return batch_; }

 private:
  std::unique_ptr<Chain> chain_;
  std::unique_ptr<MemorySightingLog> log_;
  std::vector<std::unique_ptr<Stage>> stages_;
  Batch batch_;
};

Batch& TheBatch() {
  static auto* const processed = new ProcessedBatch;
  return processed->batch();
}

void CountArticles(benchmark::State& state, int64_t articles) {
  state.counters["us/article"] = benchmark::Counter(
      static_cast<double>(articles) / 1e6,
      benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void BM_Read(benchmark::State& state) {
  int64_t records = 0;
  Batch batch({});
  for (auto _ : state) {
    FileReader reader(*ExpandInputs({CorpusPath()}), {.records_limit = 2048});
    while (reader.Fill(batch).ok()) {
      records += static_cast<int64_t>(batch.raw_records().size());
      batch.Reset();
    }
  }
  CountArticles(state, records);
}
BENCHMARK(BM_Read)->Unit(benchmark::kMillisecond);

void BM_Account(benchmark::State& state) {
  Metrics metrics;
  Accounting accounting(&metrics);
  Batch& batch = TheBatch();
  for (auto _ : state) accounting.AddDelivered(batch);
  CountArticles(state, accounting.totals().articles);
}
BENCHMARK(BM_Account)->Unit(benchmark::kMillisecond);

void BM_Json(benchmark::State& state) {
  Batch& batch = TheBatch();
  EventJson json({});
  std::string out;
  int64_t articles = 0;
  int64_t bytes = 0;
  for (auto _ : state) {
    out.clear();
    batch.ForEachLive([&](const EventRecord& record) {
      json.Append(record, batch.raw_of(record), nullptr, out);
      ++articles;
    });
    bytes += static_cast<int64_t>(out.size());
  }
  CountArticles(state, articles);
  state.SetBytesProcessed(bytes);
}
BENCHMARK(BM_Json)->Unit(benchmark::kMillisecond);

void BM_Write(benchmark::State& state) {
  const std::string folder =
      state.range(0) == 0
          ? ""
          : (fs::temp_directory_path() / "wiredesk_edges_bench").string();
  const auto writer = FileWriter::Open(folder);
  FileSink sink(writer->get(), {}, "news.dead-letters");
  Batch& batch = TheBatch();
  int64_t articles = 0;
  for (auto _ : state) {
    batch.set_sequence(articles / static_cast<int64_t>(batch.records().size()));
    (void)sink.Deliver(batch);
    articles += static_cast<int64_t>(batch.records().size());
  }
  CountArticles(state, articles);
  if (!folder.empty()) fs::remove_all(folder);
}
BENCHMARK(BM_Write)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace wiredesk
