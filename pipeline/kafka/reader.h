#ifndef WIREDESK_PIPELINE_KAFKA_READER_H_
#define WIREDESK_PIPELINE_KAFKA_READER_H_

#include <atomic>
#include <cstdint>
#include <limits>
#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "pipeline/flow/record_reader.h"
#include "pipeline/kafka/range.h"

namespace wiredesk {

// A stretch of topics as the input of a replay. Thread-safe.
class KafkaReader : public RecordReader {
 public:
  explicit KafkaReader(
      std::unique_ptr<KafkaRange> range,
      int64_t records_limit = std::numeric_limits<int64_t>::max())
      : records_limit_(records_limit),
        total_(range->records_total()),
        range_(std::move(range)) {}

  absl::Status Fill(Batch& batch) override;
  Progress progress() const override {
    return {records_.load(), passed_.load(), total_};
  }

 private:
  const int64_t records_limit_;
  const int64_t total_;
  std::atomic<int64_t> records_ = 0;
  std::atomic<int64_t> passed_ = 0;

  absl::Mutex mutex_;
  const std::unique_ptr<KafkaRange> range_ ABSL_PT_GUARDED_BY(mutex_);
  int64_t next_sequence_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_KAFKA_READER_H_
