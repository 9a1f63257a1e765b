#ifndef WIREDESK_PIPELINE_OBSERVE_RECORD_LINE_H_
#define WIREDESK_PIPELINE_OBSERVE_RECORD_LINE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace wiredesk {

// What a person wants to know first of a published event record.
struct RecordSummary {
  std::string headline;  // the body where there is none
  std::string language;
  std::string provider;  // its name, or its domain
  std::string verdict;
  std::string story;
  double similarity = 0;
  std::vector<std::string> places;
  std::vector<std::string> entities;
  std::vector<std::string> topics;
  std::optional<absl::Time> received_at;
};

// nullopt: `json` is not an event record.
std::optional<RecordSummary> SummarizeRecord(absl::string_view json);

// At most this many code points of `text`, with an ellipsis where something is
// cut.
std::string CutToCodePoints(absl::string_view text, size_t code_points);

// A published event record as one line for a person:
//
//   news.events     new  en  Cranes stand still   Rotterdam, org:nato
//
// `colour` adds terminal colours. What is not an event record is shown as it
// is, cut to a line.
std::string RecordLine(absl::string_view topic, absl::string_view json,
                       bool colour);

// A line of /tap: a record as one line for a person, how many were left out, or
// first of all how many listen.
struct TapLine {
  std::string text;  // empty where no record is
  int64_t dropped = 0;
  int64_t listeners = 0;  // with this one; 0: the line is another
};
TapLine ReadTapLine(absl::string_view json, bool colour);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_OBSERVE_RECORD_LINE_H_
