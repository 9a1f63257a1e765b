// Events: who did what to whom, read from an article whose names, places and
// dates are known.
//
// Sentences without a word of the tables' patterns are passed over; the others
// are cut into chunks, their clauses read, and the patterns of their verbs and
// nouns held against these. Precision comes first: an event has somebody who
// acts, a pattern that fits, and somebody of public life on one side; a sports
// report has no violence, nor has the plot of a film.
//
// The same event told twice in one article is one event with several
// evidences. Cost: linear in the words, plus the names sorted once, plus
// kEventsMax squared comparisons at most.

#ifndef WIREDESK_STAGES_TAG_EVENTS_EVENT_FINDER_H_
#define WIREDESK_STAGES_TAG_EVENTS_EVENT_FINDER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "pipeline/record/event_record.h"
#include "stages/tag/events/event_matcher.h"
#include "stages/tag/events/event_tables.h"
#include "stages/tag/events/parties.h"
#include "stages/tag/events/sentence.h"
#include "stages/text/words.h"

namespace wiredesk {

inline constexpr size_t kEventsMax = 64;        // of an article
inline constexpr size_t kEvidencesMax = 8;      // of an event
inline constexpr size_t kEventNamesMax = 4096;  // mentions that are looked at

struct EventInput {
  absl::string_view headline;
  absl::string_view body;
  absl::Span<const Word> headline_words;
  absl::Span<const Word> body_words;
  absl::Span<const Entity> entities;
  // The country of each entity as ISO 3166-1 alpha-2, empty where it has none.
  absl::Span<const absl::string_view> entity_countries;
  absl::Span<const Place> places;
  absl::Span<const DateExpression> dates;
  // Day of publication in the publisher's zone.
  std::optional<absl::CivilDay> published;
};

struct FoundEvent {
  EventTelling telling;
  std::vector<Mention> evidences;  // the first tells most
  Mention trigger;
  int32_t date = -1;   // index into EventInput::dates
  int32_t place = -1;  // index into EventInput::places
};

// Belongs to one thread; what it returns lives until the next call.
class EventFinder {
 public:
  explicit EventFinder(std::shared_ptr<const EventTables> tables);

  // English only; the caller sees to that.
  absl::Span<const FoundEvent> Find(const EventInput& input);

 private:
  void NameEntities(const EventInput& input);
  void CollectNames(const EventInput& input, Field field);
  void ReadField(const EventInput& input, Field field);
  void ReadSentence(const EventInput& input, Field field, size_t begin,
                    size_t end);
  void Remember(absl::Span<const Word> words, size_t begin, size_t end);
  void FindPair(absl::string_view text, uint32_t begin, uint32_t end);
  static bool TellSame(const EventInput& input, const FoundEvent& known,
                       const FoundEvent& event);
  static void TellAgain(const FoundEvent& event, FoundEvent& known);
  void Keep(const EventInput& input, Field field, uint32_t sentence_begin,
            uint32_t sentence_end, EventTelling& telling);
  void SetTimeAndPlace(const EventInput& input, Field field, uint32_t begin,
                       uint32_t end, FoundEvent& event) const;
  bool IsHistory(const EventInput& input, const FoundEvent& event) const;
  void DropPlays();

  const std::shared_ptr<const EventTables> tables_;
  Sentence sentence_;
  // A place stands once for each role; the first stands for all.
  absl::flat_hash_map<absl::string_view, uint32_t> place_ids_;
  std::vector<uint32_t> same_place_;
  std::vector<uint32_t> countries_;  // places that are one
  std::vector<KnownEntity> known_;
  std::vector<NamedSpan> names_;  // of the field that is read
  size_t next_name_ = 0;
  EventContextBefore before_;
  std::vector<EventTelling> tellings_;
  std::vector<FoundEvent> found_;
  size_t sport_ = 0;    // words of an article's sport
  size_t fiction_ = 0;  // and of its films
  size_t words_ = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_EVENTS_EVENT_FINDER_H_
