// Goal: `wiredesk dedupe explain` says what matched and why, for each kind of
// verdict. Method: a feed written here goes through the real chain.

#include "stages/dedupe/dedupe_command.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/service/options.h"
#include "stages/chain.h"

namespace wiredesk {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kStory[] =
    "Fishermen of three villages blocked the road to the new harbour on "
    "Monday with nets and old boats, saying that nobody had asked them before "
    "the basin was dug. The mayor promised to hear them within the week.";

class DedupeCommandTest : public ::testing::Test {
 protected:
  DedupeCommandTest()
      : path_(std::filesystem::path(::testing::TempDir()) /
              absl::StrCat("dedupe_command_test_", getpid(), ".ndjson")) {
    program_ = MakeProgram();
  }
  ~DedupeCommandTest() override { std::filesystem::remove(path_); }

  void Write(const std::string& id, const std::string& source,
             const std::string& title, const std::string& body) {
    std::ofstream(path_, std::ios::app)
        << "{\"id\":\"" << id << "\",\"url\":\"https://" << source << "/" << id
        << "\",\"title\":\"" << title << "\",\"source\":\"" << source
        << "\",\"published_at\":\"2026-03-02T10:00:00Z\",\"body\":\"" << body
        << "\"}\n";
  }

  std::string Explain(const std::string& id, const std::string& against = "") {
    const auto text =
        ExplainDuplicate(program_, {{}, {path_.string()}, id, against});
    return text.ok() ? *text : std::string(text.status().message());
  }

  const std::filesystem::path path_;
  Program program_;
};

TEST_F(DedupeCommandTest, ShowsTheWordsThatMatchedAndTheVersions) {
  Write("a1", "one.example", "Fishermen block harbour road", kStory);
  Write("b1", "two.example", "Nets across the road",
        absl::StrCat(kStory, " A bus had to turn back."));
  const std::string text = Explain("b1");
  EXPECT_THAT(text, HasSubstr("verdict    near of "));
  EXPECT_THAT(text, HasSubstr("\"Fishermen block harbour road\""));
  EXPECT_THAT(text, HasSubstr("threshold 0."));
  EXPECT_THAT(text, HasSubstr("\"with nets and\""));
  EXPECT_THAT(text, HasSubstr("not shared"));
}

TEST_F(DedupeCommandTest, ComparesWithWhatWasNotMatched) {
  Write("a1", "one.example", "Fishermen block harbour road", kStory);
  Write("c1", "three.example", "Rain",
        "Heavy rain fell over the northern hills in the night, and two "
        "bridges had to be closed until the water went back to its bed, the "
        "police of the province said in the morning.");
  EXPECT_THAT(Explain("c1"),
              AllOf(HasSubstr("verdict    new"), Not(HasSubstr("against"))));
  EXPECT_THAT(Explain("https://three.example/c1", "a1"),
              AllOf(HasSubstr("too little is shared"),
                    HasSubstr("on their own they are different")));
}

TEST_F(DedupeCommandTest, SaysOfATemplateThatItIsOne) {
  const auto table = [](const std::string& prices) {
    return absl::StrCat(
        "Closing prices. ", prices,
        " Volumes were in line with what the exchange has seen over the past "
        "month. The list is made by a machine and nobody edits it.");
  };
  Write("m1", "one.example", "Closing prices, Monday",
        table("Index 9,812.4 points. Gold 3,105.20 dollars. Oil 71.35 "
              "dollars. Franc 1.3140 dollars. Bond 4.48."));
  Write("t1", "one.example", "Closing prices, Tuesday",
        table("Index 9,790.1 points. Gold 3,121.75 dollars. Oil 72.80 "
              "dollars. Franc 1.3122 dollars. Bond 4.51."));
  EXPECT_THAT(Explain("t1", "m1"),
              AllOf(HasSubstr("verdict    new"), HasSubstr("a template")));
}

TEST_F(DedupeCommandTest, AnUnknownArticleIsAnError) {
  Write("a1", "one.example", "Fishermen block harbour road", kStory);
  EXPECT_THAT(Explain("zz"), HasSubstr("no article with the id"));
  EXPECT_THAT(Explain("a1", "zz"), HasSubstr("no article with the id"));
}

}  // namespace
}  // namespace wiredesk
