// Goal: each raw record becomes articles or a dead letter with the right
// reason, and all that later stages need is filled in. Method: batches of our
// own records through a stage with the default rules.

#include "stages/parse/parse_stage.h"

#include <gtest/gtest.h>

#include <string>

#include "stages/parse/dateline.h"

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

TEST_F(ParseStageTest, TheLimitOnBytesHolds) {
  ParseOptions options;
  options.record_bytes_max = 10;
  EXPECT_EQ(Run("{\"title\":\"long enough\"}", options).reason, "too_large");
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
  EXPECT_EQ(FindDateline("The ship sank - and rose again."), "");
  EXPECT_EQ(FindDateline("NATO said on Monday. It \xE2\x80\x94 later"), "");
  EXPECT_EQ(FindDateline(""), "");
}

}  // namespace
}  // namespace wiredesk
