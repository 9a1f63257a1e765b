// How fast feeds in XML become drafts, on one core: bytes to finished text.
// Feeds are made here, plus the real ones where they lie next to the project.

#include <benchmark/benchmark.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory_resource>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "stages/parse/bytes/charset.h"
#include "stages/parse/draft/article_draft.h"
#include "stages/parse/feed/feed.h"
#include "stages/parse/xml/sniff.h"

namespace wiredesk {
namespace {

std::string MadeFeed(bool cdata) {
  std::string text;
  for (int i = 0; i < 20; ++i) {
    text +=
        "<p>The ferry, idle since May, ran again on Thursday, its owner "
        "said, and the quay was full of <b>people</b> who had waited "
        "&amp; waited for it.</p>\n";
  }
  if (!cdata) {
    std::string escaped;
    for (const char c : text) {
      absl::StrAppend(&escaped, c == '<'   ? std::string("&lt;")
                                : c == '&' ? std::string("&amp;")
                                           : std::string(1, c));
    }
    text = escaped;
  } else {
    text = absl::StrCat("<![CDATA[", text, "]]>");
  }
  std::string feed = "<rss version=\"2.0\"><channel><title>Harbour</title>";
  for (int i = 0; i < 50; ++i) {
    absl::StrAppend(&feed, "<item><title>Ferry ", i,
                    "</title><link>http://example.org/", i,
                    "</link><guid>http://example.org/", i,
                    "</guid><pubDate>Thu, 11 Jul 2024 09:30:00 GMT</pubDate>"
                    "<dc:creator>Ann Lee</dc:creator><category>Sea</category>"
                    "<description>The ferry runs.</description>"
                    "<content:encoded>",
                    text, "</content:encoded></item>\n");
  }
  return feed + "</channel></rss>";
}

std::vector<std::string> RealFeeds() {
  std::vector<std::string> feeds;
  const std::filesystem::path folder =
      std::filesystem::path(WIREDESK_SOURCE_DIR) /
      "../shared/data/feeds/rss-parser/input";
  if (!std::filesystem::exists(folder)) return feeds;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(file.path(), std::ios::binary);
    feeds.emplace_back(std::istreambuf_iterator<char>(in),
                       std::istreambuf_iterator<char>());
  }
  return feeds;
}

void ParseAll(benchmark::State& state, const std::vector<std::string>& feeds) {
  int64_t bytes = 0;
  int64_t items = 0;
  // As in a worker, whose arena keeps its memory from batch to batch.
  std::vector<char> memory(16 << 20);
  for (auto _ : state) {
    for (const std::string& feed : feeds) {
      std::pmr::monotonic_buffer_resource arena(memory.data(), memory.size());
      std::string storage;
      const Utf8Text text = DecodeToUtf8(feed, "", storage);
      if (!LooksLikeXmlFeed(text.text)) continue;
      ParseContext context;
      context.arena = &arena;
      std::vector<ArticleDraft> drafts;
      ParseReport report;
      ParseXmlFeed(text.text, context, drafts, report);
      benchmark::DoNotOptimize(drafts.data());
      bytes += static_cast<int64_t>(feed.size());
      items += static_cast<int64_t>(drafts.size());
    }
  }
  state.SetBytesProcessed(bytes);
  state.SetItemsProcessed(items);
}

void BM_FeedCdata(benchmark::State& state) {
  ParseAll(state, {MadeFeed(true)});
}
BENCHMARK(BM_FeedCdata);

void BM_FeedEscaped(benchmark::State& state) {
  ParseAll(state, {MadeFeed(false)});
}
BENCHMARK(BM_FeedEscaped);

void BM_FeedReal(benchmark::State& state) { ParseAll(state, RealFeeds()); }
BENCHMARK(BM_FeedReal);

}  // namespace
}  // namespace wiredesk
