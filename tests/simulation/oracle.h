// What must hold, whatever happened.

#ifndef WIREDESK_TESTS_SIMULATION_ORACLE_H_
#define WIREDESK_TESTS_SIMULATION_ORACLE_H_

#include <string>
#include <vector>

#include "stages/dedupe/dedupe_stage.h"
#include "tests/simulation/cluster.h"
#include "tests/simulation/randomness.h"

namespace wiredesk {

// Called at each commit: no raw record below the committed offsets is without
// its traces (their number is checked at the end).
class CommitOracle {
 public:
  // Outlives it.
  explicit CommitOracle(const SimulatedCluster* cluster) : cluster_(cluster) {}

  void Check(const Offsets& offsets, std::vector<std::string>& violations);

 private:
  const SimulatedCluster* const cluster_;
  size_t seen_ = 0;  // of the committed traces
  std::map<std::pair<int32_t, int64_t>, size_t> counts_;
};

// At the end, when all is committed: every raw record left the traces that a
// replica which reads the sighting log alone and undisturbed asks for, once
// each; with at_least_once, at least once. The replica is given the first
// sighting of each article, in the order of the log.
void CheckConservation(const SimulatedCluster& cluster, bool exactly_once,
                       const DedupeOptions& dedupe,
                       std::vector<std::string>& violations);

// A replica that begins at any entry of the log, and joins when it has read
// enough, decides as the one that began with the first, and so did all that was
// written back. Tries `starts` entries.
void CheckRestores(const SimulatedCluster& cluster, const DedupeOptions& dedupe,
                   size_t starts, Randomness& random,
                   std::vector<std::string>& violations);

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_SIMULATION_ORACLE_H_
