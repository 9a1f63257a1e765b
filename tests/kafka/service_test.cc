// When a service says that it is ready, and when not. The replica here applies
// entries only when it is let, as a large log would keep it busy.

#include "pipeline/service/service.h"

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/synchronization/mutex.h"
#include "gmock/gmock.h"
#include "tests/kafka/kafka_line.h"

namespace wiredesk {
namespace {

using testing::HasSubstr;

constexpr absl::Duration kPatience = absl::Seconds(30);

class GatedReplica : public SightingReplica {
 public:
  absl::Status Apply(int64_t /*position*/, absl::string_view sighting,
                     std::string& decision) override {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(&open_));
    if (sighting == "damaged") return absl::InvalidArgumentError("no entry");
    decision = std::string(sighting);
    return absl::OkStatus();
  }
  void Open() {
    absl::MutexLock lock(&mutex_);
    open_ = true;
  }

 private:
  absl::Mutex mutex_;
  bool open_ ABSL_GUARDED_BY(mutex_) = false;
};

// No stages: what comes in is not an article and is dealt with by that.
class EmptyChain : public Chain {
 public:
  StageSet MakeStages(SightingLog* /*log*/) override { return {}; }
  int64_t revision() const override { return 0; }
  bool Reload(const Config& /*config*/, Diagnostics& /*wrong*/) override {
    return false;
  }
  std::vector<std::string> data_files() const override { return {}; }
  std::vector<DataVersion> data_versions() const override { return {}; }
  std::vector<std::string> route_names() const override { return {}; }
  std::unique_ptr<Chain> Fork() const override {
    return std::make_unique<EmptyChain>();
  }
  std::unique_ptr<Chain> ForkWith(absl::string_view /*yaml*/,
                                  Diagnostics& /*wrong*/) const override {
    return nullptr;
  }
  std::string RehearsableText() const override { return ""; }
  std::string ExplainRoutes(absl::string_view /*record*/) const override {
    return "";
  }
  SightingReplica* replica() override { return &gated; }
  absl::Duration restore_window() const override { return absl::Hours(72); }
  Processing processing() const override { return {}; }

  GatedReplica gated;
};

class ServiceTest : public testing::Test {
 protected:
  ServiceTest() {
    options_.application = FreshName("service");
    options_.kafka.brokers = {SharedBroker().brokers()};
    options_.source.topics = {options_.application + ".raw"};
    options_.dead_letter.topic = options_.application + ".dead";
    SharedBroker().CreateTopic(options_.sightings_topic(), 1);
  }
  ~ServiceTest() override {
    chain_.gated.Open();
    if (service_ != nullptr) service_->Stop();
    if (thread_.joinable()) thread_.join();
  }

  void PutIntoLog(const std::vector<std::string>& entries) {
    std::vector<KafkaRecord> records;
    for (const std::string& entry : entries) {
      records.emplace_back();
      records.back().value = entry;
      records.back().partition = 0;
    }
    SharedBroker().Produce(options_.sightings_topic(), records);
  }

  void Start() {
    service_ =
        std::make_unique<Service>(options_, &chain_, &metrics_, &accounting_);
    thread_ = std::thread([this] { result_ = service_->Run(); });
  }

  absl::Status End() {
    service_->Stop();
    thread_.join();
    return result_;
  }

  bool Ready() {
    for (const ReadyCondition& condition : service_->ready()) {
      if (!condition.holds) return false;
    }
    return true;
  }

  std::string Conditions() {
    return absl::StrJoin(service_->ready(), "\n",
                         [](std::string* out, const ReadyCondition& condition) {
                           absl::StrAppend(out, condition.name, " ",
                                           condition.holds, " ",
                                           condition.detail);
                         });
  }

  PipelineOptions options_;
  EmptyChain chain_;
  Metrics metrics_;
  Accounting accounting_{&metrics_};
  absl::Status result_;
  std::unique_ptr<Service> service_;
  std::thread thread_;
};

TEST_F(ServiceTest, IsNotReadyWhileTheLogIsRestored) {
  PutIntoLog({"a", "b", "c"});
  Start();
  ASSERT_TRUE(Eventually(kPatience, [&] {
    return testing::Value(Conditions(), HasSubstr("3 entries"));
  })) << Conditions();
  EXPECT_THAT(Conditions(), HasSubstr("restored 0"));
  EXPECT_THAT(Conditions(), HasSubstr("brokers 1"));
  EXPECT_TRUE(service_->healthy().ok());
  EXPECT_THAT(metrics_.PrometheusText(),
              HasSubstr("wiredesk_sightings_restore_remaining 3"));
  chain_.gated.Open();
  EXPECT_TRUE(Eventually(kPatience, [&] { return Ready(); })) << Conditions();
  EXPECT_THAT(metrics_.PrometheusText(),
              HasSubstr("wiredesk_sightings_restore_remaining 0"));
  EXPECT_TRUE(End().ok()) << result_;
}

TEST_F(ServiceTest, IsReadyOnlyWithItsShareOfThePartitions) {
  chain_.gated.Open();
  Start();
  EXPECT_TRUE(Eventually(kPatience, [&] { return Ready(); })) << Conditions();
  EXPECT_THAT(Conditions(), HasSubstr("assigned 1 1 of 1 workers"));
  EXPECT_TRUE(End().ok()) << result_;
}

TEST_F(ServiceTest, CanBeStoppedWhileItRestores) {
  PutIntoLog({"a"});
  Start();
  ASSERT_TRUE(Eventually(kPatience, [&] {
    return testing::Value(Conditions(), HasSubstr("1 entries"));
  }));
  chain_.gated.Open();
  EXPECT_TRUE(End().ok()) << result_;
}

TEST_F(ServiceTest, AnEntryThatCannotBeAppliedEndsIt) {
  chain_.gated.Open();
  PutIntoLog({"a", "damaged", "b"});
  Start();
  thread_.join();
  EXPECT_TRUE(absl::IsDataLoss(result_)) << result_;
  EXPECT_THAT(std::string(result_.message()), HasSubstr("at 1: no entry"));
  EXPECT_FALSE(service_->healthy().ok());
}

TEST_F(ServiceTest, ALogOfTwoPartitionsIsRefused) {
  options_.sightings.topic = options_.application + ".two";
  SharedBroker().CreateTopic(options_.sightings.topic, 2);
  Start();
  thread_.join();
  EXPECT_TRUE(absl::IsFailedPrecondition(result_)) << result_;
  EXPECT_THAT(std::string(result_.message()), HasSubstr("must have one"));
}

}  // namespace
}  // namespace wiredesk
