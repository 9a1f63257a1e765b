// Goal: the stage puts what the rules find into the record, with files of the
// operator in place of what is compiled in, and a bad file is refused with its
// place; `explain` tells of each decision. Method: a small gazetteer in a
// temporary folder and one article.

#include "stages/tag/tag_stage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "stages/tag/explain_command.h"
#include "stages/tag/gazetteer/builder.h"
#include "stages/tag/gazetteer/sources.h"
#include "stages/text/words.h"

namespace wiredesk {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr absl::string_view kTable =
    "#columns\tid\ttype\tname\taliases\tcountry\tadmin1\tlat\tlon\tpopulation\n"
    "geonames:1\tcity\tParis\t\tFR\tFR-75\t48.9\t2.4\t2100000\n"
    "geonames:2\tcity\tParis\t\tUS\tUS-TX\t33.7\t-95.6\t25000\n"
    "org:nato\torganization\tNATO\tNorth Atlantic Treaty Organization\n"
    "#lexicon\n"
    "given-name\tAnn\n"
    "person-name\tLee\n"
    "place-cue\tin\n"
    "function\tthe in a of on and she\n";

constexpr char kBody[] =
    "“We will open the harbour on Friday,” Ann Lee told NATO in Paris. She "
    "named CVE-2024-3400 and asked for $3.5 million.";

class TagStageTest : public testing::Test {
 protected:
  TagStageTest() : folder_(testing::TempDir() + "/tag_stage") {
    std::filesystem::create_directories(folder_);
    GazetteerBuilder builder;
    SourceReport report;
    EXPECT_TRUE(AddGazetteerText("t.tsv", kTable, builder, report).ok());
    options_.gazetteer = Write("small.wdg", builder.Build().value());
    SplitWords(kBody, words_);
  }

  std::string Write(const std::string& name, const std::string& content) {
    const std::string path = folder_ + "/" + name;
    std::ofstream(path, std::ios::binary) << content;
    return path;
  }

  static absl::Span<const Word> Words(absl::string_view text,
                                      std::vector<Word>& words) {
    words.clear();
    SplitWords(text, words);
    return words;
  }

  // The record of the article, tagged; `prepare` gets it before.
  const EventRecord& Tag(
      const std::function<void(EventRecord&)>& prepare = nullptr) {
    data_ = TagData::Open(options_).value();
    batch_.Reset();
    batch_.Append({"raw", 0, 0}, "", "", {}, std::nullopt);
    EventRecord& record = batch_.AddArticle(0, 0);
    record.article.body = kBody;
    record.body_words = words_;
    record.article.published_at =
        absl::FromCivil(absl::CivilDay(2024, 7, 11), absl::UTCTimeZone());
    if (prepare != nullptr) prepare(record);
    TagStage stage(data_);
    EXPECT_TRUE(stage.Process(batch_).ok());
    return batch_.records()[0];
  }

  const std::string folder_;
  TagOptions options_;
  std::shared_ptr<const TagData> data_;
  std::vector<Word> words_;
  std::vector<Word> headline_words_;
  Batch batch_{Batch::Limits{}};
};

TEST_F(TagStageTest, EveryListOfTheRecordIsFilled) {
  const EventRecord& record = Tag();
  EXPECT_EQ(record.language, "en");
  ASSERT_EQ(record.places.size(), 1U);
  EXPECT_EQ(record.places[0].id, "geonames:1");
  ASSERT_EQ(record.dates.size(), 1U);
  EXPECT_EQ(record.dates[0].value, absl::string_view("2024-07-12"));
  ASSERT_EQ(record.quotes.size(), 1U);
  EXPECT_EQ(record.quotes[0].speaker_name, "Ann Lee");
  EXPECT_EQ(record.quotes[0].cue, "told");
  ASSERT_EQ(record.indicators.size(), 1U);
  EXPECT_EQ(record.indicators[0].value, "CVE-2024-3400");
  ASSERT_EQ(record.amounts.size(), 1U);
  EXPECT_EQ(record.amounts[0].unit, "USD");
  EXPECT_THAT(record.tags, IsEmpty());
}

template <typename Things>
std::vector<std::string> IdsOf(const Things& things) {
  std::vector<std::string> ids;
  for (const auto& thing : things) ids.emplace_back(thing.id);
  return ids;
}

TEST_F(TagStageTest, TheDatelineIsThatOfTheBody) {
  const EventRecord& record = Tag([this](EventRecord& made) {
    made.article.headline = "Ann Lee in Paris";
    made.headline_words = Words(made.article.headline, headline_words_);
    made.article.body =
        "(Corrects a name)\n\nPARIS, July 11 (Example) - NATO met in Paris.";
    made.body_words = Words(made.article.body, words_);
    made.article.dateline = "PARIS, July 11";
  });
  ASSERT_EQ(record.places.size(), 1u);
  EXPECT_EQ(record.places[0].role, "dateline");
  EXPECT_EQ(record.dateline_place, "geonames:1");
}

TEST_F(TagStageTest, AHeadlinesDateIsThatOfItsBody) {
  const EventRecord& record = Tag([this](EventRecord& made) {
    made.article.headline = "NATO in Paris in May";
    made.headline_words = Words(made.article.headline, headline_words_);
    made.article.body = "NATO will meet in Paris in May.";
    made.body_words = Words(made.article.body, words_);
  });
  ASSERT_EQ(record.dates.size(), 2u);
  EXPECT_EQ(record.dates[1].value, "2025-05");
  EXPECT_EQ(record.dates[0].value, record.dates[1].value);
}

TEST_F(TagStageTest, WhatAKillTakesBackIsNoEvent) {
  const auto tag = [this](PublicationStatus status) {
    return Tag([&](EventRecord& made) {
             made.article.headline = "Paris bans loud boats";
             made.headline_words =
                 Words(made.article.headline, headline_words_);
             made.article.status = status;
           })
        .events.size();
  };
  EXPECT_GT(tag(PublicationStatus::kUsable), 0u);
  EXPECT_EQ(tag(PublicationStatus::kCanceled), 0u);
}

TEST_F(TagStageTest, WhatThePublisherTaggedStandsBesideWhatWasFound) {
  const Entity entities[] = {
      {.id = "http://x/nato", .type = "organization", .name = "Nato"},
      {.type = "person", .name = "Bob Ray", .via = "given"},
      {.id = "http://x/acme", .type = "organization", .name = "Acme"}};
  const Place places[] = {{.id = "geonames:1", .name = "Paris, France"},
                          {.id = "http://x/ulm", .name = "Ulm"},
                          {.name = "without an id"}};
  const Topic topics[] = {{.id = "http://x/topic", .score = 1}};
  const EventRecord& record = Tag([&](EventRecord& given) {
    given.given_entities = entities;
    given.given_places = places;
    given.given_topics = topics;
  });
  EXPECT_THAT(IdsOf(record.entities), Contains("org:nato"));
  EXPECT_THAT(IdsOf(record.entities), Not(Contains("http://x/nato")));
  EXPECT_THAT(IdsOf(record.entities), Contains("http://x/acme"));
  EXPECT_THAT(IdsOf(record.entities), Contains("x:bob-ray"));
  EXPECT_THAT(IdsOf(record.places), ElementsAre("geonames:1", "http://x/ulm"));
  EXPECT_EQ(record.places[0].name, "Paris");
  EXPECT_EQ(record.places[1].role, "mentioned");
  EXPECT_THAT(IdsOf(record.topics), Contains("http://x/topic"));
}

// A security report in place of the article: with an unknown program, a plain
// domain, and somebody who is only known as a speaker.
constexpr char kReport[] =
    "Hackers now use the Okrum ransomware and malware that calls "
    "update-check.net, a phishing site. “It is bad,” said Jo Coelbat, a "
    "retired baker. The ransomware attack was a data breach.";

TEST_F(TagStageTest, AReportOnSecurityIsReadWithItsOwnRules) {
  std::vector<Word> words;
  SplitWords(kReport, words);
  const auto report = [&words](EventRecord& record) {
    record.article.body = kReport;
    record.body_words = words;
  };
  const EventRecord& record = Tag(report);
  std::vector<std::string> entities;
  for (const Entity& one : record.entities) {
    entities.push_back(std::string(one.type) + " " + std::string(one.id));
  }
  EXPECT_THAT(entities, Contains("malware x:okrum"));
  EXPECT_THAT(entities, Contains("person x:jo-coelbat"));
  ASSERT_EQ(record.quotes.size(), 1U);
  EXPECT_EQ(record.quotes[0].speaker_entity, "x:jo-coelbat");
  ASSERT_EQ(record.indicators.size(), 1U);
  EXPECT_EQ(record.indicators[0].value, "update-check.net");
  ASSERT_EQ(record.dates.size(), 1U);
  EXPECT_EQ(record.dates[0].value, "PRESENT_REF");
  EXPECT_GT(record.topics.size(), 1U);
}

TEST_F(TagStageTest, TheOperatorMayAskForLess) {
  std::vector<Word> words;
  SplitWords(kReport, words);
  options_.topics_max = 1;
  options_.date_references = false;
  options_.plain_domains = PlainDomains::kNever;
  const EventRecord& record = Tag([&words](EventRecord& one) {
    one.article.body = kReport;
    one.body_words = words;
  });
  EXPECT_EQ(record.topics.size(), 1U);
  EXPECT_THAT(record.dates, IsEmpty());
  EXPECT_THAT(record.indicators, IsEmpty());
}

TEST_F(TagStageTest, TheOperatorsFilesAreTaken) {
  options_.topics = {Write("ports.tsv", "ports\tPorts\t\tharbour*2\n"),
                     Write("more.tsv", "basins\tBasins\tports\tbasin*2\n")};
  options_.rules = Write("rules.txt", "harbour-deal: harbour AND topic:ports");
  options_.warning_lists = {Write("sites.txt", "evil.example\n")};
  const EventRecord& record = Tag();
  ASSERT_EQ(record.topics.size(), 1U);
  EXPECT_EQ(record.topics[0].id, "topic:ports");
  EXPECT_THAT(record.tags, ElementsAre("harbour-deal"));
  EXPECT_TRUE(data_->warning_list().Contains("www.evil.example"));
  EXPECT_EQ(data_->topics().topics().size(), 2U);
}

TEST_F(TagStageTest, ABadFileIsRefusedWithItsPlace) {
  options_.rules = Write("bad.txt", "# fine\nx: (a");
  EXPECT_THAT(std::string(TagData::Open(options_).status().message()),
              HasSubstr("bad.txt:2:6: expected ')'"));
  options_.rules.clear();
  options_.topics = {Write("bad.tsv", "a\tA\tnone\tx")};
  EXPECT_THAT(std::string(TagData::Open(options_).status().message()),
              HasSubstr("bad.tsv:1: no topic"));
  options_.topics = {folder_ + "/missing.tsv"};
  EXPECT_FALSE(TagData::Open(options_).ok());
}

TEST_F(TagStageTest, ADamagedModelIsRefusedWithItsFile) {
  options_.name_model = Write("names.wdn", "WDNER");
  EXPECT_THAT(std::string(TagData::Open(options_).status().message()),
              HasSubstr("names.wdn: name model: cut off"));
}

TEST_F(TagStageTest, ExplainTellsOfAModelsGuess) {
  options_.name_model_margin = 0;
  options_.name_model = Write(
      "names.wdn", NameModel::ToBytes(
                       std::vector<ModelWeights>(16, {0, 1, 0, 0}), 0.01f, 1));
  std::vector<Word> words;
  SplitWords("we saw Zorkim in the hall.", words);
  const EventRecord& record = Tag([&](EventRecord& given) {
    given.article.body = "we saw Zorkim in the hall.";
    given.body_words = words;
  });
  ASSERT_EQ(record.entities.size(), 1U);
  EXPECT_EQ(record.entities[0].via, "model");
  EXPECT_THAT(ExplainRecord(*data_, record).decisions[0].why,
              HasSubstr("the model is ahead of its next type by 0."));
}

TEST_F(TagStageTest, ExplainTellsOfEachDecisionAndItsAlternatives) {
  const EventRecord& record = Tag();
  const Explanation explanation = ExplainRecord(*data_, record);
  EXPECT_EQ(explanation.body, kBody);
  EXPECT_THAT(explanation.facts,
              Contains(std::make_pair(std::string("published"),
                                      std::string("2024-07-11 00:00 UTC"))));
  std::vector<std::string> seen;
  for (const TagDecision& decision : explanation.decisions) {
    seen.push_back(std::string(DecisionKindName(decision.kind)) + " " +
                   decision.what.substr(0, 10));
    EXPECT_FALSE(decision.why.empty());
    if (decision.what == "Paris") {
      ASSERT_EQ(decision.alternatives.size(), 1U);
      EXPECT_THAT(decision.alternatives[0], HasSubstr("geonames:2"));
    }
  }
  for (const char* one :
       {"place Paris", "person Ann Lee", "organization NATO", "date 2024-07-12",
        "amount 3500000 US", "indicator CVE-2024-3", "quote Ann Lee: “"}) {
    EXPECT_THAT(seen, Contains(HasSubstr(std::string(one).substr(0, 14))));
  }
}

}  // namespace
}  // namespace wiredesk
