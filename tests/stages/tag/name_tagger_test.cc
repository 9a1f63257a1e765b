// Goal: each name of a document gets one sense, and the right one.
// Method: short texts against a small gazetteer; a table of expectations.

#include "stages/tag/name_tagger.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "stages/tag/gazetteer_builder.h"
#include "stages/tag/gazetteer_sources.h"

namespace wiredesk {
namespace {

constexpr absl::string_view kTable =
    "#columns\tid\ttype\tname\taliases\tcountry\tadmin1\tlat\tlon\tpopulation\n"
    "iso3166:FR\tcountry\tFrance\tFrench{d}\tFR\t\t46\t2\t65000000\n"
    "iso3166:US\tcountry\tUnited "
    "States\tAmerican{d}\tUS\t\t39\t-98\t300000000\n"
    "iso3166:US-TX\tadmin1\tTexas\tTX{cp}\tUS\tUS-TX\t31\t-99\t20000000\n"
    "geonames:1\tcity\tParis\t\tFR\tFR-75\t48.9\t2.4\t2100000\n"
    "geonames:2\tcity\tParis\t\tUS\tUS-TX\t33.7\t-95.6\t25000\n"
    "geonames:3\tcity\tWashington\t\tUS\tUS-DC\t38.9\t-77\t600000\n"
    "geonames:4\tcity\tHudson\t\tUS\tUS-NY\t42.2\t-73.8\t6000\n"
    "org:nato\torganization\tNATO\tNorth Atlantic Treaty Organization\n"
    "#lexicon\n"
    "given-name\tKenneth John Mary\n"
    "person-name\tWeinstein Kenneth Hudson Washington\n"
    "title\tPresident minister\n"
    "organization-head\tInstitute Bank\n"
    "agreement-head\tProgram\n"
    "place-cue\tin near\n"
    "event-noun\tsummit\n"
    "speech-verb\tsaid\n"
    "surname-first\tYoon\n"
    "function\tthe in a of on and he\n"
    "calendar\tThursday July\n";

class NameTaggerTest : public testing::Test {
 protected:
  NameTaggerTest() {
    GazetteerBuilder builder;
    SourceReport report;
    EXPECT_TRUE(AddGazetteerText("t.tsv", kTable, builder, report).ok());
    gazetteer_ = Gazetteer::FromBytes(builder.Build().value()).value();
  }

  // "kind id: surface, surface" for each name.
  std::vector<std::string> Tag(const std::string& body) {
    words_.clear();
    SplitWords(body, words_);
    NameInput input;
    input.body = body;
    input.body_words = words_;
    std::vector<std::string> result;
    for (const FoundName& name : tagger_.Tag(*gazetteer_, input)) {
      std::vector<std::string> surfaces;
      for (const NameSpan& span : name.spans) {
        surfaces.push_back(body.substr(span.begin, span.end - span.begin));
      }
      result.push_back(absl::StrCat(NameKindText(name.kind),
                                    name.demonym ? "/demonym " : " ", name.id,
                                    ": ", absl::StrJoin(surfaces, ", ")));
    }
    return result;
  }

  std::shared_ptr<const Gazetteer> gazetteer_;
  std::vector<Word> words_;
  NameTagger tagger_;
};

using List = std::vector<std::string>;

TEST_F(NameTaggerTest, AStateBehindACommaDecides) {
  EXPECT_EQ(Tag("It rained in Paris, Texas."),
            (List{"city geonames:2: Paris", "admin1 iso3166:US-TX: Texas"}));
  EXPECT_EQ(Tag("It rained in Paris."), List{"city geonames:1: Paris"});
}

TEST_F(NameTaggerTest, ASurnameFollowsTheFullName) {
  EXPECT_EQ(Tag("He met Kenneth Weinstein, and Weinstein said no."),
            List{"person x:kenneth-weinstein: Kenneth Weinstein, Weinstein"});
}

TEST_F(NameTaggerTest, ATitleMakesAPerson) {
  EXPECT_EQ(Tag("On Thursday President Yoon Suk-yeol spoke, and Yoon left."),
            List{"person x:yoon-suk-yeol: Yoon Suk-yeol, Yoon"});
}

TEST_F(NameTaggerTest, AnAcronymIsBoundWhereItIsIntroduced) {
  EXPECT_EQ(
      Tag("It joined the Individually Tailored Partnership Program (ITPP). "
          "The ITPP is new."),
      List{"agreement x:individually-tailored-partnership-program: "
           "Individually Tailored Partnership Program, ITPP, ITPP"});
}

TEST_F(NameTaggerTest, ASummitIsAnEventBesideItsName) {
  EXPECT_EQ(Tag("He went to the NATO summit."),
            (List{"organization org:nato: NATO",
                  "event x:nato-summit: NATO summit"}));
}

TEST_F(NameTaggerTest, NationalityIsADemonym) {
  EXPECT_EQ(Tag("A French minister went home."),
            List{"country/demonym iso3166:FR: French"});
}

TEST_F(NameTaggerTest, TakesAnything) {
  for (const char* text : {"", "(", "(A)", "A (A) A", "...", "É", "U.S.(U.S.)",
                           "The The The", "\xE2\x80\x9C", "IT (IT)"}) {
    Tag(text);
  }
}

}  // namespace
}  // namespace wiredesk
