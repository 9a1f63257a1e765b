// Event records and dead letters into files, for a replay: one
// FOLDER/<topic>.ndjson for each topic, or all of it on standard output.
//
// The workers of a replay share one FileWriter. Each encodes its batch on its
// own thread; the bytes are queued in the order of the batches' sequence
// numbers, so the files do not depend on the number of workers. A thread of the
// writer's puts them on the disk: for an article of 6 KB this costs as much as
// a stage.

#ifndef WIREDESK_PIPELINE_FILE_SINK_H_
#define WIREDESK_PIPELINE_FILE_SINK_H_

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "pipeline/flow/io.h"
#include "pipeline/flow/turnstile.h"
#include "pipeline/record/batch.h"
#include "pipeline/record/event_json.h"

namespace wiredesk {

// Thread-safe; outlives its sinks.
class FileWriter {
 public:
  // Lines for each topic.
  using Lines = std::map<std::string, std::string, std::less<>>;

  // Makes `folder`, or takes it if it is empty or holds an earlier replay,
  // whose files are removed. AlreadyExists: it holds other .ndjson files.
  // "-" is standard output, "" is nowhere.
  static absl::StatusOr<std::unique_ptr<FileWriter>> Open(
      const std::string& folder);

  // Closes.
  ~FileWriter();

  // Takes the lines of the batch with this number when it is its turn, and
  // gives other strings for them, empty but with memory. They may not be on the
  // disk yet; an error there is returned by a later call, at the latest by
  // Close(). Waits while too much is queued.
  absl::Status Write(int64_t sequence, Lines& lines);

  // Writes what is still queued or buffered. ResourceExhausted: the disk is
  // full. Nothing may be written any more.
  absl::Status Close();

  // Wakes the workers that wait for a turn which never comes.
  void Abandon() { turnstile_.Close(); }

 private:
  explicit FileWriter(std::string folder);

  absl::Status Queue(Lines& lines);
  void WriteQueued();
  absl::Status AppendAll(Lines& lines);
  absl::Status Append(absl::string_view topic, absl::string_view text);
  absl::Status Flush(absl::string_view topic, std::string& buffer);
  absl::Status WriteToFile(absl::string_view name, absl::string_view text);

  const std::string folder_;
  Turnstile turnstile_;

  absl::Mutex mutex_;
  std::deque<Lines> queue_ ABSL_GUARDED_BY(mutex_);
  // Emptied ones, for their memory.
  std::vector<Lines> spare_ ABSL_GUARDED_BY(mutex_);
  bool closing_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status status_ ABSL_GUARDED_BY(mutex_);

  // Used by the disk's thread, and by Close() when that has ended.
  Lines buffers_;
  size_t buffered_bytes_ = 0;
  std::thread disk_;
};

class FileSink : public Sink {
 public:
  // `writer` must outlive this.
  FileSink(FileWriter* writer, const Processing& processing,
           std::string dead_letter_topic)
      : writer_(writer),
        json_(processing),
        dead_letter_topic_(std::move(dead_letter_topic)) {}

  absl::Status Deliver(Batch& batch) override;
  void set_processing(const Processing& processing) override {
    json_.set_processing(processing);
  }

 private:
  std::string& LinesOf(absl::string_view topic);
  void AppendDeadLetters(const Batch& batch);
  absl::Status AppendRecord(const EventRecord& record, const RawRecord& raw);

  FileWriter* const writer_;
  EventJson json_;
  HeaderList headers_;
  const std::string dead_letter_topic_;
  // Of one batch.
  FileWriter::Lines lines_;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_FILE_SINK_H_
