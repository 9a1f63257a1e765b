// One simulated process: a replica of the story index, its sighting log, and
// workers on fibers, each recreated when it fails, as the supervisor does it.

#ifndef WIREDESK_TESTS_SIMULATION_PROCESS_H_
#define WIREDESK_TESTS_SIMULATION_PROCESS_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "pipeline/flow/accounting.h"
#include "pipeline/flow/worker.h"
#include "pipeline/observe/metrics.h"
#include "stages/dedupe/dedupe_stage.h"
#include "tests/simulation/fake_log.h"
#include "tests/simulation/fiber.h"
#include "tests/simulation/surroundings.h"

namespace wiredesk {

class SimulatedProcess {
 public:
  struct Options {
    DedupeOptions dedupe;
    size_t workers = 1;
    size_t lanes = 1;       // of each worker
    uint64_t instance = 0;  // names it for the group; the same after a restart
    uint64_t life = 0;      // another one after each start
    int64_t log_start = 0;  // from where it restores its replica
  };

  // Both outlive it.
  SimulatedProcess(const Options& options, Surroundings* around);
  ~SimulatedProcess();

  // A step of a worker, of the reader, or of what is on its way to the log.
  // Workers begin when the replica is restored.
  void StepWorker();
  bool restored() const { return log_.next() >= restore_end_; }
  bool StepReader() { return log_.ReadOne(); }

  // Workers finish their batches and leave.
  void Stop() { life_.stopping = true; }
  // At once, without a trace.
  void Kill();

  bool done() const;
  bool IsMember(uint64_t member) const;
  FakeLog& log() { return log_; }
  Totals totals() const { return accounting_.totals(); }
  uint64_t incomplete_restores() const {
    return replica_.incomplete_restores();
  }

 private:
  struct Slot {
    uint64_t id = 0;  // transactional, and member of the group if static
    uint64_t member = 0;
    // The first lane, which makes the worker, and the others.
    std::unique_ptr<Fiber> fiber;
    std::vector<std::unique_ptr<Fiber>> others;

    Fiber* at(size_t lane) const {
      return lane == 0 ? fiber.get() : others[lane - 1].get();
    }
  };

  void RunSlot(Slot& slot);
  absl::Status RunLane(Worker& worker, size_t lane);
  std::unique_ptr<Worker> MakeWorker(Slot& slot);

  const Options options_;
  Surroundings* const around_;
  Life life_;
  Metrics metrics_;
  Accounting accounting_;
  StoryReplica replica_;
  FakeLog log_;
  const int64_t restore_end_;
  uint64_t next_member_ = 0;
  std::vector<Slot> slots_;
};

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_SIMULATION_PROCESS_H_
