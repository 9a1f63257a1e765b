#include "tests/simulation/simulation.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "tests/simulation/newsroom.h"
#include "tests/simulation/oracle.h"
#include "tests/simulation/process.h"

namespace wiredesk {
namespace {

// A run that is not through by then hangs.
constexpr uint64_t kCalmStepsMax = 300'000;

// Records that may wait in a long run. What is met again must be met within the
// window of the index, as it is in life, where the window is days.
constexpr int64_t kBacklogMax = 20;

DedupeOptions DedupeOptionsFor(bool long_run, Randomness& random) {
  DedupeOptions options;
  options.memory_max = long_run ? 1 << 22 : 1 << 18;
  options.seed = 7;
  constexpr Duplicates kAll[] = {Duplicates::kPublish, Duplicates::kDrop,
                                 Duplicates::kMark};
  options.duplicates = kAll[random.Below(3)];
  if (long_run) {
    options.window = absl::Seconds(random.Between(800, 1600));
    options.story_window = absl::Seconds(random.Between(800, 2000));
    options.identity_window = absl::Seconds(random.Between(400, 2200));
  }
  return options;
}

class Simulation {
 public:
  explicit Simulation(const SimulationOptions& options)
      : options_(options),
        around_(options.seed, 1 + options.seed % 4),
        dedupe_(DedupeOptionsFor(options.long_run, around_.random)),
        oracle_(&around_.cluster) {
    around_.exactly_once = options.exactly_once;
    around_.planted = options.planted;
    around_.static_members = !around_.random.OneIn(3);
    around_.cluster.set_on_commit([this](const Offsets& offsets) {
      oracle_.Check(offsets, around_.violations);
    });
    to_produce_ = options.long_run ? around_.random.Between(400, 700)
                                   : around_.random.Between(5, 20);
    processes_.resize(around_.random.Between(1, 3));
  }

  SimulationResult Run() {
    result_.records = to_produce_;
    uint64_t trouble = around_.random.Between(200, 800);
    while ((trouble > 0 || to_produce_ > 0) && around_.violations.empty()) {
      trouble -= trouble > 0 ? 1 : 0;
      Step();
    }
    around_.calm = true;
    const uint64_t limit = result_.steps + kCalmStepsMax;
    while (!Drained() && around_.violations.empty()) {
      Step();
      if (result_.steps > limit) around_.violations.emplace_back("it hangs");
    }
    for (size_t i = 0; i < processes_.size(); ++i) End(i);
    if (around_.violations.empty()) {
      CheckConservation(around_.cluster, options_.exactly_once, dedupe_,
                        around_.violations);
      CheckRestores(around_.cluster, dedupe_, options_.long_run ? 4 : 0,
                    around_.random, around_.violations);
    }
    result_.violations = around_.violations;
    result_.aborts = around_.aborts;
    result_.unknown_outcomes = around_.unknown_outcomes;
    result_.failed_appends = around_.failed_appends;
    result_.fingerprint = around_.fingerprint;
    return result_;
  }

 private:
  void Step() {
    ++result_.steps;
    const size_t choice = around_.random.Below(100);
    around_.Note(choice);
    if (choice < 60) {
      SimulatedProcess* process = AnyProcess();
      if (process != nullptr) process->StepWorker();
    } else if (choice < 78) {
      SimulatedProcess* process = AnyProcess();
      size_t n = around_.random.Between(1, 6);
      if (process != nullptr && !process->restored()) n *= 10;
      while (n-- > 0 && process != nullptr && process->StepReader()) {
      }
    } else if (choice < 92) {
      LandEntries();
    } else if (choice < 96) {
      Produce();
    } else if (around_.calm || !options_.long_run || around_.Strikes(5)) {
      // Not so often that no replica comes to be restored.
      Trouble();
    }
  }

  SimulatedProcess* AnyProcess() {
    return processes_[around_.random.Below(processes_.size())].get();
  }

  void LandEntries() {
    FakeLog::InFlight* on_their_way = &orphans_;
    SimulatedProcess* process = AnyProcess();
    if (orphans_.empty() && process != nullptr) {
      on_their_way = &process->log().in_flight();
    }
    for (size_t n = around_.random.Between(1, 6);
         n > 0 && !on_their_way->empty(); --n) {
      SimulatedCluster::LogEntry entry = std::move(on_their_way->front());
      on_their_way->pop_front();
      entry.time = clock_;
      around_.cluster.Append(std::move(entry));
    }
  }

  int64_t Backlog() const {
    int64_t backlog = 0;
    for (size_t i = 0; i < around_.cluster.partitions(); ++i) {
      const auto partition = static_cast<int32_t>(i);
      backlog +=
          around_.cluster.end(partition) - around_.cluster.committed(partition);
    }
    return backlog;
  }

  void Produce() {
    if (to_produce_ == 0) return;
    if (options_.long_run && (Backlog() > kBacklogMax || !orphans_.empty())) {
      return;
    }
    --to_produce_;
    clock_ += absl::Seconds(around_.random.Between(1, 20));
    SimulatedCluster::RawEntry entry;
    entry.value = newsroom_.Write(around_.random);
    entry.timestamp = clock_;
    const size_t partition = around_.random.Below(around_.cluster.partitions());
    around_.cluster.Produce(static_cast<int32_t>(partition), std::move(entry));
  }

  void Trouble() {
    const size_t i = around_.random.Below(processes_.size());
    if (around_.cluster.rebalance_due() || around_.Strikes(8)) {
      ++result_.rebalances;
      around_.cluster.Rebalance(around_.random);
      return;
    }
    switch (around_.random.Below(8)) {
      case 0:
      case 1:
        if (processes_[i] == nullptr) Start(i);
        return;
      case 2:
        if (processes_[i] != nullptr && !around_.calm) {
          if (!processes_[i]->done()) ++result_.kills;
          End(i);
        }
        return;
      case 3:
        if (processes_[i] != nullptr && around_.Strikes(2)) {
          processes_[i]->Stop();
        }
        return;
      case 4:
        if (processes_[i] != nullptr && processes_[i]->done()) End(i);
        return;
      case 5:
        RemoveDeadMembers();
        return;
      case 6:
        around_.cluster.LandLateCommit();
        return;
      default:
        around_.cluster.ExpireTransaction(
            [this](uint64_t id) { return around_.calm && IsAlive(id); });
    }
  }

  bool IsAlive(uint64_t member) const {
    return std::any_of(processes_.begin(), processes_.end(),
                       [&](const auto& process) {
                         return process != nullptr && process->IsMember(member);
                       });
  }

  // Their sessions have timed out.
  void RemoveDeadMembers() {
    const std::set<uint64_t> members = around_.cluster.members();
    for (const uint64_t member : members) {
      if (!IsAlive(member)) around_.cluster.Leave(member);
    }
  }

  void Start(size_t i) {
    SimulatedProcess::Options options;
    options.dedupe = dedupe_;
    options.workers = around_.random.Between(1, 2);
    options.lanes = around_.random.OneIn(2) ? 1 : around_.random.Between(2, 3);
    options.instance = i + 1;
    options.life = ++lives_;
    options.log_start = RestoreFrom();
    if (options.log_start > 0) ++result_.partial_restores;
    processes_[i] = std::make_unique<SimulatedProcess>(options, &around_);
  }

  // Somewhere between the beginning of the log and the last entry that the
  // contract allows: so much time before the last one.
  int64_t RestoreFrom() {
    const auto& log = around_.cluster.log();
    if (log.empty() || around_.random.OneIn(3)) return 0;
    const absl::Duration longer = std::max(
        {dedupe_.window, dedupe_.story_window, dedupe_.identity_window});
    const absl::Time from = log.back().time - 2 * 1.25 * longer;
    const auto first =
        std::find_if(log.begin(), log.end(),
                     [&](const auto& entry) { return entry.time >= from; });
    const auto latest = static_cast<size_t>(first - log.begin());
    return static_cast<int64_t>(
        around_.random.OneIn(2) ? latest : around_.random.Below(latest + 1));
  }

  // Kills it, or cleans up after it has left.
  void End(size_t i) {
    if (processes_[i] == nullptr) return;
    processes_[i]->Kill();
    if (!processes_[i]->totals().Balanced()) {
      around_.violations.emplace_back("the books do not balance");
    }
    if (processes_[i]->incomplete_restores() > 0) {
      around_.violations.emplace_back("restored from too little of the log");
    }
    // What was on its way to the log arrives or not, the first before the last.
    FakeLog::InFlight& on_their_way = processes_[i]->log().in_flight();
    const size_t arrive = around_.random.Below(on_their_way.size() + 1);
    for (size_t n = 0; n < arrive; ++n) {
      orphans_.push_back(std::move(on_their_way[n]));
    }
    processes_[i].reset();
  }

  bool Drained() const {
    return to_produce_ == 0 && Backlog() == 0 && orphans_.empty() &&
           around_.cluster.AllTransactionsClosed();
  }

  const SimulationOptions options_;
  Surroundings around_;
  const DedupeOptions dedupe_;
  CommitOracle oracle_;
  Newsroom newsroom_;
  absl::Time clock_ = absl::FromUnixSeconds(1'700'000'000);
  size_t to_produce_ = 0;
  uint64_t lives_ = 0;
  FakeLog::InFlight orphans_;
  std::vector<std::unique_ptr<SimulatedProcess>> processes_;
  SimulationResult result_;
};

}  // namespace

SimulationResult Simulate(const SimulationOptions& options) {
  return Simulation(options).Run();
}

}  // namespace wiredesk
