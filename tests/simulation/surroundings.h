// What all fakes of one simulation share.

#ifndef WIREDESK_TESTS_SIMULATION_SURROUNDINGS_H_
#define WIREDESK_TESTS_SIMULATION_SURROUNDINGS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "pipeline/record/event_record.h"
#include "tests/simulation/cluster.h"
#include "tests/simulation/fiber.h"
#include "tests/simulation/randomness.h"

namespace wiredesk {

// Faults that are planted to see whether the oracle finds them.
enum class Planted {
  kNothing,
  kNoRewind,       // a source that goes on after an aborted batch
  kCommitsFirst,   // a sink that commits before it publishes
  kForgetsOrigin,  // sightings that cannot be known again
  kSkipsEntry,     // a replica that now and then misses an entry
  kLeavesOut,      // a sink that now and then forgets a record
  kForgetsOwner,   // a sink that takes old batches for the source's new ones
};

struct Surroundings {
  Surroundings(uint64_t seed, size_t partitions)
      : random(seed), cluster(partitions) {}

  Randomness random;
  SimulatedCluster cluster;
  bool exactly_once = true;
  Planted planted = Planted::kNothing;
  bool static_members = true;
  bool calm = false;  // no more faults: let it drain
  std::vector<std::string> violations;
  // Counts, to see that a run is worth its name.
  uint64_t aborts = 0;
  uint64_t unknown_outcomes = 0;
  uint64_t failed_appends = 0;
  // Of all that happens, in order.
  uint64_t fingerprint = 0;

  // Whether a fault happens now, once in `n` times.
  bool Strikes(size_t n) { return !calm && random.OneIn(n); }

  void Note(uint64_t what) {
    fingerprint = fingerprint * 1099511628211u ^ what;
  }
};

// Of a process, shared by all that is in it.
struct Life {
  bool dead = false;      // killed: nothing that it does has an effect
  bool stopping = false;  // asked to finish its batches

  // A point where others may run, or the process be killed.
  absl::Status Step() const {
    if (!dead) Fiber::Yield();
    return dead ? absl::UnavailableError("killed") : absl::OkStatus();
  }
};

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_SIMULATION_SURROUNDINGS_H_
