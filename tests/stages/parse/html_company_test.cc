// Goal: what belongs to an article is in it, and what only stands with it is
// not, in any language, by structure. Method: one page, into which each row puts
// something.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory_resource>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "stages/parse/page/page.h"

namespace wiredesk {
namespace {

std::string Paragraphs() {
  std::string html;
  for (int i = 0; i < 5; ++i) {
    absl::StrAppend(&html, "<p>The ferry, idle since May, ran again on day ", i,
                    ", its owner said, and the quay was full of people who had "
                    "waited for it.</p>");
  }
  return html;
}

struct Parsed {
  std::string headline;
  std::string body;
  std::string error;
};

Parsed Parse(const std::string& html) {
  std::pmr::monotonic_buffer_resource arena;
  ParseContext context;
  context.arena = &arena;
  ParseReport report;
  std::vector<ArticleDraft> drafts;
  ParseHtmlPage(html, context, drafts, report);
  Parsed parsed;
  if (!report.errors.empty()) {
    parsed.error = std::string(report.errors[0].detail);
  }
  if (drafts.empty()) return parsed;
  parsed.headline = std::string(drafts[0].headline);
  parsed.body = std::string(drafts[0].body);
  return parsed;
}

// `above` stands below the heading and above the block of the text, `inside`
// after the third of its paragraphs.
std::string Page(const std::string& above, const std::string& inside) {
  return absl::StrCat(
      "<html><head><title>Ferry runs again today</title></head><body>"
      "<div class=wrap><header class=post-header><h1>Ferry runs again today"
      "</h1>",
      above, "</header><div class=text>", Paragraphs(), inside, Paragraphs(),
      "</div></div></body></html>");
}

TEST(HtmlCompanyTest, ALeadAboveTheTextBelongsToIt) {
  for (const absl::string_view lead :
       {"After a summer without boats the islands have their link again.",
        "Nach einem Sommer ohne Schiffe haben die Inseln wieder Anschluss.",
        "После лета без парома острова снова связаны с материком."}) {
    for (const absl::string_view tag : {"p", "h2", "div"}) {
      const std::string page =
          Page(absl::StrCat("<", tag, " class=dek>", lead, "</", tag, ">"), "");
      EXPECT_TRUE(
          absl::StartsWith(Parse(page).body, absl::StrCat(lead, "\n\n")))
          << page;
    }
  }
}

TEST(HtmlCompanyTest, WhatElseStandsAboveTheTextDoesNot) {
  const absl::string_view others[] = {
      "<p class=byline>By Ann Lee, who has written of the harbour for years."
      "</p>",
      "<figure><p>The ferry at the quay of Oakport on a Monday in March.</p>"
      "</figure>",
      "<ul><li><p>Everything that you must know of the ferry of Oakport.</p>"
      "</ul>",
      "<p>Harbour and islands and all that is between the two of them</p>",
      "<p><a href=/x>All that we have written of the ferry of Oakport.</a></p>",
      "<p>One sentence of four about the paper and its readers, perhaps.</p>"
      "<p>Another sentence about the paper and its many readers, it is.</p>"
      "<p>A third sentence about the paper and its readers, as it seems.</p>"
      "<p>The fourth sentence about the paper and those who like to read.</p>"};
  for (const absl::string_view other : others) {
    EXPECT_TRUE(absl::StartsWith(Parse(Page(std::string(other), "")).body,
                                 "The ferry, idle since May, ran again on day "
                                 "0"))
        << other;
  }
}

TEST(HtmlCompanyTest, WhatOnlyStandsWithTheTextIsLeftOut) {
  const absl::string_view others[] = {
      "<p><a href=/2>OTHER: the bridge stays closed for a year</a></p>",
      "<p>Read more: <a href=/2>OTHER: the bridge stays closed</a></p>",
      "<p><strong>Lesen Sie auch:</strong> <a href=/2>OTHER bleibt zu</a></p>",
      "<figure><img src=a.jpg><figcaption>OTHER by Ann Lee</figcaption>"
      "</figure>",
      "<div class=author-box><p>OTHER is a writer, and lives by the sea, with "
      "two dogs, in a house of stone.</p></div>",
      "<div class='newsletter-box'><p>OTHER, our letter, comes each morning, "
      "free of charge, before eight.</p></div>",
      "<div class='modal fade'><p>OTHER is not approved yet, so write two "
      "texts, of your own, and wait.</p></div>"};
  for (const absl::string_view other : others) {
    const Parsed parsed = Parse(Page("", std::string(other)));
    EXPECT_FALSE(absl::StrContains(parsed.body, "OTHER")) << other;
    EXPECT_TRUE(absl::StrContains(parsed.body, "on day 4")) << other;
  }
}

TEST(HtmlCompanyTest, WhatThePublisherWroteStays) {
  const absl::string_view own[] = {
      "<p>The owner said: <a href=/2>OWN boats</a> will run each hour from "
      "Monday on, and at night as well.</p>",
      "<h2>OWN heading</h2>", "<ul><li>OWN item of a list</li><li>b</li></ul>",
      "<blockquote>OWN quotation of the mayor, as she gave it.</blockquote>"};
  for (const absl::string_view one : own) {
    EXPECT_TRUE(
        absl::StrContains(Parse(Page("", std::string(one))).body, "OWN"))
        << one;
  }
}

TEST(HtmlCompanyTest, AnArticleForReadersWithoutScriptsCountsWhereNoOtherIs) {
  const std::string head =
      "<html><head><title>Ferry runs again today</title></head><body>";
  const Parsed alone =
      Parse(absl::StrCat(head, "<div id=app>Loading</div><noscript>",
                         Paragraphs(), "</noscript></body></html>"));
  EXPECT_TRUE(absl::StrContains(alone.body, "on day 4")) << alone.error;
  const Parsed other = Parse(absl::StrCat(
      head, "<div class=text>", Paragraphs(), Paragraphs(),
      "</div><noscript><p>OTHER text that is meant for readers without any "
      "scripts at all, and for nobody else.</p></noscript></body></html>"));
  EXPECT_FALSE(absl::StrContains(other.body, "OTHER"));
}

TEST(HtmlCompanyTest, AFlashIsAnArticleWhereThePageSaysSo) {
  const std::string line =
      "<p>The ferry to the islands runs again, its owner says.</p>";
  const std::string head =
      "<html><head><title>Ferry runs again</title></head><body>";
  EXPECT_EQ(Parse(absl::StrCat(head, "<article>", line, "</article>")).body,
            "The ferry to the islands runs again, its owner says.");
  EXPECT_EQ(Parse(absl::StrCat(head, "<div>", line, "</div>")).error,
            "no text");
}

TEST(HtmlCompanyTest, AHeadingThatLeadsHomeIsTheSite) {
  const struct {
    absl::string_view title;
    absl::string_view headings;
    absl::string_view headline;
  } cases[] = {
      {"Ferry runs again today - Oak Weekly",
       "<h1><a href='/'>Oak Weekly</a></h1>", "Ferry runs again today"},
      {"Ferry runs again today - Oak Weekly",
       "<a href='https://oak.example/'><h1>Oak Weekly</h1></a>",
       "Ferry runs again today"},
      {"Ferry runs again today — Notes of the Quay",
       "<h1><a href=index.html>Notes of the Quay</a></h1>"
       "<h1>Ferry runs again today<a href=#x>¶</a></h1>",
       "Ferry runs again today"},
      {"Ferry runs again - Chapter 1 - Ann [Oak Weekly]",
       "<h1><a href=/>Oak Weekly beta</a></h1><h2>Ferry runs again</h2>",
       "Ferry runs again"},
      {"Ferry runs again today - Oak Weekly",
       "<h1><a href='/2026/ferry'>Ferry runs again today</a></h1>",
       "Ferry runs again today"},
  };
  for (const auto& test : cases) {
    EXPECT_EQ(Parse(absl::StrCat("<html><head><title>", test.title,
                                 "</title></head><body>", test.headings,
                                 "<div class=text>", Paragraphs(),
                                 "</div></body></html>"))
                  .headline,
              test.headline)
        << test.headings;
  }
}

}  // namespace
}  // namespace wiredesk
