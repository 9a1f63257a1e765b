// What leaves the program: an EventRecord as the JSON of the contract
// (docs/record.schema.json), and as the headers of the message that carries it.
//
// Every field is always written: an absent one as null or []. Spans become
// code points here. The same record gives the same bytes, wherever and
// whenever it is written.

#ifndef WIREDESK_PIPELINE_RECORD_EVENT_JSON_H_
#define WIREDESK_PIPELINE_RECORD_EVENT_JSON_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "config/base/status_macros.h"
#include "pipeline/record/code_point_index.h"
#include "pipeline/record/event_record.h"
#include "pipeline/record/header_list.h"
#include "pipeline/record/json_buffer.h"
#include "pipeline/record/message_context.h"

namespace wiredesk {

// The names of the fields of a record, in the order in which they are written.
absl::Span<const absl::string_view> EventFieldNames();

// The lists of a record that a route can fan out, a message for each item; and
// how many items such a list has, 0 for another name.
const std::vector<absl::string_view>& FanOutLists();
size_t FanOutSize(const EventRecord& record, absl::string_view list);

// Writes records. It keeps scratch memory, so that writing allocates nothing in
// the steady state: one for each thread.
class EventJson {
 public:
  explicit EventJson(const Processing& processing);

  // For the batches after a reload.
  void set_processing(const Processing& processing);

  // Appends one JSON object without a line's end. `destination` may be null:
  // the whole record. With Destination::fields only those fields are written,
  // in the order of the contract; "dedupe.story" and "entities.name" reach
  // into objects and lists. With Destination::fan_out that list holds but the
  // one item.
  void Append(const EventRecord& record, const RawRecord& raw,
              const Destination* destination, std::string& out);

  // Calls fn(const Destination&, absl::string_view json) -> absl::Status for
  // each destination of `record`, until one fails. The whole record is written
  // once, however many destinations take it. `json` is valid during the call.
  template <typename Fn>
  absl::Status ForEachMessage(const EventRecord& record, const RawRecord& raw,
                              Fn&& fn) {
    whole_.clear();
    for (const Destination& destination : record.destinations) {
      const bool whole =
          destination.fields.empty() && destination.fan_out.empty();
      std::string& json = whole ? whole_ : part_;
      if (!whole || whole_.empty()) {
        json.clear();
        Append(record, raw, &destination, json);
      }
      WD_RETURN_IF_ERROR(fn(destination, absl::string_view(json)));
    }
    return absl::OkStatus();
  }

 private:
  Processing processing_;
  CodePointIndex headline_;
  CodePointIndex body_;
  std::string whole_;
  std::string part_;
  JsonBuffer out_;
};

// The key of the message: the one that the route gives, else the story.
// Appends to `out`.
void AppendKey(const EventRecord& record, const Destination& destination,
               std::string& out);

// CloudEvents 1.0, Kafka binding, binary mode; `malformed` where the raw record
// was read in spite of faults; then `traceparent` and `tracestate` as they came
// in, where the first is valid (W3C Trace Context); then the route's own headers.
void AppendHeaders(const EventRecord& record, const RawRecord& raw,
                   const Destination& destination, HeaderList& out);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_RECORD_EVENT_JSON_H_
