// What names cost: the gazetteer lane (words to matches) with half a million
// names, and the whole pass over an article, against names and texts made here.

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "stages/tag/gazetteer/builder.h"
#include "stages/tag/gazetteer/gazetteer.h"
#include "stages/tag/gazetteer/sources.h"
#include "stages/tag/names/scan.h"
#include "stages/tag/names/tagger.h"
#include "stages/text/words.h"

namespace wiredesk {
namespace {

constexpr size_t kNames = 500000;
constexpr size_t kArticles = 400;
constexpr unsigned kSeed = 20240711;

// Words that look like names, the front of the list far more often than the
// rest, as in the news.
class WordSource {
 public:
  explicit WordSource(unsigned seed) : random_(seed) {
    constexpr absl::string_view kSyllables[] = {"ka",  "lo",  "mi", "ter",
                                                "san", "bre", "no", "vil",
                                                "dor", "wen", "ri", "tas"};
    for (int i = 0; i < 60000; ++i) {
      std::string word;
      for (int n = i; word.empty() || n > 0; n /= 12) {
        word += std::string(kSyllables[n % 12]);
      }
      words_.push_back(std::move(word));
    }
  }
  std::string Small() {
    const double u = std::uniform_real_distribution<>(0, 1)(random_);
    return words_[static_cast<size_t>(u * u * u * 59999)];
  }
  std::string Capital() {
    std::string word = Small();
    word[0] = static_cast<char>(word[0] - 'a' + 'A');
    return word;
  }
  unsigned Number(unsigned below) { return random_() % below; }

 private:
  std::mt19937 random_;
  std::vector<std::string> words_;
};

std::string MakeTable() {
  WordSource words(kSeed);
  std::string table =
      "#columns\tid\ttype\tname\tcountry\tlat\tlon\tpopulation\n";
  const char* const kTypes[] = {"city", "city", "city", "person",
                                "organization"};
  for (size_t i = 0; i < kNames; ++i) {
    std::string name = words.Capital();
    for (unsigned more = words.Number(3); more > 0; --more) {
      name += " " + words.Capital();
    }
    table += "n:" + std::to_string(i) + "\t" + kTypes[i % 5] + "\t" + name +
             "\tFR\t48\t2\t" + std::to_string(words.Number(100000)) + "\n";
  }
  table +=
      "#lexicon\nfunction\tThe In\nplace-cue\tin near\nspeech-verb\tsaid\n"
      "organization-head\tKaka\ntitle\tLolo\nperson-name\tMimi Nono\n";
  return table;
}

const Gazetteer& TheGazetteer() {
  static const auto* const gazetteer = [] {
    GazetteerBuilder builder;
    SourceReport report;
    const absl::Status status =
        AddGazetteerText("bench.tsv", MakeTable(), builder, report);
    if (!status.ok()) std::abort();
    return new std::shared_ptr<const Gazetteer>(
        Gazetteer::FromBytes(builder.Build().value()).value());
  }();
  return **gazetteer;
}

struct Sample {
  std::string text;
  std::vector<Word> words;
};

// Articles of about 6 KB with a capitalized word among six.
const std::vector<Sample>& Articles() {
  static const auto* const articles = [] {
    auto* const made = new std::vector<Sample>(kArticles);
    WordSource words(kSeed + 1);
    for (Sample& sample : *made) {
      while (sample.text.size() < 6000) {
        sample.text += words.Number(2) == 0 ? "The " : "In ";
        for (int i = 0; i < 18; ++i) {
          sample.text +=
              (words.Number(6) == 0 ? words.Capital() : words.Small()) +
              (i == 17 ? ".\n\n" : " ");
        }
      }
      SplitWords(sample.text, sample.words);
    }
    return made;
  }();
  return *articles;
}

int64_t Bytes() {
  int64_t bytes = 0;
  for (const Sample& sample : Articles()) {
    bytes += static_cast<int64_t>(sample.text.size());
  }
  return bytes;
}

// The lane alone, on words that are split and hashed already.
void BM_Lane(benchmark::State& state) {
  const Gazetteer& gazetteer = TheGazetteer();
  NameScan scan;
  size_t matches = 0;
  for (auto _ : state) {
    for (const Sample& sample : Articles()) {
      scan.Run(gazetteer, {sample.text, sample.words});
      matches += scan.matches().size();
    }
  }
  benchmark::DoNotOptimize(matches);
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations()) * Bytes());
  state.counters["mapped_MB"] = static_cast<double>(gazetteer.bytes()) / 1e6;
  state.counters["matches_per_article"] =
      static_cast<double>(matches) /
      static_cast<double>(state.iterations() * kArticles);
}
BENCHMARK(BM_Lane)->Unit(benchmark::kMillisecond);

// The lane with the splitting that dedupe shares.
void BM_SplitAndLane(benchmark::State& state) {
  const Gazetteer& gazetteer = TheGazetteer();
  NameScan scan;
  std::vector<Word> words;
  for (auto _ : state) {
    for (const Sample& sample : Articles()) {
      words.clear();
      SplitWords(sample.text, words);
      scan.Run(gazetteer, {sample.text, words});
    }
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations()) * Bytes());
}
BENCHMARK(BM_SplitAndLane)->Unit(benchmark::kMillisecond);

// All of names: lane, mentions, senses, places.
void BM_NameTagger(benchmark::State& state) {
  const Gazetteer& gazetteer = TheGazetteer();
  NameTagger tagger;
  size_t names = 0;
  for (auto _ : state) {
    for (const Sample& sample : Articles()) {
      NameInput input;
      input.body = sample.text;
      input.body_words = sample.words;
      input.provider_country = "FR";
      names += tagger.Tag(gazetteer, input).size();
    }
  }
  benchmark::DoNotOptimize(names);
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations()) * Bytes());
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations() * kArticles));
}
BENCHMARK(BM_NameTagger)->Unit(benchmark::kMillisecond);

// A file of half a million names mapped, its checksum and tables checked whole,
// as at start and at a reload.
void BM_Open(benchmark::State& state) {
  GazetteerBuilder builder;
  SourceReport report;
  if (!AddGazetteerText("bench.tsv", MakeTable(), builder, report).ok()) {
    std::abort();
  }
  const std::string path =
      std::filesystem::temp_directory_path() / "names_bench.wdg";
  std::ofstream(path, std::ios::binary) << builder.Build().value();
  for (auto _ : state) {
    if (!Gazetteer::Open(path).ok()) std::abort();
  }
  std::filesystem::remove(path);
}
BENCHMARK(BM_Open)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace wiredesk
