// Goal: what the taggers find arrives in the record, each with its span, and a
// batch keeps alive what its records point to.
//
// Method: one text with something for each tagger, against a gazetteer written
// here. What is found and what is not is the business of the taggers' tests.

#include "stages/tag/tag_stage.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/batch.h"
#include "stages/tag/gazetteer_builder.h"
#include "stages/tag/gazetteer_sources.h"

namespace wiredesk {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr absl::string_view kHeadline = "NATO meets in Paris";
constexpr absl::string_view kBody =
    "The alliance will meet in Paris on 11 July 2024. \"We shall spend more,\" "
    "the host said. It costs $5 million. The attackers used CVE-2024-12345 "
    "on the day before, and nobody knows who they were or what they wanted.";

std::string Compiled(absl::string_view rows) {
  GazetteerBuilder builder;
  SourceReport report;
  const std::string table = absl::StrCat(
      "#columns\tid\ttype\tname\taliases\tcountry\tlat\tlon\tpopulation\n",
      rows, "#lexicon\nplace-cue\tin near\nfunction\tthe in a of on and\n");
  EXPECT_TRUE(AddGazetteerText("t.tsv", table, builder, report).ok());
  return builder.Build().value();
}

constexpr absl::string_view kParis =
    "geonames:1\tcity\tParis\t\tFR\t48.9\t2.4\t2100000\n";
constexpr absl::string_view kNato = "org:nato\torganization\tNATO\n";

template <typename Things>
std::vector<std::string> IdsOf(const Things& things) {
  std::vector<std::string> ids;
  for (const auto& thing : things) ids.emplace_back(thing.id);
  return ids;
}

class TagStageTest : public testing::Test {
 protected:
  TagStageTest() : batch_({}) {}

  // `rows` compiled, opened, and the file gone again.
  static std::shared_ptr<const TagData> Data(absl::string_view rows) {
    TagOptions options;
    options.gazetteer =
        absl::StrCat(testing::TempDir(), "/tag_stage_test_", getpid(), ".wdg");
    std::ofstream(options.gazetteer, std::ios::binary) << Compiled(rows);
    absl::StatusOr<std::shared_ptr<const TagData>> data =
        TagData::Open(options);
    std::filesystem::remove(options.gazetteer);
    EXPECT_TRUE(data.ok()) << data.status();
    return *std::move(data);
  }

  EventRecord& Add() {
    batch_.Append({"in", 0, 0}, "", "raw", {}, absl::UnixEpoch());
    EventRecord& record = batch_.AddArticle(0, 0);
    record.article.headline = kHeadline;
    record.article.body = kBody;
    record.article.published_at = absl::FromUnixSeconds(1'720'000'000);
    std::vector<Word> words;
    SplitWords(kHeadline, words);
    record.headline_words = batch_.Copy(words);
    words.clear();
    SplitWords(kBody, words);
    record.body_words = batch_.Copy(words);
    return record;
  }

  static std::string TextOf(const Mention& mention) {
    const absl::string_view text =
        mention.field == Field::kHeadline ? kHeadline : kBody;
    return std::string(text.substr(mention.begin, mention.end - mention.begin));
  }

  Batch batch_;
};

TEST_F(TagStageTest, EachFindingStandsWhereItSays) {
  const EventRecord& record = Add();
  TagStage stage(Data(absl::StrCat(kParis, kNato)));
  ASSERT_TRUE(stage.Process(batch_).ok());

  EXPECT_EQ(record.language, "en");
  ASSERT_THAT(IdsOf(record.entities), Contains("org:nato"));
  EXPECT_EQ(TextOf(record.entities[0].mentions.at(0)), "NATO");
  ASSERT_EQ(record.places.size(), 1u);
  EXPECT_EQ(record.places[0].id, "geonames:1");
  for (const Mention& mention : record.places[0].mentions) {
    EXPECT_EQ(TextOf(mention), "Paris");
  }
  EXPECT_EQ(record.places[0].mentions.size(), 2u);
  ASSERT_FALSE(record.dates.empty());
  EXPECT_EQ(record.dates[0].value, "2024-07-11");
  EXPECT_EQ(TextOf(record.dates[0].mention), "11 July 2024");
  ASSERT_EQ(record.indicators.size(), 1u);
  EXPECT_EQ(record.indicators[0].value, "CVE-2024-12345");
  EXPECT_EQ(TextOf(record.indicators[0].mentions.at(0)), "CVE-2024-12345");
  ASSERT_FALSE(record.amounts.empty());
  EXPECT_EQ(TextOf(record.amounts[0].mention), "$5 million");
  ASSERT_EQ(record.quotes.size(), 1u);
  EXPECT_EQ(TextOf(record.quotes[0].mention), "We shall spend more,");
}

TEST_F(TagStageTest, WhatIsDroppedIsNotTagged) {
  EventRecord& record = Add();
  batch_.Drop(record, "dedupe", "duplicate");
  TagStage stage(Data(kParis));
  ASSERT_TRUE(stage.Process(batch_).ok());
  EXPECT_THAT(record.places, IsEmpty());
  EXPECT_EQ(record.language, "und");
}

TEST_F(TagStageTest, ABatchKeepsWhatItWasTaggedWith) {
  const EventRecord& record = Add();
  {
    TagStage stage(Data(kParis));
    ASSERT_TRUE(stage.Process(batch_).ok());
  }
  // A reload has let go of the data; the record still points into it.
  ASSERT_THAT(IdsOf(record.places), Contains("geonames:1"));
  EXPECT_EQ(record.places[0].name, "Paris");
}

TEST(TagDataTest, WhatIsNotThereIsAnError) {
  TagOptions options;
  options.gazetteer = "/nonexistent.wdg";
  EXPECT_FALSE(TagData::Open(options).ok());
}

}  // namespace
}  // namespace wiredesk
