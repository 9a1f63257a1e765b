// What dedupe costs an article of three kilobytes, in an index that remembers
// one, five or ten million: split into words, sketch, encode, decode, decide,
// remember, encode the decision. The target is 15 microseconds in the median,
// and 250 bytes an article for all but the stories.
//
//   dedupe_bench --benchmark_filter=Whole/1000000
//
// The index is filled with sightings made of random numbers, as many
// fingerprints, shingles and terms as such articles have; three in ten are
// copies or edits of one of the last hundred thousand. The articles that are
// timed are of made-up words with the frequencies of a language, and three in
// ten of them are edited copies as well.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "stages/dedupe/index/index_replica.h"
#include "stages/dedupe/sketch/sketch.h"
#include "tests/bench/random_sightings.h"

namespace wiredesk {
namespace {

constexpr size_t kTimed = 4000;

IndexLimits LimitsFor(int64_t articles) {
  // An eighth is for stories.
  return {72 * 3600, 7 * 24 * 3600,
          static_cast<size_t>(articles) * 250 * 8 / 7 + (size_t{64} << 20)};
}

std::vector<std::string> MakeTexts() {
  std::mt19937_64 random(11);
  std::vector<std::string> words;
  for (int i = 0; i < 30'000; ++i) {
    std::string word(2 + random() % 9, 'a');
    for (char& c : word) c = static_cast<char>('a' + random() % 26);
    if (random() % 6 == 0) word[0] = static_cast<char>(word[0] - 32);
    words.push_back(word);
  }
  std::vector<std::string> texts;
  for (size_t i = 0; i < kTimed; ++i) {
    if (i > 100 && random() % 10 < 3) {
      std::string copy = texts[i - 1 - random() % 100];
      for (size_t at = 40; at < copy.size(); at += 150) copy[at] = 'x';
      texts.push_back(copy);
      continue;
    }
    std::string text;
    while (text.size() < 3000) {
      const double share = static_cast<double>(random() >> 11) / (1ull << 53);
      text += words[static_cast<size_t>(std::pow(30'000.0, share)) - 1];
      text += random() % 12 == 0 ? ". " : " ";
    }
    texts.push_back(text);
  }
  return texts;
}

// A replica that has met this many articles, and what it may hold of memory.
struct Filled {
  explicit Filled(int64_t articles)
      : limits(LimitsFor(articles)),
        format(FormatOf(1, limits)),
        replica(limits, format, 1) {
    replica.WriteNothingBack();
    std::string entry;
    std::string decision;
    for (; position < articles; ++position) {
      EncodeSighting(source.Next(), format, entry);
      if (!replica.Apply(position, entry, decision).ok()) std::abort();
    }
  }

  const IndexLimits limits;
  const SightingFormat format;
  IndexReplica replica;
  RandomSightings source;
  int64_t position = 0;
};

Filled& FilledWith(int64_t articles) {
  static std::unique_ptr<Filled> filled;
  if (filled == nullptr || filled->position < articles ||
      filled->limits.memory_max != LimitsFor(articles).memory_max) {
    filled.reset();
    filled = std::make_unique<Filled>(articles);
  }
  return *filled;
}

void BM_Whole(benchmark::State& state) {
  Filled& filled = FilledWith(state.range(0));
  static const std::vector<std::string> texts = MakeTexts();
  Sketcher sketcher(1);
  Sighting sighting;
  std::vector<Word> words;
  std::string entry;
  std::string decision;
  std::vector<double> microseconds;
  for (auto _ : state) {
    const size_t i = static_cast<size_t>(filled.position) % texts.size();
    const auto begin = std::chrono::steady_clock::now();
    words.clear();
    SplitWords(texts[i], words);
    sighting.id = {2, static_cast<uint64_t>(filled.position)};
    sighting.origin = sighting.guid = sighting.url =
        HashKey(entry, static_cast<uint64_t>(filled.position));
    sketcher.Sketch({"", {}, words}, sighting);
    EncodeSighting(sighting, filled.format, entry);
    if (!filled.replica.Apply(filled.position, entry, decision).ok()) {
      state.SkipWithError("the index took no sighting");
      return;
    }
    ++filled.position;
    microseconds.push_back(std::chrono::duration<double, std::micro>(
                               std::chrono::steady_clock::now() - begin)
                               .count());
  }
  std::nth_element(microseconds.begin(),
                   microseconds.begin() + microseconds.size() / 2,
                   microseconds.end());
  state.counters["median_us"] = microseconds[microseconds.size() / 2];
  state.counters["bytes_an_article"] =
      static_cast<double>(filled.limits.memory_max) * 7 / 8 /
      static_cast<double>(filled.replica.index().articles_max());
  state.counters["evicted_early"] =
      static_cast<double>(filled.replica.index().evicted_early());
}
BENCHMARK(BM_Whole)
    ->Arg(1'000'000)
    ->Arg(5'000'000)
    ->Arg(10'000'000)
    ->Iterations(20'000)
    ->Unit(benchmark::kMicrosecond);

// Decisions alone, of sightings of all kinds: at least 50,000 a second.
void BM_Decide(benchmark::State& state) {
  Filled& filled = FilledWith(state.range(0));
  std::vector<std::string> entries(20'000);
  for (std::string& entry : entries) {
    EncodeSighting(filled.source.Next(), filled.format, entry);
  }
  std::string decision;
  size_t next = 0;
  for (auto _ : state) {
    if (!filled.replica
             .Apply(filled.position++, entries[next++ % entries.size()],
                    decision)
             .ok()) {
      state.SkipWithError("the index took no sighting");
      return;
    }
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_Decide)
    ->Arg(1'000'000)
    ->Arg(5'000'000)
    ->Arg(10'000'000)
    ->Iterations(20'000)
    ->Unit(benchmark::kMicrosecond);

// The texts of a file, one a line, through an index that is empty at first:
// what compare_with_minhash.py asks for.
void BM_Texts(benchmark::State& state) {
  const char* const path = std::getenv("WIREDESK_BENCH_TEXTS");
  std::vector<std::string> texts;
  std::ifstream file(path == nullptr ? "" : path);
  for (std::string line; std::getline(file, line);) texts.push_back(line);
  if (texts.empty()) texts = MakeTexts();
  // Room for four times as many; the others' indexes grow with theirs.
  const IndexLimits limits = {72 * 3600, 7 * 24 * 3600,
                              texts.size() * 1144 + (size_t{1} << 20)};
  const SightingFormat format = FormatOf(1, limits);
  Sketcher sketcher(1);
  Sighting sighting;
  std::vector<Word> words;
  std::string entry;
  std::string decision;
  for (auto _ : state) {
    IndexReplica replica(limits, format, 1);
    replica.WriteNothingBack();
    for (size_t i = 0; i < texts.size(); ++i) {
      words.clear();
      SplitWords(texts[i], words);
      sighting.id = {2, i + 1};
      sketcher.Sketch({"", {}, words}, sighting);
      EncodeSighting(sighting, format, entry);
      if (!replica.Apply(static_cast<int64_t>(i), entry, decision).ok()) {
        state.SkipWithError("the index took no sighting");
        return;
      }
    }
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<int64_t>(texts.size()));
}
BENCHMARK(BM_Texts)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace wiredesk
