// Goal: an instance that comes or goes while others work costs nothing but the
// time of the rebalance. Batches that are in flight are delivered before the
// partitions change hands, so not even at_least_once publishes them again.

#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "tests/kafka/deployment_fixture.h"

namespace wiredesk {
namespace {

constexpr int kPartitions = 4;
constexpr int kRecords = 12'000;

class RebalanceTest : public DeploymentFixture {
 protected:
  RebalanceTest() {
    deployment_.delivery = "at_least_once";
    deployment_.in_flight = 3;
    deployment_.records_max = 8;
    SharedBroker().CreateTopic(deployment_.raw(), kPartitions,
                               {{"retention.ms", "-1"}});
    std::vector<KafkaRecord> batch;
    for (int i = 0; i < kRecords; ++i) {
      sent_.push_back(feed_.Next());
      KafkaRecord record;
      record.value = sent_.back().value;
      record.partition = i % kPartitions;
      record.timestamp_ms = sent_.back().timestamp_ms;
      batch.push_back(std::move(record));
    }
    SharedBroker().Produce(deployment_.raw(), batch);
  }

  void AwaitCommitted(int64_t records) const {
    EXPECT_TRUE(Eventually(kPatience, [&] { return Committed() >= records; }))
        << Committed() << " of " << records;
  }

  int64_t Committed() const {
    int64_t sum = 0;
    for (const int64_t offset : SharedBroker().Committed(
             deployment_.name, deployment_.raw(), kPartitions)) {
      if (offset > 0) sum += offset;
    }
    return sum;
  }
};

TEST_F(RebalanceTest, WhatIsUnderWayIsDeliveredBeforeThePartitionsGo) {
  WiredeskProcess one(deployment_, "one", "");
  AwaitCommitted(500);
  WiredeskProcess two(deployment_, "two", "");
  EXPECT_TRUE(two.AwaitLog("partitions_assigned", kPatience)) << two.Log();
  EXPECT_LT(Committed(), kRecords) << "too late to prove anything";
  AwaitCommitted(Committed() + 500);
  EXPECT_LT(Committed(), kRecords) << "too late to prove anything";
  EXPECT_EQ(two.Stop(kPatience), 0) << two.Log();
  AwaitCommitted(kRecords);
  EXPECT_EQ(one.Stop(kPatience), 0) << one.Log();
  EXPECT_EQ(one.Log().find("batch_aborted"), std::string::npos) << one.Log();
  ExpectExactlyOnce();
}

}  // namespace
}  // namespace wiredesk
