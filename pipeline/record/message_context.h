// What the JSON of a record holds besides the record itself: where it was read,
// which message it is written for, what made it, and the places of code points
// in its texts.

#ifndef WIREDESK_PIPELINE_RECORD_MESSAGE_CONTEXT_H_
#define WIREDESK_PIPELINE_RECORD_MESSAGE_CONTEXT_H_

#include <algorithm>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "pipeline/record/batch.h"
#include "pipeline/record/code_point_index.h"
#include "pipeline/record/event_record.h"

namespace wiredesk {

// What made a record: constants of a process, until its configuration is
// loaded again. Valid UTF-8.
struct Processing {
  std::string wiredesk;   // version of the program
  std::string config;     // hash of the configuration
  std::string gazetteer;  // version of the gazetteer
};

// A view of all its parts, for the time in which one record is written.
class MessageContext {
 public:
  // `destination` may be null: the whole record. The indexes are those of the
  // record's headline and body.
  MessageContext(const EventRecord& record, const RawRecord& raw,
                 const Destination* destination, const Processing& processing,
                 const CodePointIndex& headline, const CodePointIndex& body)
      : record_(record),
        raw_(raw),
        destination_(destination),
        processing_(processing),
        headline_(headline),
        body_(body) {}

  const EventRecord& record() const { return record_; }
  const RawRecord& raw() const { return raw_; }
  const Destination* destination() const { return destination_; }
  const Processing& processing() const { return processing_; }

  absl::string_view TextOf(Field field) const {
    return field == Field::kHeadline ? record_.article.headline
                                     : record_.article.body;
  }

  // Code points before byte `offset` of that text, or of its end.
  uint32_t CodePoints(Field field, uint32_t offset) const {
    const auto size = static_cast<uint32_t>(TextOf(field).size());
    return (field == Field::kHeadline ? headline_ : body_)
        .At(std::min(offset, size));
  }

  // The text of a span, as much of it as there is.
  absl::string_view TextOf(const Mention& mention) const {
    const absl::string_view text = TextOf(mention.field);
    const size_t begin = std::min<size_t>(mention.begin, text.size());
    return text.substr(begin, mention.end > begin ? mention.end - begin : 0);
  }

 private:
  const EventRecord& record_;
  const RawRecord& raw_;
  const Destination* const destination_;
  const Processing& processing_;
  const CodePointIndex& headline_;
  const CodePointIndex& body_;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_RECORD_MESSAGE_CONTEXT_H_
