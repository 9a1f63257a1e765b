// Goal: batches pass in the order of their numbers, empty ones too.
// Method: threads append in the wrong order to a replica that notes what comes.

#include "pipeline/flow/memory_sighting_log.h"

#include <string>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace wiredesk {
namespace {

class NotingReplica : public SightingReplica {
 public:
  absl::Status Apply(int64_t position, absl::string_view sighting,
                     std::string& decision) override {
    if (sighting == "bad") return absl::DataLossError("bad");
    EXPECT_EQ(position, static_cast<int64_t>(noted.size()));
    noted.emplace_back(sighting);
    decision = "of " + noted.back();
    return absl::OkStatus();
  }

  std::vector<std::string> noted;
};

TEST(MemorySightingLogTest, BatchesPassInOrder) {
  NotingReplica replica;
  MemorySightingLog log(&replica);
  std::vector<std::thread> threads;
  for (int sequence = 9; sequence >= 0; --sequence) {
    threads.emplace_back([&log, sequence] {
      std::vector<std::string> sightings;
      if (sequence % 3 != 0) sightings.push_back(std::to_string(sequence));
      std::vector<std::string> decisions;
      EXPECT_TRUE(log.Append(sequence, sightings, decisions).ok());
      EXPECT_EQ(decisions.size(), sightings.size());
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(replica.noted,
            (std::vector<std::string>{"1", "2", "4", "5", "7", "8"}));
}

TEST(MemorySightingLogTest, AFailureWakesThoseWhoWait) {
  NotingReplica replica;
  MemorySightingLog log(&replica);
  std::thread waiting([&log] {
    std::vector<std::string> decisions;
    EXPECT_FALSE(
        log.Append(1, std::vector<std::string>{"next"}, decisions).ok());
  });
  std::vector<std::string> decisions;
  EXPECT_FALSE(log.Append(0, std::vector<std::string>{"bad"}, decisions).ok());
  waiting.join();
}

}  // namespace
}  // namespace wiredesk
