// What a replay reads: raw records out of files or out of a stretch of Kafka's
// topics, dealt out to the workers in numbered batches. The numbers let the
// sighting log and the output restore the order, so the number of workers
// changes nothing but the time.

#ifndef WIREDESK_PIPELINE_FLOW_RECORD_READER_H_
#define WIREDESK_PIPELINE_FLOW_RECORD_READER_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "pipeline/flow/io.h"
#include "pipeline/record/batch.h"

namespace wiredesk {

// Thread-safe; outlives its sources.
class RecordReader {
 public:
  struct Progress {
    int64_t records = 0;
    // Of one unit, stored bytes or records; total is 0 where not known.
    int64_t done = 0;
    int64_t total = 0;
  };

  virtual ~RecordReader() = default;

  // Fills `batch` and numbers it. OutOfRange: there is no more.
  virtual absl::Status Fill(Batch& batch) = 0;

  // What of the input could not be read, at its end; OK: all was. The records
  // around it were given all the same.
  virtual absl::Status faults() const { return absl::OkStatus(); }

  // From any thread.
  virtual Progress progress() const = 0;
};

// The source of one worker of a replay.
class ReaderSource : public Source {
 public:
  explicit ReaderSource(RecordReader* reader) : reader_(reader) {}

  absl::Status Poll(absl::Duration /*timeout*/, Batch& batch) override {
    return reader_->Fill(batch);
  }
  absl::Status Rewind() override {
    // Batches abort only because another worker has failed.
    return absl::AbortedError("a replay is not rewound");
  }

 private:
  RecordReader* const reader_;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_FLOW_RECORD_READER_H_
