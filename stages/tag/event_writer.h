// Writes into a record the events that the events room finds in it.

#ifndef WIREDESK_STAGES_TAG_EVENT_WRITER_H_
#define WIREDESK_STAGES_TAG_EVENT_WRITER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "pipeline/record/batch.h"
#include "pipeline/record/event_record.h"
#include "stages/tag/events/event_finder.h"
#include "stages/tag/events/event_tables.h"
#include "stages/text/words.h"

namespace wiredesk {

// Belongs to one thread; keeps nothing but memory.
class EventWriter {
 public:
  explicit EventWriter(std::shared_ptr<const EventTables> tables);

  // Fills `record.events`. Names, places, dates and language stand in the
  // record already; `countries` are those of its entities, empty where none.
  void Write(absl::Span<const Word> headline_words,
             absl::Span<const Word> body_words,
             absl::Span<const absl::string_view> countries, Batch& batch,
             EventRecord& record);

 private:
  absl::Span<const EventParty> WriteParties(absl::string_view text,
                                            absl::Span<const Party> parties,
                                            Batch& batch,
                                            const EventRecord& record);
  // What is equal for the same happening in other articles, where the parties
  // are known there, too.
  std::string KeyOf(const Event& event, const EventRecord& record) const;

  const std::shared_ptr<const EventTables> tables_;
  EventFinder finder_;
  std::vector<Event> events_;
  std::vector<EventParty> parties_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_EVENT_WRITER_H_
