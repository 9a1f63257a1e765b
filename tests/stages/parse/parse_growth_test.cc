// Goal: no bytes that come in cost more than n log n. Method: for each format
// texts of a hostile pattern, repeated; the CPU time of the stage over three
// doublings. Each pattern was a square once, or nearly one.

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "stages/parse/parse_stage.h"
#include "tests/growth.h"

namespace wiredesk {
namespace {

struct Pattern {
  const char* name;
  std::string before;
  std::string unit;
  std::string behind;
};

std::string Repeat(absl::string_view unit, size_t bytes) {
  std::string text;
  text.reserve(bytes + unit.size());
  while (text.size() < bytes) text.append(unit.data(), unit.size());
  return text;
}

const char kRss[] =
    "<rss version=\"2.0\"><channel><title>F</title><item><title>T</title>"
    "<description>Harbour news.</description></item>";
const char kPage[] =
    "<!doctype html><html><head><title>A page</title></head><body><article>"
    "<h1>A page</h1><p>A paragraph, with a comma, long enough to be text.</p>";

std::vector<Pattern> Patterns() {
  const std::string deep = Repeat("<a>", 3000);
  return {
      {"marks that swap", "{\"title\":\"a\",\"body\":\"x", "\xCC\x95\xCC\x80",
       "\"}"},
      {"comments without end", kRss, "<!--", ""},
      {"instructions without end", kRss, "<?", ""},
      {"sections that end at a tag", kRss, "<a><![CDATA[</a>", ""},
      {"quotes that cross tags", kRss, "<a b=\"<a \" ", ""},
      {"end tags without start", kRss + deep, "</b>", ""},
      {"ampersands in markup",
       std::string(kRss) + "<item><title>b</title><description><p>", "&a ",
       "</p></description></item></channel></rss>"},
      {"names with conjunctions",
       std::string(kRss) + "<item><title>b</title><author>", "A and ",
       "</author></item></channel></rss>"},
      {"categories", std::string(kRss) + "<item><title>b</title>",
       "<category>c</category>", "</item></channel></rss>"},
      {"items", kRss, "<item><title>a</title><link>u</link></item>",
       "</channel></rss>"},
      {"ampersands in a page", kPage, "&", ""},
      {"ampersands in a head", "<html><head>", "&", "<title>t</title>"},
      {"lists in lists", kPage, "<ul>", ""},
      {"tables in tables", kPage, "<table>", ""},
      {"lists in one table", std::string(kPage) + "<table><tr><td>",
       "<ul></ul>", ""},
      {"elements that never end", kPage, "<div>a, ", ""},
      {"bylines in bylines", kPage, "<div class=\"byline\">ab<p>", ""},
      {"tags that values hide", "{\"title\":\"a\",\"body\":\"",
       "<z a=' <z b=' ", "\"}"},
      {"backticks", "{\"title\":\"a\",\"body\":\"<", "` `` ``` ", "\"}"},
      {"a list of articles", "[", "{\"title\":\"a\",\"body\":\"b\"},",
       "{\"title\":\"a\"}]"},
      {"a list of broken items", "{\"items\":[{\"title\":\"a\"},", "{\"x\":1},",
       "{\"x\":1}]}"},
      {"arrays in arrays", "{\"title\":\"a\",\"body\":\"b\",\"x\":", "[", ""},
      {"commas", "{\"title\":\"a\",", ",", "}"},
      {"a fraction of a second",
       "{\"title\":\"a\",\"published_at\":\"2024-05-05T10:00:00.", "0", "Z\"}"},
      {"dots in an address",
       "{\"title\":\"a\",\"body\":\"b\",\"url\":\"http://a.example/", "a/../",
       "\"}"},
      {"redirects in redirects", "{\"title\":\"a\",\"body\":\"b\",\"url\":\"",
       "http://www.google.com/url?url=", "\"}"},
  };
}

TEST(ParseGrowthTest, NoPatternIsWorseThanNLogN) {
  Diagnostics diagnostics;
  ParseStage stage(CompileParseRules({}, diagnostics));
  for (const Pattern& pattern : Patterns()) {
    const double growth = GrowthPerDoubling(
        64 << 10,
        [&](size_t bytes) {
          return absl::StrCat(pattern.before, Repeat(pattern.unit, bytes),
                              pattern.behind);
        },
        [&](const std::string& text) {
          Batch batch({});
          batch.Append({"raw", 0, 1}, "", text, {}, std::nullopt);
          ASSERT_TRUE(stage.Process(batch).ok());
        });
    EXPECT_LE(growth, kGrowthMax) << pattern.name;
  }
}

}  // namespace
}  // namespace wiredesk
