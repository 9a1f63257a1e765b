// Goal: each name of a document gets one sense, and the right one.
// Method: short texts against a small gazetteer; a table of expectations.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "stages/tag/gazetteer/builder.h"
#include "stages/tag/gazetteer/sources.h"
#include "stages/tag/names/tagger.h"

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
    "iso3166:GE\tcountry\tGeorgia\tGeorgian{d}\tGE\t\t42\t43\t3700000\n"
    "iso3166:US-GA\tadmin1\tGeorgia\t\tUS\tUS-GA\t33\t-83\t10600000\n"
    "iso3166:US-FL\tadmin1\tFlorida\t\tUS\tUS-FL\t28\t-82\t21000000\n"
    "iso3166:US-OH\tadmin1\tOhio\t\tUS\tUS-OH\t40\t-82\t11000000\n"
    "geonames:5\tcity\tCongress\t\tUS\tUS-AZ\t34\t-112\t1900\n"
    "geonames:6\tcity\tBucharest\t\tRO\tRO-B\t44\t26\t1900000\n"
    "org:congress\torganization\tCongress\n"
    "org:politico\torganization\tPolitico\n"
    "org:white-house\torganization\tWhite House\n"
    "org:nba\torganization\tNBA\n"
    "org:wins\torganization\tWorld Sun\tWINS{c}\n"
    "org:ap\torganization\tAP\n"
    "org:nato\torganization\tNATO\tNorth Atlantic Treaty Organization\n"
    "#lexicon\n"
    "given-name\tKenneth John Mary\n"
    "person-name\tWeinstein Kenneth Hudson Washington\n"
    "title\tPresident minister\n"
    "organization-head\tInstitute Bank Committee Services\n"
    "agreement-head\tProgram Act\n"
    "common\tcongress health human services energy commerce freedom "
    "information "
    "more wins\n"
    "no-name\tTV\n"
    "adherent\tRepublican\n"
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
      for (const Mention& span : name.spans) {
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

TEST_F(NameTaggerTest, WhatIsKnownAsNoPlaceIsNone) {
  EXPECT_EQ(Tag("He wrote in Politico that he was in Congress."),
            (List{"organization org:politico: Politico",
                  "organization org:congress: Congress"}));
}

TEST_F(NameTaggerTest, AStateStandsAmongStates) {
  EXPECT_EQ(Tag("It snowed in Ohio, Georgia and Florida."),
            (List{"admin1 iso3166:US-OH: Ohio", "admin1 iso3166:US-GA: Georgia",
                  "admin1 iso3166:US-FL: Florida"}));
  EXPECT_EQ(Tag("It snowed in Georgia."), List{"country iso3166:GE: Georgia"});
  EXPECT_EQ(Tag("A senator (R-TX) spoke."), List{"admin1 iso3166:US-TX: TX"});
}

TEST_F(NameTaggerTest, AGivenNameFollowsTheOnlyOneWhoHasIt) {
  EXPECT_EQ(Tag("She saw John Weinstein, and then John left."),
            List{"person x:john-weinstein: John Weinstein, John"});
  EXPECT_EQ(Tag("She saw John Weinstein and John Hudson, and then John left."),
            (List{"person x:john-weinstein: John Weinstein",
                  "person x:john-hudson: John Hudson"}));
}

TEST_F(NameTaggerTest, AnAcronymAmongCapitalsIsStillOne) {
  EXPECT_EQ(Tag("NBA BASKETBALL - ENERGY WINS AFTER AP REPORTS"),
            List{"organization org:nba: NBA"});
}

TEST_F(NameTaggerTest, ShoutedWordsAreNoNames) {
  EXPECT_EQ(Tag("She read MORE on TV about NATO here."),
            List{"organization org:nato: NATO"});
}

TEST_F(NameTaggerTest, AHeadingNamesOnlyWhatIsKnown) {
  EXPECT_EQ(
      Tag("Sudden Growth Wins For NATO\n\nHe met a Florida Republican."),
      (List{"organization org:nato: NATO", "admin1 iso3166:US-FL: Florida"}));
}

TEST_F(NameTaggerTest, AnArticleIsNoPartOfAName) {
  EXPECT_EQ(Tag("A White House aide spoke. A. White Kenneth did not."),
            (List{"organization org:white-house: White House",
                  "person x:a-white-kenneth: A. White Kenneth"}));
}

TEST_F(NameTaggerTest, OrdinaryWordsAreJoinedToTheHeadNoun) {
  EXPECT_EQ(Tag("The Health and Human Services minister read the Freedom of "
                "Information Act to the Energy and Commerce Committee."),
            (List{"organization x:health-and-human-services: Health and Human "
                  "Services",
                  "agreement x:freedom-of-information-act: Freedom of "
                  "Information Act",
                  "organization x:energy-and-commerce-committee: Energy and "
                  "Commerce Committee"}));
}

TEST_F(NameTaggerTest, AnUnknownWordBeforeATownIsAClub) {
  EXPECT_EQ(Tag("He left Steaua Bucharest."),
            List{"organization x:steaua-bucharest: Steaua Bucharest"});
}

TEST_F(NameTaggerTest, AnAcronymAloneIsNoOrganization) {
  EXPECT_EQ(Tag("He read QXZ here."), List{});
  EXPECT_EQ(Tag("He read QXZ here, and QXZ there."),
            List{"organization x:qxz: QXZ, QXZ"});
}

TEST_F(NameTaggerTest, WordsRunTogetherAreNoName) {
  EXPECT_EQ(Tag("He saw Mary HudsonHealth and John WeinsteinBrooks there."),
            (List{"person x:mary: Mary",
                  "person x:john-weinsteinbrooks: John WeinsteinBrooks"}));
}

TEST_F(NameTaggerTest, TakesAnything) {
  for (const char* text : {"", "(", "(A)", "A (A) A", "...", "É", "U.S.(U.S.)",
                           "The The The", "\xE2\x80\x9C", "IT (IT)"}) {
    Tag(text);
  }
}

}  // namespace
}  // namespace wiredesk
