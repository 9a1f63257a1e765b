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
#include "stages/parse/page/class_words.h"
#include "stages/parse/page/dates.h"
#include "stages/parse/page/metadata.h"
#include "stages/parse/page/page.h"
#include "stages/parse/page/title.h"

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
  EXPECT_EQ(drafts[0].declared_language, "en");
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
  EXPECT_EQ(drafts[0].provider.name, "Harbour");
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

TEST(HtmlTitleTest, OnlyAProvedSiteIsCut) {
  const struct {
    TitleSources sources;
    absl::string_view headline;
  } cases[] = {
      {{"", "", "Ferry runs again after months | Harbour News", {}, {}},
       "Ferry runs again after months"},
      {{"",
        "",
        "Harbour News: the ferry runs again today",
        {},
        {"Harbour News"}},
       "the ferry runs again today"},
      {{"", "", "Mayor: the ferry runs again today", {}, {"Harbour News"}},
       "Mayor: the ferry runs again today"},
      {{"", "", "Ferry to islands - back at last", {}, {}},
       "Ferry to islands - back at last"},
      {{"", "", "Ferry runs again - Harbour", {}, {"harbour.example"}},
       "Ferry runs again"},
      {{"", "Ferry runs again - Port", "x", {"Ferry runs again"}, {}},
       "Ferry runs again"},
      {{"", "Ferry is back!", "Post", {"The ferry is back"}, {"Post"}},
       "The ferry is back"},
      {{"", "", "The ferry runs again", {}, {}}, "The ferry runs again"},
      {{"", "", "Untitled", {"Ferry runs again"}, {}}, "Ferry runs again"},
      {{"", "", "Harbour News", {"Ferry is back"}, {"Harbour News"}},
       "Ferry is back"},
  };
  for (const auto& test : cases) {
    EXPECT_EQ(HeadlineOfPage(test.sources).text, test.headline);
  }
}

TEST(HtmlClassWordsTest, AreWholeWords) {
  const struct {
    absl::string_view name;
    uint32_t has;
    uint32_t lacks;
  } cases[] = {
      {"site-footer", kClassUnlikely, 0},
      {"siteFooter", kClassUnlikely, 0},
      {"above-footer", 0, kClassUnlikely | kClassNegative},
      {"taxomenu", 0, kClassUnlikely},
      {"hcf-paywall", 0, kClassUnlikely | kClassNegative},
      {"comments", kClassUnlikely | kClassComment, 0},
      {"articleBody", kClassBody | kClassPositive, 0},
      {"article__body", kClassBody, 0},
      {"articlebody", kClassBody | kClassMaybe, 0},
      {"entry-date published", kClassDate, kClassUnlikely},
      {"no-sidebar content", kClassMaybe, kClassUnlikely},
      {"update", 0, kClassDate},
      {"", 0, ~0u},
  };
  for (const auto& test : cases) {
    const uint32_t words = FindClassWords(test.name);
    EXPECT_EQ(words & test.has, test.has) << test.name;
    EXPECT_EQ(words & test.lacks, 0u) << test.name;
  }
}

TEST_F(HtmlPageTest, DrawingsHaveTitlesOfTheirOwn) {
  const auto drafts = Parse(absl::StrCat(
      "<head><svg><title>Icon</title></svg><title>Ferry runs again</title>"
      "</head><body><nav><svg><title/><path d='M1 1'/></svg>Home</nav>"
      "<svg><style>a{}</style><desc>x</desc><p>",
      Paragraphs(6)));
  ASSERT_EQ(drafts.size(), 1u);
  EXPECT_EQ(drafts[0].headline, "Ferry runs again");
  EXPECT_FALSE(drafts[0].body.empty());
}

TEST_F(HtmlPageTest, WhatHoldsMostOfTheTextStaysWhateverItsClass) {
  const auto drafts = Parse(absl::StrCat(
      "<title>Ferry runs again</title><body><div class='sidebar'><div>",
      Paragraphs(8), "</div></div><div class='x'>", Paragraphs(2), "</div>"));
  ASSERT_EQ(drafts.size(), 1u);
  EXPECT_GT(drafts[0].body.size(), Paragraphs(6).size());
}

TEST_F(HtmlPageTest, DatesOfTheArticleAndNotOfTheSite) {
  const struct {
    absl::string_view head;
    int64_t seconds;
  } cases[] = {
      {"<header><p class=date>Friday, 22 November 2024</p></header><article>"
       "<h1>Ferry runs again</h1><p>Published 12 May 2021</p>",
       1620777600},
      {"<article><header class=entry-header><h1>Ferry</h1><time "
       "datetime='2021-05-12T08:00:00+02:00'>12 May</time></header>",
       1620799200},
      {"<article><div class=byline>Wednesday May 12, 2021 by Ann Lee</div>",
       1620777600},
      {"<meta name='dcterms.created' content='2021-05-12T06:00:00Z'>",
       1620799200},
      {"<article><h1>Ferry</h1><div itemprop=video><meta itemprop=uploadDate "
       "content='2021-05-12T06:00:00Z'></div>",
       1620799200},
      {"<article><h1>Ferry</h1><p>By Ann Lee | 12 May 2021 | Harbour</p>",
       1620777600},
      {"<article><h1>Fähre</h1><span class=datum>12. Mai 2021</span>",
       1620777600},
      {"<article><h1>Ferry</h1><time class=updated datetime='2021-05-14'>"
       "</time><time class=published datetime='2021-05-12'></time>",
       1620777600},
      {"<article><h1>Ferry</h1><p>It left in May.</p><footer><time "
       "datetime='2021-05-12T06:00:00Z'>12 May</time></footer>",
       1620799200},
      {"<script>x={\"published_at\":\"2021-05-12T06:00:00Z\"}</script>",
       1620799200},
  };
  for (const auto& test : cases) {
    const auto drafts = Parse(absl::StrCat("<title>Ferry runs again</title>",
                                           "<body>", test.head, Paragraphs(6)));
    ASSERT_EQ(drafts.size(), 1u);
    ASSERT_TRUE(drafts[0].published.has_value()) << test.head;
    EXPECT_EQ(absl::ToUnixSeconds(drafts[0].published->instant), test.seconds)
        << test.head;
  }
}

TEST_F(HtmlPageTest, AHomePageIsNotTheCanonicalAddress) {
  const auto drafts = Parse(absl::StrCat(
      "<head><title>Ferry runs again</title><link rel=canonical "
      "href='https://post.example/'><meta property='og:url' "
      "content='https://post.example/ferry'></head><body><link rel=canonical "
      "href='https://other.example/x'>",
      Paragraphs(6)));
  ASSERT_EQ(drafts.size(), 1u);
  EXPECT_EQ(drafts[0].canonical_link, "https://post.example/ferry");
}

TEST_F(HtmlPageTest, ACanonicalAddressOfAnotherSiteNeedsNoWitnessAgainstIt) {
  const struct {
    absl::string_view head;
    absl::string_view canonical;
  } cases[] = {
      // A copy names its original.
      {"<link rel=canonical href='https://wire.example/ferry'>",
       "https://wire.example/ferry"},
      {"<link rel=canonical href='https://m.post.example/ferry'>"
       "<meta property='og:url' content='https://post.example/ferry'>",
       "https://m.post.example/ferry"},
      // Of a template: the page itself says where it is.
      {"<link rel=canonical href='https://theme.example/demo'>"
       "<meta property='og:url' content='https://post.example/ferry'>",
       "https://post.example/ferry"},
      {"<link rel=canonical href='http://localhost:8080/ferry'>",
       "https://post.example/ferry?x=1"},
  };
  for (const auto& test : cases) {
    context_.url = "https://post.example/ferry?x=1";
    const auto drafts =
        Parse(absl::StrCat("<head><title>Ferry runs again</title>", test.head,
                           "</head><body>", Paragraphs(6)));
    ASSERT_EQ(drafts.size(), 1u);
    EXPECT_EQ(drafts[0].canonical_link, test.canonical) << test.head;
  }
}

TEST_F(HtmlPageTest, AuthorsOfLinkedDataAreNamedInParts) {
  const auto drafts = Parse(absl::StrCat(
      R"(<head><title>Ferry runs again</title><script
      type="application/ld+json">{"@graph":[{"@type":"Article","author":[
      {"@id":"#ann"},{"givenName":"Bob","familyName":"Ray"}]},{"@type":"Person",
      "@id":"#ann","name":"Ann Lee"}]}</script></head><body>)",
      Paragraphs(6)));
  ASSERT_EQ(drafts.size(), 1u);
  EXPECT_THAT(drafts[0].byline, ElementsAre("Ann Lee", "Bob Ray"));
}

}  // namespace
}  // namespace wiredesk
