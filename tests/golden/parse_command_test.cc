// Goal: `wiredesk parse explain` says of every field where it came from and
// names what was left, and what `parse suggest` writes makes the parser read a
// shape that it did not know. Method: documents written here, read by the real
// stage.

#include "stages/parse/parse_command.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wiredesk {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kUnknownShape[] = R"({"result": {"zzz": [
  {"kop": "Harbour basin of Oakport reopens after repairs",
   "tekst": "The harbour basin reopened on Monday after eleven months, and the
 first three ships came in with the morning tide, the port authority said.",
   "verschenen": "2026-03-02T08:00:00Z",
   "adres": "https://one.example/harbour",
   "nota": "Written at night for the desk, and never meant for those who read
 the paper in the morning."},
  {"kop": "Council votes on the new bridge",
   "tekst": "The council voted with seven to five for the bridge over the Lyde,
 which ends a debate of nine years over its costs and its place.",
   "verschenen": "2026-03-03T08:00:00Z",
   "adres": "https://one.example/bridge"}]}})";

class ParseCommandTest : public ::testing::Test {
 protected:
  ParseCommandTest()
      : folder_(std::filesystem::path(::testing::TempDir()) /
                absl::StrCat("parse_command_test_", getpid())) {
    std::filesystem::create_directories(folder_);
  }
  ~ParseCommandTest() override { std::filesystem::remove_all(folder_); }

  std::string Write(const std::string& name, std::string text) {
    // The line ends above are for the reader of this file.
    if (name != "page.html") {
      text.erase(std::remove(text.begin(), text.end(), '\n'), text.end());
    }
    const std::string path = (folder_ / name).string();
    std::ofstream(path) << text;
    return path;
  }

  static std::string TextOf(const absl::StatusOr<std::string>& made) {
    return made.ok() ? *made : std::string(made.status().message());
  }
  static std::string Explain(const std::string& path,
                             const std::string& config = "") {
    ParseArguments arguments;
    arguments.inputs = {path};
    arguments.config = config;
    return TextOf(ExplainParsing(arguments));
  }
  static std::string Suggest(const std::string& path) {
    ParseArguments arguments;
    arguments.inputs = {path};
    return TextOf(SuggestParsing(arguments));
  }

  const std::filesystem::path folder_;
};

TEST_F(ParseCommandTest, NamesThePointerOfEachFieldAndWhatWasLeft) {
  const std::string text = Explain(Write("feed.json", kUnknownShape));
  EXPECT_THAT(text, HasSubstr("article 1, from /result/zzz/1\n"));
  EXPECT_THAT(text, ContainsRegex("body +/tekst +The harbour basin"));
  EXPECT_THAT(text, ContainsRegex("published_at +/verschenen +2026-03-02 08"));
  EXPECT_THAT(text, ContainsRegex("url +/adres +https://one.example/harbour"));
  EXPECT_THAT(text, ContainsRegex("domain +\\(the canonical url\\) +one"));
  EXPECT_THAT(text, ContainsRegex("\\* text +/nota +Written at night"));
  EXPECT_THAT(text, HasSubstr("1 record, 2 articles, 0 dead letters\n"));
}

TEST_F(ParseCommandTest, WhatItSuggestsReadsTheShape) {
  const std::string path = Write("feed.json", kUnknownShape);
  const std::string suggested = Suggest(path);
  EXPECT_THAT(suggested, HasSubstr("headline: /kop  # a guess, in 2 of 2\n"));
  EXPECT_THAT(Explain(path), Not(ContainsRegex("headline +/kop")));
  const std::string config = (folder_ / "parse.yaml").string();
  std::ofstream(config) << suggested;
  EXPECT_THAT(Explain(path, config),
              AllOf(ContainsRegex("headline +/kop +Harbour basin of"),
                    ContainsRegex("headline +/kop +Council votes"),
                    ContainsRegex("body +/tekst +The council voted")));
}

TEST_F(ParseCommandTest, PointersThatYamlWouldMisreadAreQuoted) {
  const std::string suggested =
      Suggest(Write("feed.json", R"({"#title": "Rain over the hills again",
                       "a/b: body": "x", "body": "It rained all night."})"));
  EXPECT_THAT(suggested, HasSubstr("headline: '/#title'  # in 1 of 1\n"));
}

TEST_F(ParseCommandTest, ExplainsFeedsAndPages) {
  EXPECT_THAT(
      Explain(Write("feed.xml",
                    "<rss version='2.0'><channel><item><title>Rain</title>"
                    "<description>It rained all night.</description>"
                    "<dc:date>2026-03-02T08:00:00Z</dc:date>"
                    "<x:mood>wet and windy everywhere</x:mood>"
                    "</item></channel></rss>")),
      AllOf(ContainsRegex("headline +<title> +Rain\n"),
            ContainsRegex("body +<description> +It rained"),
            ContainsRegex("published_at +<dc:date> +2026-03-02 08:00"),
            ContainsRegex("text +<x:mood> +wet and windy")));
  EXPECT_THAT(
      Explain(Write(
          "page.html",
          absl::StrCat(
              "<html><head><title>Rain over the hills | One</title>"
              "<meta property='article:published_time' "
              "content='2026-03-02T08:00:00Z'></head><body><article>"
              "<h1>Rain over the hills</h1><p>",
              "It rained over the northern hills for the whole night, so two "
              "bridges were closed until the water had gone back, the police "
              "of the province said in the morning, and trains ran late.",
              "</p></article></body></html>"))),
      AllOf(ContainsRegex("headline +<h1> +Rain over the hills\n"),
            ContainsRegex("published_at +<meta> +2026-03-02 08:00")));
}

TEST_F(ParseCommandTest, TellsWhyThereIsNoArticle) {
  EXPECT_THAT(Explain(Write("broken.json", R"({"title": )")),
              HasSubstr("dead letter, not_json: "));
  EXPECT_THAT(Suggest(Write("plain.html", "<html><body></body></html>")),
              HasSubstr("there is no JSON object in it"));
}

}  // namespace
}  // namespace wiredesk
