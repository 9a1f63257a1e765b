// Listening to a running instance: what is seen is what was asked for, and the
// worker never waits. Method: batches made by hand, a clock that the test
// moves, and the real admin port with its client.

#include "pipeline/observe/tap.h"

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/observe/admin_client.h"
#include "pipeline/observe/admin_server.h"
#include "pipeline/observe/record_line.h"
#include "stages/route/route_stage.h"

namespace wiredesk {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// A batch with one article for each headline; long ones go to "long".
class HeadlineBatch {
 public:
  explicit HeadlineBatch(const std::vector<std::string>& headlines)
      : batch_({}) {
    for (const std::string& headline : headlines) {
      const auto raw = static_cast<uint32_t>(batch_.raw_records().size());
      batch_.Append({"news.raw", 0, raw}, "", headline, {}, std::nullopt);
      EventRecord& record = batch_.AddArticle(raw, 0);
      record.article.headline = batch_.raw_records()[raw].value;
      const std::vector<Destination> destinations = {
          headline.size() > 10
              ? Destination{.route = "long", .topic = "news.long"}
              : Destination{.route = "default", .topic = "news.events"}};
      record.destinations = batch_.Copy(destinations);
    }
  }
  Batch& batch() { return batch_; }

 private:
  Batch batch_;
};

std::vector<std::string> TakeAll(TapRing& ring, int64_t* dropped = nullptr) {
  std::vector<std::string> lines;
  int64_t count = 0;
  ring.Take(absl::ZeroDuration(), lines, count);
  if (dropped != nullptr) *dropped = count;
  return lines;
}

class TapTest : public testing::Test {
 protected:
  std::shared_ptr<TapRing> Listen(const TapQuery& query) {
    auto ring = tap_.Listen(query);
    EXPECT_TRUE(ring.ok()) << ring.status();
    return ring.ok() ? *ring : nullptr;
  }
  // A look long after the last one.
  void Look(absl::string_view stage, const Batch& batch) {
    now_ += absl::Hours(1);
    tap_.Look(stage, batch, {"1.0", "c0ffee", "9"}, now_);
  }

  Tap tap_{MakeRecordFilter};
  HeadlineBatch headlines_{{"short", "a longer headline", "other"}};
  absl::Time now_ = absl::FromUnixSeconds(1'000'000);
};

TEST_F(TapTest, ShowsWhatLeavesTheStageThatWasAskedFor) {
  const auto ring = Listen({});
  Look("tag", headlines_.batch());
  EXPECT_THAT(TakeAll(*ring), IsEmpty());
  Look("route", headlines_.batch());
  const auto lines = TakeAll(*ring);
  ASSERT_THAT(lines, SizeIs(3));
  EXPECT_THAT(lines[1], HasSubstr("\"headline\":\"a longer headline\""));
  EXPECT_THAT(lines[1], HasSubstr("\"config\":\"c0ffee\""));
  const TapLine line = ReadTapLine(lines[1], /*colour=*/false);
  EXPECT_THAT(line.text, HasSubstr("news.long"));
  EXPECT_THAT(line.text, HasSubstr("a longer headline"));
}

TEST_F(TapTest, ARouteAndAConditionChoose) {
  const auto by_route = Listen({.route = "long"});
  const auto by_filter = Listen({.filter = "headline.startsWith(\"o\")"});
  Look("route", headlines_.batch());
  const auto routed = TakeAll(*by_route);
  ASSERT_THAT(routed, SizeIs(1));
  EXPECT_THAT(routed[0], HasSubstr("a longer headline"));
  const auto filtered = TakeAll(*by_filter);
  ASSERT_THAT(filtered, SizeIs(1));
  EXPECT_THAT(filtered[0], HasSubstr("other"));
}

TEST_F(TapTest, WhatIsWrongWithAConditionIsSaid) {
  for (const char* wrong : {"headlin == \"x\"", "word_count", "1 +", "\"x\""}) {
    EXPECT_TRUE(
        absl::IsInvalidArgument(tap_.Listen({.filter = wrong}).status()))
        << wrong;
  }
  EXPECT_TRUE(absl::IsInvalidArgument(tap_.Listen({.rate = 0}).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(tap_.Listen({.rate = 1e9}).status()));
}

TEST_F(TapTest, ARateIsKeptAndTheRestIsCounted) {
  const auto ring = Listen({.rate = 1});
  int64_t dropped = 0;
  Look("route", headlines_.batch());
  EXPECT_THAT(TakeAll(*ring, &dropped), SizeIs(1));
  EXPECT_EQ(dropped, 2);
  const auto slow = Listen({.rate = 0.01});
  Look("route", headlines_.batch());
  EXPECT_THAT(TakeAll(*slow), SizeIs(1)) << "a slow rate is not none";
}

TEST_F(TapTest, AfterALookItRestsFiftyTimesAsLong) {
  const auto ring = Listen({});
  Look("route", headlines_.batch());
  EXPECT_THAT(TakeAll(*ring), SizeIs(3));
  int64_t dropped = 0;
  tap_.Look("route", headlines_.batch(), {}, now_);  // at once again
  EXPECT_THAT(TakeAll(*ring, &dropped), IsEmpty());
  EXPECT_EQ(dropped, 3);
}

TEST_F(TapTest, ARingThatIsFullDropsAndCounts) {
  const auto ring = Listen({.rate = 10'000});
  HeadlineBatch many(std::vector<std::string>(TapRing::kLinesMax + 7, "x"));
  Look("route", many.batch());
  int64_t dropped = 0;
  const auto lines = TakeAll(*ring, &dropped);
  EXPECT_LE(lines.size(), TapRing::kLinesMax);
  EXPECT_EQ(static_cast<int64_t>(lines.size()) + dropped,
            static_cast<int64_t>(TapRing::kLinesMax) + 7);
}

TEST_F(TapTest, WhoLetsGoOfTheRingListensNoMore) {
  std::vector<std::shared_ptr<TapRing>> rings;
  for (size_t i = 0; i < Tap::kListenersMax; ++i) rings.push_back(Listen({}));
  EXPECT_EQ(tap_.Listen({}).status().code(),
            absl::StatusCode::kResourceExhausted);
  rings.pop_back();
  EXPECT_TRUE(tap_.Listen({}).ok());
}

TEST_F(TapTest, ShowsWhatEndsInTheStage) {
  Batch& batch = headlines_.batch();
  batch.Drop(batch.mutable_records()[0], "route", "rule");
  batch.Drop(batch.mutable_records()[1], "dedupe", "duplicate");
  const auto ring = Listen({});
  Look("route", batch);
  const auto lines = TakeAll(*ring);
  ASSERT_THAT(lines, SizeIs(2)) << "what dedupe has dropped never came so far";
  EXPECT_THAT(ReadTapLine(lines[0], false).text, HasSubstr("dropped (rule)"));
  Batch dead({});
  dead.Append({"news.raw", 0, 0}, "", "{", {}, std::nullopt);
  dead.DeadLetter(0, "parse", "not_json", "ends too early");
  const auto parse = Listen({.stage = "parse"});
  Look("parse", dead);
  const auto letters = TakeAll(*parse);
  ASSERT_THAT(letters, SizeIs(1));
  EXPECT_THAT(ReadTapLine(letters[0], false).text,
              HasSubstr("dead letter not_json: ends too early"));
}

// The admin port with a tap, and records that keep coming.
class TapOverHttpTest : public TapTest {
 protected:
  TapOverHttpTest() {
    AdminServer::Pages pages;
    pages.metrics_text = [] { return ""; };
    pages.ready = [] { return std::vector<ReadyCondition>(); };
    pages.healthy = [] { return absl::OkStatus(); };
    pages.tap = &tap_;
    server_ = *AdminServer::Start({}, std::move(pages));
    address_.port = server_->port();
    feeding_ = std::thread([this] {
      while (!stop_.HasBeenNotified()) {
        tap_.Observe("route", headlines_.batch(), {});
        absl::SleepFor(absl::Milliseconds(1));
      }
    });
  }
  ~TapOverHttpTest() override {
    stop_.Notify();
    feeding_.join();
  }

  std::unique_ptr<AdminServer> server_;
  AdminAddress address_;
  absl::Notification stop_;
  std::thread feeding_;
};

TEST_F(TapOverHttpTest, TheClientGetsLinesUntilItHasEnough) {
  std::vector<std::string> lines;
  const TapQuery query = {.route = "long",
                          .filter = "headline.contains(\"longer\") && 1 < 2",
                          .rate = 1000};
  const absl::Status status =
      ReadTap(address_, query, [&](absl::string_view line) {
        if (absl::StrContains(line, "listeners")) {
          EXPECT_EQ(line, "{\"listeners\":1}");
        } else if (!absl::StrContains(line, "dropped")) {
          lines.push_back(std::string(line));
        }
        return lines.size() < 3;
      });
  EXPECT_TRUE(status.ok()) << status;
  ASSERT_THAT(lines, SizeIs(3));
  EXPECT_THAT(lines[2], HasSubstr("a longer headline"));
}

TEST_F(TapOverHttpTest, AWrongQueryComesBackInWords) {
  const auto nothing = [](absl::string_view) { return true; };
  const absl::Status status =
      ReadTap(address_, {.filter = "headlin == \"x\""}, nothing);
  EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr("headline"));
}

TEST(TapNamesTest, WhatDoesNotExistIsNotWaitedFor) {
  Tap tap(nullptr, {{"parse", "route"}, [] {
                      return std::vector<std::string>{"politics", "default"};
                    }});
  EXPECT_TRUE(tap.Listen({.stage = "route", .route = "politics"}).ok());
  EXPECT_EQ(tap.Listen({.stage = "deduep"}).status().message(),
            "\"deduep\" is not a stage; expected one of parse, route");
  EXPECT_EQ(tap.Listen({.route = "politcs"}).status().message(),
            "\"politcs\" is not a route; did you mean \"politics\"?");
  const auto first = tap.Listen({.route = "default"});
  const auto second = tap.Listen({});
  EXPECT_EQ(tap.listeners(), 2u);
}

TEST(ReadTapLineTest, TheFirstLineSaysHowManyListen) {
  EXPECT_EQ(ReadTapLine("{\"listeners\":3}", false).listeners, 3);
  EXPECT_EQ(ReadTapLine("{\"dropped\":3}", false).listeners, 0);
}

TEST_F(TapOverHttpTest, AListenerDoesNotKeepTheServerFromItsEnd) {
  absl::Notification first;
  absl::Status status = absl::UnknownError("");
  std::thread listening([&] {
    status = ReadTap(address_, {.rate = 1000}, [&](absl::string_view) {
      if (!first.HasBeenNotified()) first.Notify();
      return true;
    });
  });
  first.WaitForNotification();
  server_ = nullptr;
  listening.join();
  EXPECT_TRUE(status.ok()) << status;
}

TEST(AdminClientTest, SaysThatNobodyAnswers) {
  int port = 0;
  {
    AdminServer::Pages pages;
    const auto server = AdminServer::Start({}, pages);
    port = (*server)->port();
  }
  const absl::Status status =
      ReadTap({"127.0.0.1", port}, {}, [](absl::string_view) { return true; });
  EXPECT_TRUE(absl::IsUnavailable(status));
  EXPECT_THAT(std::string(status.message()), HasSubstr("no instance answers"));
}

}  // namespace
}  // namespace wiredesk
