// Goal: the service waits for what it needs, refuses what does not fit, says
// when it is ready, and stops when it is told to.
//
// Method: a chain of one stage on librdkafka's mock cluster, which proves the
// plumbing only; what is delivered how often is proved in tests/kafka/.

#include "pipeline/service/service.h"

#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/kafka/feed.h"
#include "pipeline/kafka/mock_cluster.h"
#include "pipeline/kafka/range.h"
#include "pipeline/observe/http_server.h"

namespace wiredesk {
namespace {

using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

// An article for each raw record; its sighting is its text.
class PlainStage : public Stage {
 public:
  explicit PlainStage(SightingLog* log) : log_(log) {}
  absl::string_view name() const override { return "plain"; }
  absl::Status Process(Batch& batch) override {
    std::vector<std::string> sightings;
    for (uint32_t i = 0; i < batch.raw_records().size(); ++i) {
      EventRecord& record = batch.AddArticle(i, 0);
      record.article.headline = batch.raw_records()[i].value;
      Destination destination;
      destination.topic = "out";
      record.destinations = batch.Copy(std::vector<Destination>{destination});
      sightings.emplace_back(record.article.headline);
    }
    std::vector<std::string> decisions;
    return log_->Append(batch.sequence(), sightings, decisions);
  }

 private:
  SightingLog* const log_;
};

class PlainChain : public Chain, public SightingReplica {
 public:
  StageSet MakeStages(SightingLog* log) override {
    StageSet set;
    set.stages.push_back(std::make_unique<PlainStage>(log));
    return set;
  }
  int64_t revision() const override { return 0; }
  bool Reload(const Config& /*config*/, Diagnostics& /*said*/) override {
    return false;
  }
  std::vector<std::string> data_files() const override { return {}; }
  std::vector<DataVersion> data_versions() const override { return {}; }
  std::vector<std::string> route_names() const override { return {}; }
  std::unique_ptr<Chain> Fork() const override {
    return std::make_unique<PlainChain>();
  }
  std::unique_ptr<Chain> ForkWith(absl::string_view /*yaml*/,
                                  Diagnostics& /*wrong*/) const override {
    return nullptr;
  }
  std::string RehearsableText() const override { return ""; }
  std::string ExplainRoutes(absl::string_view /*record*/) const override {
    return "";
  }
  SightingReplica* replica() override { return this; }
  absl::Duration restore_window() const override { return absl::Hours(1); }
  Processing processing() const override { return {"0", "0", "0"}; }

  absl::Status Apply(int64_t /*position*/, absl::string_view sighting,
                     std::string& decision) override {
    decision = "seen";
    if (sighting == "unreadable") return absl::InvalidArgumentError("what?");
    return absl::OkStatus();
  }
};

class ServiceTest : public testing::Test {
 protected:
  ServiceTest()
      : cluster_(KafkaMockCluster::Start().value()), accounting_(&metrics_) {
    ConfigureLog(LogLevel::kOff, LogFormat::kText);
    options_.application = "test";
    options_.kafka.brokers = {cluster_->brokers()};
    options_.kafka.compression = "none";
    options_.kafka.consumer["fetch.wait.max.ms"] = "10";
    options_.create_topics = false;
    client_.brokers = cluster_->brokers();
    client_.consumer = {{"fetch.wait.max.ms", "10"}};
    for (const char* topic : {"news.raw", "news.dead-letters", "out"}) {
      EXPECT_TRUE(cluster_->CreateTopic(topic, 1).ok());
    }
    MakeSightingLog(/*partitions=*/1);
  }
  void TearDown() override { StopService().IgnoreError(); }

  void MakeSightingLog(int partitions) {
    options_.sightings.topic = absl::StrCat("sightings-", partitions);
    EXPECT_TRUE(
        cluster_->CreateTopic(options_.sightings.topic, partitions).ok());
  }

  void StartService() {
    service_ =
        std::make_unique<Service>(options_, &chain_, &metrics_, &accounting_);
    thread_ = std::thread([this] { ended_ = service_->Run(); });
  }

  absl::Status StopService() {
    if (!thread_.joinable()) return ended_;
    service_->Stop();
    thread_.join();
    return ended_;
  }

  void Send(const std::vector<std::string>& texts) {
    auto feed = KafkaFeed::Make(client_).value();
    for (const std::string& text : texts) {
      EXPECT_TRUE(feed->Send("news.raw", "", text, {}, absl::Now()).ok());
    }
    EXPECT_TRUE(feed->Flush(absl::Seconds(30)).ok());
  }

  // Waits for `done` to be true.
  template <typename Done>
  static bool Await(Done done) {
    const absl::Time deadline = absl::Now() + absl::Seconds(60);
    while (!done()) {
      if (absl::Now() > deadline) return false;
      absl::SleepFor(absl::Milliseconds(10));
    }
    return true;
  }

  bool Ready() const {
    for (const ReadyCondition& condition : service_->ready()) {
      if (!condition.holds) return false;
    }
    return true;
  }

  const std::unique_ptr<KafkaMockCluster> cluster_;
  KafkaClientOptions client_;
  PipelineOptions options_;
  Metrics metrics_;
  Accounting accounting_;
  PlainChain chain_;
  std::unique_ptr<Service> service_;
  std::thread thread_;
  absl::Status ended_;
};

TEST_F(ServiceTest, WhatIsFedComesOut) {
  StartService();
  Send({"one", "two", "three"});
  ASSERT_TRUE(Await([&] { return accounting_.totals().published == 3; }));
  EXPECT_TRUE(StopService().ok()) << ended_;

  KafkaRangeOptions options;
  options.topics = {"out"};
  auto range = KafkaRange::Open(client_, options).value();
  std::vector<std::string> headlines;
  while (true) {
    const absl::StatusOr<const TailRecord*> record = range->Next();
    ASSERT_TRUE(record.ok()) << record.status();
    if (*record == nullptr) break;
    const absl::string_view value = (*record)->value;
    for (const char* word : {"one", "two", "three"}) {
      if (absl::StrContains(value, absl::StrCat("\"headline\":\"", word))) {
        headlines.emplace_back(word);
      }
    }
  }
  EXPECT_THAT(headlines, UnorderedElementsAre("one", "two", "three"));
}

TEST_F(ServiceTest, ABatchIsTracedFromThePollToTheCommit) {
  absl::Mutex mutex;
  std::string sent;
  HttpServer collector(HttpServer::Options{.body_bytes_max = 1 << 20});
  collector.Handle("POST", "/v1/traces", HttpPage::kQuick,
                   [&](const HttpRequest& request) {
                     absl::MutexLock lock(&mutex);
                     sent.append(request.body);
                     return HttpResponse{.body = "{}"};
                   });
  ASSERT_TRUE(collector.Start().ok());
  options_.tracing.endpoint =
      absl::StrCat("http://127.0.0.1:", collector.port());
  options_.tracing.sample = 1;
  StartService();
  Send({"one"});
  ASSERT_TRUE(Await([&] { return accounting_.totals().published == 1; }));
  EXPECT_TRUE(StopService().ok()) << ended_;
  service_ = nullptr;  // sends what is left
  absl::MutexLock lock(&mutex);
  for (const char* step : {"batch", "poll", "plain", "sightings", "deliver",
                           "publish", "commit"}) {
    EXPECT_THAT(sent, HasSubstr(absl::StrCat("\"name\":\"", step, "\"")));
  }
}

TEST_F(ServiceTest, IsReadyOnceItHasItsPartitions) {
  service_ =
      std::make_unique<Service>(options_, &chain_, &metrics_, &accounting_);
  EXPECT_FALSE(Ready());
  thread_ = std::thread([this] { ended_ = service_->Run(); });
  EXPECT_TRUE(Await([&] { return Ready(); }));
  EXPECT_TRUE(service_->healthy().ok());
}

TEST_F(ServiceTest, StopsWhileItWaitsForABroker) {
  options_.kafka.brokers = {"127.0.0.1:1"};
  StartService();
  EXPECT_FALSE(Ready());
  EXPECT_TRUE(StopService().ok()) << ended_;
}

TEST_F(ServiceTest, ASightingLogOfTwoPartitionsIsRefused) {
  MakeSightingLog(/*partitions=*/2);
  StartService();
  thread_.join();
  EXPECT_TRUE(absl::IsFailedPrecondition(ended_)) << ended_;
  EXPECT_THAT(std::string(ended_.message()), HasSubstr("must have one"));
}

TEST_F(ServiceTest, ASightingThatCannotBeReadEndsTheService) {
  StartService();
  Send({"unreadable"});
  thread_.join();
  EXPECT_TRUE(absl::IsDataLoss(ended_)) << ended_;
  EXPECT_FALSE(service_->healthy().ok());
}

}  // namespace
}  // namespace wiredesk
