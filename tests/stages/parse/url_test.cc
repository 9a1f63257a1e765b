// Goal: addresses of one page have one key, and the canonical address still
// leads to it. Method: tables, the examples of RFC 3986 among them.

#include "stages/parse/url/url.h"

#include <gtest/gtest.h>
#include <simdjson.h>

#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "stages/parse/url/canonical.h"
#include "stages/parse/url/tracking_parameters.h"

namespace wiredesk {
namespace {

struct Case {
  const char* url;
  const char* wanted;
};

TEST(UrlTest, MakesCanonicalAddresses) {
  const Case cases[] = {
      {"HTTP://Example.ORG", "http://example.org/"},
      {"https://example.org:443/a", "https://example.org/a"},
      {"https://example.org:8443/a", "https://example.org:8443/a"},
      {"https://user:pw@example.org/a#top", "https://example.org/a"},
      {"https://example.org/a/./b/../c", "https://example.org/a/c"},
      {"https://example.org/%7efoo%2f", "https://example.org/~foo%2F"},
      {"https://example.org/a?utm_source=x&id=3&fbclid=1",
       "https://example.org/a?id=3"},
      {"https://example.org/a?UTM_Source=x", "https://example.org/a"},
      {"https://example.org/a?ref=fb", "https://example.org/a"},
      {"https://example.org/a?ref=v1.2", "https://example.org/a?ref=v1.2"},
      {"https://example.org/a?id=1&amp;b=2", "https://example.org/a?id=1&b=2"},
      {"https://amp.example.org/a", "https://example.org/a"},
      {"https://en.m.example.org/a", "https://en.example.org/a"},
      {"https://example.org/story/amp/", "https://example.org/story"},
      {"https://example.org/story.amp.html", "https://example.org/story.html"},
      {"https://example.org/#!/page", "https://example.org/#!/page"},
      {"//example.org/a", "https://example.org/a"},
      {"http:\\\\example.org\\a", "http://example.org/a"},
      {"http://http://example.org/a", "http://example.org/a"},
      {"https://www.google.com/url?q=https://example.org/a&sa=D",
       "https://example.org/a"},
      {"https://example-org.cdn.ampproject.org/c/s/example.org/a",
       "https://example.org/a"},
      {"https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fa&h=x",
       "https://example.org/a"},
      {"http://t\xC3\xA9l\xC3\xA9rama.fr/a", "http://xn--tlrama-bvab.fr/a"},
      {"mailto:ann@example.org", ""},
      {"", ""},
      {"no address", ""},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(CanonicalUrl(one.url), one.wanted) << one.url;
  }
}

TEST(UrlTest, OnePageHasOneKey) {
  const char* const same[] = {
      "https://www.example.org/a/?b=2&a=1", "http://example.org/a?a=1&b=2",
      "https://m.example.org/a/index.html?a=1&b=2&utm_medium=x",
      "https://www2.example.org//a?a=1&b=2#part"};
  for (const char* url : same) {
    EXPECT_EQ(DedupeUrl(url), "example.org/a?a=1&b=2") << url;
  }
  EXPECT_EQ(DedupeUrl("https://example.org/"), "example.org");
  EXPECT_NE(DedupeUrl("https://example.org/a"),
            DedupeUrl("https://example.org/A"));
}

TEST(UrlTest, ResolvesAsRfc3986Does) {
  const char* const base = "http://a/b/c/d;p?q";
  const Case cases[] = {
      {"g:h", "g:h"},
      {"g", "http://a/b/c/g"},
      {"./g", "http://a/b/c/g"},
      {"g/", "http://a/b/c/g/"},
      {"/g", "http://a/g"},
      {"//g", "http://g"},
      {"?y", "http://a/b/c/d;p?y"},
      {"g?y", "http://a/b/c/g?y"},
      {"#s", "http://a/b/c/d;p?q#s"},
      {"", "http://a/b/c/d;p?q"},
      {".", "http://a/b/c/"},
      {"..", "http://a/b/"},
      {"../g", "http://a/b/g"},
      {"../../../g", "http://a/g"},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(ResolveUrl(base, one.url), one.wanted) << one.url;
  }
}

TEST(UrlTest, TheShippedListIsCompiledIn) {
  std::ifstream file(std::string(WIREDESK_SOURCE_DIR) +
                     "/config/tracking_parameters.txt");
  std::ostringstream text;
  text << file.rdbuf();
  std::set<std::string> names;
  for (const absl::string_view line : absl::StrSplit(text.str(), '\n')) {
    const absl::string_view name = absl::StripAsciiWhitespace(line);
    if (!name.empty() && name[0] != '#') names.emplace(name);
  }
  const absl::string_view compiled_in = kTrackingParameters;
  const std::set<std::string> compiled =
      absl::StrSplit(compiled_in, '\n', absl::SkipEmpty());
  EXPECT_EQ(compiled, names);
}

// Where the address of an interface, a search engine or an AMP cache leads.
TEST(UrlTest, RedirectorsAreUnwrapped) {
  const struct {
    const char* url;
    const char* canonical;
  } cases[] = {
      {"https://www.google.com/url?q=https%3A%2F%2Fexample.org%2Fa&sa=D",
       "https://example.org/a"},
      {"https://www.google.com/amp/s/example.org/a/amp/",
       "https://example.org/a"},
      {"https://example-org.cdn.ampproject.org/c/s/example.org/a?id=1",
       "https://example.org/a?id=1"},
      {"https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fa&h=x",
       "https://example.org/a"},
      {"https://www.youtube.com/redirect?q=https%3A%2F%2Fexample.org%2F",
       "https://example.org/"},
      // Twice wrapped, and a circle that is given up.
      {"https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.google.com%2Furl%3Fq"
       "%3Dhttps%253A%252F%252Fexample.org%252Fb",
       "https://example.org/b"},
      // An address in a query is not a redirector.
      {"https://example.org/share?url=https%3A%2F%2Fother.org%2F",
       "https://example.org/share?url=https%3A%2F%2Fother.org%2F"},
  };
  for (const auto& test : cases) {
    EXPECT_EQ(CanonicalUrl(test.url), test.canonical) << test.url;
  }
}

TEST(UrlTest, FragmentsAndBracketsAreNormal) {
  const struct {
    const char* url;
    const char* canonical;
  } cases[] = {
      {"https://example.org/a#!", "https://example.org/a"},
      {"https://example.org/a#!/", "https://example.org/a"},
      {"https://example.org/a#/", "https://example.org/a"},
      {"https://example.org/a#!/b", "https://example.org/a#!/b"},
      {"https://example.org/#/b", "https://example.org/#/b"},
      {"https://example.org/a[1]?b[]=2",
       "https://example.org/a%5B1%5D?b%5B%5D=2"},
      {"https://example.org/a%5b1%5d", "https://example.org/a%5B1%5D"},
      {"https://example.org/a?_ft_=x&cn-reloaded=1&id=2",
       "https://example.org/a?id=2"},
  };
  for (const auto& test : cases) {
    EXPECT_EQ(CanonicalUrl(test.url), test.canonical) << test.url;
  }
}

// Why a key differs from what another project makes of an address, on purpose;
// "" if it should not.
std::string DeliberateDifference(absl::string_view input, absl::string_view got,
                                 absl::string_view want) {
  const auto without = [](absl::string_view key, char mark) {
    return key.substr(0, key.find(mark));
  };
  const absl::string_view host = without(without(want, '/'), '?');
  if (absl::StrContains(without(got, '#'), '?') &&
      absl::StrContains(got.substr(got.find('?')), host)) {
    return "only known redirectors are followed to an address in a query";
  }
  if (without(got, '#') == want) {
    return "a path in the fragment is a page of its own";
  }
  if (without(got, '?') == without(want, '?')) {
    return "parameters of single sites are kept, another may need them";
  }
  if (without(got, ':') == without(without(want, '/'), '?') &&
      absl::StrContains(got, ":")) {
    return "another port is another site";
  }
  if (absl::StrCat(want, "/index") == got) {
    return "\"/index/\" is a folder, \"/index\" and \"/index.html\" a page";
  }
  if (absl::StrContains(input, "://amp-")) {
    return "\"amp-\" may be part of a name, \"amp.\" is not";
  }
  if (absl::StrContains(want, "youtube.com/watch?v=") ||
      absl::StrContains(want, "/photo.php")) {
    return "paths of single sites are not rewritten";
  }
  return "";
}

// Two addresses that other projects call one have one key here, too, but for
// differences that are meant.
TEST(UrlTest, AgreesWithCollectedCasesOrDiffersDeliberately) {
  std::ifstream file(std::string(WIREDESK_SOURCE_DIR) +
                     "/../shared/data/feeds/url-canonicalisation/"
                     "url_cases.jsonl");
  if (!file) GTEST_SKIP() << "no collected addresses here";
  simdjson::dom::parser parser;
  int checked = 0;
  int agreed = 0;
  for (std::string line; std::getline(file, line);) {
    simdjson::dom::element root;
    std::string_view fn;
    std::string_view input;
    std::string_view expect;
    if (parser.parse(line).get(root) != simdjson::SUCCESS ||
        root["fn"].get(fn) != simdjson::SUCCESS ||
        (fn != "normalize_url" && fn != "infer_redirection") ||
        root["input"].get(input) != simdjson::SUCCESS ||
        root["expect"].get(expect) != simdjson::SUCCESS) {
      continue;
    }
    const absl::string_view address(input.data(), input.size());
    const std::string want =
        DedupeUrl(absl::string_view(expect.data(), expect.size()));
    if (want.empty()) continue;
    const std::string got = DedupeUrl(address);
    ++checked;
    if (absl::EqualsIgnoreCase(got, want)) {
      ++agreed;
    } else {
      EXPECT_NE(DeliberateDifference(address, got, want), "")
          << address << " has the key " << got << ", not " << want;
    }
  }
  EXPECT_GT(checked, 100);
  EXPECT_GE(agreed * 100, checked * 85) << "of " << checked;
  RecordProperty("agreed", agreed);
  RecordProperty("checked", checked);
}

}  // namespace
}  // namespace wiredesk
