#include "tests/simulation/fake_edges.h"

#include <utility>

#include "config/base/status_macros.h"
#include "tests/simulation/traces.h"

namespace wiredesk {

FakeSource::FakeSource(Surroundings* around, const Life* life, uint64_t member)
    : around_(around), life_(life), member_(member) {
  around_->cluster.Join(member_);
}

FakeSource::~FakeSource() {
  // Who is killed does not say so, and a static member may come back.
  if (life_->dead || around_->static_members) return;
  around_->cluster.Leave(member_);
}

// False if the group does not say yet where to begin.
bool FakeSource::TakeAssignment() {
  // Some partitions are lost before anybody is asked.
  if (drain_ && !around_->random.OneIn(3)) drain_();
  generation_ = -1;
  positions_.clear();
  around_->cluster.Join(member_);
  if (around_->cluster.rebalance_due()) return false;
  for (const int32_t partition : around_->cluster.Owned(member_)) {
    const std::optional<int64_t> start =
        around_->cluster.StableCommitted(partition);
    if (!start.has_value()) return false;
    positions_[partition] = *start;
  }
  generation_ = around_->cluster.generation();
  return true;
}

bool FakeSource::AppendOne(Batch& batch) {
  std::vector<int32_t> ready;
  for (const auto& [partition, offset] : positions_) {
    if (offset < around_->cluster.end(partition)) ready.push_back(partition);
  }
  if (ready.empty()) return false;
  const int32_t partition = ready[around_->random.Below(ready.size())];
  const int64_t offset = positions_[partition]++;
  const SimulatedCluster::RawEntry& raw =
      around_->cluster.raw(partition, offset);
  batch.Append({"raw", partition, offset}, "", raw.value, {}, raw.timestamp);
  batch.Advance("raw", partition, offset + 1);
  return true;
}

absl::Status FakeSource::Poll(absl::Duration /*timeout*/, Batch& batch) {
  WD_RETURN_IF_ERROR(life_->Step());
  if (around_->Strikes(60)) return absl::UnavailableError("no broker answers");
  const SimulatedCluster& cluster = around_->cluster;
  if (generation_ != cluster.generation() && !TakeAssignment()) {
    return absl::OkStatus();
  }
  size_t wanted = around_->random.Between(1, 6);
  batch.set_assignment(generation_);
  while (wanted-- > 0 && !batch.full() && AppendOne(batch)) {
    if (!around_->Strikes(20)) continue;
    // Partitions may be taken away while the batch fills.
    WD_RETURN_IF_ERROR(life_->Step());
    if (generation_ == cluster.generation()) continue;
    batch.Reset();
    TakeAssignment();
    return absl::OkStatus();
  }
  return absl::OkStatus();
}

absl::Status FakeSource::Rewind() {
  WD_RETURN_IF_ERROR(life_->Step());
  if (around_->planted == Planted::kNoRewind) return absl::OkStatus();
  if (around_->Strikes(10)) return absl::UnavailableError("cannot rewind");
  // What is lost is given up inside the next Poll.
  if (generation_ != around_->cluster.generation()) return absl::OkStatus();
  for (auto& [partition, offset] : positions_) {
    const std::optional<int64_t> committed =
        around_->cluster.StableCommitted(partition);
    if (!committed.has_value()) return absl::UnavailableError("not stable");
    offset = *committed;
  }
  return absl::OkStatus();
}

FakeSink::FakeSink(Surroundings* around, const Life* life, uint64_t id,
                   const FakeSource* source)
    : around_(around), life_(life), id_(id), source_(source) {
  if (around_->exactly_once) epoch_ = around_->cluster.InitTransactions(id_);
}

absl::Status FakeSink::Deliver(Batch& batch) {
  const absl::Status status =
      around_->exactly_once ? DeliverOnce(batch) : DeliverAtLeastOnce(batch);
  around_->Note(static_cast<uint64_t>(status.code()) + 100);
  return status;
}

// Under which the offsets of the batch are sent.
int64_t FakeSink::GenerationOf(const Batch& batch) const {
  return around_->planted == Planted::kForgetsOwner ? source_->generation()
                                                    : batch.assignment();
}

namespace {

Offsets OffsetsOf(const Batch& batch) {
  Offsets offsets;
  for (const Position& position : batch.positions()) {
    offsets[position.partition] = position.offset;
  }
  return offsets;
}

}  // namespace

absl::Status FakeSink::PublishAll(const Batch& batch) {
  for (OutputTrace& trace : TracesOf(batch)) {
    WD_RETURN_IF_ERROR(life_->Step());
    if (around_->Strikes(25)) return absl::AbortedError("refused");
    if (around_->Strikes(80)) return absl::UnavailableError("no answer");
    if (around_->planted == Planted::kLeavesOut && around_->Strikes(30)) {
      continue;
    }
    if (around_->exactly_once) {
      WD_RETURN_IF_ERROR(
          around_->cluster.Publish(id_, epoch_, std::move(trace)));
    } else {
      around_->cluster.PublishAtOnce(trace);
    }
  }
  return absl::OkStatus();
}

absl::Status FakeSink::DeliverOnce(const Batch& batch) {
  const bool offsets_first = around_->planted == Planted::kCommitsFirst;
  const auto send_offsets = [&]() -> absl::Status {
    WD_RETURN_IF_ERROR(life_->Step());
    return around_->cluster.SendOffsets(id_, epoch_, GenerationOf(batch),
                                        OffsetsOf(batch));
  };
  absl::Status status;
  if (offsets_first) status = send_offsets();
  if (status.ok() && offsets_first) status = Commit();
  if (status.ok()) status = PublishAll(batch);
  if (status.ok() && !offsets_first) status = send_offsets();
  if (status.ok()) status = Commit();
  if (!absl::IsAborted(status)) return status;
  ++around_->aborts;
  WD_RETURN_IF_ERROR(life_->Step());
  WD_RETURN_IF_ERROR(around_->cluster.AbortTransaction(id_, epoch_));
  return status;
}

absl::Status FakeSink::Commit() {
  WD_RETURN_IF_ERROR(life_->Step());
  if (around_->Strikes(12)) {
    const size_t outcome = around_->random.Below(4);
    if (outcome == 0) return absl::AbortedError("the commit is refused");
    ++around_->unknown_outcomes;
    if (outcome == 1) {
      around_->cluster.CommitTransaction(id_, epoch_).IgnoreError();
    } else if (outcome == 2) {
      around_->cluster.CommitLater(id_, epoch_);
    }
    return absl::UnavailableError("the commit is not answered");
  }
  WD_RETURN_IF_ERROR(around_->cluster.CommitTransaction(id_, epoch_));
  return life_->Step();
}

absl::Status FakeSink::DeliverAtLeastOnce(const Batch& batch) {
  const bool commits_first = around_->planted == Planted::kCommitsFirst;
  if (!commits_first) WD_RETURN_IF_ERROR(PublishAll(batch));
  WD_RETURN_IF_ERROR(life_->Step());
  if (around_->Strikes(15)) {
    ++around_->unknown_outcomes;
    if (around_->random.OneIn(2)) {
      around_->cluster.Commit(GenerationOf(batch), OffsetsOf(batch))
          .IgnoreError();
    }
    return absl::UnavailableError("the commit is not answered");
  }
  const absl::Status status =
      around_->cluster.Commit(GenerationOf(batch), OffsetsOf(batch));
  if (absl::IsAborted(status)) ++around_->aborts;
  WD_RETURN_IF_ERROR(status);
  if (commits_first) WD_RETURN_IF_ERROR(PublishAll(batch));
  return life_->Step();
}

}  // namespace wiredesk
