#ifndef WIREDESK_PIPELINE_FILE_RECORDING_FILE_H_
#define WIREDESK_PIPELINE_FILE_RECORDING_FILE_H_

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "pipeline/record/batch.h"

namespace wiredesk {

// Writes a recording (recording_line.h), packed with zstd. It gets its name
// when it is complete; until then it is NAME.partial, and so it stays if the
// program ends in between. Belongs to one thread.
class RecordingFile {
 public:
  // Unavailable, PermissionDenied and the like: the file cannot be made.
  static absl::StatusOr<std::unique_ptr<RecordingFile>> Create(
      const std::string& path, const std::vector<std::string>& topics);
  ~RecordingFile();

  absl::Status Append(const RawRecord& raw);

  // Ends the file and gives it its name. ResourceExhausted: the disk is full.
  absl::Status Close();

  int64_t stored_bytes() const { return stored_bytes_; }

 private:
  struct Packer;

  RecordingFile(std::string path, std::FILE* file);
  absl::Status Pack(absl::string_view text, bool end);
  absl::Status Error(int error) const;

  const std::string path_;
  std::FILE* file_;
  std::unique_ptr<Packer> packer_;
  std::string line_;
  int64_t stored_bytes_ = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_FILE_RECORDING_FILE_H_
