#include "pipeline/replay/diff.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "config/base/status_macros.h"
#include "pipeline/flow/worker.h"
#include "pipeline/record/event_names.h"
#include "pipeline/replay/diff_record.h"

namespace wiredesk {
namespace {

using Side = RecordComparison::Side;

// Gives the second worker the raw records of the first one's batch.
class SameRecords : public Source {
 public:
  explicit SameRecords(const Batch* const* first) : first_(first) {}

  absl::Status Poll(absl::Duration /*timeout*/, Batch& batch) override {
    for (const RawRecord& raw : (*first_)->raw_records()) {
      batch.Append(raw.origin, raw.key, raw.value, raw.headers, raw.timestamp);
    }
    batch.set_sequence((*first_)->sequence());
    return absl::OkStatus();
  }
  absl::Status Rewind() override {
    return absl::AbortedError("another worker has failed");
  }

 private:
  const Batch* const* const first_;
};

// The articles of both batches, by raw record and item.
std::map<std::pair<uint32_t, uint32_t>, std::pair<Side, Side>> PairUp(
    const Batch& a, const Batch& b) {
  std::map<std::pair<uint32_t, uint32_t>, std::pair<Side, Side>> pairs;
  for (const EventRecord& record : a.records()) {
    pairs[{record.raw, record.item}].first.record = &record;
  }
  for (const EventRecord& record : b.records()) {
    pairs[{record.raw, record.item}].second.record = &record;
  }
  // A raw record of which neither has made an article.
  for (uint32_t i = 0; i < a.raw_records().size(); ++i) {
    if (a.raw_records()[i].articles == 0 && b.raw_records()[i].articles == 0) {
      pairs[{i, 0}];
    }
  }
  for (auto& [key, sides] : pairs) {
    sides.first.raw = &a.raw_records()[key.first];
    sides.second.raw = &b.raw_records()[key.first];
  }
  return pairs;
}

}  // namespace

// The sink of the first worker, with the second worker inside.
class DiffOutput::Comparison : public Sink {
 public:
  explicit Comparison(DiffOutput* output)
      : output_(output),
        second_({.batch = output->batch_}, MakeParts(output)) {}

  absl::Status Deliver(Batch& batch) override {
    first_ = &batch;
    return second_.RunOnce();
  }

 private:
  // The sink of the second worker: both batches are through.
  class Comparer : public Sink {
   public:
    explicit Comparer(Comparison* owner) : owner_(owner) {}
    absl::Status Deliver(Batch& batch) override {
      return owner_->Compare(*owner_->first_, batch);
    }

   private:
    Comparison* const owner_;
  };

  Worker::Parts MakeParts(DiffOutput* output) {
    Worker::Parts parts;
    parts.source = std::make_unique<SameRecords>(&first_);
    parts.sink = std::make_unique<Comparer>(this);
    parts.lanes.push_back(output->second_->MakeStages(&output->log_));
    return parts;
  }

  absl::Status Compare(const Batch& a, const Batch& b) {
    DiffReport delta;
    RecordDifference difference;
    for (const auto& [key, sides] : PairUp(a, b)) {
      delta.Count(sides.first, sides.second);
      if (!comparison_.Compare(sides.first, sides.second, difference)) continue;
      difference.expected = output_->allowance_.Expects(difference);
      delta.Add(std::move(difference));
    }
    WD_RETURN_IF_ERROR(output_->turnstile_.Enter(a.sequence()));
    {
      absl::MutexLock lock(&output_->mutex_);
      output_->report_.Merge(std::move(delta));
    }
    output_->turnstile_.Leave();
    return absl::OkStatus();
  }

  DiffOutput* const output_;
  const Batch* first_ = nullptr;
  RecordComparison comparison_;
  Worker second_;
};

DiffOutput::DiffOutput(Chain* second, const Batch::Limits& batch,
                       const DiffAllowance& allowance, int64_t next_sighting)
    : second_(second),
      batch_(batch),
      allowance_(allowance),
      log_(second->replica(), next_sighting) {}

DiffOutput::~DiffOutput() = default;

std::unique_ptr<Sink> DiffOutput::MakeSink(const Processing& /*processing*/) {
  return std::make_unique<Comparison>(this);
}

void DiffOutput::Abandon() {
  second_->Abandon();
  log_.Close();
  turnstile_.Close();
}

DiffReport DiffOutput::report() const {
  absl::MutexLock lock(&mutex_);
  return report_;
}

}  // namespace wiredesk
