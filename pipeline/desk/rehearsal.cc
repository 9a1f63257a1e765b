#include "pipeline/desk/rehearsal.h"

#include <sys/resource.h>

#include <memory>
#include <string>
#include <thread>
#include <unordered_set>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "config/base/status_macros.h"
#include "pipeline/desk/packed_text.h"
#include "pipeline/file/recording_line.h"
#include "pipeline/flow/record_reader.h"
#include "pipeline/replay/diff.h"
#include "pipeline/replay/replay.h"

namespace wiredesk {
namespace {

constexpr int kNice = 10;
constexpr size_t kBatchRecords = 64;
constexpr absl::Duration kRecordCpuMax = absl::Seconds(5);

using PackedRecord = std::shared_ptr<const std::string>;

// The raw records, the oldest first, each once.
std::vector<PackedRecord> RawRecordsOf(const KeptRecords& newest) {
  std::vector<PackedRecord> records;
  std::unordered_set<const std::string*> seen;
  for (auto record = newest.rbegin(); record != newest.rend(); ++record) {
    const PackedRecord& raw = (*record)->raw;
    if (raw != nullptr && seen.insert(raw.get()).second) records.push_back(raw);
  }
  return records;
}

class KeptReader : public RecordReader {
 public:
  KeptReader(std::vector<PackedRecord> records, absl::Time deadline)
      : records_(std::move(records)), deadline_(deadline) {}

  absl::Status Fill(Batch& batch) override {
    absl::MutexLock lock(&mutex_);
    while (!batch.full() && next_ < records_.size() &&
           absl::Now() < deadline_) {
      const std::string line = UnpackText(*records_[next_++]);
      RawRecord raw;
      // What was too long to be kept is not read.
      if (!lines_.Read(line, raw).ok()) continue;
      batch.Append(raw.origin, raw.key, raw.value, raw.headers, raw.timestamp);
    }
    if (batch.empty()) return absl::OutOfRangeError("no more are kept");
    read_ += static_cast<int64_t>(batch.raw_records().size());
    batch.set_sequence(sequence_++);
    return absl::OkStatus();
  }

  Progress progress() const override {
    absl::MutexLock lock(&mutex_);
    return {read_, static_cast<int64_t>(next_),
            static_cast<int64_t>(records_.size())};
  }

 private:
  const std::vector<PackedRecord> records_;
  const absl::Time deadline_;
  mutable absl::Mutex mutex_;
  RecordedLineReader lines_ ABSL_GUARDED_BY(mutex_);
  size_t next_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t read_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t sequence_ ABSL_GUARDED_BY(mutex_) = 0;
};

absl::StatusOr<RehearsalResult> Run(const KeptRecords& newest,
                                    absl::Duration time_max, Chain& in_use,
                                    Chain& rehearsed) {
  KeptReader reader(RawRecordsOf(newest), absl::Now() + time_max);
  ReplayOptions options;
  options.batch.records_max = kBatchRecords;
  options.batch.record_cpu_max = kRecordCpuMax;
  DiffOutput output(&rehearsed, options.batch, {});
  WD_ASSIGN_OR_RETURN(const ReplayResult replayed,
                      ReplayInto(options, in_use, reader, output));
  const RecordReader::Progress progress = reader.progress();
  RehearsalResult result;
  result.report = output.report();
  result.raw_records = progress.records;
  result.complete = progress.done == progress.total;
  result.seconds = replayed.seconds;
  return result;
}

}  // namespace

absl::StatusOr<RehearsalResult> Rehearse(const KeptRecords& newest,
                                         absl::Duration time_max, Chain& in_use,
                                         Chain& rehearsed) {
  absl::StatusOr<RehearsalResult> result = absl::UnknownError("did not run");
  // On a thread of its own, whose priority those that it makes inherit.
  std::thread([&] {
    setpriority(PRIO_PROCESS, 0, kNice);
    result = Run(newest, time_max, in_use, rehearsed);
  }).join();
  return result;
}

}  // namespace wiredesk
