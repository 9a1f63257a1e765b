// Events of one sentence: the patterns of its verbs and, where none fits, of
// its nouns, held against its clauses.

#ifndef WIREDESK_STAGES_TAG_EVENTS_EVENT_MATCHER_H_
#define WIREDESK_STAGES_TAG_EVENTS_EVENT_MATCHER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/tag/events/clauses.h"
#include "stages/tag/events/event_tables.h"
#include "stages/tag/events/parties.h"
#include "stages/tag/events/sentence.h"

namespace wiredesk {

enum class Realis : uint8_t { kActual, kPlanned, kHypothetical, kDenied };
// "actual", "planned"...
absl::string_view RealisName(Realis realis);

// One telling of an event.
struct EventTelling {
  const EventPattern* pattern = nullptr;
  absl::string_view event_class;  // of the pattern, unless the clause turns it
  absl::string_view mode;
  absl::string_view cameo;
  std::vector<Party> actors;
  std::vector<Party> recipients;
  Realis realis = Realis::kActual;
  double confidence = 0;
  uint32_t begin = 0;  // the clause, bytes of the text
  uint32_t end = 0;
  uint32_t own_end = 0;  // behind it stands what is promised: "to hold talks"
  uint32_t trigger_begin = 0;
  uint32_t trigger_end = 0;
  uint64_t trigger = 0;  // equal for the forms of one verb or noun
};

// What the sentences before tell.
struct EventContextBefore {
  int32_t person = -1;      // whom "he" or "she" means, an entity
  std::vector<Party> pair;  // "between X and Y"
};

class EventMatcher {
 public:
  EventMatcher(const Sentence& sentence, const PartyReader& parties)
      : sentence_(sentence), parties_(parties), clauses_(sentence) {}

  // Appends the events of the sentence to `tellings`. `quoted` says that the
  // sentence is somebody's words.
  void Match(const EventContextBefore& before,
             std::vector<EventTelling>& tellings);

 private:
  bool MatchVerb(size_t verb, std::vector<EventTelling>& tellings);
  bool MatchNoun(size_t noun, std::vector<EventTelling>& tellings);
  bool Fits(const EventPattern& pattern, const Clause& clause) const;
  bool IsHostileBehind(const Clause& clause) const;
  const Clause* ClauseFor(const EventPattern& pattern, size_t verb);
  bool FillParties(const EventPattern& pattern, const Clause& clause,
                   EventTelling& telling) const;
  void ReadSlot(const EventSlot& slot, const Clause& clause, bool weak_too,
                std::vector<Party>& parties) const;
  void ReadRun(NounRun run, bool weak_too, const Clause& clause,
               std::vector<Party>& parties) const;
  void AttachPlace(NounRun run, size_t from, std::vector<Party>& parties) const;
  bool IsCounted(NounRun run) const;
  void ReadInner(const Clause& clause, std::vector<Party>& parties) const;
  void ReadOwner(const Clause& clause, std::vector<Party>& parties) const;
  bool IsToldOfPublic(const EventPattern& pattern,
                      const EventTelling& telling) const;
  bool Resolve(const Clause& clause, size_t chunk, Party& party) const;
  bool HasKind(const Party& party, PartyKind kind) const;
  bool IsPublic(const Party& party) const;
  Realis RealisOf(const Clause& clause) const;
  void Turn(const Clause& clause, EventTelling& telling) const;
  void Finish(const Clause& clause, EventTelling& telling) const;
  WordSets SetsOf(NounRun run) const;
  NounRun Patient(const Clause& clause) const;
  NounRun Agent(const Clause& clause) const;
  bool ReadNounClause(size_t noun, Clause& clause) const;

  const Sentence& sentence_;
  const PartyReader& parties_;
  ClauseReader clauses_;
  const EventContextBefore* before_ = nullptr;
  Clause clause_;
  Clause particle_clause_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_EVENTS_EVENT_MATCHER_H_
