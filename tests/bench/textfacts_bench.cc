// What each of the text rules of the tag stage costs for one English article of
// about 7 KB, written here.

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "stages/tag/amounts.h"
#include "stages/tag/dates.h"
#include "stages/tag/indicators.h"
#include "stages/tag/indicators_lists.h"
#include "stages/tag/language.h"
#include "stages/tag/quotes.h"
#include "stages/tag/tag_rules.h"
#include "stages/tag/topics.h"

namespace wiredesk {
namespace {

struct Sample {
  Sample() {
    for (int i = 0; i < 14; ++i) {
      text +=
          "The minister met the head of the agency in the capital on Thursday "
          "and spoke with reporters for two hours about the plan, which the "
          "parliament is expected to adopt in September. “We will do all that "
          "we can to bring the 32 members of the alliance together,” she "
          "said, adding that the budget of $3.5 million was too small. Troops "
          "at the border were told last week to wait for further orders, an "
          "official of the ministry said, and the company that builds the "
          "bridge fell back by 12 percent.\n\n";
    }
    SplitWords(text, words);
  }
  std::string text;
  std::vector<Word> words;
  DateReference reference = {true, absl::CivilSecond(2024, 7, 12)};
};

const Sample& TheSample() {
  static const auto* sample = new Sample();
  return *sample;
}

void Finish(benchmark::State& state) {
  state.SetBytesProcessed(
      static_cast<int64_t>(state.iterations() * TheSample().text.size()));
}

void BM_Language(benchmark::State& state) {
  const Sample& sample = TheSample();
  for (auto _ : state) {
    benchmark::DoNotOptimize(DetectLanguage(sample.text, sample.words, ""));
  }
  Finish(state);
}
BENCHMARK(BM_Language);

void BM_Dates(benchmark::State& state) {
  const Sample& sample = TheSample();
  std::vector<FoundDate> dates;
  for (auto _ : state) {
    dates.clear();
    FindDates(sample.text, sample.words, sample.reference, "en", dates);
  }
  Finish(state);
}
BENCHMARK(BM_Dates);

void BM_Amounts(benchmark::State& state) {
  const Sample& sample = TheSample();
  std::vector<FoundAmount> amounts;
  for (auto _ : state) {
    amounts.clear();
    FindAmounts(sample.text, sample.words, {}, "en", "US", amounts);
  }
  Finish(state);
}
BENCHMARK(BM_Amounts);

void BM_Quotes(benchmark::State& state) {
  const Sample& sample = TheSample();
  std::vector<FoundQuote> quotes;
  for (auto _ : state) {
    quotes.clear();
    FindQuotes(sample.text, sample.words, {}, "en", quotes);
  }
  Finish(state);
}
BENCHMARK(BM_Quotes);

void BM_Indicators(benchmark::State& state) {
  const Sample& sample = TheSample();
  const WarningList warnings(DefaultWarningList());
  IndicatorList list;
  for (auto _ : state) {
    list.Clear();
    FindIndicators(sample.text, warnings, "", list);
  }
  Finish(state);
}
BENCHMARK(BM_Indicators);

void BM_Topics(benchmark::State& state) {
  const Sample& sample = TheSample();
  const auto topics = TopicSet::Default();
  TopicScratch scratch;
  for (auto _ : state) topics->Find({}, sample.words, scratch);
  Finish(state);
}
BENCHMARK(BM_Topics);

// With so many rules as the argument says.
void BM_TagRules(benchmark::State& state) {
  const Sample& sample = TheSample();
  std::string content;
  for (int64_t i = 0; i < state.range(0); ++i) {
    content += "r" + std::to_string(i) + ": word" + std::to_string(i) +
               " OR \"some phrase" + std::to_string(i) + "\" NEAR/10 name" +
               std::to_string(i) + "\n";
  }
  const auto rules = TagRules::Parse("bench", content);
  const auto scratch = MakeTagRuleScratch();
  TagRuleInput input;
  input.body_words = sample.words;
  std::vector<absl::string_view> tags;
  for (auto _ : state) (*rules)->Match(input, *scratch, tags);
  Finish(state);
}
BENCHMARK(BM_TagRules)->Arg(100)->Arg(5000);

}  // namespace
}  // namespace wiredesk
