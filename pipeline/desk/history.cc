#include "pipeline/desk/history.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"

namespace wiredesk {
namespace {

// How long it takes to notice that it is to stop.
constexpr absl::Duration kListenWait = absl::Milliseconds(200);

}  // namespace

DeskHistory::DeskHistory(Tap* tap, const Options& options)
    : options_(options), tap_(tap) {
  if (tap_ != nullptr) thread_ = std::thread([this] { Listen(); });
}

DeskHistory::~DeskHistory() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

void DeskHistory::Listen() {
  TapQuery query;
  query.rate = options_.rate;
  query.all_dead_letters = true;
  std::vector<std::string> lines;
  while (!stopping_) {
    const absl::StatusOr<std::shared_ptr<TapRing>> ring = tap_->Listen(query);
    if (!ring.ok()) {  // others have all places
      absl::SleepFor(kListenWait);
      continue;
    }
    int64_t left_out = 0;
    while (!stopping_) {
      lines.clear();
      const bool open = (*ring)->Take(kListenWait, lines, left_out);
      for (std::string& line : lines) Add(std::move(line));
      if (left_out > 0) CountLeftOut(left_out);
      if (!open) return;
    }
  }
}

bool DeskHistory::Add(std::string line) {
  std::optional<KeptRecord> record = ReadKeptRecord(std::move(line));
  if (!record) return false;
  absl::MutexLock lock(&mutex_);
  record->sequence = ++counts_.latest;
  bytes_ += record->line.size();
  records_.push_back(std::make_shared<const KeptRecord>(*std::move(record)));
  while (records_.size() > options_.records_max ||
         (bytes_ > options_.bytes_max && records_.size() > 1)) {
    bytes_ -= records_.front()->line.size();
    records_.pop_front();
  }
  counts_.kept = static_cast<int64_t>(records_.size());
  return true;
}

void DeskHistory::CountLeftOut(int64_t n) {
  absl::MutexLock lock(&mutex_);
  counts_.left_out += n;
}

KeptRecords DeskHistory::Newest() const {
  absl::MutexLock lock(&mutex_);
  return {records_.rbegin(), records_.rend()};
}

int64_t DeskHistory::Await(int64_t sequence, absl::Duration timeout,
                           size_t most,
                           std::vector<std::string>& summaries) const {
  absl::MutexLock lock(&mutex_);
  const auto has_more = [this, sequence] {
    mutex_.AssertReaderHeld();
    return counts_.latest > sequence;
  };
  mutex_.AwaitWithTimeout(absl::Condition(&has_more), timeout);
  // The sequence of records that stand one behind the other is their place.
  const int64_t oldest = counts_.latest - counts_.kept + 1;
  for (int64_t next = std::max(sequence + 1, oldest);
       next <= counts_.latest && summaries.size() < most; ++next) {
    AppendSummary(*records_[static_cast<size_t>(next - oldest)],
                  summaries.emplace_back());
    sequence = next;
  }
  return sequence;
}

DeskHistory::Counts DeskHistory::counts() const {
  absl::MutexLock lock(&mutex_);
  return counts_;
}

}  // namespace wiredesk
