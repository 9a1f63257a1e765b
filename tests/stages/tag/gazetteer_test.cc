// Goal: what is compiled is found again under its conditions, a damaged file is
// refused, and the trie finds what a naive search finds.
// Method: small tables written here; random texts for the comparison.

#include "stages/tag/gazetteer.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "stages/tag/gazetteer_builder.h"
#include "stages/tag/gazetteer_sources.h"
#include "stages/tag/name_scan.h"

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

// All names of one, two and three words over a small alphabet, looked for the
// slow way.
TEST(GazetteerTest, AgreesWithANaiveSearch) {
  const unsigned seed = 20240711;
  std::mt19937 random(seed);
  SCOPED_TRACE(seed);
  const std::vector<std::string> alphabet = {"Ada", "Bea", "Cid", "Dov"};
  const auto pick = [&] { return alphabet[random() % alphabet.size()]; };
  std::vector<std::string> names;
  std::string table = "#columns\tid\ttype\tname\n";
  for (int i = 0; i < 12; ++i) {
    std::string name = pick();
    for (unsigned more = random() % 3; more > 0; --more) name += " " + pick();
    names.push_back(name);
    table += "n:" + name + "\tother\t" + name + "\n";
  }
  const auto gazetteer = Gazetteer::FromBytes(Build(table)).value();
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> words;
    for (int i = 0; i < 12; ++i) words.push_back(pick());
    std::string text;
    for (const std::string& word : words)
      text += (text.empty() ? "" : " ") + word;
    std::vector<std::string> expected;
    for (size_t i = 0; i < words.size();) {
      size_t best = 0;
      std::string so_far;
      std::string found;
      for (size_t n = 1; i + n <= words.size() && n <= 3; ++n) {
        so_far += (n == 1 ? "" : " ") + words[i + n - 1];
        for (const std::string& name : names) {
          if (name == so_far) {
            best = n;
            found = name;
          }
        }
      }
      if (best > 0) expected.push_back(found);
      i += best > 0 ? best : 1;
    }
    ASSERT_EQ(Names(*gazetteer, text), expected) << text;
  }
}

}  // namespace
}  // namespace wiredesk
