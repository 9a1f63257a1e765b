// How fast a replica is restored from a log in memory: what a restart costs
// next to reading from the broker. The target is 300,000 sightings a second.
//
// The log is as two workers write it: batches of 512 sightings, and in each the
// decisions of the batch before the last. "FromTheMiddle" is a replica that may
// not decide by itself, since its log begins within a window.

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "stages/dedupe/index/index_replica.h"
#include "tests/bench/random_sightings.h"

namespace wiredesk {
namespace {

constexpr size_t kSightings = 400'000;
constexpr size_t kBatch = 512;
constexpr IndexLimits kLimits = {72 * 3600, 60 * 24 * 3600, size_t{256} << 20};

// As sightings of articles are, by their entries: 1.1 KB.
const std::vector<std::string>& Log() {
  static const auto* const log = [] {
    const SightingFormat format = FormatOf(1, kLimits);
    auto* entries = new std::vector<std::string>;
    IndexReplica writer(kLimits, format, 1);
    RandomSightings source;
    std::string decision;
    std::string taken;
    const auto append = [&](const std::string& entry) {
      const auto position = static_cast<int64_t>(entries->size());
      entries->push_back(entry);
      if (!writer.Apply(position, entry, decision).ok()) std::abort();
    };
    append(writer.JoinEntry());
    for (size_t i = 0; i < kSightings; i += kBatch) {
      const std::string last = taken;
      taken = writer.TakeWriteBack().value_or("");
      if (!last.empty()) append(last);
      for (size_t k = 0; k < kBatch; ++k) {
        std::string entry;
        EncodeSighting(source.Next(), format, entry);
        append(entry);
      }
    }
    return entries;
  }();
  return *log;
}

void Restore(benchmark::State& state, size_t first) {
  const std::vector<std::string>& log = Log();
  std::string decision;
  for (auto _ : state) {
    IndexReplica replica(kLimits, FormatOf(1, kLimits), 2);
    for (size_t i = first; i < log.size(); ++i) {
      if (!replica.Apply(static_cast<int64_t>(i), log[i], decision).ok()) {
        std::abort();
      }
    }
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<int64_t>(kSightings - first));
}

void BM_FromTheBeginning(benchmark::State& state) { Restore(state, 0); }
BENCHMARK(BM_FromTheBeginning)->Unit(benchmark::kMillisecond);

// All is within one window, so that no write-back says that this is enough.
void BM_FromTheMiddle(benchmark::State& state) { Restore(state, kBatch); }
BENCHMARK(BM_FromTheMiddle)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace wiredesk
