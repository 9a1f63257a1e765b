// How fast pages become drafts, on one core, extraction included; and how fast
// the tokenizer alone is. Real pages where they lie next to the project, else
// one made here.

#include <benchmark/benchmark.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory_resource>
#include <string>
#include <vector>

#include "stages/parse/draft/article_draft.h"
#include "stages/parse/html/tokenizer.h"
#include "stages/parse/html/tree.h"
#include "stages/parse/page/page.h"

namespace wiredesk {
namespace {

std::vector<std::string> Pages() {
  std::vector<std::string> pages;
  const std::filesystem::path folder =
      std::filesystem::path(WIREDESK_SOURCE_DIR) /
      "../shared/data/feeds/readability/test-pages";
  if (std::filesystem::exists(folder)) {
    for (const auto& page : std::filesystem::directory_iterator(folder)) {
      std::ifstream in(page.path() / "source.html", std::ios::binary);
      if (!in) continue;
      pages.emplace_back(std::istreambuf_iterator<char>(in),
                         std::istreambuf_iterator<char>());
    }
    return pages;
  }
  std::string page = "<html><head><title>Ferry</title></head><body>";
  for (int i = 0; i < 500; ++i) {
    page +=
        "<div class=\"story\"><p>The ferry, idle since May, ran again, "
        "its <a href=\"/o\">owner</a> said on Thursday.</p></div>\n";
  }
  pages.push_back(page);
  return pages;
}

template <typename Fn>
void ForAll(benchmark::State& state, Fn&& fn) {
  const std::vector<std::string> pages = Pages();
  int64_t bytes = 0;
  for (auto _ : state) {
    for (const std::string& page : pages) {
      fn(page);
      bytes += static_cast<int64_t>(page.size());
    }
  }
  state.SetBytesProcessed(bytes);
}

void BM_HtmlPage(benchmark::State& state) {
  ForAll(state, [](const std::string& page) {
    std::pmr::monotonic_buffer_resource arena(1 << 20);
    ParseContext context;
    context.arena = &arena;
    std::vector<ArticleDraft> drafts;
    ParseReport report;
    ParseHtmlPage(page, context, drafts, report);
    benchmark::DoNotOptimize(drafts.data());
  });
}
BENCHMARK(BM_HtmlPage);

void BM_HtmlTree(benchmark::State& state) {
  ForAll(state, [](const std::string& page) {
    const HtmlTree tree(page);
    benchmark::DoNotOptimize(tree.size());
  });
}
BENCHMARK(BM_HtmlTree);

void BM_HtmlTokens(benchmark::State& state) {
  ForAll(state, [](const std::string& page) {
    HtmlTokenizer tokenizer(page);
    HtmlToken token;
    size_t tokens = 0;
    while (tokenizer.Next(token)) ++tokens;
    benchmark::DoNotOptimize(tokens);
  });
}
BENCHMARK(BM_HtmlTokens);

}  // namespace
}  // namespace wiredesk
