// What is outside of every process, and survives each crash: the partitions of
// raw records, the consumer group, the transactions and what they published,
// and the entries of the sighting log. A model of what Apache Kafka promises,
// without time and without faults of its own: those are the fakes' business.
//
// The group is harsher than the real one: a rebalance takes partitions away at
// once, in the middle of a batch, as if each member had missed its session.

#ifndef WIREDESK_TESTS_SIMULATION_CLUSTER_H_
#define WIREDESK_TESTS_SIMULATION_CLUSTER_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "tests/simulation/randomness.h"

namespace wiredesk {

// What became of an article, or of a raw record as a whole: a published record,
// a dead letter, or the trace of an article that a rule has dropped. Real sinks
// leave none of the last kind; here it shows that nothing is lost.
struct OutputTrace {
  int32_t partition = 0;
  int64_t offset = 0;
  std::string text;
};

// The offsets that belong to a delivery: partition -> next to read.
using Offsets = std::map<int32_t, int64_t>;

class SimulatedCluster {
 public:
  struct RawEntry {
    std::string value;
    absl::Time timestamp;
  };
  struct LogEntry {
    uint64_t process = 0;  // who has appended it, and the number it waits for
    uint64_t ticket = 0;
    std::string bytes;
    absl::Time time;  // the broker's
  };

  explicit SimulatedCluster(size_t partitions) : partitions_(partitions) {}

  // --- Raw records
  size_t partitions() const { return partitions_.size(); }
  void Produce(int32_t partition, RawEntry entry);
  int64_t end(int32_t partition) const;
  const RawEntry& raw(int32_t partition, int64_t offset) const;

  // --- The group. A member that joins or leaves makes a new generation.
  void Join(uint64_t member);
  void Leave(uint64_t member);
  void Rebalance(Randomness& random);
  int64_t generation() const { return generation_; }
  const std::set<uint64_t>& members() const { return members_; }
  bool rebalance_due() const { return rebalance_due_; }
  std::set<int32_t> Owned(uint64_t member) const;
  int64_t committed(int32_t partition) const;
  // None while a transaction that holds an offset of it is open.
  std::optional<int64_t> StableCommitted(int32_t partition) const;
  // With at_least_once. Aborted: not of this generation.
  absl::Status Commit(int64_t generation, const Offsets& offsets);

  // --- Transactions. An epoch older than the last is shut out (Unavailable).
  int64_t InitTransactions(uint64_t id);
  absl::Status Publish(uint64_t id, int64_t epoch, OutputTrace trace);
  // Aborted: not of this generation.
  absl::Status SendOffsets(uint64_t id, int64_t epoch, int64_t generation,
                           const Offsets& offsets);
  absl::Status CommitTransaction(uint64_t id, int64_t epoch);
  absl::Status AbortTransaction(uint64_t id, int64_t epoch);
  // A commit whose answer was given up may still arrive.
  void CommitLater(uint64_t id, int64_t epoch);
  void LandLateCommit();
  // The transaction timeout: the oldest open one is aborted, its producer shut
  // out. `busy` tells of those that are not to be touched.
  void ExpireTransaction(const std::function<bool(uint64_t)>& busy);
  bool AllTransactionsClosed() const;

  // With at_least_once: visible at once.
  void PublishAtOnce(const OutputTrace& trace) {
    committed_traces_.push_back(trace);
  }

  // What a read_committed reader sees.
  const std::vector<OutputTrace>& committed_traces() const {
    return committed_traces_;
  }
  // Called before offsets are committed, when what goes with them is visible.
  void set_on_commit(std::function<void(const Offsets&)> on_commit) {
    on_commit_ = std::move(on_commit);
  }

  // --- The sighting log
  void Append(LogEntry entry) { log_.push_back(std::move(entry)); }
  const std::vector<LogEntry>& log() const { return log_; }

 private:
  struct Partition {
    std::vector<RawEntry> entries;
    int64_t committed = 0;
    uint64_t owner = 0;
  };
  struct Transaction {
    int64_t epoch = 0;
    bool open = false;
    std::vector<OutputTrace> traces;
    Offsets offsets;
  };
  struct LateCommit {
    uint64_t id;
    int64_t epoch;
  };

  Partition& At(int32_t partition) {
    return partitions_[static_cast<size_t>(partition)];
  }
  const Partition& At(int32_t partition) const {
    return partitions_[static_cast<size_t>(partition)];
  }
  absl::Status Fence(uint64_t id, int64_t epoch) const;
  void Apply(const Offsets& offsets);
  void End(Transaction& transaction, bool commit);

  std::vector<Partition> partitions_;
  std::set<uint64_t> members_;
  int64_t generation_ = 0;
  bool rebalance_due_ = false;
  std::map<uint64_t, Transaction> transactions_;
  std::vector<LateCommit> late_commits_;
  std::vector<OutputTrace> committed_traces_;
  std::function<void(const Offsets&)> on_commit_;
  std::vector<LogEntry> log_;
};

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_SIMULATION_CLUSTER_H_
