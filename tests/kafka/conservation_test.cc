// Nothing is lost, nothing comes twice, and all decisions are those of a run
// that nobody disturbed: whatever is killed, and whenever.
//
// A seeded schedule feeds raw records and does harm: it kills instances with
// SIGKILL and starts others, ends some with SIGTERM (which forces a rebalance),
// freezes some, with or without a successor under the same name, kills, stops
// and freezes the broker, adds partitions, and deletes a topic that is read. The
// oracle then reads every topic. For longer runs set WIREDESK_KAFKA_LENGTH: 8 is
// more than 300 faults.

#include <signal.h>

#include <array>
#include <cstdio>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "tests/kafka/delivery_oracle.h"
#include "tests/kafka/generated_feed.h"
#include "tests/kafka/kafka_line.h"
#include "tests/kafka/wiredesk_process.h"

namespace wiredesk {
namespace {

constexpr int kPartitions = 6;
constexpr int kPartitionsMax = 9;
constexpr int kFaults = 40;
constexpr int kRecordsEachStep = 40;
constexpr absl::Duration kEndTimeout = absl::Seconds(120);

// Runs a deployment and breaks it.
class Schedule {
 public:
  Schedule(const Deployment& deployment, uint64_t seed, int faults)
      : deployment_(deployment),
        faults_wanted_(faults),
        random_(seed),
        feed_(seed + 1) {}

  // Until that many faults were met; then everything is delivered and all end in
  // good order.
  void Run() {
    // The records have old timestamps: retention would take them.
    SharedBroker().CreateTopic(deployment_.raw(), kPartitions,
                               {{"retention.ms", "-1"}});
    SharedBroker().CreateTopic(side_topic(), 2);
    while (faults() < faults_wanted_) {
      Feed();
      Step();
      if (testing::Test::HasFatalFailure()) return;
    }
    Feed();
    for (size_t slot = 0; slot < slots_.size(); ++slot) {
      if (!Running(slot)) Start(slot);
    }
    AwaitDelivery();
    StopAll();
    std::printf(
        "%s: %zu raw records, %d kills, %d starts, %d stops, %d freezes, %d of "
        "them with a successor, %d broker restarts, %d broker freezes, %d "
        "times "
        "more partitions, %d deleted topics\n",
        deployment_.name.c_str(), sent_.size(), kills_, starts_, stops_,
        freezes_, successors_, broker_restarts_, broker_freezes_,
        partitions_ - kPartitions, deletions_);
  }

  const std::vector<GeneratedRecord>& sent() const { return sent_; }

 private:
  int Draw(int limit) {
    return static_cast<int>(random_() % static_cast<uint64_t>(limit));
  }

  void Feed() {
    std::vector<KafkaRecord> records;
    for (int i = 0; i < kRecordsEachStep; ++i) {
      GeneratedRecord generated = feed_.Next();
      KafkaRecord record;
      record.value = generated.value;
      record.partition = Draw(partitions_);
      record.timestamp_ms = generated.timestamp_ms;
      records.push_back(std::move(record));
      sent_.push_back(std::move(generated));
    }
    SharedBroker().Produce(deployment_.raw(), records);
  }

  void Step() {
    const size_t slot = static_cast<size_t>(Draw(3));
    if (!Running(slot)) {
      Start(slot);
      return;
    }
    const int action = Draw(20);
    if (action == 0) {
      Stop(slot);
    } else if (action == 1) {
      absl::SleepFor(absl::Milliseconds(Draw(500)));
    } else if (action < 6) {
      Freeze(slot);
    } else if (action == 6) {
      FreezeBroker();
    } else if (action == 7) {
      AddPartition();
    } else if (action == 8) {
      DeleteSideTopic();
    } else {
      Kill(slot);
    }
    // Twice a run, while instances are at work.
    if (faults() >= faults_wanted_ * (broker_restarts_ + 1) / 3) {
      RestartBroker();
    }
  }

  int faults() const {
    return kills_ + freezes_ + broker_restarts_ + broker_freezes_ +
           partitions_ - kPartitions + deletions_;
  }

  bool Running(size_t slot) {
    return slots_[slot] != nullptr && slots_[slot]->process().running();
  }

  // Slots 0 and 1 are static members of the group, the last is a dynamic one.
  void Start(size_t slot) {
    if (slots_[slot] != nullptr) ExpectKilled(slot);
    ++starts_;
    const std::string name = absl::StrCat("slot-", slot);
    slots_[slot] = std::make_unique<WiredeskProcess>(
        deployment_, absl::StrCat(name, "-life-", starts_),
        slot < 2 ? name : "");
  }

  // An instance that ends by itself is a failure, also when a broker that was
  // killed has forgotten which life of a static member came last.
  void ExpectKilled(size_t slot) {
    EXPECT_EQ(slots_[slot]->process().exit_code(), 128 + SIGKILL)
        << "see " << slots_[slot]->log_path();
  }

  // Half of the time in the middle of work, half of the time anywhere, also
  // before it has begun.
  void Kill(size_t slot) {
    if (Draw(2) == 0) {
      slots_[slot]->AwaitLog("partitions_assigned", absl::Seconds(10));
    }
    absl::SleepFor(absl::Milliseconds(Draw(300)));
    slots_[slot]->process().Kill();
    ExpectKilled(slot);
    ++kills_;
  }

  // Longer than a session at times. A static member may get a successor under
  // its name meanwhile; when it wakes up it is told so, and ends, or is killed.
  void Freeze(size_t slot) {
    ++freezes_;
    slots_[slot]->process().Signal(SIGSTOP);
    if (slot == 2 || Draw(2) == 0) {
      absl::SleepFor(absl::Milliseconds(Draw(6000)));
      slots_[slot]->process().Signal(SIGCONT);
      return;
    }
    ++successors_;
    const std::unique_ptr<WiredeskProcess> frozen = std::move(slots_[slot]);
    Start(slot);
    absl::SleepFor(absl::Milliseconds(Draw(6000)));
    frozen->process().Signal(SIGCONT);
    frozen->process().Wait(absl::Milliseconds(Draw(3000)));
    frozen->process().Kill();
  }

  void FreezeBroker() {
    ++broker_freezes_;
    SharedBroker().Freeze();
    absl::SleepFor(absl::Milliseconds(Draw(4000)));
    SharedBroker().Thaw();
  }

  void AddPartition() {
    if (partitions_ == kPartitionsMax) return;
    SharedBroker().AddPartitions(deployment_.raw(), ++partitions_);
  }

  // Read as the raw topic is, and always empty, so that nothing is lost with it.
  std::string side_topic() const {
    return absl::StrCat(deployment_.name, ".side");
  }

  void DeleteSideTopic() {
    if (SharedBroker().PartitionCount(side_topic()) < 0) return;
    ++deletions_;
    SharedBroker().DeleteTopic(side_topic());
  }

  void Stop(size_t slot) {
    const int code = slots_[slot]->Stop(absl::Seconds(40));
    // A signal may come before the program has begun to listen to it.
    EXPECT_TRUE(code == 0 ||
                (code == 128 + SIGTERM && slots_[slot]->Log() == ""))
        << code << ", see " << slots_[slot]->log_path();
    slots_[slot] = nullptr;
    ++stops_;
  }

  void RestartBroker() {
    if (++broker_restarts_ % 2 == 1) {
      SharedBroker().Kill();
    } else {
      SharedBroker().Stop();
    }
    absl::SleepFor(absl::Milliseconds(Draw(2000)));
    SharedBroker().Start();
  }

  void AwaitDelivery() {
    const std::vector<int64_t> ends = Ends();
    std::vector<int64_t> committed;
    EXPECT_TRUE(Eventually(kEndTimeout,
                           [&] {
                             committed = SharedBroker().Committed(
                                 deployment_.name, deployment_.raw(),
                                 partitions_);
                             return committed == ends;
                           }))
        << "committed " << absl::StrJoin(committed, ",") << " of "
        << absl::StrJoin(ends, ",") << "; see " << deployment_.folder;
  }

  std::vector<int64_t> Ends() {
    std::vector<int64_t> ends(static_cast<size_t>(partitions_), 0);
    for (const KafkaRecord& record :
         SharedBroker().ReadAll(deployment_.raw())) {
      ends[static_cast<size_t>(record.partition)] = record.offset + 1;
    }
    return ends;
  }

  void StopAll() {
    for (size_t slot = 0; slot < slots_.size(); ++slot) {
      if (Running(slot)) Stop(slot);
    }
  }

  const Deployment deployment_;
  const int faults_wanted_;
  std::mt19937_64 random_;
  GeneratedFeed feed_;
  std::vector<GeneratedRecord> sent_;
  std::array<std::unique_ptr<WiredeskProcess>, 3> slots_;
  int kills_ = 0;
  int starts_ = 0;
  int stops_ = 0;
  int broker_restarts_ = 0;
  int freezes_ = 0;
  int successors_ = 0;
  int broker_freezes_ = 0;
  int deletions_ = 0;
  int partitions_ = kPartitions;
};

DeliveryOracle::Findings RunSchedule(const std::string& delivery) {
  Deployment deployment;
  deployment.name = FreshName(delivery);
  deployment.brokers = SharedBroker().brokers();
  deployment.folder = MakeTestFolder("wiredesk-conservation");
  deployment.delivery = delivery;
  deployment.source_topic =
      absl::StrCat(deployment.raw(), ", ", deployment.name, ".side");
  Schedule schedule(deployment, TestSeed(), kFaults * TestLength());
  schedule.Run();
  if (testing::Test::HasFatalFailure()) return {};
  const DeliveryOracle::Findings findings =
      DeliveryOracle(deployment, &SharedBroker(), schedule.sent()).Check();
  std::printf("%s: %d articles, %d dead letters, %d lost, %d copies\n",
              deployment.name.c_str(), findings.articles, findings.dead_letters,
              findings.lost, findings.duplicated);
  for (const auto& [verdict, count] : findings.verdicts) {
    std::printf("  %s %d\n", verdict.c_str(), count);
  }
  RemoveTestFolder(deployment.folder);
  return findings;
}

std::string Examples(const DeliveryOracle::Findings& findings) {
  return absl::StrJoin(findings.examples, "\n");
}

// All kinds of verdicts must be there, or the test proves less than it says.
void ExpectVariety(const DeliveryOracle::Findings& findings) {
  for (const char* verdict : {"new", "exact", "near", "revision"}) {
    EXPECT_GT(findings.verdicts.count(verdict), 0U) << verdict;
  }
  EXPECT_GT(findings.dead_letters, 0);
}

TEST(ConservationTest, ExactlyOnceLosesNothingAndRepeatsNothing) {
  const DeliveryOracle::Findings findings = RunSchedule("exactly_once");
  EXPECT_EQ(findings.lost, 0) << Examples(findings);
  EXPECT_EQ(findings.duplicated, 0) << Examples(findings);
  EXPECT_EQ(findings.unknown, 0) << Examples(findings);
  EXPECT_EQ(findings.different, 0) << Examples(findings);
  ExpectVariety(findings);
}

TEST(ConservationTest, AtLeastOnceLosesNothingAndDecidesTheSame) {
  const DeliveryOracle::Findings findings = RunSchedule("at_least_once");
  EXPECT_EQ(findings.lost, 0) << Examples(findings);
  EXPECT_EQ(findings.unknown, 0) << Examples(findings);
  EXPECT_EQ(findings.different, 0) << Examples(findings);
  ExpectVariety(findings);
}

}  // namespace
}  // namespace wiredesk
