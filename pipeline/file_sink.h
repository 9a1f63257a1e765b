// Event records and dead letters into files, for a replay: one
// FOLDER/<topic>.ndjson for each topic, or all of it on standard output.
//
// The workers of a replay share one FileWriter. Each encodes its batch on its
// own thread; the bytes are written in the order of the batches' sequence
// numbers, so the files do not depend on the number of workers.

#ifndef WIREDESK_PIPELINE_FILE_SINK_H_
#define WIREDESK_PIPELINE_FILE_SINK_H_

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "pipeline/batch.h"
#include "pipeline/event_json.h"
#include "pipeline/io.h"
#include "pipeline/turnstile.h"

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

  // Writes the lines of the batch with this number, when it is its turn.
  absl::Status Write(int64_t sequence, const Lines& lines);

  // Writes what is still buffered. ResourceExhausted: the disk is full.
  absl::Status Close();

  // Wakes the workers that wait for a turn which never comes.
  void Abandon() { turnstile_.Close(); }

 private:
  explicit FileWriter(std::string folder) : folder_(std::move(folder)) {}

  absl::Status Append(absl::string_view topic, absl::string_view text);
  absl::Status Flush(absl::string_view topic, std::string& buffer);
  absl::Status WriteToFile(absl::string_view name, absl::string_view text);

  const std::string folder_;
  Turnstile turnstile_;
  // Used by whoever has the turn, and by Close() when all are through.
  Lines buffers_;
  size_t buffered_bytes_ = 0;
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
  void ClearLines();

  FileWriter* const writer_;
  EventJson json_;
  HeaderList headers_;
  const std::string dead_letter_topic_;
  // Of one batch. The strings keep their memory for the next one.
  FileWriter::Lines lines_;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_FILE_SINK_H_
