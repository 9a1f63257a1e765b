// Goal: each raw record becomes articles or a dead letter with the right
// reason, and all that later stages need is filled in. Method: batches of our
// own records through a stage with the default rules.

#include "stages/parse/parse_stage.h"

#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include <string>
#include <vector>

#include "stages/parse/draft/dateline.h"

namespace wiredesk {
namespace {

class ParseStageTest : public testing::Test {
 protected:
  const RawRecord& Run(const std::string& value, ParseOptions options = {},
                       std::vector<Header> headers = {}) {
    batch_.Reset();
    Diagnostics diagnostics;
    ParseStage stage(CompileParseRules(options, diagnostics));
    EXPECT_TRUE(diagnostics.ok());
    batch_.Append({"raw", 0, 1}, "", value, headers, std::nullopt);
    EXPECT_TRUE(stage.Process(batch_).ok());
    return batch_.raw_records()[0];
  }

  Batch batch_{Batch::Limits{}};
};

TEST_F(ParseStageTest, FillsARecord) {
  const RawRecord& raw = Run(R"({"title":"Ships","url":
      "https://m.example.org/a?utm_source=x","published_at":
      "2024-07-11T09:30:00Z","body":"SEOUL, July 11 (Example) - Two ships."})");
  EXPECT_FALSE(raw.dead_letter);
  ASSERT_EQ(batch_.records().size(), 1u);
  const EventRecord& record = batch_.records()[0];
  EXPECT_EQ(record.article.canonical_url, "https://example.org/a");
  EXPECT_EQ(record.article.dedupe_url, "example.org/a");
  EXPECT_EQ(record.article.provider.domain, "example.org");
  EXPECT_EQ(record.article.dateline, "SEOUL, July 11");
  EXPECT_EQ(record.received_at, record.article.published_at);
  EXPECT_EQ(record.headline_words.size(), 1u);
  EXPECT_FALSE(record.body_words.empty());
  EXPECT_FALSE(record.id.empty());
}

// For each format: a list of five, of which the limit takes three.
TEST_F(ParseStageTest, WhatALimitLeavesOutIsCountedAndTold) {
  std::string list;
  std::string lines;
  std::string feed = "<rss><channel><title>F</title>";
  std::string message = "<newsMessage><itemSet>";
  for (int i = 0; i < 5; ++i) {
    const std::string number = std::to_string(i);
    const std::string object = "{\"title\":\"Story " + number + "\"}";
    list += (i == 0 ? "" : ",") + object;
    lines += object + "\n";
    feed += "<item><title>Story " + number + "</title></item>";
    message += "<newsItem guid=\"" + number +
               "\"><contentMeta><headline>Story " + number +
               "</headline></contentMeta></newsItem>";
  }
  for (const std::string& text :
       {"[" + list + "]", "{\"articles\":[" + list + "]}", lines,
        feed + "</channel></rss>", message + "</itemSet></newsMessage>"}) {
    const RawRecord& raw = Run(text, {.articles_max = 3});
    EXPECT_EQ(batch_.records().size(), 3u) << text;
    EXPECT_EQ(raw.articles + raw.lost_items, 5u) << text;
    EXPECT_TRUE(raw.dead_letter) << text;
    EXPECT_EQ(raw.reason, "too_many") << text;
    EXPECT_EQ(raw.dead_item, 3) << text;
    for (const EventRecord& record : batch_.records()) {
      EXPECT_EQ(record.fate, Fate::kLive) << text;
    }
  }
}

TEST_F(ParseStageTest, ItemsThatGiveNoArticleAreCounted) {
  const RawRecord& raw =
      Run(R"([{"title":"a"}, {"x":1}, {"title":"b"}, {"y":2}])");
  EXPECT_EQ(raw.articles, 2u);
  EXPECT_EQ(raw.lost_items, 2u);
  EXPECT_EQ(raw.reason, "no_text");
  EXPECT_EQ(raw.dead_item, 1);
  EXPECT_EQ(raw.detail,
            "an item without headline and body; 2 items in all gave no "
            "article");
}

TEST_F(ParseStageTest, ATooCostlyListEndsWhereItIs) {
  Batch batch({.record_cpu_max = absl::ZeroDuration()});
  Diagnostics diagnostics;
  ParseStage stage(CompileParseRules({}, diagnostics));
  batch.Append({"raw", 0, 1}, "", "[{\"title\":\"a\"},{\"title\":\"b\"}]", {},
               std::nullopt);
  ASSERT_TRUE(stage.Process(batch).ok());
  const RawRecord& raw = batch.raw_records()[0];
  EXPECT_EQ(raw.reason, "too_costly");
  EXPECT_EQ(raw.articles + raw.lost_items, 2u);
}

TEST_F(ParseStageTest, ReadsJsonBehindTheIdOfItsSchema) {
  const std::string id("\0\0\0\0\x2A", 5);
  EXPECT_FALSE(Run(id + R"({"title":"Ships"})").dead_letter);
  EXPECT_EQ(batch_.records()[0].article.headline, "Ships");
  EXPECT_FALSE(Run(id + " [{\"title\":\"Ships\"}]").dead_letter);
  // Avro behind such an id.
  EXPECT_EQ(Run(id + "\x02\x10quay").reason, "unsupported");
}

TEST_F(ParseStageTest, DeadLettersHaveReasons) {
  EXPECT_EQ(Run("").reason, "empty");
  EXPECT_EQ(Run(" \n ").reason, "empty");
  EXPECT_EQ(Run("{\"title\":").reason, "not_json");
  EXPECT_EQ(Run("[]").reason, "no_article");
  EXPECT_EQ(Run("{\"a\":1}").reason, "no_text");
  EXPECT_EQ(Run("just words").reason, "unsupported");
  EXPECT_EQ(Run("\x1F\x8B\x08 no gzip").reason, "bad_packing");
  EXPECT_TRUE(batch_.records().empty());
}

TEST_F(ParseStageTest, TheFrameOfASchemaRegistryIsTakenOff) {
  using namespace std::string_literals;
  Run("\0\0\0\0\x07{\"title\":\"Ships\",\"body\":\"Two ships.\"}"s);
  ASSERT_EQ(batch_.records().size(), 1u);
  EXPECT_EQ(batch_.records()[0].article.headline, "Ships");
  EXPECT_EQ(Run("\0\0\0\0\x07\x02\x10quay"s).reason, "unsupported");
}

TEST_F(ParseStageTest, TellsTheTakesOfAgencies) {
  Run(R"({"title":"Ships","versionCreated":"2024-07-11T09:30:00+09:00",
      "version":4294967297,"slugline":"Ships-Wire","take":2,
      "priority":3,"keywords":["sea","ships"]})");
  ASSERT_EQ(batch_.records().size(), 1u);
  const Article& article = batch_.records()[0].article;
  EXPECT_EQ(article.version, 4294967297);
  EXPECT_EQ(article.slugline, "Ships-Wire");
  EXPECT_EQ(article.take, "2");
  EXPECT_EQ(article.priority, 3);
  ASSERT_EQ(article.keywords.size(), 2u);
  EXPECT_EQ(article.published_zone, "+09:00");
}

TEST_F(ParseStageTest, TheLimitOnBytesHolds) {
  ParseOptions options;
  options.record_bytes_max = 10;
  EXPECT_EQ(Run("{\"title\":\"long enough\"}", options).reason, "too_large");
}

std::string Gzip(const std::string& text) {
  std::string packed(text.size() + 128, '\0');
  z_stream stream = {};
  EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY),
            Z_OK);
  std::string in = text;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string Zstd(const std::string& text) {
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  packed.resize(
      ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
  return packed;
}

TEST_F(ParseStageTest, UnpacksValuesKnownByTheirFirstBytes) {
  const std::string text = R"({"title":"Ships"})";
  for (const std::string& packed :
       {Gzip(text), Zstd(text), Gzip(text.substr(0, 5)) + Gzip(text.substr(5)),
        Zstd(text.substr(0, 5)) + Zstd(text.substr(5))}) {
    const RawRecord& raw = Run(packed);
    EXPECT_FALSE(raw.dead_letter) << raw.detail;
    ASSERT_EQ(batch_.records().size(), 1u);
    EXPECT_EQ(batch_.records()[0].article.headline, "Ships");
    EXPECT_EQ(raw.value, packed);
  }
  ParseOptions options;
  options.unpacked_bytes_max = 1 << 20;
  const std::string bomb(8 << 20, ' ');
  EXPECT_EQ(Run(Gzip(bomb), options).reason, "too_large");
  EXPECT_EQ(Run(Zstd(bomb), options).reason, "too_large");
  EXPECT_EQ(Run(Gzip(text).substr(0, 20)).reason, "bad_packing");
  EXPECT_EQ(Run(Zstd(text).substr(0, 12)).reason, "bad_packing");
}

TEST_F(ParseStageTest, TheCharsetOfTheHeaderCounts) {
  const std::string page =
      "<rss><channel><item><title>caf\xE9 \x93noir\x94</title></item>"
      "</channel></rss>";
  const Header type = {"Content-Type", "text/xml; charset=ISO-8859-1"};
  Run(page, {}, {type});
  ASSERT_EQ(batch_.records().size(), 1u);
  EXPECT_EQ(batch_.records()[0].article.headline, "caf\u00e9 \u201cnoir\u201d");
}

TEST_F(ParseStageTest, KillsAndEmbargoesComeThrough) {
  Run(R"({"uri":"urn:x:1","version":"4","headline":"KILL: Ships",
          "pubstatus":"canceled","urgency":1})");
  ASSERT_EQ(batch_.records().size(), 1u);
  const Article& killed = batch_.records()[0].article;
  EXPECT_EQ(killed.status, PublicationStatus::kCanceled);
  EXPECT_EQ(killed.version, 4);
  EXPECT_EQ(killed.guid, "urn:x:1");
  EXPECT_EQ(killed.urgency, 1);
  Run(R"({"uri":"urn:x:2","headline":"Ships","pubstatus":"withheld",
          "embargoed":"2024-07-12T00:00:00Z"})");
  ASSERT_EQ(batch_.records().size(), 1u);
  const Article& held = batch_.records()[0].article;
  EXPECT_EQ(held.status, PublicationStatus::kWithheld);
  EXPECT_EQ(held.embargoed_until, absl::FromUnixSeconds(1720742400));
}

TEST_F(ParseStageTest, ItemsBeforeAFaultAreKeptAndTheFaultIsCounted) {
  const RawRecord& raw =
      Run("<rss><channel><item><title>whole</title></item>"
          "<item><title>cut");
  EXPECT_TRUE(raw.malformed);
  ASSERT_GE(batch_.records().size(), 1u);
  EXPECT_EQ(batch_.records()[0].article.headline, "whole");
  EXPECT_EQ(batch_.records()[0].fate, Fate::kLive);
  EXPECT_EQ(raw.dead_item, 1);
  EXPECT_FALSE(Run(R"({"title":"whole"})").malformed);
}

TEST_F(ParseStageTest, PagesInFrontOfArticlesAreDeadLetters) {
  for (const char* page : {
           "<html><head><title>404 Not Found</title></head><body><p>The page "
           "you requested could not be found.</p></body></html>",
           "<html><head><title>Log in - Example</title></head><body><form>"
           "<input type=password></form><p>Please log in to continue reading."
           "</p></body></html>",
           "<html><head><title>Before you continue</title></head><body><p>We "
           "use cookies. Accept all?</p></body></html>",
       }) {
    EXPECT_EQ(Run(page).reason, "not_an_article") << page;
    EXPECT_TRUE(batch_.records().empty());
  }
}

TEST_F(ParseStageTest, APlainTextTakesTheRestFromItsHeaders) {
  const std::vector<Header> headers = {
      {"content-type", "text/plain; charset=utf-8"},
      {"url", "https://example.org/a"}};
  Run("Ships are back\n\nTwo ships came in.\n\nMore will come.", {}, headers);
  ASSERT_EQ(batch_.records().size(), 1u);
  const Article& article = batch_.records()[0].article;
  EXPECT_EQ(article.headline, "Ships are back");
  EXPECT_EQ(article.body, "Two ships came in.\n\nMore will come.");
  EXPECT_EQ(article.url, "https://example.org/a");
}

TEST_F(ParseStageTest, AnItemWithoutTextLeavesTheOthers) {
  const RawRecord& raw = Run(R"([{"title":"a"},{"url":"https://e.org/b"}])");
  EXPECT_TRUE(raw.dead_letter);
  EXPECT_EQ(raw.reason, "no_text");
  EXPECT_EQ(raw.dead_item, 1);
  ASSERT_EQ(batch_.records().size(), 1u);
  EXPECT_EQ(batch_.records()[0].fate, Fate::kLive);
}

TEST_F(ParseStageTest, ProvidersGiveZoneNameAndCountry) {
  ParseOptions options;
  options.providers.push_back(
      {"example.org", "Example Wire", "kr", "Asia/Seoul"});
  Run(R"({"title":"T","url":"https://news.example.org/1",
          "published_at":"2024-07-11 09:30:00"})",
      options);
  ASSERT_EQ(batch_.records().size(), 1u);
  const Article& article = batch_.records()[0].article;
  EXPECT_EQ(article.provider.name, "Example Wire");
  EXPECT_EQ(article.provider.country, "KR");
  EXPECT_EQ(article.published_offset, 9 * 3600);
  EXPECT_EQ(*article.published_at, absl::FromUnixSeconds(1720657800));
}

TEST(DatelineTest, FindsDatelinesOnly) {
  EXPECT_EQ(FindDateline("WASHINGTON \xE2\x80\x94 The ship"), "WASHINGTON");
  EXPECT_EQ(FindDateline("GROSSETO, Italy (AP) -- The trial"),
            "GROSSETO, Italy");
  EXPECT_EQ(FindDateline("Seoul (Example) - The ship"), "Seoul");
  EXPECT_EQ(FindDateline("(Corrects depth in fourth paragraph)\n\n"
                         "MACAPA, May 2 (Example) - The ship"),
            "MACAPA, May 2");
  EXPECT_EQ(FindDateline("(The ship) sank\n\nMACAPA - It rose"), "");
  EXPECT_EQ(FindDateline("The ship sank - and rose again."), "");
  EXPECT_EQ(FindDateline("NATO said on Monday. It \xE2\x80\x94 later"), "");
  EXPECT_EQ(FindDateline(""), "");
}

}  // namespace
}  // namespace wiredesk
