// Goal: a model learns from marked texts, types only what no rule knows, and is
// refused where it is not whole.
// Method: examples made of numbers; short texts against a small gazetteer.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "stages/tag/gazetteer/builder.h"
#include "stages/tag/gazetteer/sources.h"
#include "stages/tag/names/model.h"
#include "stages/tag/names/tagger.h"
#include "stages/tag/training/corpus.h"
#include "stages/tag/training/model_trainer.h"
#include "stages/tag/training/score.h"

namespace wiredesk {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Feature `number`, far from its neighbours in the table.
uint32_t Feature(uint32_t number) { return number * 0x9e3779b9u; }

// Type t has features t and 10 to 19; each third example also a wrong one.
std::vector<NameExample> MadeExamples(size_t count) {
  std::mt19937 random(1);
  std::vector<NameExample> examples;
  for (size_t i = 0; i < count; ++i) {
    const uint32_t type = random() % kModelTypes;
    NameExample& example = examples.emplace_back();
    example.type = static_cast<ModelType>(type);
    example.text = static_cast<uint32_t>(i / 4);
    example.features = {Feature(type), Feature(10 + random() % 10),
                        Feature(20 + 100 * type + random() % 30)};
    if (i % 3 == 0) example.features.push_back(Feature(random() % kModelTypes));
  }
  return examples;
}

std::shared_ptr<const NameModel> Trained(
    const std::vector<NameExample>& examples) {
  NameTrainingOptions options;
  options.bits = 12;
  return NameModel::FromBytes(TrainNameModel(examples, options)).value();
}

TEST(NameModelTest, LearnsWhatPartsTheTypes) {
  const auto model = Trained(MadeExamples(400));
  EXPECT_EQ(model->examples(), 400U);
  size_t right = 0;
  for (const NameExample& example : MadeExamples(800)) {
    right += model->Guess(example.features).type == example.type ? 1 : 0;
  }
  EXPECT_GT(right, 760U);
}

TEST(NameModelTest, ProbabilitiesAreHonest) {
  const auto model = Trained(MadeExamples(400));
  double promised = 0;
  double kept = 0;
  for (const NameExample& example : MadeExamples(800)) {
    const ModelGuess guess = model->Guess(example.features);
    EXPECT_GE(guess.probability, 0.25f);
    EXPECT_LE(guess.probability, 1.0f);
    EXPECT_LE(guess.margin, guess.probability);
    promised += guess.probability;
    kept += guess.type == example.type ? 1 : 0;
  }
  EXPECT_NEAR(promised / 800, kept / 800, 0.1);
}

TEST(NameModelTest, WithoutFeaturesNothingIsSure) {
  const ModelGuess guess = Trained(MadeExamples(40))->Guess({});
  EXPECT_FLOAT_EQ(guess.probability, 0.25f);
  EXPECT_FLOAT_EQ(guess.margin, 0);
}

TEST(NameModelTest, TheSameExamplesGiveTheSameBytes) {
  NameTrainingOptions options;
  options.bits = 10;
  EXPECT_EQ(TrainNameModel(MadeExamples(50), options),
            TrainNameModel(MadeExamples(50), options));
}

TEST(NameModelTest, OneExampleOfOneTypeIsEnoughToTrain) {
  NameExample example;
  example.features = {Feature(1)};
  example.type = ModelType::kPlace;
  const auto model = Trained({example});
  EXPECT_EQ(model->Guess(example.features).type, ModelType::kPlace);
}

std::string Bytes() {
  return NameModel::ToBytes(std::vector<ModelWeights>(16), 0.5f, 7);
}

std::string Why(const std::string& bytes) {
  const auto model = NameModel::FromBytes(bytes);
  return model.ok() ? "ok" : std::string(model.status().message());
}

TEST(NameModelTest, EveryDamagedByteIsNoticed) {
  ASSERT_EQ(Why(Bytes()), "ok");
  for (size_t i = 0; i < Bytes().size(); ++i) {
    std::string bytes = Bytes();
    bytes[i] = static_cast<char>(bytes[i] ^ 4);
    EXPECT_THAT(Why(bytes), HasSubstr("wiredesk ner train")) << i;
  }
}

TEST(NameModelTest, RefusalSaysWhatIsWrong) {
  const auto with = [](auto change) {
    std::string bytes = Bytes();
    change(*reinterpret_cast<NameModelHeader*>(bytes.data()));
    return Why(bytes);
  };
  EXPECT_THAT(Why(Bytes().substr(0, 40)), HasSubstr("cut off"));
  EXPECT_THAT(Why(Bytes().substr(0, 100)), HasSubstr("cut off"));
  EXPECT_THAT(Why(Bytes() + "x"), HasSubstr("cut off"));
  EXPECT_THAT(with([](NameModelHeader& one) { one.magic[0] = 'X'; }),
              HasSubstr("no such file"));
  EXPECT_THAT(with([](NameModelHeader& one) { ++one.format; }),
              HasSubstr("another version"));
  EXPECT_THAT(with([](NameModelHeader& one) { ++one.words_version; }),
              HasSubstr("another version"));
  EXPECT_THAT(with([](NameModelHeader& one) { ++one.features_version; }),
              HasSubstr("another version"));
  EXPECT_THAT(with([](NameModelHeader& one) { one.bits = 60; }),
              HasSubstr("cut off"));
  EXPECT_THAT(with([](NameModelHeader& one) { ++one.checksum; }),
              HasSubstr("damaged"));
  const std::vector<ModelWeights> none(16);
  for (const float scale :
       {0.0f, -1.0f, std::nanf(""), std::numeric_limits<float>::infinity()}) {
    EXPECT_THAT(Why(NameModel::ToBytes(none, scale, 1)), HasSubstr("damaged"));
  }
}

TEST(NameModelTest, OpenNamesTheFile) {
  const std::string path = testing::TempDir() + "/short.wdn";
  std::ofstream(path) << "WDNER";
  EXPECT_THAT(std::string(NameModel::Open(path).status().message()),
              HasSubstr(path));
  EXPECT_THAT(std::string(NameModel::Open(path + ".not").status().message()),
              HasSubstr(".not"));
}

TEST(NameModelTest, AnyWeightsGiveAGuess) {
  std::vector<ModelWeights> weights(16);
  for (size_t i = 0; i < weights.size(); ++i) {
    weights[i] = {-32768, 32767, static_cast<int16_t>(i), 0};
  }
  const auto model = NameModel::FromBytes(
      NameModel::ToBytes(weights, std::numeric_limits<float>::max(), 1));
  const ModelGuess guess = (*model)->Guess({0, 1u << 31, 0xFFFFFFFF});
  EXPECT_EQ(guess.type, ModelType::kOrganization);
  EXPECT_EQ(guess.probability, 1);
}

// Texts of one pattern with several names: names of two words in front of
// "scored" are people, behind "shares of" organizations.
class NameModelTaggerTest : public testing::Test {
 protected:
  NameModelTaggerTest() {
    GazetteerBuilder builder;
    SourceReport report;
    EXPECT_TRUE(
        AddGazetteerText("t.tsv",
                         "#columns\tid\ttype\tname\tcountry\tlat\tlon\n"
                         "geonames:1\tcity\tParis\tFR\t48.9\t2.4\n"
                         "org:nato\torganization\tNATO\n"
                         "#lexicon\nfunction\tthe in of\nplace-cue\tin\n"
                         "given-name\tMary\nperson-name\tMary Lee\n",
                         builder, report)
            .ok());
    gazetteer_ = Gazetteer::FromBytes(builder.Build().value()).value();
    NameTrainingOptions options;
    options.bits = 14;
    model_ =
        NameModel::FromBytes(
            TrainNameModel(CollectExamples(*gazetteer_, Marked()), options))
            .value();
  }

  static std::vector<MarkedText> Marked() {
    const char* const people[] = {"Zork Blim", "Grel Trop", "Hulm Pask",
                                  "Wint Dreb", "Mosk Quil", "Jelb Fron"};
    const char* const firms[] = {"Plexam",  "Drovix", "Kranetic",
                                 "Soltrax", "Unimed", "Bexware"};
    std::string columns;
    for (int i = 0; i < 6; ++i) {
      const std::string first(people[i], 4);
      absl::StrAppend(&columns, "-DOCSTART- O\n\nlate O\n", first, " B-PER\n",
                      people[i] + 5, " I-PER\nscored O\ntwice O\n. O\n\n");
      absl::StrAppend(&columns, "they O\nsold O\nshares O\nof O\n", firms[i],
                      " B-ORG\nyesterday O\n. O\n\nhe O\nread O\n", first,
                      "ish O\nbooks O\n\n");
    }
    std::vector<MarkedText> texts;
    EXPECT_TRUE(ParseNameCorpus("made", columns, texts).ok());
    return texts;
  }

  // "kind name via" for each name.
  std::vector<std::string> Tag(const std::string& body, float margin) {
    std::vector<Word> words;
    SplitWords(body, words);
    NameInput input;
    input.body = body;
    input.body_words = words;
    NameTagger tagger;
    tagger.UseModel(model_.get(), margin);
    std::vector<std::string> result;
    for (const FoundName& name : tagger.Tag(*gazetteer_, input)) {
      result.push_back(absl::StrCat(NameKindText(name.kind), " ", name.name,
                                    " ", name.via, " ", name.spans.size()));
      EXPECT_EQ(name.model_margin > 0, name.via == "model");
    }
    return result;
  }

  std::shared_ptr<const Gazetteer> gazetteer_;
  std::shared_ptr<const NameModel> model_;
};

TEST_F(NameModelTaggerTest, TypesWhatNoRuleKnows) {
  EXPECT_THAT(Tag("late Vorp Klim scored twice.", 0.3f),
              ElementsAre("person Vorp Klim model 1"));
  EXPECT_THAT(Tag("they sold shares of Tramcor yesterday.", 0.3f),
              ElementsAre("organization Tramcor model 1"));
}

TEST_F(NameModelTaggerTest, LeavesAloneWhatIsKnown) {
  const std::string text =
      "late Mary Lee scored in Paris, and they sold shares of NATO yesterday.";
  const std::vector<std::string> with = Tag(text, 0);
  EXPECT_THAT(with, ElementsAre("person Mary Lee given-name 1",
                                "city Paris gazetteer 1",
                                "organization NATO gazetteer 1"));
}

TEST_F(NameModelTaggerTest, LeavesUntypedWhatItIsNotSureOf) {
  // Some hundred features of a thousandth each.
  model_ = NameModel::FromBytes(
               NameModel::ToBytes(std::vector<ModelWeights>(16, {1, 0, 0, 0}),
                                  0.001f, 1))
               .value();
  EXPECT_THAT(Tag("late Vorp Klim scored twice.", 0.3f), ElementsAre());
  EXPECT_THAT(Tag("late Vorp Klim scored twice.", 0),
              ElementsAre("person Vorp Klim model 1"));
}

TEST_F(NameModelTaggerTest, APersonOfTheModelGivesHisSurname) {
  EXPECT_THAT(Tag("late Vorp Klim scored twice, but nobody saw Klim.", 0.3f),
              ElementsAre("person Vorp Klim model 2"));
}

TEST_F(NameModelTaggerTest, ScoresCountWithAndWithoutTheModel) {
  const std::vector<MarkedText> texts = Marked();
  const NameScore before = ScoreNames(*gazetteer_, nullptr, 1, texts);
  const NameScore after = ScoreNames(*gazetteer_, model_.get(), 0.3f, texts);
  EXPECT_EQ(before.back().marked, 12U);
  EXPECT_EQ(before.back().right, 0U);
  EXPECT_EQ(after.back().right, 12U);
  EXPECT_EQ(after[0].recall(), 1);
  EXPECT_EQ(after[1].precision(), 1);
  EXPECT_EQ(after[2].f1(), 0);
}

}  // namespace
}  // namespace wiredesk
