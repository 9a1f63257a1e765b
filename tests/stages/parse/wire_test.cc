// Goal: what agencies send over wires and by mail is told by its first bytes and
// read whole: text, slugline, take, priority, times. Method: one small message
// of our own for each format, and pieces of broken ones.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory_resource>
#include <string>
#include <vector>

#include "stages/parse/input_format.h"
#include "stages/parse/wire/mail.h"
#include "stages/parse/wire/mime.h"
#include "tests/stages/parse/parse_fixture.h"

namespace wiredesk {
namespace {

using testing::ElementsAre;

class WireTest : public ParseFixture {
 protected:
  void Parse(absl::string_view text, InputFormat format) {
    ASSERT_EQ(DetectFormat(text, ""), format);
    ParseWith(ParserOf(format), text);
  }
};

TEST_F(WireTest, ReadsIptc7901) {
  Parse(
      "\x01hbr0042 4 i 210 Ferry-islands\r\n"
      "\x02"
      "Ferry line to the islands is back\r\n"
      "   The ferry line runs again since Monday, the harbour office said,\r\n"
      "after a year of repairs.\r\n"
      "   ``It is safe,'' the captain said.\r\n"
      "\x03"
      "091430 GMT jul 24\r\n\x04",
      InputFormat::kWire);
  ASSERT_EQ(drafts_.size(), 1u);
  const ArticleDraft& draft = drafts_[0];
  EXPECT_EQ(draft.headline, "Ferry line to the islands is back");
  EXPECT_EQ(draft.body,
            "The ferry line runs again since Monday, the harbour office said, "
            "after a year of repairs.\n\n“It is safe,” the captain said.");
  EXPECT_EQ(draft.slugline, "Ferry-islands");
  EXPECT_EQ(draft.priority, 4);
  EXPECT_EQ(draft.provider.name, "hbr");
  EXPECT_THAT(draft.categories, ElementsAre("i"));
  EXPECT_EQ(Iso(draft.published), "2024-07-09T14:30:00Z");
}

TEST_F(WireTest, ReadsSeveralMessagesAndTelex) {
  Parse(
      "\x01hbr1 1 s 3 A/\r\nslug\r\n\x02One\r\nText one.\r\n\x03\x01hbr2 2 s 3 "
      "B\r\n\x02Two\r\nText two.\r\n",
      InputFormat::kWire);
  ASSERT_EQ(drafts_.size(), 2u);
  EXPECT_EQ(drafts_[0].body, "Text one.");
  EXPECT_EQ(drafts_[1].headline, "Two");
  EXPECT_EQ(drafts_[1].item, 1u);
  Parse("ZCZC HB01\r\nFerry is back\r\n\r\nIt runs again.\r\nNNNN\r\n",
        InputFormat::kWire);
  ASSERT_EQ(drafts_.size(), 1u);
  EXPECT_EQ(drafts_[0].headline, "Ferry is back");
  EXPECT_EQ(drafts_[0].body, "It runs again.");
}

TEST_F(WireTest, ReadsAnpa1312) {
  Parse(
      "\x16\x16\x01"
      "a0123\x1f\x1f\r\n"
      "u i\x13\x11 BC-Ferry-Islands, 1st Ld-Writethru 07-09 0210\r\n"
      "\x02"
      "^Ferry line is back<\r\n"
      "^By ANN LEE=\r\n"
      "^Harbour Wire=\r\n"
      "   OAKPORT (HW) _ The ferry line runs again, officials\r\n"
      "said on Monday.\r\n"
      "   ``It is safe,'' the captain said.\r\n"
      "\x03"
      "HW-WF-07-09-24 0630GMT\r\n",
      InputFormat::kWire);
  ASSERT_EQ(drafts_.size(), 1u);
  const ArticleDraft& draft = drafts_[0];
  EXPECT_EQ(draft.headline, "Ferry line is back");
  EXPECT_THAT(draft.byline, ElementsAre("ANN LEE"));
  EXPECT_EQ(draft.slugline, "Ferry-Islands");
  EXPECT_EQ(draft.take, "1st Ld-Writethru");
  EXPECT_EQ(draft.priority, 3);
  EXPECT_EQ(Iso(draft.published), "2024-07-09T06:30:00Z");
  EXPECT_EQ(draft.body,
            "OAKPORT (HW) — The ferry line runs again, officials said on "
            "Monday.\n\n“It is safe,” the captain said.");
}

TEST_F(WireTest, ReadsMail) {
  Parse(
      "Received: from a.example by b.example\r\n"
      "\twith SMTP; Tue, 09 Jul 2024 06:31:00 +0000\r\n"
      "From: =?utf-8?q?Harbour_Pr=C3=A9ss?= <desk@press.example>\r\n"
      "Subject: =?iso-8859-1?Q?F=E4hre?= =?utf-8?b?IGlzdCB6dXLDvGNr?=\r\n"
      "Date: Tue, 09 Jul 2024 08:30:00 +0200\r\n"
      "Message-ID: <m7@press.example>\r\n"
      "MIME-Version: 1.0\r\n"
      "Content-Type: multipart/alternative; boundary=\"xx\"\r\n\r\n"
      "preamble\r\n--xx\r\nContent-Type: text/plain; charset=iso-8859-1\r\n"
      "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
      "Die F=E4hre f=E4hrt wie=\r\nder.\r\n"
      "--xx\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
      "<p>Die Fähre fährt wieder.</p>\r\n--xx--\r\n",
      InputFormat::kMail);
  ASSERT_EQ(drafts_.size(), 1u);
  EXPECT_EQ(drafts_[0].headline, "Fähre ist zurück");
  EXPECT_EQ(drafts_[0].body, "Die Fähre fährt wieder.");
  EXPECT_EQ(drafts_[0].provider.name, "Harbour Préss");
  EXPECT_EQ(drafts_[0].provider.domain, "press.example");
  EXPECT_EQ(drafts_[0].guid, "m7@press.example");
  EXPECT_EQ(Iso(drafts_[0].published), "2024-07-09T06:30:00Z");
}

TEST_F(WireTest, ANewsletterIsReadFromItsHtml) {
  Parse(
      "From: a@press.example\nSubject: News\nContent-Type: multipart/mixed; "
      "boundary=b\n\n--b\nContent-Type: multipart/alternative; boundary=c\n\n"
      "--c\n\nSee the web.\n--c\nContent-Type: text/html\n"
      "Content-Transfer-Encoding: base64\n\n"
      "PHA+VGhlIGZlcnJ5IHJ1bnMgYWdhaW4gc2luY2UgTW9uZGF5LCB0aGUgaGFyYm91ciBv\n"
      "ZmZpY2Ugc2FpZC48L3A+\n--c--\n--b\nContent-Type: application/pdf\n\nx\n"
      "--b--\n",
      InputFormat::kMail);
  ASSERT_EQ(drafts_.size(), 1u);
  EXPECT_EQ(drafts_[0].body,
            "The ferry runs again since Monday, the harbour office said.");
}

TEST_F(WireTest, TextWithColonsIsNoMail) {
  EXPECT_FALSE(LooksLikeMail("Subject: a headline\n\nText."));
  EXPECT_FALSE(LooksLikeMail("From: one\nto two, said the mayor: no.\n\nText"));
  EXPECT_FALSE(LooksLikeMail("Note: this\nis: it\n\nText"));
  EXPECT_TRUE(LooksLikeMail("From x@y.example Tue\nFrom: x\nDate: y\n\nText"));
}

TEST_F(WireTest, BrokenPartsEndAtTheirEnd) {
  for (const char* text :
       {"From: a\nSubject: b\nContent-Type: multipart/mixed; boundary=\n\n--",
        "From: a\nSubject: b\nContent-Type: multipart/mixed; boundary=x\n\n--x",
        "From: a\nSubject: =?utf-8?q?=C\n\n=?", "From: a\nSubject: b",
        "\x01\x02", "\x01 9\x02\x03", "\x16\x16\x01\x02",
        "\x16\x16\x01\n\n\x02^<\x03-- GMT", "ZCZCNNNN"}) {
    drafts_.clear();
    const InputFormat format = DetectFormat(text, "");
    if (const ParseFunction parse = ParserOf(format); parse != nullptr) {
      parse(text, context_, drafts_, report_);
    }
    EXPECT_LE(drafts_.size(), 1u);
  }
}

TEST_F(WireTest, ReadsASitemapOfNews) {
  Parse(R"(<?xml version="1.0"?><urlset
      xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
      xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
      <url><loc>https://post.example/about</loc></url>
      <url><loc>https://post.example/ferry</loc><news:news><news:publication>
      <news:name>Harbour Post</news:name><news:language>en</news:language>
      </news:publication><news:title>Ferry is back</news:title>
      <news:publication_date>2024-07-09T06:30:00Z</news:publication_date>
      <news:keywords>sea, ferry</news:keywords></news:news></url></urlset>)",
        InputFormat::kFeed);
  ASSERT_EQ(drafts_.size(), 1u);
  EXPECT_EQ(drafts_[0].headline, "Ferry is back");
  EXPECT_EQ(drafts_[0].url, "https://post.example/ferry");
  EXPECT_EQ(drafts_[0].provider.name, "Harbour Post");
  EXPECT_EQ(drafts_[0].declared_language, "en");
  EXPECT_EQ(Iso(drafts_[0].published), "2024-07-09T06:30:00Z");
  EXPECT_THAT(drafts_[0].categories, ElementsAre("sea", "ferry"));
  EXPECT_EQ(drafts_[0].item, 1u);
}

TEST_F(WireTest, ReadsXmlOfNoKnownFormatByItsShape) {
  Parse(R"(<?xml version="1.0"?><delivery version="3"><story id="s7">
      <headline>Ferry is back</headline><author>Ann Lee</author>
      <published_at>2024-07-09T06:30:00Z</published_at>
      <body><p>It runs <b>again</b>.</p><p>Tickets cost four crowns.</p></body>
      </story><story id="s8"><headline>Boat sinks</headline>
      <body>&lt;p&gt;Nobody was hurt.&lt;/p&gt;</body></story></delivery>)",
        InputFormat::kXml);
  ASSERT_EQ(drafts_.size(), 2u);
  EXPECT_EQ(drafts_[0].headline, "Ferry is back");
  EXPECT_EQ(drafts_[0].body, "It runs again.\n\nTickets cost four crowns.");
  EXPECT_EQ(drafts_[0].guid, "s7");
  EXPECT_THAT(drafts_[0].byline, ElementsAre("Ann Lee"));
  EXPECT_EQ(Iso(drafts_[0].published), "2024-07-09T06:30:00Z");
  EXPECT_EQ(drafts_[1].body, "Nobody was hurt.");
}

TEST_F(WireTest, AFeedBehindOutputOrInAPageIsAFeed) {
  const std::string feed =
      "<rss version=\"2.0\"><channel><cloud><item><title>Ferry is back</title>"
      "</item></cloud></channel></rss>";
  for (const std::string& text :
       {"Warning: no such file\n<?xml version=\"1.0\"?>" + feed,
        "<html><body>" + feed + "</body></html>", feed}) {
    Parse(text, InputFormat::kFeed);
    ASSERT_EQ(drafts_.size(), 1u) << text;
    EXPECT_EQ(drafts_[0].headline, "Ferry is back");
  }
}

}  // namespace
}  // namespace wiredesk
