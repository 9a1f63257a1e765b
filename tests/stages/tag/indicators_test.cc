// Goal: every indicator of a report is found and refanged, and an article's own
// links are none. Method: tables of pieces of text and the values in them.

#include "stages/tag/indicators/indicators.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "pipeline/record/event_names.h"
#include "stages/tag/indicators/lists.h"
#include "stages/tag/marks/text_spots.h"

namespace wiredesk {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

IndicatorList List(absl::string_view text, const WarningList& warnings,
                   bool plain = false) {
  std::vector<Word> words;
  SplitWords(text, words);
  TextSpots spots;
  FindSpots(text, words, spots);
  IndicatorList list;
  FindIndicators(text, words, spots, {&warnings, "news.example", plain}, list);
  return list;
}

std::vector<std::string> Find(absl::string_view text, bool plain = false) {
  const IndicatorList list =
      List(text, WarningList(DefaultWarningList()), plain);
  std::vector<std::string> found;
  for (const FoundIndicator& one : list.found) {
    found.push_back(absl::StrCat(NameOf(one.type), " ", list.value(one)));
  }
  return found;
}

TEST(IndicatorsTest, Ids) {
  EXPECT_THAT(Find("(cve-2024-3400), CWE-79; T1059.001 and T1566."),
              ElementsAre("cve CVE-2024-3400", "cwe CWE-79", "attack T1059.001",
                          "attack T1566"));
}

TEST(IndicatorsTest, AVersionIsNoAddress) {
  EXPECT_THAT(Find("Upgrade from version 4.2.1.3 or build 10.1.2.3, "
                   "fixed in v 1.2.3.4"),
              IsEmpty());
  EXPECT_THAT(Find("Upgrade to Apache 2.4.62.1 or to FortiOS 7.4.3.1. Section "
                   "1.2.3.4 applies, and 10.2.0.1 or later."),
              IsEmpty());
  EXPECT_THAT(Find("The IP 198.51.100.9, Server 198.51.100.8"),
              ElementsAre("ipv4 198.51.100.9", "ipv4 198.51.100.8"));
  EXPECT_THAT(Find("It calls 198.51.100.23:4444 and 198.51.100.7/24"),
              ElementsAre("ipv4 198.51.100.23", "ipv4 198.51.100.7"));
}

TEST(IndicatorsTest, AnyHyphenMakesAnIdAndTheValueHasThePlainOne) {
  for (const char* dash : {"-", "\u2010", "\u2011"}) {
    EXPECT_THAT(Find(absl::StrCat("A flaw, CVE", dash, "2024", dash,
                                  "1234567, of CWE", dash, "79.")),
                ElementsAre("cve CVE-2024-1234567", "cwe CWE-79"))
        << dash;
    EXPECT_THAT(Find(absl::StrCat("(cve-2024", dash, "3400)")),
                ElementsAre("cve CVE-2024-3400"));
  }
  // A range's dash, a sentence's or none at all.
  EXPECT_THAT(Find("CVE\u20132024\u20133400 CVE\u20142024\u20143400 "
                   "CVE\u2010 2024 CVE 2024-3400 CVE2024-3400 CVE\u20102024"),
              IsEmpty());
}

TEST(IndicatorsTest, WhatLooksLikeAnIdIsNone) {
  EXPECT_THAT(Find("CVE-2024-34 XCVE-2024-3400x T10591 CVE-24-3400"),
              IsEmpty());
}

TEST(IndicatorsTest, DefangedAddressesAreRefanged) {
  EXPECT_THAT(Find("hxxps://evil[.]com/a.php?x=1, 185.12[.]44.3 bad(dot)ru "
                   "mail[@]evil[.]net"),
              ElementsAre("url https://evil.com/a.php?x=1", "ipv4 185.12.44.3",
                          "domain bad.ru", "email mail@evil.net"));
}

TEST(IndicatorsTest, PlainDomainsWhereTheCallerAsksForThem) {
  const absl::string_view text =
      "It calls update-check.net, the domain loader.ru and "
      "http://evil.example.com/a.php; see also cdn.badhost.co.uk.";
  EXPECT_THAT(Find(text), IsEmpty());
  EXPECT_THAT(Find(text, true),
              ElementsAre("domain update-check.net", "domain loader.ru",
                          "domain cdn.badhost.co.uk"));
  // example.com is in the warning list; files, packages, brands, versions and
  // missing spaces are none.
  EXPECT_THAT(Find("setup.py com.example.app Node.js Booking.com co.uk e.g. "
                   "the end.it was Update.zip archive.zip www.bbc.com 1.2.3",
                   true),
              IsEmpty());
}

TEST(IndicatorsTest, AReservedNameThatIsDefangedWasMeant) {
  EXPECT_THAT(Find("It calls update-check[.]example."),
              ElementsAre("domain update-check.example"));
}

TEST(IndicatorsTest, OrdinaryLinksAreNone) {
  EXPECT_THAT(Find("https://www.bbc.com/news Booking.com 8.8.8.8 "
                   "desk@news.example https://news.example/a me@gmail.com "
                   "U.S. 1.5 e.g. end.Start"),
              IsEmpty());
}

TEST(IndicatorsTest, HashesByTheirLength) {
  const std::string md5 = "d41d8cd98f00b204e9800998ecf8427e";
  EXPECT_THAT(Find(md5), ElementsAre("md5 " + md5));
  EXPECT_THAT(Find(md5 + md5), ElementsAre("sha256 " + md5 + md5));
  EXPECT_THAT(Find(md5 + "0a1b2c3d"), ElementsAre("sha1 " + md5 + "0a1b2c3d"));
  EXPECT_THAT(Find(md5 + "0"), IsEmpty());
}

TEST(IndicatorsTest, Ipv6) {
  EXPECT_THAT(Find("2001:db8::12:1 and 10:30"),
              ElementsAre("ipv6 2001:db8::12:1"));
}

TEST(IndicatorsTest, SpansAreOfTheTextAsItStands) {
  const std::string text = "é evil[.]com.";
  const IndicatorList list = List(text, WarningList());
  ASSERT_EQ(list.found.size(), 1U);
  EXPECT_EQ(
      text.substr(list.found[0].begin, list.found[0].end - list.found[0].begin),
      "evil[.]com");
}

TEST(IndicatorsTest, APieceWithoutEndIsNoTrouble) {
  EXPECT_THAT(Find(std::string(100000, '.')), IsEmpty());
  EXPECT_THAT(Find(std::string(100000, '[')), IsEmpty());
}

TEST(WarningListTest, ADomainStandsForItsSubdomains) {
  const WarningList list("# comment\nExample.org # trailing\nbad line here\n");
  EXPECT_EQ(list.size(), 1U);
  EXPECT_TRUE(list.Contains("www.example.org"));
  EXPECT_FALSE(list.Contains("badexample.org"));
}

}  // namespace
}  // namespace wiredesk
