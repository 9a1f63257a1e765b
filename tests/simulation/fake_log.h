// The sighting log of one simulated process: entries are on their way for a
// while, may arrive after their appender has given up or died, in part, or not
// at all, and come back through the reader when the scheduler lets it read.

#ifndef WIREDESK_TESTS_SIMULATION_FAKE_LOG_H_
#define WIREDESK_TESTS_SIMULATION_FAKE_LOG_H_

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "pipeline/flow/sighting_log.h"
#include "tests/simulation/cluster.h"
#include "tests/simulation/surroundings.h"

namespace wiredesk {

class FakeLog : public SightingLog {
 public:
  // Entries on their way, in the order of the producer that sent them.
  using InFlight = std::deque<SimulatedCluster::LogEntry>;

  // Reads from `start` on. `process` is the number of this life of a process.
  // Arguments outlive it.
  FakeLog(Surroundings* around, const Life* life, SightingReplica* replica,
          uint64_t process, int64_t start);

  absl::Status Append(int64_t sequence, absl::Span<const std::string> sightings,
                      std::vector<std::string>& decisions) override;

  // The reader applies the next entry; false if there is none.
  bool ReadOne();
  int64_t next() const { return next_; }
  InFlight& in_flight() { return in_flight_; }

 private:
  Surroundings* const around_;
  const Life* const life_;
  SightingReplica* const replica_;
  const uint64_t process_;
  int64_t next_;
  uint64_t next_ticket_ = 0;
  InFlight in_flight_;
  std::map<uint64_t, std::string> answers_;  // by ticket
};

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_SIMULATION_FAKE_LOG_H_
