// Goal: what a document calls by several names is one entity, and the right one
// of the gazetteer. Method: short texts against a small gazetteer; a table of
// what must come out.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "stages/tag/gazetteer/builder.h"
#include "stages/tag/gazetteer/sources.h"
#include "stages/tag/names/given_forms.h"
#include "stages/tag/names/tagger.h"

namespace wiredesk {
namespace {

constexpr absl::string_view kTable =
    "#columns\tid\ttype\tname\taliases\tcountry\tadmin1\tpopulation\tlat\tlon\n"
    "geonames:10\tcity\tNorfolk\t\tUS\tUS-VA\t240000\t36.8\t-76.2\n"
    "geonames:11\tcity\tNorfolk\t\tUS\tUS-NE\t24000\t42\t-97.4\n"
    "geonames:12\tcity\tWayne\t\tUS\tUS-NE\t5600\t42.2\t-97\n"
    "geonames:13\tcity\tOakport\t\tUS\tUS-SD\t5600\t42.9\t-97.4\n"
    "geonames:14\tcity\tAntwerpen\tAntwerp\tBE\t\t500000\t51.2\t4.4\n"
    "person:bo-hill\tperson\tBo Hill\t\tGB\t\t1000\n"
    "#columns\tid\ttype\tname\taliases\tcountry\tadmin1\tpopulation\toffices\n"
    "org:us-senate\torganization\tSenate\t\tUS\n"
    "org:leeds-university\torganization\tLeeds University\n"
    "geonames:8\tcity\tLeeds\t\tGB\tGB-ENG\t450000\n"
    "person:ann-lowell\tperson\tAnn Lowell\t\t\t\t\tSpeaker of the "
    "House/2019-01-03..2023-01-03\n"
    "person:bo-lowell\tperson\tBo Lowell\t\t\t\t\tSpeaker of the "
    "House/2001-01-03..2007-01-03;Vice President/2017-01-20..2021-01-20\n"
    "person:chuck-hurst\tperson\tChuck Hurst\n"
    "org:department-of-justice\torganization\tDepartment of Justice\n"
    "iso3166:US\tcountry\tUnited States\tU.S.\tUS\t\t300000000\n"
    "iso3166:US-WA\tadmin1\tWashington\t\tUS\tUS-WA\t7700000\n"
    "iso3166:US-OR\tadmin1\tOregon\t\tUS\tUS-OR\t4200000\n"
    "iso3166:US-OH\tadmin1\tOhio\t\tUS\tUS-OH\t11700000\n"
    "iso3166:US-CA\tadmin1\tCalifornia\t\tUS\tUS-CA\t39000000\n"
    "geonames:1\tcity\tWashington\t\tUS\tUS-DC\t9000000\n"
    "geonames:2\tcity\tOregon\t\tUS\tUS-OH\t20000\n"
    "geonames:3\tcity\tOlympia\t\tUS\tUS-WA\t50000\n"
    "iso3166:GB\tcountry\tUnited Kingdom\t\tGB\t\t67000000\n"
    "geonames:4\tcity\tSpringfield\t\tUS\tUS-OH\t60000\n"
    "geonames:5\tcity\tSpringfield\t\tUS\tUS-OR\t62000\n"
    "geonames:6\tcity\tGeneral Hill\t\tGB\tGB-ENG\t900\n"
    "#lexicon\n"
    "given-name\tAnn Bo Charles John Will Petra\n"
    "person-name\tLowell Hurst Schmidt Hill Kai Petra\n"
    "title\tPresident Speaker Senator General Ms\n"
    "occupation\teditor professor president\n"
    "title-modifier\tVice\n"
    "organization-head\tDepartment Committee Ltd Trust\n"
    "company-suffix\tLtd\n"
    "agreement-head\tPlan Treaty\n"
    "common\tsenate annual recalling committee trust plan marine house\n"
    "place-cue\tin near\n"
    "speech-verb\tsaid\n"
    "surname-first\tYoon\n"
    "person-verb\twho\n"
    "function\tthe in a of on and he will\n";

class TaggerIdentityTest : public testing::Test {
 protected:
  TaggerIdentityTest() {
    GazetteerBuilder builder;
    SourceReport report;
    EXPECT_TRUE(AddGazetteerText("t.tsv", kTable, builder, report).ok());
    gazetteer_ = Gazetteer::FromBytes(builder.Build().value()).value();
  }

  // "id: surface, surface" for each name.
  std::string Tag(const std::string& body, absl::string_view language = "en") {
    std::vector<std::string> result;
    for (const FoundName& name : Found(body, language)) {
      std::vector<std::string> surfaces;
      for (const Mention& span : name.spans) {
        surfaces.push_back(body.substr(span.begin, span.end - span.begin));
      }
      result.push_back(
          absl::StrCat(name.id, ": ", absl::StrJoin(surfaces, ", ")));
    }
    return absl::StrJoin(result, "; ");
  }

  absl::Span<const FoundName> Found(const std::string& body,
                                    absl::string_view language = "en") {
    words_.clear();
    SplitWords(body, words_);
    NameInput input;
    input.body = body;
    input.body_words = words_;
    input.language = language;
    input.day = "2021-05-12";
    return tagger_.Tag(*gazetteer_, input);
  }

  std::shared_ptr<const Gazetteer> gazetteer_;
  std::vector<Word> words_;
  NameTagger tagger_;
};

struct Row {
  const char* body;
  const char* names;
};

TEST(GivenFormsTest, ShortFormsOfOneNameAreOne) {
  EXPECT_EQ(CanonicalGiven(HashWord("Chuck")), HashWord("Charles"));
  // "Pat" may be Patricia or Patrick.
  EXPECT_EQ(CanonicalGiven(HashWord("Pat")), HashWord("Pat"));
  EXPECT_EQ(CanonicalGiven(HashWord("Zurima")), HashWord("Zurima"));
  std::vector<uint64_t> forms;
  ForEachGivenForm(HashWord("Mitch"),
                   [&](uint64_t form) { forms.push_back(form); });
  EXPECT_EQ(forms,
            (std::vector<uint64_t>{HashWord("Mitchell"), HashWord("Mitch")}));
}

TEST_F(TaggerIdentityTest, OnePersonIsOneEntity) {
  const Row rows[] = {
      // Short forms of given names, middle initials.
      {"Charles Hurst spoke. Charles E. Hurst left.",
       "person:chuck-hurst: Charles Hurst, Charles E. Hurst"},
      // Middle initials that contradict are two people.
      {"He met John A. Hurst and John B. Hurst there.",
       "x:john-a-hurst: John A. Hurst; x:john-b-hurst: John B. Hurst"},
      // A title and a surname: who held the office on the day.
      {"They met Speaker Lowell there.", "person:ann-lowell: Lowell"},
      {"They met Vice President Lowell there.", "person:bo-lowell: Lowell"},
      {"They met Senator Lowell there.", "x:lowell: Lowell"},
      // An ordinary word before a surname of the text.
      {"He saw Ann Lowell there. Recalling Lowell, he left.",
       "person:ann-lowell: Ann Lowell, Lowell"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(Tag(row.body), row.names) << row.body;
  }
}

TEST_F(TaggerIdentityTest, OneOrganizationIsOneEntity) {
  const Row rows[] = {
      {"The U.S. Department of Justice and the DOJ said so.",
       "org:department-of-justice: U.S. Department of Justice, DOJ; "
       "iso3166:US: U.S."},
      {"The Justice Department said so.",
       "org:department-of-justice: Justice Department"},
      {"He joined Tamboli Marine Ltd there. He said Tamboli Marine paid, "
       "and Tamboli said so.",
       "x:tamboli-marine-ltd: Tamboli Marine Ltd, Tamboli Marine, Tamboli"},
      // Of two firms of one name neither is meant.
      {"He joined Tamboli Marine Ltd and Tamboli House Ltd there.",
       "x:tamboli-marine-ltd: Tamboli Marine Ltd; x:tamboli-house-ltd: "
       "Tamboli House Ltd"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(Tag(row.body), row.names) << row.body;
  }
}

TEST_F(TaggerIdentityTest, StatesAndTheirNamesakes) {
  const Row rows[] = {
      {"It rained in Washington, and in Oregon too.",
       "geonames:1: Washington; iso3166:US-OR: Oregon"},
      {"It rained in Washington state.", "iso3166:US-WA: Washington"},
      {"It rained in Olympia, Washington.",
       "geonames:3: Olympia; iso3166:US-WA: Washington"},
      {"It rained in California, Oregon, Ohio.",
       "iso3166:US-CA: California; iso3166:US-OR: Oregon; iso3166:US-OH: "
       "Ohio"},
      {"It rained in Springfield, Ohio, then in Springfield, Oregon.",
       "geonames:4: Springfield; iso3166:US-OH: Ohio; geonames:5: "
       "Springfield; iso3166:US-OR: Oregon"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(Tag(row.body), row.names) << row.body;
  }
}

TEST_F(TaggerIdentityTest, NeighboursOfADistrictBeatALargerNamesake) {
  EXPECT_EQ(Tag("It rained in Norfolk."), "geonames:10: Norfolk");
  EXPECT_EQ(Tag("It rained in Norfolk, then in Wayne, then in Oakport."),
            "geonames:11: Norfolk; geonames:12: Wayne; geonames:13: Oakport");
}

TEST_F(TaggerIdentityTest, ABodyOfManyCountriesIsThatOfTheText) {
  EXPECT_EQ(Tag("He saw the Senate meet in Olympia."),
            "org:us-senate: Senate; geonames:3: Olympia");
  EXPECT_EQ(Tag("He saw the Senate meet in Leeds."),
            "x:senate: Senate; geonames:8: Leeds");
}

TEST_F(TaggerIdentityTest, AnOfficeHolderIsNotHisNamesakeAbroad) {
  EXPECT_EQ(Tag("He saw Bo Hill in Leeds."),
            "person:bo-hill: Bo Hill; geonames:8: Leeds");
  EXPECT_EQ(Tag("He saw Bo Hill in Olympia."),
            "x:bo-hill: Bo Hill; geonames:3: Olympia");
}

TEST_F(TaggerIdentityTest, PlacesAreShownAsTheTextWritesThem) {
  const std::string body =
      "It rained in Antwerp, in General Hill and at Leeds University.";
  EXPECT_EQ(Tag(body),
            "geonames:14: Antwerp; geonames:6: General Hill; "
            "org:leeds-university: Leeds University; geonames:8: Leeds");
  const absl::Span<const FoundName> names = Found(body);
  ASSERT_EQ(names.size(), 4U);
  EXPECT_EQ(names[0].name, "Antwerp");
  EXPECT_TRUE(names[3].part);
}

TEST_F(TaggerIdentityTest, ATownInANameIsOneOfWhichTheTextCanSpeak) {
  const Row rows[] = {
      // A small town of a country that the text does not speak of.
      {"It rained in Antwerp and at Norfolk Trust.",
       "geonames:14: Antwerp; x:norfolk-trust: Norfolk Trust"},
      {"It rained in Ohio and at Norfolk Trust.",
       "iso3166:US-OH: Ohio; x:norfolk-trust: Norfolk Trust; "
       "geonames:10: Norfolk"},
      // A man's name.
      {"It rained at Charles Norfolk Hurst Trust in Ohio.",
       "x:charles-norfolk-hurst-trust: Charles Norfolk Hurst Trust; "
       "iso3166:US-OH: Ohio"},
      // A report is sent from a city.
      {"WASHINGTON (Zurima) - He left Washington state for Oregon.",
       "geonames:1: WASHINGTON; iso3166:US-WA: Washington; "
       "iso3166:US-OR: Oregon"},
  };
  for (const Row& row : rows) EXPECT_EQ(Tag(row.body), row.names) << row.body;
}

// Of the ordinary words of a language that the lexicon has not, nothing is known.
TEST_F(TaggerIdentityTest, InOtherLanguagesOnlyWhatIsKnownSpeaks) {
  const Row rows[] = {
      // A capital at the beginning of a sentence is not a name's.
      {"Hvis Ann Lowell kom, gik Hurst hjem.", "person:ann-lowell: Ann Lowell"},
      {"Hill kom hjem.", ""},
      {"Oregon er stor.", ""},
      {"Han bor i Oregon.", "iso3166:US-OR: Oregon"},
      // What is written small, too, is a word.
      {"Han kom til Wayne, en wayne.", ""},
      {"De saa Bo Tamboli der. Tamboli gik.",
       "x:bo-tamboli: Bo Tamboli, Tamboli"},
      // Unknown capitals, acronyms and scores.
      {"De saa Dorvek Tamboli og TRK der.", ""},
      {"TRK 21", ""},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(Tag(row.body, "da"), row.names) << row.body;
  }
}

TEST_F(TaggerIdentityTest, WholeNamesOfBodiesAndTheirShortForms) {
  const Row rows[] = {
      {"They read the Vice Harbour Treaty there.",
       "x:vice-harbour-treaty: Vice Harbour Treaty"},
      {"They read the Oak Quay Treaty. The OQT is new. The OQT is long.",
       "x:oak-quay-treaty: Oak Quay Treaty, OQT, OQT"},
      {"He heard Zurima Vask, a law professor, and Vask left.",
       "x:zurima-vask: Zurima Vask, Vask"},
      {"It was late, said Zurima Vask, senior president of a trust.",
       "x:zurima-vask: Zurima Vask"},
      {"He met Editor Ann Tamboli there.", "x:ann-tamboli: Ann Tamboli"},
      {"Today Ms. T left with Ann Lowell.", "person:ann-lowell: Ann Lowell"},
  };
  for (const Row& row : rows) EXPECT_EQ(Tag(row.body), row.names) << row.body;
}

TEST_F(TaggerIdentityTest, FramesSayWhatANameIs) {
  const Row rows[] = {
      {"It was the USS Ann Lowell there.", "x:uss-ann-lowell: USS Ann Lowell"},
      {"It says so (Reporting by Zurima Vask and Dorvek Tamboli there).",
       "x:zurima-vask: Zurima Vask; x:dorvek-tamboli: Dorvek Tamboli"},
      {"They read the Annual Plan there.", ""},
      {"Ann Hurst, M.S., R.D., said so.", "x:ann-hurst: Ann Hurst"},
      {"Will Hurst, who left, said so.", "x:will-hurst: Will Hurst"},
      {"They met General Hill there.", "x:hill: Hill"},
      {"It rained in General Hill.", "geonames:6: General Hill"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(Tag(row.body), row.names) << row.body;
  }
}

TEST_F(TaggerIdentityTest, WhereNounsHaveCapitalsOnlyNamesSpeak) {
  EXPECT_EQ(Tag("Der Kai und das Ende der Sperrung freuen die Fischer.", "de"),
            "");
  EXPECT_EQ(Tag("Das sagte Ministerin Petra Schmidt am Abend.", "de"),
            "x:petra-schmidt: Petra Schmidt");
}

}  // namespace
}  // namespace wiredesk
