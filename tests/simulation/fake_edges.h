// A source and a sink that keep the contracts of pipeline/flow/io.h towards the
// simulated cluster, and fail wherever the seed says so.

#ifndef WIREDESK_TESTS_SIMULATION_FAKE_EDGES_H_
#define WIREDESK_TESTS_SIMULATION_FAKE_EDGES_H_

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "pipeline/flow/io.h"
#include "tests/simulation/cluster.h"
#include "tests/simulation/surroundings.h"

namespace wiredesk {

class FakeSource : public Source {
 public:
  // Joins the group as `member`. Arguments outlive it.
  FakeSource(Surroundings* around, const Life* life, uint64_t member);
  ~FakeSource() override;

  absl::Status Poll(absl::Duration timeout, Batch& batch) override;
  absl::Status Rewind() override;
  void set_drain(const std::function<void()>& drain) override {
    drain_ = drain;
  }

  // Under which the partitions were assigned.
  int64_t generation() const { return generation_; }

 private:
  bool TakeAssignment();
  bool AppendOne(Batch& batch);

  Surroundings* const around_;
  const Life* const life_;
  const uint64_t member_;
  std::function<void()> drain_;
  int64_t generation_ = -1;
  Offsets positions_;
};

class FakeSink : public Sink {
 public:
  // Ends what an earlier life of the transactional `id` has left open.
  FakeSink(Surroundings* around, const Life* life, uint64_t id,
           const FakeSource* source);

  absl::Status Deliver(Batch& batch) override;

 private:
  int64_t GenerationOf(const Batch& batch) const;
  absl::Status DeliverOnce(const Batch& batch);
  absl::Status DeliverAtLeastOnce(const Batch& batch);
  absl::Status PublishAll(const Batch& batch);
  absl::Status Commit();

  Surroundings* const around_;
  const Life* const life_;
  const uint64_t id_;
  const FakeSource* const source_;
  int64_t epoch_ = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_SIMULATION_FAKE_EDGES_H_
