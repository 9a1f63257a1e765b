// Goal: feeds in XML give the items that a reader of them would see, whatever
// dialect and however broken.
// Method: tables of small feeds, one claim each.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory_resource>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "stages/parse/feed/feed.h"
#include "stages/parse/xml/document.h"
#include "stages/parse/xml/sniff.h"

namespace wiredesk {
namespace {

using ::testing::ElementsAre;

class FeedXmlTest : public ::testing::Test {
 protected:
  std::vector<ArticleDraft> Parse(absl::string_view xml) {
    report_ = {};
    context_.arena = &arena_;
    std::vector<ArticleDraft> drafts;
    ParseXmlFeed(*inputs_.emplace(inputs_.end(), xml), context_, drafts,
                 report_);
    return drafts;
  }

  // The only item of an RSS feed with these elements.
  ArticleDraft Item(absl::string_view elements) {
    const auto drafts =
        Parse(absl::StrCat("<rss version='2.0'><channel><title>Harbour</title>"
                           "<link>http://example.org/news/</link><item>",
                           elements, "</item></channel></rss>"));
    EXPECT_EQ(drafts.size(), 1u) << elements;
    return drafts.empty() ? ArticleDraft() : drafts[0];
  }

  std::pmr::monotonic_buffer_resource arena_;
  ParseContext context_;
  ParseReport report_;
  std::vector<std::string> inputs_;
};

TEST_F(FeedXmlTest, TitlesAreTextWhateverTheirDress) {
  const struct {
    absl::string_view xml;
    absl::string_view title;
  } cases[] = {
      {"<title>Ferry runs</title>", "Ferry runs"},
      {"<title> Ferry \n runs </title>", "Ferry runs"},
      {"<title>Ferry &amp; quay</title>", "Ferry & quay"},
      {"<title>Ferry &amp;amp; quay</title>", "Ferry & quay"},
      {"<title><![CDATA[Ferry & <b>quay</b>]]></title>", "Ferry & quay"},
      {"<title>The &lt;a&gt; tag</title>", "The <a> tag"},
      {"<title>AT&T & friends</title>", "AT&T & friends"},
      {"<title>It&rsquo;s&nbsp;here</title>", "It’s here"},
      {"<title/><dc:title>Second</dc:title>", "Second"},
      {"<TITLE>Loud</TITLE>", "Loud"},
      {"<media:group><media:title>Video</media:title></media:group>", "Video"},
  };
  for (const auto& test : cases) {
    EXPECT_EQ(Item(test.xml).headline, test.title) << test.xml;
  }
}

TEST_F(FeedXmlTest, TheWholeTextGoesBeforeTheTeaser) {
  ArticleDraft draft = Item(
      "<description>Teaser</description>"
      "<content:encoded><![CDATA[<p>One</p><p>Two</p>]]></content:encoded>");
  EXPECT_EQ(draft.body, "One\n\nTwo");
  EXPECT_EQ(draft.summary, "Teaser");
  draft = Item("<description>Only this</description>");
  EXPECT_EQ(draft.body, "Only this");
  EXPECT_EQ(draft.summary, "");
  draft =
      Item("<description>&amp;lt;p&amp;gt;x&amp;lt;/p&amp;gt;</description>");
  EXPECT_EQ(draft.body, "x");
  draft = Item("<description><p>Naked <b>markup</b></p></description>");
  EXPECT_EQ(draft.body, "Naked markup");
}

TEST_F(FeedXmlTest, LinksAreResolvedAndIdsKept) {
  const struct {
    absl::string_view xml;
    absl::string_view url;
    absl::string_view guid;
  } cases[] = {
      {"<link>http://example.org/1</link>", "http://example.org/1", ""},
      {"<link>a</link>", "http://example.org/news/a", ""},
      {"<link xml:base='http://example.net/x/'>a</link>",
       "http://example.net/x/a", ""},
      {"<guid>http://example.org/2</guid>", "http://example.org/2",
       "http://example.org/2"},
      {"<guid isPermaLink='false'>http://example.org/2</guid>", "",
       "http://example.org/2"},
      {"<guid>no-url</guid>", "", "no-url"},
      {"<link/><atom:link href='/3' rel='alternate'/>", "http://example.org/3",
       ""},
      {"<atom:link href='/self' rel='self'/>", "", ""},
  };
  for (const auto& test : cases) {
    const ArticleDraft draft = Item(test.xml);
    EXPECT_EQ(draft.url, test.url) << test.xml;
    EXPECT_EQ(draft.guid, test.guid) << test.xml;
  }
}

TEST_F(FeedXmlTest, AnIdThatAllItemsShareIsNone) {
  const auto drafts = Parse(
      "<rss><channel>"
      "<item><title>a</title><link>http://x.org/a</link><guid>N/A</guid></item>"
      "<item><title>b</title><link>http://x.org/b</link><guid>N/A</guid></item>"
      "<item><title>c</title><guid>c</guid></item></channel></rss>");
  ASSERT_EQ(drafts.size(), 3u);
  EXPECT_EQ(drafts[0].guid, "");
  EXPECT_EQ(drafts[1].guid, "");
  EXPECT_EQ(drafts[2].guid, "c");
  EXPECT_EQ(drafts[2].item, 2u);
}

TEST_F(FeedXmlTest, DatesFallBack) {
  const absl::Time july = absl::FromUnixSeconds(1720690200);
  for (const absl::string_view xml :
       {"<pubDate>Thu, 11 Jul 2024 09:30:00 GMT</pubDate>",
        "<pubDate><![CDATA[Thu, 11 Jul 2024 05:30:00 EDT]]></pubDate>",
        "<dc:date>2024-07-11T09:30:00Z</dc:date>",
        "<pubDate/><dcterms:issued>2024-07-11T09:30:00Z</dcterms:issued>",
        "<atom:updated>2024-07-11T09:30:00Z</atom:updated>"}) {
    const ArticleDraft draft = Item(xml);
    ASSERT_TRUE(draft.published.has_value()) << xml;
    EXPECT_EQ(draft.published->instant, july) << xml;
  }
  EXPECT_FALSE(Item("<pubDate>soon</pubDate>").published.has_value());
}

TEST_F(FeedXmlTest, AuthorsAreNames) {
  EXPECT_THAT(Item("<author>ann@example.org (Ann Lee)</author>").byline,
              ElementsAre("Ann Lee"));
  EXPECT_THAT(Item("<dc:creator>Ann Lee and Bob Ray</dc:creator>").byline,
              ElementsAre("Ann Lee", "Bob Ray"));
  EXPECT_THAT(Item("<author>ann@example.org</author>").byline, ElementsAre());
}

TEST_F(FeedXmlTest, AtomFollowsItsTypes) {
  const auto drafts = Parse(
      "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'"
      " xml:base='http://example.org/'><title>Harbour</title>"
      "<entry><id>urn:1</id><title type='text'>a &lt;b&gt; c</title>"
      "<link href='one'/><link rel='enclosure' href='x.mp3'/>"
      "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>"
      "<p>One <i>and</i> <b>two</b></p></div></content></entry>"
      "<entry><title type='html'>&lt;i&gt;T&lt;/i&gt;</title>"
      "<updated>2024-07-11T09:30:00Z</updated>"
      "<author><name>Ann Lee</name></author></entry></feed>");
  ASSERT_EQ(drafts.size(), 2u);
  EXPECT_EQ(drafts[0].headline, "a <b> c");
  EXPECT_EQ(drafts[0].url, "http://example.org/one");
  EXPECT_EQ(drafts[0].body, "One and two");
  EXPECT_EQ(drafts[0].declared_language, "en");
  EXPECT_EQ(drafts[0].provider.feed, "Harbour");
  EXPECT_EQ(drafts[1].headline, "T");
  EXPECT_TRUE(drafts[1].published.has_value());
  EXPECT_THAT(drafts[1].byline, ElementsAre("Ann Lee"));
}

TEST_F(FeedXmlTest, ItemsBeforeAFaultAreKept) {
  const std::string whole =
      "<rss><channel><item><title>one</title></item>"
      "<item><title>two</title></item>";
  auto drafts = Parse(whole + "<item><title>cut of");
  ASSERT_EQ(drafts.size(), 2u);
  EXPECT_TRUE(report_.malformed);
  ASSERT_EQ(report_.errors.size(), 1u);
  EXPECT_EQ(report_.errors[0].reason, ParseReason::kBadItem);
  EXPECT_EQ(report_.errors[0].item, 2);
  drafts = Parse(whole);
  EXPECT_EQ(drafts.size(), 2u);
  EXPECT_TRUE(report_.malformed);
  drafts = Parse(
      "<rss><channel><item><title>a < b</wrong></title>"
      "<description><![CDATA[open</description></item>"
      "<item><title>two</title></item></channel></rss>");
  ASSERT_EQ(drafts.size(), 2u);
  EXPECT_EQ(drafts[0].headline, "a < b");
  EXPECT_EQ(drafts[0].body, "open");
}

TEST_F(FeedXmlTest, EntitiesAreNeverExpandedNorLoaded) {
  const auto drafts = Parse(
      "<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>"
      "<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
      "<rss><channel><item><title>x &b; &f;</title></item></channel></rss>");
  ASSERT_EQ(drafts.size(), 1u);
  EXPECT_EQ(drafts[0].headline, "x &b; &f;");
}

TEST_F(FeedXmlTest, AnItemTooDeepOrWideLeavesTheOthers) {
  std::string deep = "<item><title>deep</title><description>";
  for (int i = 0; i < 100000; ++i) deep += "<b>";
  deep += "x";
  for (int i = 0; i < 100000; ++i) deep += "</b>";
  deep += "</description></item>";
  std::string wide = "<item><title>wide</title><link ";
  for (int i = 0; i < 300; ++i) wide += "a" + std::to_string(i) + "='1' ";
  wide += "/></item>";
  const auto drafts =
      Parse("<rss><channel>" + deep + "<item><title>good</title></item>" +
            wide + "</channel></rss>");
  ASSERT_EQ(drafts.size(), 1u);
  EXPECT_EQ(drafts[0].headline, "good");
  EXPECT_EQ(drafts[0].item, 1u);
  ASSERT_EQ(report_.errors.size(), 2u);
  EXPECT_EQ(report_.errors[0].reason, ParseReason::kTooDeep);
  EXPECT_EQ(report_.errors[0].item, 0);
  EXPECT_EQ(report_.errors[1].reason, ParseReason::kTooMany);
  EXPECT_EQ(report_.errors[1].item, 2);
}

TEST_F(FeedXmlTest, EscapedTagsWithoutEndAreReadInTime) {
  std::string text;
  for (int i = 0; i < 200000; ++i) text += "&amp;lt;b ";
  const auto drafts = Parse("<rss><channel><item><description>" + text +
                            "</description></item></channel></rss>");
  ASSERT_EQ(drafts.size(), 1u);
  EXPECT_EQ(drafts[0].body.substr(0, 8), "<b <b <b");
}

TEST_F(FeedXmlTest, ItemsAreLimited) {
  context_.limits.articles_max = 3;
  std::string many = "<rss><channel>";
  for (int i = 0; i < 5; ++i) many += "<item><title>t</title></item>";
  EXPECT_EQ(Parse(many + "</channel></rss>").size(), 3u);
  ASSERT_EQ(report_.errors.size(), 1u);
  EXPECT_EQ(report_.errors[0].reason, ParseReason::kTooMany);
}

TEST_F(FeedXmlTest, EveryCutIsSurvived) {
  const std::string feed =
      "<?xml version='1.0'?><!-- c --><rss><channel><title>t</title><item>"
      "<title a='b' c=d>x &amp; y</title><description><![CDATA[<p>z</p>]]>"
      "</description></item></channel></rss>";
  for (size_t size = 0; size <= feed.size(); ++size) {
    EXPECT_LE(Parse(feed.substr(0, size)).size(), 1u);
  }
}

TEST(XmlSniffTest, TellsByTheFirstElement) {
  EXPECT_TRUE(LooksLikeXmlFeed("\n<?xml version='1.0'?><!-- <x> --><rss>"));
  EXPECT_TRUE(LooksLikeXmlFeed("<rdf:RDF xmlns='x'>"));
  EXPECT_TRUE(LooksLikeXmlFeed("<!DOCTYPE rss [<!ENTITY a 'b'>]><rss/>"));
  EXPECT_FALSE(LooksLikeXmlFeed("<html><rss>"));
  EXPECT_TRUE(LooksLikeNewsMl("<newsItem guid='x'>"));
  EXPECT_TRUE(LooksLikeNewsMl("<NewsML>"));
  EXPECT_TRUE(LooksLikeNitf("<nitf>"));
  EXPECT_TRUE(LooksLikeHtml("<!doctype html><p>x"));
  EXPECT_FALSE(LooksLikeHtml("{\"a\": 1}"));
  EXPECT_FALSE(LooksLikeHtml(""));
}

}  // namespace
}  // namespace wiredesk
