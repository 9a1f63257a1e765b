// Goal: of a page, the article and what it says of itself comes out, and pages
// that only stand in front of one are told apart.
// Method: small pages made here. How good it is on real ones is measured
// elsewhere.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory_resource>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "stages/parse/html/text.h"
#include "stages/parse/page/dates.h"
#include "stages/parse/page/metadata.h"
#include "stages/parse/page/page.h"

namespace wiredesk {
namespace {

using ::testing::ElementsAre;

std::string Paragraphs(int count) {
  std::string html;
  for (int i = 0; i < count; ++i) {
    absl::StrAppend(&html, "<p>The ferry, idle since May, ran again on day ", i,
                    ", its owner said, and the quay was full of people who had "
                    "waited for it.</p>");
  }
  return html;
}

class HtmlPageTest : public ::testing::Test {
 protected:
  std::vector<ArticleDraft> Parse(const std::string& html) {
    report_ = {};
    context_.arena = &arena_;
    std::vector<ArticleDraft> drafts;
    ParseHtmlPage(html, context_, drafts, report_);
    return drafts;
  }

  std::pmr::monotonic_buffer_resource arena_;
  ParseContext context_;
  ParseReport report_;
};

TEST_F(HtmlPageTest, TheArticleStandsWithoutItsCompany) {
  const auto drafts = Parse(absl::StrCat(
      "<html lang=en><head><title>Ferry runs again today - Harbour</title>"
      "<link rel=canonical href='https://example.org/ferry'></head><body>"
      "<nav><a href=/>Home</a></nav><div class=article-body>"
      "<h1>Ferry runs again today</h1>",
      Paragraphs(6),
      "<ul><li><a href=1>Other story</a><li><a href=2>More of it</a></ul>"
      "<script>var x = '<p>no</p>';</script></div>"
      "<div class=related><p><a href=3>Something else, quite long, to be "
      "read, perhaps, another day</a></p></div><footer>Imprint</footer>"));
  ASSERT_EQ(drafts.size(), 1u);
  EXPECT_EQ(drafts[0].headline, "Ferry runs again today");
  EXPECT_EQ(drafts[0].canonical_link, "https://example.org/ferry");
  EXPECT_EQ(drafts[0].language, "en");
  EXPECT_TRUE(absl::StrContains(drafts[0].body, "on day 5"));
  for (const absl::string_view other :
       {"Home", "Other story", "Something else", "Imprint", "var x"}) {
    EXPECT_FALSE(absl::StrContains(drafts[0].body, other)) << other;
  }
}

TEST_F(HtmlPageTest, AParagraphOfASpaceThatDoesNotBreakIsNoPart) {
  const auto drafts = Parse(absl::StrCat(
      "<title>Ferry runs again</title><body><section><div>", Paragraphs(6),
      "</div><p>&nbsp;</p><p>The quay closes at six.</p></section>"));
  ASSERT_EQ(drafts.size(), 1u);
  EXPECT_TRUE(
      absl::EndsWith(drafts[0].body, "for it.\n\nThe quay closes at six."))
      << drafts[0].body;
}

TEST_F(HtmlPageTest, LinkedDataComesFirst) {
  const auto drafts = Parse(absl::StrCat(
      R"(<head><script type="application/ld+json">{"@graph":[{"@type":
      "NewsArticle","headline":"Ferry &amp; quay",
      "datePublished":"2024-07-11T09:30:00Z","author":[{"name":"Ann Lee"},
      "Bob Ray"],"publisher":{"name":"Harbour"}}]}</script>
      <meta property="og:title" content="Other"></head><body>)",
      Paragraphs(6)));
  ASSERT_EQ(drafts.size(), 1u);
  EXPECT_EQ(drafts[0].headline, "Ferry & quay");
  EXPECT_THAT(drafts[0].byline, ElementsAre("Ann Lee", "Bob Ray"));
  EXPECT_EQ(drafts[0].provider_name, "Harbour");
  ASSERT_TRUE(drafts[0].published.has_value());
  EXPECT_EQ(drafts[0].published->instant, absl::FromUnixSeconds(1720690200));
}

TEST_F(HtmlPageTest, LinkedDataMayStandInCdata) {
  for (const char* open : {"<![CDATA[", "//<![CDATA[\n", "/*<![CDATA[*/"}) {
    const auto drafts =
        Parse(absl::StrCat("<head><script type='application/ld+json'>", open,
                           R"([{"@type":"NewsArticle","headline":"Ferry",
        "datePublished":"2024-07-11T09:30:00Z"}])",
                           "\n//]]></script></head><body>", Paragraphs(6)));
    ASSERT_EQ(drafts.size(), 1u);
    EXPECT_EQ(drafts[0].headline, "Ferry") << open;
    EXPECT_TRUE(drafts[0].published.has_value()) << open;
  }
}

TEST_F(HtmlPageTest, TheNameThatThePageBearsGoesBeforeADescription) {
  const auto drafts = Parse(absl::StrCat(
      R"(<head><title>List of ferries - Harbour</title>
      <script type="application/ld+json">{"@type":"Article",
      "name":"List of ferries","headline":"article of a list"}</script></head>
      <body>)",
      Paragraphs(6)));
  ASSERT_EQ(drafts.size(), 1u);
  EXPECT_EQ(drafts[0].headline, "List of ferries");
}

TEST_F(HtmlPageTest, WhatStandsInFrontOfAnArticleIsNone) {
  const struct {
    absl::string_view html;
    absl::string_view why;
  } cases[] = {
      {"<title>404 Not Found</title><h1>Not Found</h1><p>The page is gone.",
       "error page"},
      {"<title>Just a moment...</title><p>Checking your browser before you go "
       "on. This may take some seconds, please wait until it is done with it.",
       "error page"},
      {"<title>Log in - Harbour</title><form><input type=password></form><p>"
       "Log in to go on reading. Forgot your password? Write to the desk.",
       "login wall"},
      {"<title>Harbour</title><p>We use cookies and our partners do so, too, "
       "to know what you read. Accept all of them to go on to the page that "
       "you want, or choose among them, one by one, in the settings.",
       "consent page"},
      {"<title>Empty</title>", "no text"},
  };
  for (const auto& test : cases) {
    EXPECT_TRUE(Parse(std::string(test.html)).empty()) << test.html;
    ASSERT_EQ(report_.errors.size(), 1u) << test.html;
    EXPECT_EQ(report_.errors[0].reason, ParseReason::kNotAnArticle);
    EXPECT_EQ(report_.errors[0].detail, test.why);
  }
}

TEST_F(HtmlPageTest, DeepAndWidePagesAreReadInTime) {
  std::string html = "<body>";
  for (int i = 0; i < 20000; ++i) html += "<div><b>";
  EXPECT_LE(Parse(html + Paragraphs(3)).size(), 1u);
  html = "<body><table>";
  for (int i = 0; i < 20000; ++i) html += "<tr><td>x<table>";
  EXPECT_LE(Parse(html + Paragraphs(3)).size(), 1u);
}

TEST(HtmlDatesTest, ReadsTheDayOfAUrl) {
  const struct {
    absl::string_view url;
    absl::string_view day;
  } cases[] = {
      {"https://example.org/2024/07/11/ferry", "2024-07-11"},
      {"https://example.org/news/2024-07-11-ferry", "2024-07-11"},
      {"https://example.org/2024/7/11/ferry", "2024-07-11"},
      {"https://example.org/20240711/ferry", "2024-07-11"},
      {"https://example.org/2024/13/11/ferry", ""},
      {"https://example.org/ferry-1234567", ""},
      {"https://example.org/", ""},
  };
  for (const auto& test : cases) {
    const auto time = DateOfUrl(test.url);
    EXPECT_EQ(
        time ? absl::FormatTime("%Y-%m-%d", time->instant, absl::UTCTimeZone())
             : "",
        test.day)
        << test.url;
  }
}

TEST(HtmlTextTest, ParagraphsLinesAndSpaces) {
  const struct {
    absl::string_view html;
    absl::string_view text;
  } cases[] = {
      {"<p>One</p><p>Two</p>", "One\n\nTwo"},
      {"a<br>b<br><br>c", "a\nb\n\nc"},
      {"<ul><li>a<li>b</ul>", "a\nb"},
      {"a <b>b</b>c&nbsp;&nbsp;d", "a bc d"},
      {"one\n\ntwo", "one\n\ntwo"},
      {"<script>x</script>y<style>z</style>", "y"},
      {"<table><tr><td>a<td>b<tr><td>c</table>", "a b\nc"},
      {"2 < 3 & 4 > 1", "2 < 3 & 4 > 1"},
      {"&amp;lt;", "&lt;"},
  };
  for (const auto& test : cases) {
    std::string text;
    AppendHtmlText(test.html, text);
    EXPECT_EQ(text, test.text) << test.html;
  }
}

TEST(HtmlTitleTest, LeavesOutTheSite) {
  const struct {
    absl::string_view title;
    absl::string_view headline;
  } cases[] = {
      {"Ferry runs again after months | Harbour News",
       "Ferry runs again after months"},
      {"Harbour News: the ferry runs again today",
       "the ferry runs again today"},
      {"Short - Harbour", "Short - Harbour"},
      {"The ferry runs again", "The ferry runs again"},
  };
  for (const auto& test : cases) {
    EXPECT_EQ(HeadlineOfPageTitle(test.title, {}, 0), test.headline);
  }
}

}  // namespace
}  // namespace wiredesk
