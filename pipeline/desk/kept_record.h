// What the desk keeps of a record: the line that the tap gave, and the fields by
// which records are listed, grouped and chosen.

#ifndef WIREDESK_PIPELINE_DESK_KEPT_RECORD_H_
#define WIREDESK_PIPELINE_DESK_KEPT_RECORD_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace wiredesk {

struct KeptPlace {
  std::string id;
  std::string name;
  double lat = 0;
  double lon = 0;
};

struct KeptRecord {
  int64_t sequence = 0;  // counts up from 1 in this process
  // {"stage":...,"fate":...,"reason":...,"record":{...}}, as the tap has it; a
  // dead letter has "detail" and "value" instead of the record.
  std::string line;
  // The raw record that it is of, packed (packed_text.h), shared with the other
  // articles of that: a line as in recordings, or without a value where that was
  // too long. Null where none was given.
  std::shared_ptr<const std::string> raw;

  std::string fate;    // "live", "dropped", "dead letter"
  std::string reason;  // of what is not live
  std::string id;
  std::string headline;
  std::string provider;
  std::string language;
  std::string verdict;
  std::string of;  // the record of which it is a copy or a revision
  std::string story;
  std::string cluster;
  double similarity = 0;
  std::string published_at;
  std::string received_at;
  std::vector<std::string> routes;
  std::vector<std::string> topics;
  std::vector<KeptPlace> places;  // those with a position, the first few
};

// nullopt: `line` is not one of the tap's. O(bytes).
std::optional<KeptRecord> ReadKeptRecord(std::string line);

// One JSON object: all but the line.
void AppendSummary(const KeptRecord& record, std::string& out);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_DESK_KEPT_RECORD_H_
