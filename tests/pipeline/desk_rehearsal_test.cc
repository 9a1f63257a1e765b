// Goal: routes are tried in the browser on what has flown by, with the answer of
// `replay --diff`; what is wrong with them is said with its place; no file and no
// variable of the host can be read by it; what a route says to a record is what
// it said when the record flew by.
// Method: the sample feed through the whole chain and the tap, the pages called
// as functions.

#include <simdjson.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/desk/rehearsal_api.h"
#include "pipeline/file/source.h"
#include "pipeline/flow/memory_sighting_log.h"
#include "pipeline/record/json_text.h"
#include "pipeline/service/program.h"
#include "stages/chain.h"
#include "stages/route/route_stage.h"

namespace wiredesk {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

namespace fs = std::filesystem;

constexpr char kRoutes[] = R"(# The desk of a test.
route:
  routes:
    # Copies have a topic of their own.
    - name: duplicates
      when: dedupe.verdict in ["near", "exact", "excerpt"]
      to: news.duplicates
    - name: long
      when: word_count > 60
      to: news.long
  default: {to: news.events}

# What follows is of the next section.
workers: 1
)";

class DeskRehearsalTest : public testing::Test {
 protected:
  void Run(const std::string& yaml) {
    const fs::path folder =
        fs::path(testing::TempDir()) /
        testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::create_directories(folder);
    const fs::path path = folder / "config.yaml";
    std::ofstream(path) << yaml;
    Config config;
    Diagnostics diagnostics;
    chain_ = LoadChain(MakeProgram(), yaml.empty() ? "" : path.string(), {},
                       config, diagnostics);
    ASSERT_NE(chain_, nullptr) << diagnostics.Text();
    while (tap_.listeners() == 0) absl::SleepFor(absl::Milliseconds(1));
    FileReader reader(*ExpandInputs({WIREDESK_SOURCE_DIR "/config/sample"}),
                      {});
    MemorySightingLog log(chain_->replica());
    const StageSet set = chain_->MakeStages(&log);
    Batch batch({.records_max = 1});  // so that the tap has time for each
    absl::Time now = absl::UnixEpoch();
    int64_t shown = 0;
    for (batch.Reset(); reader.Fill(batch).ok(); batch.Reset()) {
      for (const auto& stage : set.stages) {
        ASSERT_TRUE(stage->Process(batch).ok());
      }
      now += absl::Hours(1);
      tap_.Look("route", batch, set.processing, now);
      const RawRecord& raw = batch.raw_records()[0];
      shown += raw.articles > 0 ? raw.articles : raw.dead_letter ? 1 : 0;
    }
    const absl::Time deadline = absl::Now() + absl::Seconds(60);
    while (history_.counts().latest + history_.counts().left_out < shown &&
           absl::Now() < deadline) {
      absl::SleepFor(absl::Milliseconds(5));
    }
    ASSERT_GT(history_.counts().kept, 50);
  }

  std::string Ask(const std::string& path, const HttpRequest& request) {
    for (const AdminPage& page : RehearsalPages(&history_, chain_.get())) {
      if (page.path != path) continue;
      const HttpResponse response = page.make(request);
      return absl::StrCat(response.status, " ", response.body);
    }
    return "no such page";
  }
  std::string AskOf(const std::string& path, int64_t sequence) {
    HttpRequest request;
    request.query = {{"sequence", absl::StrCat(sequence)}};
    return Ask(path, request);
  }
  std::string Post(const std::string& body) {
    HttpRequest request;
    request.method = "POST";
    request.body = body;
    return Ask("/api/v1/rehearse", request);
  }
  std::string Rehearse(const std::string& yaml, const std::string& more = "") {
    std::string body = "{\"yaml\":";
    AppendJsonString(yaml, body);
    return Post(absl::StrCat(body, more, "}"));
  }

  Tap tap_{nullptr};
  DeskHistory history_{&tap_, {.rate = 10'000}};
  std::unique_ptr<Chain> chain_;
};

TEST_F(DeskRehearsalTest, WhatIsInUseComesAsItIsWrittenAndDiffersInNothing) {
  Run(kRoutes);
  const std::string text = chain_->RehearsableText();
  EXPECT_THAT(text,
              AllOf(HasSubstr("# Copies have a topic"),
                    Not(HasSubstr("next section")), Not(HasSubstr("workers"))));
  EXPECT_THAT(Ask("/api/v1/configuration", {}),
              AllOf(HasSubstr("200 {\"version\":\""),
                    HasSubstr("\"yaml\":\"route:\\n")));
  EXPECT_THAT(Rehearse(text, ",\"records\":5000"),
              AllOf(HasSubstr("\"ok\":true"), HasSubstr("\"complete\":true"),
                    HasSubstr("\"differing\":0,")));
}

TEST_F(DeskRehearsalTest, TheBuiltInRoutesAreShownWhereNoneAreWritten) {
  Run("");
  HttpRequest request;
  const std::string shown = Ask("/api/v1/configuration", request);
  EXPECT_THAT(shown, HasSubstr("name: duplicates"));
  const size_t begin = shown.find("\"yaml\":") + 7;
  EXPECT_THAT(
      Post(absl::StrCat(
          "{\"yaml\":", shown.substr(begin, shown.size() - 2 - begin), "}")),
      AllOf(HasSubstr("\"ok\":true"), HasSubstr("\"differing\":0,")));
}

TEST_F(DeskRehearsalTest, AChangedRouteGivesTheDifference) {
  Run(kRoutes);
  const std::string version = chain_->processing().config;
  const std::string answer = Rehearse(
      "route:\n  routes:\n    - name: brief\n      when: word_count <= 60\n"
      "      to: news.brief\n  default: {to: news.events}\n",
      ",\"records\":5000");
  EXPECT_THAT(answer,
              AllOf(HasSubstr("\"ok\":true"), HasSubstr("\"brief\":{\"a\":0,"),
                    HasSubstr("\"change\":\"added\""),
                    Not(HasSubstr("\"differing\":0,"))));
  EXPECT_EQ(chain_->processing().config, version);
  EXPECT_THAT(Rehearse("route:\n  default: {to: news.all}\n", ",\"records\":1"),
              HasSubstr("\"records\":1,"));
}

struct WrongText {
  const char* yaml;
  const char* said;
};

TEST_F(DeskRehearsalTest, WhatIsWrongIsSaidWithItsPlace) {
  Run(kRoutes);
  setenv("DESK_TEST_SECRET", "hunter2", 1);
  const WrongText rows[] = {
      {"route:\n  routes:\n    - name: a\n      when: langage == \"en\"\n"
       "      to: news.a\n  default: {to: news.b}\n",
       "\"severity\":\"error\",\"line\":4,\"column\":13,"},
      {"route: [", "\"line\":1,"},
      {"route:\n  rout: 1\n", "is unknown"},
      {"- a", "begin with a section"},
      {"workers: 7\n", "cannot change while records flow"},
      {"dedupe: {window: 1h}\n", "cannot change while records flow"},
      {"route: !include /etc/passwd\n", "\"line\":1,"},
      {"route:\n  lists: {people: /etc/passwd}\n",
       "/etc/passwd is not a file in use"},
      {"route:\n  default: {to: 'news.${DESK_TEST_SECRET}'}\n",
       "DESK_TEST_SECRET"},
  };
  for (const WrongText& row : rows) {
    const std::string answer = Rehearse(row.yaml);
    EXPECT_THAT(answer,
                AllOf(HasSubstr("200 {\"ok\":false"), HasSubstr(row.said),
                      Not(HasSubstr("root:")), Not(HasSubstr("hunter2")),
                      Not(HasSubstr("\"difference\""))))
        << row.yaml;
  }
}

TEST_F(DeskRehearsalTest, OnlyChecksWhereThatIsAsked) {
  Run(kRoutes);
  EXPECT_EQ(Rehearse("route:\n  default: {to: news.b}\n", ",\"check\":true"),
            "200 {\"ok\":true,\"diagnostics\":[]}\n");
}

TEST_F(DeskRehearsalTest, ABodyThatIsNotARequestIsRefused) {
  Run(kRoutes);
  for (const char* body :
       {"", "yaml", "[]", "{}", "{\"yaml\":7}", "{\"yaml\":\"\",\"records\":0}",
        "{\"yaml\":\"\",\"records\":\"many\"}", "{\"yaml\":\"\",\"file\":1}",
        "[[[[[[[[[[[[[[[[", "{\"yaml\":\"\xff\"}"}) {
    EXPECT_THAT(Post(body), HasSubstr("400 {\"error\":")) << body;
  }
}

TEST_F(DeskRehearsalTest, ARouteSaysToAKeptRecordWhatItSaidThen) {
  Run(kRoutes);
  for (const auto& record : history_.Newest()) {
    const std::string steps = AskOf("/api/v1/explain", record->sequence);
    if (record->routes.empty()) continue;
    const size_t at =
        steps.find(absl::StrCat("{\"route\":\"", record->routes[0], "\""));
    ASSERT_NE(at, std::string::npos) << steps;
    const size_t outcome = steps.find("\"outcome\":", at);
    EXPECT_EQ(steps.substr(outcome, 17), "\"outcome\":\"taken\"")
        << record->line << steps;
  }
  const std::string steps = AskOf("/api/v1/explain", 1);
  EXPECT_THAT(steps, HasSubstr("\"text\":\"dedupe.verdict\",\"value\":"));
  EXPECT_THAT(AskOf("/api/v1/explain", 99'999), HasSubstr("404 "));
}

// What is offered for completion is what the language knows: each name compiles.
TEST_F(DeskRehearsalTest, EachFieldThatIsOfferedCanBeAskedFor) {
  Run(kRoutes);
  const std::string fields = Ask("/api/v1/fields", {});
  EXPECT_THAT(fields, HasSubstr(R"("name":"verdict","type":"string")"));
  EXPECT_THAT(fields, HasSubstr(R"("choices":["new","exact","near")"));
  simdjson::dom::parser parser;
  const simdjson::padded_string json(fields.substr(4));
  simdjson::dom::array offered;
  ASSERT_EQ(parser.parse(json)["fields"].get(offered), simdjson::SUCCESS);
  for (const simdjson::dom::element field : offered) {
    std::string_view name;
    ASSERT_EQ(field["name"].get(name), simdjson::SUCCESS);
    const auto filter =
        MakeRecordFilter(absl::StrCat("has(", std::string(name), ")"));
    EXPECT_TRUE(filter.ok()) << filter.status();
  }
}

TEST_F(DeskRehearsalTest, TheRawRecordIsThereAsItCame) {
  Run(kRoutes);
  EXPECT_THAT(AskOf("/api/v1/raw", 1),
              AllOf(HasSubstr("200 {\"topic\":"), HasSubstr("\"value\":\"")));
  EXPECT_THAT(AskOf("/api/v1/raw", 99'999), HasSubstr("404 "));
}

}  // namespace
}  // namespace wiredesk
