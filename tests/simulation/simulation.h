// A whole deployment in one thread: processes with workers, a feed, a cluster,
// and a scheduler that lets a seed decide each step and each mishap.
//
// A run has two parts. First trouble: processes are killed, started and
// stopped, partitions change hands, transactions time out, calls fail or are
// not answered. Then calm: no more faults, and everything must be delivered
// within a number of steps. The oracle looks on at each commit and at the end.

#ifndef WIREDESK_TESTS_SIMULATION_SIMULATION_H_
#define WIREDESK_TESTS_SIMULATION_SIMULATION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "tests/simulation/surroundings.h"

namespace wiredesk {

struct SimulationOptions {
  uint64_t seed = 1;
  bool exactly_once = true;
  // Hundreds of records over several windows of the story index, so that a
  // replica restores itself from a part of the log. Else about a dozen.
  bool long_run = false;
  Planted planted = Planted::kNothing;
};

struct SimulationResult {
  std::vector<std::string> violations;
  uint64_t records = 0;
  uint64_t steps = 0;
  uint64_t kills = 0;
  uint64_t rebalances = 0;
  uint64_t aborts = 0;
  uint64_t unknown_outcomes = 0;
  uint64_t failed_appends = 0;
  uint64_t partial_restores = 0;  // that began within the log
  uint64_t fingerprint = 0;       // of all that happened
};

SimulationResult Simulate(const SimulationOptions& options);

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_SIMULATION_SIMULATION_H_
