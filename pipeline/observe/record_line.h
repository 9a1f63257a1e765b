#ifndef WIREDESK_PIPELINE_OBSERVE_RECORD_LINE_H_
#define WIREDESK_PIPELINE_OBSERVE_RECORD_LINE_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace wiredesk {

// A published event record as one line for a person:
//
//   news.events     new  en  Cranes stand still   Rotterdam, org:nato
//
// `colour` adds terminal colours. What is not an event record is shown as it
// is, cut to a line.
std::string RecordLine(absl::string_view topic, absl::string_view json,
                       bool colour);

// A line of /tap: a record as one line for a person, or how many were left out.
struct TapLine {
  std::string text;  // empty where no record is
  int64_t dropped = 0;
};
TapLine ReadTapLine(absl::string_view json, bool colour);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_OBSERVE_RECORD_LINE_H_
