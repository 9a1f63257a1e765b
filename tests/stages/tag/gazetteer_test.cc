// Goal: what is compiled is found again under its conditions, a damaged file is
// refused, and the trie finds what a naive search finds.
// Method: small tables written here; random texts for the comparison.

#include "stages/tag/gazetteer/gazetteer.h"

#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "stages/tag/gazetteer/builder.h"
#include "stages/tag/gazetteer/iso_json.h"
#include "stages/tag/gazetteer/sources.h"
#include "stages/tag/names/scan.h"

namespace wiredesk {
namespace {

constexpr absl::string_view kTable =
    "#columns\tid\ttype\tname\taliases\tcountry\tlat\tlon\tpopulation\n"
    "iso3166:US\tcountry\tUnited States\tUS{c}|U.S.|American{d}\tUS\t39\t-98\n"
    "geonames:1\tcity\tParis\t\tFR\t48.9\t2.4\t2100000\n"
    "geonames:2\tcity\tParis\t\tUS\t33.7\t-95.6\t25000\n"
    "\torganization\tBank of Japan\tBOJ{c}\n"
    "\torganization\tBank\t\n"
    "\tmalware\tEmotet\temotet{x}\n";

std::string Build(absl::string_view table) {
  GazetteerBuilder builder;
  SourceReport report;
  EXPECT_TRUE(AddGazetteerText("t.tsv", table, builder, report).ok());
  EXPECT_EQ(report.skipped, 0);
  return builder.Build().value();
}

std::vector<std::string> Names(const Gazetteer& gazetteer,
                               absl::string_view text) {
  std::vector<Word> words;
  SplitWords(text, words);
  WordedText worded{text, words};
  MeasureCase(worded);
  NameScan scan;
  scan.Run(gazetteer, worded);
  std::vector<std::string> names;
  for (const NameMatch& match : scan.matches()) {
    const uint32_t begin = words[match.first].begin;
    names.emplace_back(
        text.substr(begin, NameEnd(worded, match.first, match.last) - begin));
  }
  return names;
}

// So many names that their slots are copied to large pages.
TEST(GazetteerTest, ALargeFileFindsTheSameAsItsBytes) {
  constexpr int kNames = 70000;
  std::string table = "#columns\tid\ttype\tname\n";
  for (int i = 0; i < kNames; ++i) {
    absl::StrAppend(&table, "org:", i, "\torganization\tFirm", i, "\n");
  }
  const std::string bytes = Build(table);
  const std::string path = testing::TempDir() + "/large.wdg";
  std::ofstream(path, std::ios::binary) << bytes;
  const auto file = Gazetteer::Open(path).value();
  const auto memory = Gazetteer::FromBytes(bytes).value();
  for (int i = 0; i < 2 * kNames; ++i) {
    const uint64_t hash = HashWord(absl::StrCat("Firm", i));
    const GazetteerSlot& found = file->FindOrNone(hash);
    const GazetteerSlot& expected = memory->FindOrNone(hash);
    ASSERT_EQ(found.count, expected.count) << i;
    ASSERT_EQ(found.senses, expected.senses) << i;
    ASSERT_EQ(found.count, i < kNames ? 1 : 0) << i;
  }
}

TEST(GazetteerTest, FindsTheLongestNameAtWordBoundaries) {
  const auto gazetteer = Gazetteer::FromBytes(Build(kTable)).value();
  using List = std::vector<std::string>;
  EXPECT_EQ(Names(*gazetteer, "The Bank of Japan's move, says a Bank."),
            (List{"Bank of Japan", "Bank"}));
  EXPECT_EQ(Names(*gazetteer, "Parisian Comparis paris"), List{});
  EXPECT_EQ(Names(*gazetteer, "Give us the US or the U.S. dollar"),
            (List{"US", "U.S."}));
  EXPECT_EQ(Names(*gazetteer, "the emotet botnet"), List{"emotet"});
  EXPECT_EQ(Names(*gazetteer, "Bank. of Japan"), List{"Bank"});
}

TEST(GazetteerTest, SensesStandInTheOrderOfTheirPriors) {
  const auto gazetteer = Gazetteer::FromBytes(Build(kTable)).value();
  const GazetteerSlot* slot = gazetteer->Find(HashWord("Paris"));
  ASSERT_NE(slot, nullptr);
  ASSERT_EQ(slot->count, 2u);
  const GazetteerEntry& first =
      gazetteer->entry(gazetteer->senses(*slot)[0].entry);
  EXPECT_EQ(gazetteer->text(first.id), "geonames:1");
  EXPECT_EQ(gazetteer->country(first), "FR");
}

TEST(GazetteerTest, SameTablesGiveTheSameBytes) {
  EXPECT_EQ(Build(kTable), Build(kTable));
}

TEST(GazetteerTest, RefusesWhatIsDamaged) {
  const std::string bytes = Build(kTable);
  EXPECT_FALSE(Gazetteer::FromBytes("").ok());
  for (size_t cut = 0; cut < bytes.size(); cut += 97) {
    EXPECT_FALSE(Gazetteer::FromBytes(bytes.substr(0, cut)).ok()) << cut;
  }
  for (size_t at = 0; at < bytes.size(); at += 53) {
    std::string changed = bytes;
    changed[at] ^= 0x10;
    EXPECT_FALSE(Gazetteer::FromBytes(changed).ok()) << at;
  }
}

TEST(GazetteerTest, RefusesColumnsThatDoNotExist) {
  GazetteerBuilder builder;
  SourceReport report;
  const absl::Status status =
      AddGazetteerText("t.tsv", "#columns\tid\tnmae\n", builder, report);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_NE(status.message().find("t.tsv:1"), absl::string_view::npos);
}

TEST(GazetteerTest, ReadsMispAndStix) {
  GazetteerBuilder builder;
  SourceReport report;
  ASSERT_TRUE(AddGazetteerText(
                  "c.json",
                  R"({"type":"threat-actor","values":[{"value":"Blue Otter",
              "uuid":"u-1","meta":{"synonyms":["OTTER-9"]}}]})",
                  builder, report)
                  .ok());
  ASSERT_TRUE(
      AddGazetteerText(
          "b.json",
          R"({"type":"bundle","objects":[{"type":"malware","id":"malware--1",
              "name":"GreyVole","external_references":[{"source_name":
              "mitre-attack","external_id":"S9999"}]}]})",
          builder, report)
          .ok());
  EXPECT_EQ(report.things, 2);
  const auto gazetteer = Gazetteer::FromBytes(builder.Build().value()).value();
  EXPECT_EQ(Names(*gazetteer, "So Blue Otter used GreyVole").size(), 2u);
  EXPECT_NE(gazetteer->Find(HashWord("GreyVole")), nullptr);
}

// "id kind" of each sense of `name` after the sources, each with its name.
std::vector<std::string> SensesOf(
    const std::vector<std::pair<std::string, std::string>>& sources,
    absl::string_view name) {
  GazetteerBuilder builder;
  SourceReport report;
  for (const auto& [file, text] : sources) {
    const absl::Status status = AddGazetteerText(file, text, builder, report);
    EXPECT_TRUE(status.ok()) << status;
  }
  const auto gazetteer = Gazetteer::FromBytes(builder.Build().value()).value();
  std::vector<Word> words;
  SplitWords(name, words);
  uint64_t hash = words[0].hash;
  for (size_t i = 1; i < words.size(); ++i) {
    hash = ExtendNameHash(hash, words[i].hash, false);
  }
  std::vector<std::string> found;
  const GazetteerSlot* const slot = gazetteer->Find(hash);
  if (slot == nullptr) return found;
  for (const GazetteerSense& sense : gazetteer->senses(*slot)) {
    const GazetteerEntry& entry = gazetteer->entry(sense.entry);
    found.push_back(absl::StrCat(gazetteer->text(entry.id), " ",
                                 NameKindText(entry.kind), " ",
                                 gazetteer->text(entry.links)));
  }
  return found;
}

TEST(GazetteerTest, ReadsGeoNamesAndItsAlternateNames) {
  const std::vector<std::pair<std::string, std::string>> files = {
      {"cities500.txt",
       "2988507\tParis\tParis\tParigi\t48.85\t2.35\tP\tPPLC\tFR\t\t11\t75\t\t\t"
       "2138551\t\t42\tEurope/Paris\t2023-01-01\n"},
      {"alternateNamesV2.txt",
       "1\t2988507\tfr\tVille Lumi\u00e8re\t1\t\t\t\t\t\n"
       "2\t2988507\t\tPanam\u00e9\t\t\t1\t\t\t\n"
       "3\t2988507\tla\tLutetia\t\t\t\t1\t\t\n"
       "4\t2988507\twkdt\tQ90\t\t\t\t\t\t\n"
       "5\t2988507\tlink\tHttps://example.org\t\t\t\t\t\t\n"
       "6\t99\tfr\tNulle Part\t\t\t\t\t\t\n"}};
  const std::vector<std::string> paris = {"geonames:2988507 city wikidata=Q90"};
  for (const char* name : {"Paris", "Parigi", "Ville Lumi\u00e8re"}) {
    EXPECT_EQ(SensesOf(files, name), paris) << name;
  }
  for (const char* name : {"Lutetia", "Panam\u00e9", "Nulle Part", "Https"}) {
    EXPECT_TRUE(SensesOf(files, name).empty()) << name;
  }
}

TEST(GazetteerTest, ReadsExportsOfEntities) {
  struct Row {
    const char* text;
    const char* name;
    const char* id;
    const char* links;
  };
  const Row rows[] = {
      {R"({"head":{"vars":["item"]},"results":{"bindings":[
{"item":{"value":"http://wikidata.example/entity/Q4711"},
"itemLabel":{"value":"Oakport Harbour"},"type":{"value":"facility"},
"lat":{"value":"51.5"},"lon":{"value":"0.5"}}]}})",
       "Oakport Harbour", "wikidata:Q4711", "wikidata=Q4711"},
      {"{\"id\":\"Q4712\",\"labels\":{\"en\":\"Ann Lowell\"},\"aliases\":{"
       "\"en\":[\"Annie Lowell\"]},\"claims\":{\"P31\":[\"Q5\"]}}\n",
       "Annie Lowell", "wikidata:Q4712", "wikidata=Q4712"},
      {"[\n{\"id\":\"Q4713\",\"labels\":{\"en\":{\"value\":\"Bo Hurst\"}},"
       "\"claims\":{\"P31\":[{\"mainsnak\":{\"datavalue\":{\"value\":{\"id\":"
       "\"Q5\"}}}}]}},\n]\n",
       "Bo Hurst", "wikidata:Q4713", "wikidata=Q4713"},
      {"{\"id\":\"NK-1\",\"schema\":\"Company\",\"properties\":{\"name\":["
       "\"Tamboli Marine\"],\"leiCode\":[\"X\"]}}\n{broken\n",
       "Tamboli Marine", "ftm:NK-1", "ftm=NK-1|lei=X"},
      {"LEI,Entity.LegalName,Entity.EntityStatus\n"
       "529900T8BM49AURSDO55,\"TAMBOLI MARINE, GMBH\",ACTIVE\n"
       "529900T8BM49AURSDO56,OLD QUAY LTD,INACTIVE\n",
       "Tamboli Marine", "lei:529900T8BM49AURSDO55",
       "lei=529900T8BM49AURSDO55"},
  };
  for (const Row& row : rows) {
    GazetteerBuilder builder;
    SourceReport report;
    ASSERT_TRUE(AddGazetteerText("export", row.text, builder, report).ok());
    EXPECT_EQ(report.things, 1) << row.name;
    const auto gazetteer =
        Gazetteer::FromBytes(builder.Build().value()).value();
    std::vector<Word> words;
    SplitWords(row.name, words);
    const GazetteerSlot* slot =
        gazetteer->Find(ExtendNameHash(words[0].hash, words[1].hash, false));
    ASSERT_NE(slot, nullptr) << row.name;
    ASSERT_EQ(slot->count, 1) << row.name;
    const GazetteerEntry& entry =
        gazetteer->entry(gazetteer->senses(*slot)[0].entry);
    EXPECT_EQ(gazetteer->text(entry.id), row.id);
    EXPECT_EQ(gazetteer->text(entry.links), row.links);
  }
}

TEST(GazetteerTest, OneItemOfWikidataIsOneThing) {
  GazetteerBuilder builder;
  SourceReport report;
  ASSERT_TRUE(AddGazetteerText("a.tsv",
                               "#columns\ttype\tname\tlinks\n"
                               "person\tAnn Lowell\twikidata=Q4712\n",
                               builder, report)
                  .ok());
  ASSERT_TRUE(AddGazetteerText("b",
                               "{\"id\":\"Q4712\",\"labels\":{\"en\":\"Annie "
                               "Lowell\"}}\n",
                               builder, report)
                  .ok());
  EXPECT_EQ(builder.things(), 1U);
}

TEST(GazetteerTest, ReadsIso3166AndCldr) {
  const std::vector<std::pair<std::string, std::string>> files = {
      {"iso_3166-1.json",
       R"({"3166-1":[{"alpha_2":"BO","name":"Bolivia, Plurinational State of",)"
       R"("common_name":"Bolivia"},{"alpha_2":"DE","name":"Germany",)"
       R"("official_name":"Federal Republic of Germany"},{"name":"Nowhere"}]})"},
      {"iso_3166-2.json",
       R"({"3166-2":[{"code":"DE-BY","name":"Bayern"},)"
       R"({"code":"GB-ESS","name":"Essex","parent":"GB-ENG"}]})"},
      {"territories.json",
       R"({"main":{"fr":{"localeDisplayNames":{"territories":{"DE":)"
       R"("Allemagne","150":"Europe","001":"Monde","EU":"Union","XA":"Faux",)"
       R"("US-alt-short":"E.-U.","FR":"France"}}}}})"},
      {"subdivisions.json",
       R"({"main":{"en":{"localeDisplayNames":{"subdivisions":{"deby":)"
       R"("Bavaria"}}}}})"}};
  const std::pair<const char*, const char*> kNames[] = {
      {"Bolivia", "iso3166:BO country "},
      {"Germany", "iso3166:DE country "},
      {"Federal Republic of Germany", "iso3166:DE country "},
      {"Allemagne", "iso3166:DE country "},
      {"France", "iso3166:FR country "},
      {"Europe", "m49:150 region "},
      {"Bayern", "iso3166:DE-BY admin1 "},
      {"Bavaria", "iso3166:DE-BY admin1 "},
      {"Essex", "iso3166:GB-ESS admin2 "}};
  for (const auto& [name, sense] : kNames) {
    EXPECT_EQ(SensesOf(files, name), std::vector<std::string>{sense}) << name;
  }
  for (const char* name : {"Monde", "Union", "Faux", "Nowhere"}) {
    EXPECT_TRUE(SensesOf(files, name).empty()) << name;
  }
}

TEST(GazetteerTest, ATownIsSeldomMeantByAnOldName) {
  const auto gazetteer =
      Gazetteer::FromBytes(
          Build("#columns\tid\ttype\tname\taliases\tpopulation\tfeature\n"
                "g:1\tcity\tAmman\tPhiladelphia\t1300000\tPPLC\n"
                "g:2\tcity\tPhiladelphia\t\t1500000\tPPLA2\n"
                "g:3\tcity\tHannover\tHanover\t515000\tPPLA\n"
                "g:4\tcity\tHanover\t\t8000\t\n"))
          .value();
  const auto first = [&](absl::string_view name) {
    const GazetteerSlot* slot = gazetteer->Find(HashWord(name));
    return gazetteer->text(
        gazetteer->entry(gazetteer->senses(*slot)[0].entry).id);
  };
  EXPECT_EQ(first("Philadelphia"), "g:2");
  EXPECT_EQ(first("Amman"), "g:1");
  EXPECT_EQ(first("Hanover"), "g:3");  // a form of its own name
}

// What the search of the trie must give, worked out the slow way from words
// and the text between them.
class NaiveSearch {
 public:
  // "Ada Bea" and "Ada, Bea" are two names.
  void AddName(const std::string& name) { names_.push_back(name); }

  std::vector<std::string> Find(const std::vector<std::string>& words,
                                const std::vector<std::string>& gaps) const {
    std::vector<std::string> found;
    for (size_t i = 0; i < words.size();) {
      size_t best = 0;
      std::string so_far = Folded(words[i]);
      for (size_t last = i + 1;; ++last) {
        for (const std::string& name : names_) {
          if (Folded(name) == so_far && CaseFits(name, words, i)) {
            best = last;
          }
        }
        if (last == words.size()) break;
        const std::string& gap = gaps[last];
        if (gap == ", ") {
          so_far += ", ";
        } else if (gap == " " || gap == "-") {
          so_far += " ";
        } else {
          break;
        }
        so_far += Folded(words[last]);
      }
      if (best > 0) {
        std::string name = words[i];
        for (size_t k = i + 1; k < best; ++k) name += gaps[k] + words[k];
        found.push_back(name);
      }
      i = best > 0 ? best : i + 1;
    }
    return found;
  }

 private:
  static std::string Folded(const std::string& text) {
    return absl::AsciiStrToLower(text);
  }
  // A capital of the name is a capital of the text.
  static bool CaseFits(const std::string& name,
                       const std::vector<std::string>& words, size_t first) {
    size_t word = first;
    for (size_t i = 0; i < name.size(); ++i) {
      const bool begins = i == 0 || name[i - 1] == ' ';
      if (i > 0 && begins) ++word;
      if (begins && absl::ascii_isupper(name[i]) &&
          !absl::ascii_isupper(words[word][0])) {
        return false;
      }
    }
    return true;
  }

  std::vector<std::string> names_;
};

// Names of one to four words over a small alphabet, some with commas or small
// words, in texts with every kind of gap and any case.
TEST(GazetteerTest, AgreesWithANaiveSearch) {
  const unsigned seed = 20240711;
  std::mt19937 random(seed);
  SCOPED_TRACE(seed);
  const std::vector<std::string> alphabet = {"Ada", "Bea", "Cid", "of", "Dov"};
  const std::vector<std::string> gaps = {" ", " ", " ", "-", ", ", "; ", "\n"};
  const auto pick = [&](const std::vector<std::string>& from) {
    return from[random() % from.size()];
  };
  for (int set = 0; set < 20; ++set) {
    NaiveSearch naive;
    std::string table = "#columns\tid\ttype\tname\n";
    for (int i = 0; i < 14; ++i) {
      std::string name = pick(alphabet);
      for (unsigned more = random() % 4; more > 0; --more) {
        name += (random() % 5 == 0 ? ", " : " ") + pick(alphabet);
      }
      naive.AddName(name);
      table += "n:" + std::to_string(i) + "\tother\t" + name + "\n";
    }
    const auto gazetteer = Gazetteer::FromBytes(Build(table)).value();
    for (int round = 0; round < 100; ++round) {
      std::vector<std::string> words;
      std::vector<std::string> between;
      std::string text;
      for (int i = 0; i < 14; ++i) {
        words.push_back(pick(alphabet));
        if (random() % 6 == 0) words.back() = absl::AsciiStrToLower(words[i]);
        between.push_back(i == 0 ? "" : pick(gaps));
        text += between[i] + words[i];
      }
      ASSERT_EQ(Names(*gazetteer, text), naive.Find(words, between)) << text;
    }
  }
}

}  // namespace
}  // namespace wiredesk
