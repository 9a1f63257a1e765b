// Goal: what a raw record costs in memory is bounded by its size and the number
// of articles in it, in every format, however it is made.
// Method: all memory that this program takes is counted while the stage reads
// records that are made to cost much: nothing but tags, values, escapes, words.

#include <gtest/gtest.h>
#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <pugixml.hpp>
#include <string>

#include "absl/strings/str_cat.h"
#include "stages/parse/parse_stage.h"

namespace {

std::atomic<int64_t> live_bytes = 0;
std::atomic<int64_t> peak_bytes = 0;

void* Counted(void* memory) {
  if (memory == nullptr) std::abort();
  const int64_t live = live_bytes +=
      static_cast<int64_t>(malloc_usable_size(memory));
  int64_t peak = peak_bytes;
  while (live > peak && !peak_bytes.compare_exchange_weak(peak, live)) {
  }
  return memory;
}

void Uncounted(void* memory) {
  if (memory == nullptr) return;
  live_bytes -= static_cast<int64_t>(malloc_usable_size(memory));
  std::free(memory);
}

void* CountedMalloc(size_t size) { return Counted(std::malloc(size)); }

}  // namespace

void* operator new(size_t size) {
  return CountedMalloc(std::max(size, size_t{1}));
}
void* operator new(size_t size, const std::nothrow_t&) noexcept {
  return CountedMalloc(std::max(size, size_t{1}));
}
void* operator new(size_t size, std::align_val_t alignment) {
  const auto align = static_cast<size_t>(alignment);
  return Counted(std::aligned_alloc(align, (size + align - 1) / align * align));
}
void operator delete(void* memory) noexcept { Uncounted(memory); }
void operator delete(void* memory, size_t) noexcept { Uncounted(memory); }
void operator delete(void* memory, std::align_val_t) noexcept {
  Uncounted(memory);
}
void operator delete(void* memory, size_t, std::align_val_t) noexcept {
  Uncounted(memory);
}

namespace wiredesk {
namespace {

// What docs/parse.md promises.
constexpr int64_t kBytesPerByte = 96;
constexpr int64_t kBytesPerArticle = 4096;
constexpr int64_t kFixedBytes = 4 << 20;

constexpr size_t kRecordBytes = 512 << 10;

// `head`, then `piece` until the record is full, then `tail`.
std::string Filled(const std::string& head, const std::string& piece,
                   const std::string& tail) {
  std::string record = head;
  while (record.size() + tail.size() < kRecordBytes) record += piece;
  return record + tail;
}

struct Case {
  const char* name;
  std::string record;
};

std::vector<Case> Cases() {
  const std::string feed = "<rss><channel><item><title>t</title><description>";
  const std::string feed_end = "</description></item></channel></rss>";
  const std::string page =
      "<html><title>Ferry runs again</title><body><article>";
  return {
      {"json numbers", Filled(R"({"title":"t","x":[1)", ",1", "]}")},
      {"json objects", Filled(R"({"title":"t","x":[{})", ",{\"\":0}", "]}")},
      {"json escapes", Filled(R"({"title":"t","body":")", "\\u00e9", "\"}")},
      {"json words", Filled(R"({"title":"t","body":")", "a ", "\"}")},
      {"json marks", Filled(R"({"title":"t","body":")", "\\u2019a", "\"}")},
      {"json markup", Filled(R"({"title":"t","body":")", "<b>&lt;", "\"}")},
      {"json articles",
       Filled("[{\"title\":\"t\"}", ",{\"title\":\"t\"}", "]")},
      {"json no articles", Filled("[{\"a\":1}", ",{\"a\":1}", "]")},
      {"json authors",
       Filled(R"({"title":"t","authors":["a b")", ",\"a b\"", "]}")},
      {"json lines", Filled("", "{\"title\":\"t\"}\n", "")},
      {"feed elements", Filled(feed, "<a/>", feed_end)},
      {"feed text", Filled(feed, "a&#233;&amp;lt;b&amp;gt;", feed_end)},
      {"feed cdata", Filled(feed, "<![CDATA[<p>a]]>", feed_end)},
      {"feed attributes", Filled("<rss><channel><item><title ", "a='' ",
                                 ">t</title></item></channel></rss>")},
      {"feed items", Filled("<rss><channel>", "<item><title>t</title></item>",
                            "</channel></rss>")},
      {"feed broken", Filled("<rss><channel><item><title>t", "<a b=c><", "")},
      {"newsml", Filled("<newsItem guid='x'><itemMeta/><contentMeta>"
                        "<headline>t</headline>",
                        "<subject qcode='a:b'/>", "</contentMeta></newsItem>")},
      {"page tags", Filled(page, "<p>", "")},
      {"page text", Filled(page, "<p>a, b", "")},
      {"page attributes", Filled(page + "<p ", "a=b ", ">text</p>")},
      {"page depth", Filled(page, "<i>a", "")},
      {"page links", Filled(page, "<a href=b>c</a>", "")},
      {"page meta", Filled("<html><head>", "<meta name=author content=a>", "")},
      {"plain text", Filled("Headline\n\n", "a\n\n", "")},
      {"plain bytes", Filled("Headline\n\n", "\x80 ", "")},
  };
}

TEST(ParseMemoryTest, ARecordCostsNoMoreThanItsSizeAndArticlesAllow) {
  pugi::set_memory_management_functions(&CountedMalloc, &Uncounted);
  Diagnostics diagnostics;
  const auto rules = CompileParseRules(ParseOptions(), diagnostics);
  for (const Case& test : Cases()) {
    Batch batch{Batch::Limits{}};
    ParseStage stage(rules);
    const Header type = {"content-type", "text/plain"};
    const bool plain = absl::string_view(test.name).substr(0, 5) == "plain";
    batch.Append(
        {"raw", 0, 0}, "", test.record,
        plain ? absl::Span<const Header>(&type, 1) : absl::Span<const Header>(),
        std::nullopt);
    const int64_t before = live_bytes;
    peak_bytes = before;
    ASSERT_TRUE(stage.Process(batch).ok());
    const int64_t cost = peak_bytes - before;
    const auto size = static_cast<int64_t>(test.record.size());
    const auto articles =
        std::max<int64_t>(static_cast<int64_t>(batch.records().size()), 1);
    RecordProperty(test.name,
                   absl::StrCat(cost / size, " bytes a byte, ", articles,
                                " articles, ", cost / articles, " each"));
    EXPECT_LE(cost,
              kBytesPerByte * size + kBytesPerArticle * articles + kFixedBytes)
        << test.name << ": " << cost / size << " bytes for each of its";
  }
  pugi::set_memory_management_functions(&std::malloc, &std::free);
}

}  // namespace
}  // namespace wiredesk
