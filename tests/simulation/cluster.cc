#include "tests/simulation/cluster.h"

#include <algorithm>
#include <utility>

namespace wiredesk {

void SimulatedCluster::Produce(int32_t partition, RawEntry entry) {
  At(partition).entries.push_back(std::move(entry));
}

int64_t SimulatedCluster::end(int32_t partition) const {
  return static_cast<int64_t>(At(partition).entries.size());
}

const SimulatedCluster::RawEntry& SimulatedCluster::raw(int32_t partition,
                                                        int64_t offset) const {
  return At(partition).entries[static_cast<size_t>(offset)];
}

void SimulatedCluster::Join(uint64_t member) {
  if (members_.insert(member).second) rebalance_due_ = true;
}

void SimulatedCluster::Leave(uint64_t member) {
  if (members_.erase(member) != 0) rebalance_due_ = true;
}

void SimulatedCluster::Rebalance(Randomness& random) {
  ++generation_;
  rebalance_due_ = false;
  const std::vector<uint64_t> members(members_.begin(), members_.end());
  const size_t first = members.empty() ? 0 : random.Below(members.size());
  for (size_t i = 0; i < partitions_.size(); ++i) {
    partitions_[i].owner =
        members.empty() ? 0 : members[(first + i) % members.size()];
  }
}

std::set<int32_t> SimulatedCluster::Owned(uint64_t member) const {
  std::set<int32_t> owned;
  for (size_t i = 0; i < partitions_.size(); ++i) {
    if (partitions_[i].owner == member) owned.insert(static_cast<int32_t>(i));
  }
  return owned;
}

int64_t SimulatedCluster::committed(int32_t partition) const {
  return At(partition).committed;
}

std::optional<int64_t> SimulatedCluster::StableCommitted(
    int32_t partition) const {
  for (const auto& [id, transaction] : transactions_) {
    if (transaction.open && transaction.offsets.count(partition) != 0) {
      return std::nullopt;
    }
  }
  return At(partition).committed;
}

absl::Status SimulatedCluster::Commit(int64_t generation,
                                      const Offsets& offsets) {
  if (generation != generation_) return absl::AbortedError("old generation");
  Apply(offsets);
  return absl::OkStatus();
}

void SimulatedCluster::Apply(const Offsets& offsets) {
  if (on_commit_) on_commit_(offsets);
  for (const auto& [partition, offset] : offsets) {
    At(partition).committed = offset;
  }
}

int64_t SimulatedCluster::InitTransactions(uint64_t id) {
  Transaction& transaction = transactions_[id];
  End(transaction, /*commit=*/false);
  return ++transaction.epoch;
}

absl::Status SimulatedCluster::Fence(uint64_t id, int64_t epoch) const {
  const auto found = transactions_.find(id);
  if (found != transactions_.end() && found->second.epoch == epoch) {
    return absl::OkStatus();
  }
  return absl::UnavailableError("the producer is fenced");
}

absl::Status SimulatedCluster::Publish(uint64_t id, int64_t epoch,
                                       OutputTrace trace) {
  const absl::Status fence = Fence(id, epoch);
  if (!fence.ok()) return fence;
  Transaction& transaction = transactions_[id];
  transaction.open = true;
  transaction.traces.push_back(std::move(trace));
  return absl::OkStatus();
}

absl::Status SimulatedCluster::SendOffsets(uint64_t id, int64_t epoch,
                                           int64_t generation,
                                           const Offsets& offsets) {
  const absl::Status fence = Fence(id, epoch);
  if (!fence.ok()) return fence;
  if (generation != generation_) return absl::AbortedError("old generation");
  Transaction& transaction = transactions_[id];
  transaction.open = true;
  transaction.offsets = offsets;
  return absl::OkStatus();
}

absl::Status SimulatedCluster::CommitTransaction(uint64_t id, int64_t epoch) {
  const absl::Status fence = Fence(id, epoch);
  if (fence.ok()) End(transactions_[id], /*commit=*/true);
  return fence;
}

absl::Status SimulatedCluster::AbortTransaction(uint64_t id, int64_t epoch) {
  const absl::Status fence = Fence(id, epoch);
  if (fence.ok()) End(transactions_[id], /*commit=*/false);
  return fence;
}

void SimulatedCluster::End(Transaction& transaction, bool commit) {
  if (!transaction.open) return;
  transaction.open = false;
  if (commit) {
    committed_traces_.insert(committed_traces_.end(),
                             transaction.traces.begin(),
                             transaction.traces.end());
    Apply(transaction.offsets);
  }
  transaction.traces.clear();
  transaction.offsets.clear();
}

void SimulatedCluster::CommitLater(uint64_t id, int64_t epoch) {
  late_commits_.push_back({id, epoch});
}

void SimulatedCluster::LandLateCommit() {
  if (late_commits_.empty()) return;
  const LateCommit commit = late_commits_.front();
  late_commits_.erase(late_commits_.begin());
  // Fenced by a newer epoch: too late, and without effect.
  CommitTransaction(commit.id, commit.epoch).IgnoreError();
}

void SimulatedCluster::ExpireTransaction(
    const std::function<bool(uint64_t)>& busy) {
  for (auto& [id, transaction] : transactions_) {
    if (!transaction.open || busy(id)) continue;
    End(transaction, /*commit=*/false);
    ++transaction.epoch;
    return;
  }
}

bool SimulatedCluster::AllTransactionsClosed() const {
  return std::none_of(transactions_.begin(), transactions_.end(),
                      [](const auto& entry) { return entry.second.open; });
}

}  // namespace wiredesk
