// A recording: a stretch of topics as a file that replay reads, with the keys,
// headers and timestamps that plain files lack. So an incident becomes a test.
//
// It is NDJSON, packed with zstd, so that `zstdcat` and `jq` can look inside:
//
//   {"wiredesk_recording":1,"topics":["news.raw"]}
//   {"topic":"news.raw","partition":0,"offset":7,"timestamp":1783036800000,
//    "key":"k","headers":[["content-type","text/xml"]],"value":"<rss ..."}
//
// Each record is one line. What is not UTF-8 stands as "value_base64" or
// "key_base64", and a header as ["name",null,"base64"].

#ifndef WIREDESK_PIPELINE_FILE_RECORDING_LINE_H_
#define WIREDESK_PIPELINE_FILE_RECORDING_LINE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "pipeline/record/batch.h"

namespace wiredesk {

// What every recording begins with.
inline constexpr absl::string_view kRecordingMagic =
    "{\"wiredesk_recording\":1,";

// The first line, and the line of a record; without the line's end.
void AppendRecordingHead(const std::vector<std::string>& topics,
                         std::string& out);
void AppendRecordedLine(const RawRecord& raw, std::string& out);

// Reads the lines of records. Belongs to one thread.
class RecordedLineReader {
 public:
  RecordedLineReader();
  ~RecordedLineReader();

  // Fills origin, key, value, headers and timestamp; all views live until the
  // next call. Also takes the lines of dead letters that a replay has written,
  // which have no origin of their own. DataLoss: `line` is no such line.
  absl::Status Read(absl::string_view line, RawRecord& raw);

 private:
  struct Memory;
  const std::unique_ptr<Memory> memory_;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_FILE_RECORDING_LINE_H_
