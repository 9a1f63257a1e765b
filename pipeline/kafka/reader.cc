#include "pipeline/kafka/reader.h"

#include "config/base/status_macros.h"

namespace wiredesk {

absl::Status KafkaReader::Fill(Batch& batch) {
  absl::MutexLock lock(&mutex_);
  while (!batch.full() && records_ < records_limit_) {
    WD_ASSIGN_OR_RETURN(const TailRecord* record, range_->Next());
    passed_ = range_->records_passed();
    if (record == nullptr) break;
    batch.Append({record->topic, record->partition, record->offset},
                 record->key, record->value, record->headers,
                 record->timestamp);
    ++records_;
  }
  if (batch.empty()) return absl::OutOfRangeError("the range has ended");
  batch.set_sequence(next_sequence_++);
  return absl::OkStatus();
}

}  // namespace wiredesk
