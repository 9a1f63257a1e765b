#include "pipeline/desk/history.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "pipeline/desk/packed_text.h"
#include "pipeline/file/recording_line.h"
#include "pipeline/record/json_text.h"

namespace wiredesk {
namespace {

// How long it takes to notice that it is to stop.
constexpr absl::Duration kListenWait = absl::Milliseconds(200);
// Of the value of a raw record that is kept.
constexpr size_t kRawBytesMax = 1 << 20;
// How the line of a raw record begins; that of an event record has a stage.
constexpr absl::string_view kRawBegin = "{\"topic\":";

void AppendRaw(const RawRecord& raw, std::string& line) {
  if (raw.value.size() <= kRawBytesMax) {
    AppendRecordedLine(raw, line);
    return;
  }
  absl::StrAppend(&line, kRawBegin);
  AppendJsonBytes(raw.origin.topic, line);
  absl::StrAppend(&line, ",\"partition\":", raw.origin.partition,
                  ",\"offset\":", raw.origin.offset,
                  ",\"bytes\":", raw.value.size(), "}");
}

size_t BytesOf(const KeptRecord& record) {
  // A raw record counts with each of its articles, be it kept once: so it is
  // never more than was counted.
  const size_t raw = record.raw == nullptr ? 0 : record.raw->size();
  return record.line.size() + raw;
}

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
  query.append_raw = AppendRaw;
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
      for (std::string& line : lines) {
        if (absl::StartsWith(line, kRawBegin)) {
          AddRaw(line);
        } else {
          Add(std::move(line));
        }
      }
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
  record->raw = raw_;
  bytes_ += BytesOf(*record);
  records_.push_back(std::make_shared<const KeptRecord>(*std::move(record)));
  while (records_.size() > options_.records_max ||
         (bytes_ > options_.bytes_max && records_.size() > 1)) {
    bytes_ -= BytesOf(*records_.front());
    records_.pop_front();
  }
  counts_.kept = static_cast<int64_t>(records_.size());
  return true;
}

void DeskHistory::AddRaw(absl::string_view line) {
  auto packed = std::make_shared<const std::string>(PackText(line));
  absl::MutexLock lock(&mutex_);
  raw_ = std::move(packed);
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
