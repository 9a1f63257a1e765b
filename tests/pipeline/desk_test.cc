// Goal: the desk keeps the newest records within its bounds, answers what is
// asked of them, gives articles out as data only, and to nobody without the token.
// Method: lines as the tap gives them; the pages called as functions; the whole
// server once over HTTP.

#include <fstream>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/desk/desk_api.h"
#include "pipeline/desk/history.h"
#include "pipeline/desk/page_files.h"
#include "tests/pipeline/http_by_hand.h"

namespace wiredesk {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Article {
  std::string id;
  std::string headline = "Quay opens";
  std::string verdict = "new";
  std::string story = "s1";
  std::string provider = "Gazette";
  std::string route = "default";
};

std::string LineOf(const Article& article) {
  return absl::StrReplaceAll(
      R"({"stage":"route","fate":"live","reason":"","record":{"id":"ID",)"
      R"("headline":"HEADLINE","provider":{"name":"PROVIDER"},"language":"en",)"
      R"("dedupe":{"verdict":"VERDICT","of":null,"story":"STORY","cluster":)"
      R"("c1","similarity":0.5},"published_at":null,"received_at":null,)"
      R"("routes":[{"route":"ROUTE"}],"topics":[{"name":"ports"}],"places":)"
      R"([{"id":"geonames:1","name":"Oakport","lat":51.5,"lon":4.25},)"
      R"({"id":"x","name":"nowhere","lat":null,"lon":null}]}})"
      "\n",
      {{"ID", article.id},
       {"HEADLINE", article.headline},
       {"PROVIDER", article.provider},
       {"VERDICT", article.verdict},
       {"STORY", article.story},
       {"ROUTE", article.route}});
}

constexpr char kDeadLetter[] =
    R"({"stage":"parse","fate":"dead letter","reason":"not_json",)"
    R"("detail":"1:1: no value","value":"<script>"})"
    "\n";

// Its routes are shown; nothing runs.
class NamedRoutes : public Chain {
 public:
  StageSet MakeStages(SightingLog* /*log*/) override { return {}; }
  int64_t revision() const override { return 0; }
  bool Reload(const Config& /*config*/, Diagnostics& /*wrong*/) override {
    return false;
  }
  std::vector<std::string> data_files() const override { return {}; }
  std::vector<DataVersion> data_versions() const override { return {}; }
  std::vector<std::string> route_names() const override {
    return {"default", "<b>bold</b>"};
  }
  std::unique_ptr<Chain> Fork() const override {
    return std::make_unique<NamedRoutes>();
  }
  std::unique_ptr<Chain> ForkWith(absl::string_view /*yaml*/,
                                  Diagnostics& /*wrong*/) const override {
    return nullptr;
  }
  std::string RehearsableText() const override { return ""; }
  std::string ExplainRoutes(absl::string_view record) const override {
    return record.empty() ? R"([{"route":"default","depth":0}])" : "";
  }
  SightingReplica* replica() override { return nullptr; }
  absl::Duration restore_window() const override { return absl::Hours(1); }
  Processing processing() const override { return {}; }
};

class DeskTest : public testing::Test {
 protected:
  void Add(const Article& article) {
    ASSERT_TRUE(history_.Add(LineOf(article)));
  }

  // The body of the answer, and its status before it.
  std::string Ask(const std::string& path,
                  std::vector<std::pair<std::string, std::string>> query = {}) {
    DeskParts parts;
    parts.history = &history_;
    parts.tap = &tap_;
    parts.chain = &chain_;
    parts.make_filter = [](absl::string_view expression)
        -> absl::StatusOr<std::unique_ptr<RecordFilter>> {
      return absl::InvalidArgumentError(
          absl::StrCat("1:1: unknown field \"", expression, "\""));
    };
    HttpRequest request;
    request.method = "GET";
    request.path = path;
    request.query = std::move(query);
    for (const AdminPage& page : DeskPages(parts)) {
      if (page.path != path) continue;
      const HttpResponse response = page.make(request);
      for (const auto& header : response.headers) {
        headers_.insert(absl::StrCat(header.first, ": ", header.second));
      }
      return absl::StrCat(response.status, " ", response.body);
    }
    return "no such page";
  }

  NamedRoutes chain_;
  Tap tap_{nullptr};
  DeskHistory history_{nullptr, {.records_max = 3, .bytes_max = 1 << 20}};
  std::set<std::string> headers_;
};

TEST_F(DeskTest, KeepsTheNewestWithinItsBounds) {
  for (const char* id : {"a", "b", "c", "d"}) Add({id});
  const KeptRecords kept = history_.Newest();
  ASSERT_EQ(kept.size(), 3U);
  EXPECT_EQ(kept[0]->id, "d");
  EXPECT_EQ(kept[2]->id, "b");
  EXPECT_EQ(history_.counts().latest, 4);
  EXPECT_EQ(history_.counts().kept, 3);

  DeskHistory small(nullptr, {.records_max = 100, .bytes_max = 1000});
  for (int i = 0; i < 10; ++i) small.Add(LineOf({absl::StrCat(i)}));
  EXPECT_EQ(small.counts().kept, 2);
  EXPECT_FALSE(small.Add("no record"));
}

TEST_F(DeskTest, AwaitGivesWhatIsNewAndNothingTwice) {
  for (const char* id : {"a", "b", "c", "d"}) Add({id});
  std::vector<std::string> summaries;
  // The first is gone already.
  EXPECT_EQ(history_.Await(0, absl::ZeroDuration(), 2, summaries), 3);
  ASSERT_EQ(summaries.size(), 2U);
  EXPECT_THAT(summaries[0], HasSubstr("\"id\":\"b\""));
  summaries.clear();
  EXPECT_EQ(history_.Await(3, absl::ZeroDuration(), 9, summaries), 4);
  EXPECT_EQ(summaries.size(), 1U);
  summaries.clear();
  EXPECT_EQ(history_.Await(4, absl::ZeroDuration(), 9, summaries), 4);
  EXPECT_TRUE(summaries.empty());
}

TEST_F(DeskTest, ChoosesRecords) {
  Add({"a", "Quay opens", "new", "s1", "Gazette", "default"});
  Add({"b", "Quay shuts", "near", "s2", "Ledger", "harbour"});
  EXPECT_THAT(Ask("/api/v1/records"), HasSubstr("\"kept\":2"));
  const std::pair<std::string, std::string> kRows[] = {
      {"route", "harbour"},   {"verdict", "near"}, {"story", "s2"},
      {"provider", "Ledger"}, {"text", "SHUTS"},   {"id", "b"}};
  for (const auto& row : kRows) {
    const std::string answer = Ask("/api/v1/records", {row});
    EXPECT_THAT(answer, HasSubstr("\"id\":\"b\"")) << row.first;
    EXPECT_THAT(answer, Not(HasSubstr("\"id\":\"a\""))) << row.first;
  }
  EXPECT_THAT(Ask("/api/v1/records", {{"place", "geonames:1"}}),
              HasSubstr("\"name\":\"Oakport\""));
  EXPECT_THAT(Ask("/api/v1/records", {{"before", "2"}}),
              Not(HasSubstr("\"id\":\"b\"")));
  EXPECT_THAT(Ask("/api/v1/records", {{"limit", "-1"}}), HasSubstr("400 "));
  EXPECT_THAT(Ask("/api/v1/records", {{"rout", "x"}}),
              HasSubstr("rout=x: takes before and limit"));
}

TEST_F(DeskTest, ShowsOneRecordWholeOrSaysThatItIsGone) {
  Add({"a"});
  EXPECT_THAT(Ask("/api/v1/record", {{"id", "a"}}),
              HasSubstr("\"line\":{\"stage\":\"route\""));
  EXPECT_THAT(Ask("/api/v1/record", {{"sequence", "1"}}), HasSubstr("200 "));
  EXPECT_THAT(Ask("/api/v1/record", {{"id", "z"}}), HasSubstr("404 "));
  EXPECT_THAT(Ask("/api/v1/record"), HasSubstr("404 "));
}

TEST_F(DeskTest, GroupsStoriesPlacesAndRoutes) {
  Add({"a", "Quay opens", "new", "s1", "Gazette"});
  Add({"b", "Quay opens", "near", "s1", "Ledger"});
  ASSERT_TRUE(history_.Add(kDeadLetter));
  EXPECT_THAT(Ask("/api/v1/stories"),
              HasSubstr("{\"story\":\"s1\",\"articles\":2,\"copies\":1,"
                        "\"providers\":2"));
  EXPECT_THAT(Ask("/api/v1/places"),
              HasSubstr("\"stories\":1,\"articles\":2}"));
  const std::string routes = Ask("/api/v1/routes");
  EXPECT_THAT(routes, HasSubstr("{\"route\":\"default\",\"kept\":2}"));
  EXPECT_THAT(routes, HasSubstr("dead letter: not_json"));
  EXPECT_THAT(routes, HasSubstr(R"("tree":[{"route":"default","depth":0}])"));
  EXPECT_THAT(Ask("/api/v1/records", {{"fate", "dead letter"}}),
              HasSubstr("1:1: no value"));
}

TEST_F(DeskTest, AFilterIsRefusedInTheWordsOfCheck) {
  EXPECT_THAT(Ask("/api/v1/filter", {{"expression", "langage"}}),
              HasSubstr(R"(400 {"error":"1:1: unknown field \"langage\""})"));
}

TEST_F(DeskTest, WhatArticlesHoldIsDataOnly) {
  Add({"a", "<script>alert(1)</script>"});
  const std::string answer = Ask("/api/v1/records");
  EXPECT_THAT(answer, HasSubstr("<script>alert(1)</script>"));
  EXPECT_TRUE(headers_.count("X-Content-Type-Options: nosniff"));
  headers_.clear();
  EXPECT_THAT(Ask("/"), HasSubstr("<script type=\"module\" src=\"desk.js\">"));
  EXPECT_TRUE(
      std::any_of(headers_.begin(), headers_.end(), [](const auto& one) {
        return absl::StartsWith(one,
                                "Content-Security-Policy: default-src 'self'");
      }));
  for (const PageFile& file : PageFiles()) {
    for (const char* never :
         {"innerHTML", "insertAdjacentHTML", "eval(", "document.write"}) {
      EXPECT_FALSE(absl::StrContains(file.bytes, never)) << file.name;
    }
  }
}

TEST_F(DeskTest, ThePageIsLight) {
  size_t bytes = 0;
  for (const PageFile& file : PageFiles()) bytes += file.bytes.size();
  EXPECT_GT(bytes, 10'000U);
  EXPECT_LE(bytes, 250'000U);
}

// docs/api/openapi.yaml names each path that is served, and no other.
TEST_F(DeskTest, TheOpenApiFileNamesWhatIsServed) {
  DeskParts parts;
  parts.history = &history_;
  parts.tap = &tap_;
  parts.chain = &chain_;
  std::set<std::string> served;
  for (const AdminPage& page : DeskPages(parts)) {
    if (!absl::StartsWith(page.path, "/api/")) continue;
    EXPECT_TRUE(page.guarded) << page.path;
    served.insert(page.path);
  }
  std::ifstream file(WIREDESK_SOURCE_DIR "/docs/api/openapi.yaml");
  std::set<std::string> named;
  for (std::string line; std::getline(file, line);) {
    if (absl::StartsWith(line, "  /api/")) {
      named.insert(line.substr(2, line.size() - 3));
    }
  }
  EXPECT_EQ(named, served);
}

class DeskOverHttpTest : public DeskTest {
 protected:
  // The port of a server with the pages of the desk.
  int Serve(const std::string& token) {
    DeskParts parts;
    parts.history = &history_;
    parts.tap = &tap_;
    parts.chain = &chain_;
    AdminServer::Pages pages;
    pages.metrics_text = [] { return std::string(); };
    pages.ready = [] { return std::vector<ReadyCondition>{}; };
    pages.healthy = [] { return absl::OkStatus(); };
    pages.more = DeskPages(parts);
    server_ = AdminServer::Start({.token = token}, std::move(pages)).value();
    return server_->port();
  }

  std::unique_ptr<AdminServer> server_;
};

TEST_F(DeskOverHttpTest, WithoutTheTokenNothingOfArticlesIsShown) {
  Add({"a"});
  const int port = Serve("sesame");
  std::vector<std::string> paths;
  std::ifstream file(WIREDESK_SOURCE_DIR "/docs/api/openapi.yaml");
  for (std::string line; std::getline(file, line);) {
    if (absl::StartsWith(line, "  /api/")) {
      paths.push_back(line.substr(2, line.size() - 3));
    }
  }
  ASSERT_EQ(paths.size(), 12U);
  for (const std::string& path : paths) {
    const std::string answer = Send(
        port, absl::StrCat(path == "/api/v1/rehearse" ? "POST " : "GET ", path,
                           " HTTP/1.1\r\nConnection: close\r\n"
                           "Host: localhost\r\n\r\n"));
    EXPECT_THAT(answer, HasSubstr(" 401 ")) << path;
    EXPECT_THAT(answer, Not(HasSubstr("Quay"))) << path;
  }
  EXPECT_THAT(Get(port, "/"), HasSubstr(" 200 "));
  EXPECT_THAT(Get(port, "/api/v1/records",
                  "Host: localhost\r\nAuthorization: Bearer sesame\r\n"),
              HasSubstr("Quay opens"));
}

TEST_F(DeskOverHttpTest, ServesItsOwnFilesAndNoOthers) {
  const int port = Serve("");
  EXPECT_THAT(Get(port, "/desk.js"), HasSubstr(" 200 "));
  for (const char* path :
       {"/../../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd",
        "/desk.js/../../etc/passwd", "/..%2f..%2fetc%2fpasswd", "//etc/passwd",
        "/desk.js%00", "/page_files.h", "/desk"}) {
    const std::string answer = Get(port, path);
    EXPECT_THAT(answer, HasSubstr(" 404 ")) << path;
    EXPECT_THAT(answer, Not(HasSubstr("root:"))) << path;
  }
  EXPECT_THAT(Get(port, "/", "Host: rebound.example\r\n"), HasSubstr(" 403 "));
  EXPECT_THAT(Get(port, "/api/v1/records", "Host: rebound.example\r\n"),
              HasSubstr(" 403 "));
}

}  // namespace
}  // namespace wiredesk
