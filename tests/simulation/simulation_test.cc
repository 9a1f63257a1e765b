// Goal: whatever fails and whenever, each raw record is published or
// dead-lettered exactly once (at least once, if so chosen), no commit passes a
// record that is not published, and dedupe decides as a single process that
// nothing disturbs would, in the order of the sighting log.
//
// Method: the real worker, dedupe stage and story index between fakes for
// source, sink, sighting log and clock (pipeline/flow/io.h, sighting_log.h),
// run on fibers; a seed decides every step and every fault. The last tests
// plant faults and look whether the oracle finds them.
//
// WIREDESK_SIMULATION_RUNS=100000 runs longer, and WIREDESK_SIMULATION_SEED=n
// begins with seed n (with RUNS=1: that run alone). A failure prints its seed.

#include "tests/simulation/simulation.h"

#include <cstdlib>
#include <iostream>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "pipeline/observe/log.h"

namespace wiredesk {
namespace {

uint64_t FromEnvironment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  uint64_t number = 0;
  if (text == nullptr || !absl::SimpleAtoi(text, &number)) return otherwise;
  return number;
}

class SimulationTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    ConfigureLog(LogLevel::kOff, LogFormat::kText);
  }

  // Runs seeds one after another; a failure ends it and prints the seed.
  static SimulationResult RunSeeds(SimulationOptions options, uint64_t runs) {
    runs = FromEnvironment("WIREDESK_SIMULATION_RUNS", runs);
    const uint64_t first = FromEnvironment("WIREDESK_SIMULATION_SEED", 1);
    SimulationResult total;
    uint64_t done = 0;
    const absl::Time start = absl::Now();
    for (options.seed = first; options.seed < first + runs; ++options.seed) {
      const SimulationResult result = Simulate(options);
      ++done;
      total.records += result.records;
      total.steps += result.steps;
      total.kills += result.kills;
      total.rebalances += result.rebalances;
      total.aborts += result.aborts;
      total.unknown_outcomes += result.unknown_outcomes;
      total.failed_appends += result.failed_appends;
      total.partial_restores += result.partial_restores;
      if (result.violations.empty()) continue;
      ADD_FAILURE() << "seed " << options.seed << ":\n"
                    << absl::StrJoin(result.violations, "\n");
      break;
    }
    const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
    std::cout << done << " runs, " << static_cast<double>(done) / seconds
              << " a second: " << total.records << " records, " << total.steps
              << " steps, " << total.kills << " kills, " << total.rebalances
              << " rebalances, " << total.aborts << " aborted batches, "
              << total.unknown_outcomes << " unknown outcomes, "
              << total.failed_appends << " failed appends, "
              << total.partial_restores << " restores from a part of the log\n";
    return total;
  }

  // How many of 200 seeds show that something is wrong.
  static int Found(Planted planted, bool exactly_once = true) {
    SimulationOptions options;
    options.planted = planted;
    options.exactly_once = exactly_once;
    int found = 0;
    for (options.seed = 1; options.seed <= 200; ++options.seed) {
      if (!Simulate(options).violations.empty()) ++found;
    }
    return found;
  }
};

TEST_F(SimulationTest, ExactlyOnceWhateverFails) {
  const SimulationResult total = RunSeeds({}, 4000);
  // Else it proves nothing.
  EXPECT_GT(total.kills, 0u);
  EXPECT_GT(total.rebalances, 0u);
  EXPECT_GT(total.aborts, 0u);
  EXPECT_GT(total.unknown_outcomes, 0u);
  EXPECT_GT(total.failed_appends, 0u);
}

TEST_F(SimulationTest, AtLeastOnceWhateverFails) {
  SimulationOptions options;
  options.exactly_once = false;
  RunSeeds(options, 2000);
}

TEST_F(SimulationTest, ReplicasRestoreThemselvesFromAPartOfTheLog) {
  SimulationOptions options;
  options.long_run = true;
  const SimulationResult total = RunSeeds(options, 40);
  EXPECT_GT(total.partial_restores, 0u);
}

TEST_F(SimulationTest, OneSeedIsOneRun) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    SimulationOptions options;
    options.seed = seed;
    const SimulationResult once = Simulate(options);
    const SimulationResult again = Simulate(options);
    EXPECT_EQ(once.fingerprint, again.fingerprint) << "seed " << seed;
    EXPECT_EQ(once.steps, again.steps) << "seed " << seed;
  }
}

// --- The oracle itself ------------------------------------------------------

TEST_F(SimulationTest, ASourceThatDoesNotRewindIsFound) {
  EXPECT_GT(Found(Planted::kNoRewind), 5);
  EXPECT_GT(Found(Planted::kNoRewind, /*exactly_once=*/false), 5);
}

TEST_F(SimulationTest, ABatchOfAnOlderAssignmentThatIsDeliveredIsFound) {
  EXPECT_GT(Found(Planted::kForgetsOwner), 5);
}

TEST_F(SimulationTest, ACommitBeforeThePublicationIsFound) {
  EXPECT_GT(Found(Planted::kCommitsFirst), 100);
  EXPECT_GT(Found(Planted::kCommitsFirst, /*exactly_once=*/false), 100);
}

TEST_F(SimulationTest, ARecordThatIsItsOwnDuplicateIsFound) {
  EXPECT_GT(Found(Planted::kForgetsOrigin), 20);
}

TEST_F(SimulationTest, AReplicaThatMissesAnEntryIsFound) {
  EXPECT_GT(Found(Planted::kSkipsEntry), 10);
}

TEST_F(SimulationTest, ARecordThatIsLeftOutIsFound) {
  EXPECT_GT(Found(Planted::kLeavesOut), 20);
  EXPECT_GT(Found(Planted::kLeavesOut, /*exactly_once=*/false), 20);
}

}  // namespace
}  // namespace wiredesk
