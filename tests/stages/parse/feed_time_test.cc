// Goal: each form in which publishers write times gives the right instant, and
// nothing else gives any. Method: tables, one of them from collected cases of
// other projects where these are at hand.

#include "stages/parse/time/feed_time.h"

#include <gtest/gtest.h>
#include <simdjson.h>

#include <fstream>
#include <initializer_list>
#include <random>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "stages/parse/time/plain.h"

namespace wiredesk {
namespace {

std::string Instant(absl::string_view text,
                    const absl::TimeZone& zone = absl::UTCTimeZone()) {
  const std::optional<ParsedTime> time = ParseTime(text, zone);
  if (!time.has_value()) return "none";
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time->instant,
                          absl::UTCTimeZone());
}

struct Case {
  const char* text;
  const char* instant;
};

void Check(std::initializer_list<Case> cases) {
  for (const Case& one : cases) {
    EXPECT_EQ(Instant(one.text), one.instant) << one.text;
  }
}

TEST(FeedTimeTest, ReadsTheStandards) {
  Check({
      {"2024-07-11T09:30:15Z", "2024-07-11T09:30:15Z"},
      {"2024-07-11t09:30:15z", "2024-07-11T09:30:15Z"},
      {"2024-07-11T09:30:15.123456+09:00", "2024-07-11T00:30:15Z"},
      {"2024-07-11T09:30+0900", "2024-07-11T00:30:00Z"},
      {"2024-07-11 09:30:15 -05", "2024-07-11T14:30:15Z"},
      {"20240711T093015Z", "2024-07-11T09:30:15Z"},
      {"20240711T0930", "2024-07-11T09:30:00Z"},
      {"20240711093015", "2024-07-11T09:30:15Z"},
      {"202407110930", "2024-07-11T09:30:00Z"},
      {"20240711", "2024-07-11T00:00:00Z"},
      {"20240711T093000+0200", "2024-07-11T07:30:00Z"},
      {"2024-193", "2024-07-11T00:00:00Z"},
      {"2024-W28-4", "2024-07-11T00:00:00Z"},
      {"2024-W28", "2024-07-08T00:00:00Z"},
      {"2024-07", "2024-07-01T00:00:00Z"},
      {"2024", "2024-01-01T00:00:00Z"},
      {"Thu, 11 Jul 2024 09:30:15 +0000", "2024-07-11T09:30:15Z"},
      {"Thu, 11 Jul 24 09:30 EST", "2024-07-11T14:30:00Z"},
      {"Thursday, 11-Jul-24 09:30:15 GMT", "2024-07-11T09:30:15Z"},
      {"Thu Jul 11 09:30:15 2024", "2024-07-11T09:30:15Z"},
      {"Thu Jul 11 09:30:15 PDT 2024", "2024-07-11T16:30:15Z"},
      {"2024-07-11T24:00:00Z", "2024-07-12T00:00:00Z"},
      {"2024-06-30T23:59:60Z", "2024-07-01T00:00:00Z"},
      {"2024-07-11T09:30:15+02:00[Europe/Paris]", "2024-07-11T07:30:15Z"},
      {"2024-07-11 09:30:15 +0000 UTC", "2024-07-11T09:30:15Z"},
      {"2024-07-11T09:30:15-05:00Z", "2024-07-11T14:30:15Z"},
  });
}

TEST(FeedTimeTest, ReadsCountsSince1970) {
  Check({
      {"1720690215", "2024-07-11T09:30:15Z"},
      {"1720690215123", "2024-07-11T09:30:15Z"},
      {"1720690215123456", "2024-07-11T09:30:15Z"},
      {"1720690215.5", "2024-07-11T09:30:15Z"},
      {"/Date(1720690215123+0200)/", "2024-07-11T09:30:15Z"},
      {"-1000000000", "1938-04-24T22:13:20Z"},
      {"0", "none"},
      {"00", "none"},
      {"1970-01-01T00:00:00Z", "none"},
  });
}

TEST(FeedTimeTest, KnowsNamedZones) {
  Check({
      {"11 Jul 2024 09:30 PST", "2024-07-11T17:30:00Z"},
      {"11 Jul 2024 09:30 ET", "2024-07-11T13:30:00Z"},
      {"11 Jan 2024 09:30 ET", "2024-01-11T14:30:00Z"},
      {"11 Jul 2024 09:30 CEST", "2024-07-11T07:30:00Z"},
      {"11 Jul 2024 09:30 MET", "2024-07-11T08:30:00Z"},
      {"11 Jul 2024 09:30 GMT+2", "2024-07-11T07:30:00Z"},
      {"11 Jul 2024 09:30 UTC+05:30", "2024-07-11T04:00:00Z"},
      {"11 Jul 2024 09:30 Asia/Seoul", "2024-07-11T00:30:00Z"},
      {"11 Jul 2024 09:30 America/Argentina/Buenos_Aires",
       "2024-07-11T12:30:00Z"},
      {"11 Jul 2024 09:30 Eastern Daylight Time", "2024-07-11T13:30:00Z"},
      {"11 Jul 2024 09:30 (EDT)", "2024-07-11T13:30:00Z"},
      {"11 Jul 2024 09:30 IST", "2024-07-11T04:00:00Z"},
      {"11 Jul 2024 09:30:00 A", "2024-07-11T10:30:00Z"},
      {"11 Jul 2024 09:30 +99:00", "2024-07-11T09:30:00Z"},
  });
}

TEST(FeedTimeTest, ReadsOtherLanguages) {
  Check({
      {"Do, 11 Jul 2024 09:30:00 +0200", "2024-07-11T07:30:00Z"},
      {"11. Juli 2024, 9:30 Uhr", "2024-07-11T09:30:00Z"},
      {"Di, 29 M\xC3\xA4r 2022 08:00:00 +0200", "2022-03-29T06:00:00Z"},
      {"dom, 02 ott 2022 10:00:00 +0200", "2022-10-02T08:00:00Z"},
      {"mar. 3 juil. 2018 15:09", "2018-07-03T15:09:00Z"},
      {"1er ao\xC3\xBBt 2024", "2024-08-01T00:00:00Z"},
      {"1 aout 2024 \xC3\xA0 14h30", "2024-08-01T14:30:00Z"},
      {"11 de julio de 2024", "2024-07-11T00:00:00Z"},
      {"11 lipca 2024", "2024-07-11T00:00:00Z"},
      {"11. \xC4\x8D"
       "ervence 2024",
       "2024-07-11T00:00:00Z"},
      {"11 \xD0\xB8\xD1\x8E\xD0\xBB\xD1\x8F 2024 \xD0\xB3., 09:30",
       "2024-07-11T09:30:00Z"},
      {"11 Temmuz 2024 Per\xC5\x9F"
       "embe 09:30",
       "2024-07-11T09:30:00Z"},
      {"11.7.2024 klo 9.30", "2024-07-11T09:30:00Z"},
      {"2024\xE5\xB9\xB4"
       "7\xE6\x9C\x88"
       "11\xE6\x97\xA5 09:30",
       "2024-07-11T09:30:00Z"},
      {"2024\xEB\x85\x84 7\xEC\x9B\x94 11\xEC\x9D\xBC \xEC\x98\xA4\xED\x9B\x84 "
       "3:20",
       "2024-07-11T06:20:00Z"},
      {"2024. 7. 11. 15:20", "2024-07-11T15:20:00Z"},
      {"11 \xD9\x8A\xD9\x88\xD9\x84\xD9\x8A\xD9\x88 2024",
       "2024-07-11T00:00:00Z"},
      {"11 th\xC3\xA1ng 7 2024", "none"},
  });
}

TEST(FeedTimeTest, ReadsWhatPeopleType) {
  Check({
      {"July 11, 2024", "2024-07-11T00:00:00Z"},
      {"Updated: July 11th, 2024 at 3:05 p.m. EDT", "2024-07-11T19:05:00Z"},
      {"3 pm on July 11, 2024", "2024-07-11T15:00:00Z"},
      {"12:15 AM, 11 July 2024", "2024-07-11T00:15:00Z"},
      {"12:15 PM, 11 July 2024", "2024-07-11T12:15:00Z"},
      {"7/11/2024", "2024-07-11T00:00:00Z"},
      {"13/11/2024", "2024-11-13T00:00:00Z"},
      {"11.07.24", "2024-07-11T00:00:00Z"},
      {"30.10.23", "2023-10-30T00:00:00Z"},
      {"11-07-2024", "2024-07-11T00:00:00Z"},
      {"2024/07/11 09:30", "2024-07-11T09:30:00Z"},
      {"WED,23 MAY 2012 02:23:01", "2012-05-23T02:23:01Z"},
      {"Mon, May 25 2020", "2020-05-25T00:00:00Z"},
      {"Sun, 15 Dec 2024 12:15 PM", "2024-12-15T12:15:00Z"},
      {"  \n11 July 2024\n ", "2024-07-11T00:00:00Z"},
      {"July 2024", "2024-07-01T00:00:00Z"},
  });
}

TEST(FeedTimeTest, RefusesWhatIsNoDate) {
  for (const char* text : {"",
                           " ",
                           "now",
                           "yesterday",
                           "2 hours ago",
                           "31 Jun 2024",
                           "13/13/2024",
                           "0000-00-00",
                           "0001-01-01T00:00:00Z",
                           "11 Jul",
                           "2024-07-11T25:00Z",
                           "2024-07-11T09:61Z",
                           "1:2:3:4",
                           "12",
                           "abc 2024",
                           "99 Jun 2009",
                           "Jul 2024 09:30",
                           "2024-02-30",
                           "null",
                           "None",
                           "-",
                           "3.14"}) {
    EXPECT_EQ(Instant(text), "none") << text;
  }
  EXPECT_EQ(Instant(std::string(10000, '1')), "none");
  EXPECT_EQ(Instant(std::string(200, '(')), "none");
  // Found by the fuzzer: the name of a zone that runs into "a.m.", and minutes
  // of an offset that overflowed as seconds.
  Instant("2024-07-11 09:30 W/a.m.");
  Instant("0:1 W/h_h5a.m....raarra.");
  EXPECT_EQ(Instant("0:\xFF"
                    "2-73--73-01:5555555555555555559:"),
            "none");
  EXPECT_EQ(Instant("2024-07-11 09:30:00 +01:5555555555555555559"),
            "2024-07-11T09:30:00Z");
}

TEST(FeedTimeTest, SaysHowMuchWasGiven) {
  EXPECT_EQ(ParseTime("2024-07-11T09:30:00Z")->precision,
            TimePrecision::kSecond);
  EXPECT_EQ(ParseTime("2024-07-11T09:30Z")->precision, TimePrecision::kMinute);
  EXPECT_EQ(ParseTime("11 July 2024")->precision, TimePrecision::kDay);
  EXPECT_EQ(ParseTime("2024-07")->precision, TimePrecision::kMonth);
  EXPECT_EQ(ParseTime("2024-07-11T09:30:00+09:00")->offset, 9 * 3600);
  EXPECT_TRUE(ParseTime("2024-07-11T09:30:00+09:00")->has_zone);
  EXPECT_FALSE(ParseTime("2024-07-11T09:30:00")->has_zone);
}

TEST(FeedTimeTest, TakesTheGivenZoneWhereTheTextHasNone) {
  const absl::TimeZone seoul = absl::FixedTimeZone(9 * 3600);
  EXPECT_EQ(Instant("2024-07-11 09:30:00", seoul), "2024-07-11T00:30:00Z");
  EXPECT_EQ(Instant("2024-07-11 09:30:00 UTC", seoul), "2024-07-11T09:30:00Z");
  EXPECT_EQ(ParseTime("2024-07-11 09:30:00", seoul)->offset, 9 * 3600);
}

// Times in the two common forms, mostly right, some with a wrong part.
std::string MakePlainTime(std::mt19937& random) {
  const auto number = [&random](int first, int last) {
    return first + static_cast<int>(random() % (last - first + 1));
  };
  const auto pick = [&](std::initializer_list<const char*> texts) {
    return texts.begin()[number(0, static_cast<int>(texts.size()) - 1)];
  };
  const std::string clock = absl::StrFormat("%02d:%02d:%02d", number(0, 24),
                                            number(0, 60), number(0, 60));
  const char* zone = pick({"Z", "+00:00", "+0900", "-05:30", "-00:00", "+14:00",
                           "+15:00", "+09:60", "", " GMT", " +0200", "z"});
  if (number(0, 4) == 0) {
    return absl::StrFormat("%04d-%02d-%02d", number(1965, 2105), number(0, 13),
                           number(0, 32));
  }
  if (number(0, 1) == 0) {
    return absl::StrFormat("%04d-%02d-%02d%s%s%s%s", number(1965, 2105),
                           number(0, 13), number(0, 32), pick({"T", " ", "t"}),
                           clock, pick({"", ".5", ".123456", "."}), zone);
  }
  return absl::StrFormat(
      "%s%d %s %d %s%s", pick({"Thu, ", "Mon, ", "", "Thursday, "}),
      number(0, 32), pick({"Jan", "Feb", "Jul", "Sept", "July", "Dec"}),
      number(1965, 2105), clock,
      pick({" GMT", " +0900", " -0000", " EST", " -05:30", ""}));
}

TEST(FeedTimeTest, TheShortWayGivesWhatTheTokensGive) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937 random(seed);
  absl::TimeZone paris;
  ASSERT_TRUE(absl::LoadTimeZone("Europe/Paris", &paris));
  int read = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::string text = MakePlainTime(random);
    const auto plain = ParsePlainTime(text, paris);
    if (!plain.has_value()) continue;
    ++read;
    const auto full = ParseTimeByTokens(text, paris);
    ASSERT_TRUE(full.has_value()) << text;
    EXPECT_EQ(plain->instant, full->instant) << text;
    EXPECT_EQ(plain->offset, full->offset) << text;
    EXPECT_EQ(plain->has_zone, full->has_zone) << text;
    EXPECT_EQ(plain->precision, full->precision) << text;
  }
  EXPECT_GT(read, 2000);
}

// A case says the instant, or that there must be one ("must-parse"), or none.
void CheckCollected(simdjson::dom::element element, int& checked) {
  std::string_view text;
  std::string_view expect;
  std::string_view note;
  if (element["input"].get(text) != simdjson::SUCCESS) return;
  if (element["note"].get(note) != simdjson::SUCCESS) note = "";
  const std::string got = Instant({text.data(), text.size()});
  if (element["expect"].get(expect) == simdjson::SUCCESS) {
    EXPECT_EQ(got, std::string(expect)) << text;
  } else if (note.find("must-parse") != note.npos ||
             note.find("!InvalidRFC2822Date") != note.npos ||
             note.find("verdict:ValidRFC2822Date") != note.npos ||
             note.find("Problematical") != note.npos) {
    EXPECT_NE(got, "none") << text;
  } else if (note.find("verdict") == note.npos) {
    EXPECT_EQ(got, "none") << text;
  }
  ++checked;
}

TEST(FeedTimeTest, AgreesWithCollectedCases) {
  std::ifstream file(std::string(WIREDESK_SOURCE_DIR) +
                     "/../shared/data/feeds/dates/dates.jsonl");
  if (!file) GTEST_SKIP() << "no collected dates here";
  simdjson::dom::parser parser;
  int checked = 0;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty()) CheckCollected(parser.parse(line), checked);
  }
  EXPECT_GT(checked, 50);
}

}  // namespace
}  // namespace wiredesk
