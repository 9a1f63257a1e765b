#include "tests/simulation/process.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "pipeline/flow/permanent_error.h"
#include "pipeline/flow/supervisor.h"
#include "tests/simulation/fake_edges.h"
#include "tests/simulation/newsroom.h"

namespace wiredesk {
namespace {

class FiberGate : public LaneGate {
 public:
  void Pass(absl::FunctionRef<bool()> ready,
            absl::FunctionRef<void()> then) override {
    while (!ready()) Fiber::Yield();
    then();
  }
};

}  // namespace

SimulatedProcess::SimulatedProcess(const Options& options, Surroundings* around)
    : options_(options),
      around_(around),
      accounting_(&metrics_),
      replica_(options.dedupe),
      log_(around, &life_, &replica_, options.life, options.log_start),
      restore_end_(static_cast<int64_t>(around->cluster.log().size())),
      slots_(options.workers) {
  for (size_t i = 0; i < slots_.size(); ++i) {
    Slot& slot = slots_[i];
    // Without static names nobody ends at once what an earlier life left open.
    const uint64_t name =
        around_->static_members ? options.instance : 1000 + options.life;
    slot.id = name * 10 + i + 1;
    slot.member = slot.id;
    slot.fiber = std::make_unique<Fiber>([this, &slot] { RunSlot(slot); });
  }
}

SimulatedProcess::~SimulatedProcess() { Kill(); }

void SimulatedProcess::Kill() {
  life_.dead = true;
  for (Slot& slot : slots_) {
    while (!slot.fiber->done()) {
      // Lanes wait for each other, and the first one for all of them.
      for (size_t lane = slot.others.size(); lane > 0; --lane) {
        if (!slot.at(lane)->done()) slot.at(lane)->Resume();
      }
      slot.fiber->Resume();
    }
  }
}

bool SimulatedProcess::done() const {
  return std::all_of(slots_.begin(), slots_.end(),
                     [](const Slot& slot) { return slot.fiber->done(); });
}

bool SimulatedProcess::IsMember(uint64_t member) const {
  return std::any_of(slots_.begin(), slots_.end(), [&](const Slot& slot) {
    return !slot.fiber->done() && (slot.member == member || slot.id == member);
  });
}

void SimulatedProcess::StepWorker() {
  if (!restored()) return;
  Slot& slot = slots_[around_->random.Below(slots_.size())];
  const size_t lane =
      slot.others.empty() ? 0 : around_->random.Below(slot.others.size() + 1);
  if (!slot.at(lane)->done()) slot.at(lane)->Resume();
}

std::unique_ptr<Worker> SimulatedProcess::MakeWorker(Slot& slot) {
  if (!around_->static_members) slot.member = slot.id * 1000 + ++next_member_;
  auto source = std::make_unique<FakeSource>(around_, &life_, slot.member);
  Worker::Parts parts;
  parts.sink =
      std::make_unique<FakeSink>(around_, &life_, slot.id, source.get());
  parts.source = std::move(source);
  for (size_t lane = 0; lane < options_.lanes; ++lane) {
    auto& stages = parts.lanes.emplace_back().stages;
    stages.push_back(std::make_unique<TinyParse>());
    stages.push_back(
        std::make_unique<DedupeStage>(options_.dedupe, &replica_, &log_));
    stages.push_back(std::make_unique<TinyRoute>());
  }
  parts.gate = std::make_unique<FiberGate>();
  parts.accounting = &accounting_;
  Worker::Options options;
  options.batch = {.records_max = 4, .bytes_max = 2000};
  options.aborts_max = 3;
  return std::make_unique<Worker>(options, std::move(parts));
}

absl::Status SimulatedProcess::RunLane(Worker& worker, size_t lane) {
  absl::Status status;
  while (status.ok() && !life_.stopping) status = worker.RunOnce(lane);
  return status;
}

// What the supervisor does on a thread, and the worker on those of its lanes.
void SimulatedProcess::RunSlot(Slot& slot) {
  while (!life_.stopping && life_.Step().ok()) {
    const std::unique_ptr<Worker> worker = MakeWorker(slot);
    absl::Status status;
    for (size_t lane = 1; lane < options_.lanes; ++lane) {
      slot.others.push_back(std::make_unique<Fiber>([&, lane] {
        const absl::Status ended = RunLane(*worker, lane);
        if (!absl::IsAborted(ended)) status.Update(ended);
      }));
    }
    const absl::Status ended = RunLane(*worker, 0);
    if (!absl::IsAborted(ended)) status.Update(ended);
    const auto done = [](const auto& lane) { return lane->done(); };
    while (!std::all_of(slot.others.begin(), slot.others.end(), done)) {
      Fiber::Yield();
    }
    slot.others.clear();
    if (!life_.dead && IsPermanent(status)) {
      around_->violations.push_back(
          absl::StrCat("a worker failed for good: ", status.ToString()));
      return;
    }
  }
}

}  // namespace wiredesk
