// What the event engine knows of words and patterns, compiled from the tables
// of config/events/ and of the operator. docs/events.md tells their format.
//
// A table is lines of cells with tabs between them. The first cell says what
// the line is:
//
//   set    &talks     talk meeting negotiation ...     words for patterns
//   party  military   soldier troop army ...           who acts, with a sector
//   verb   attack     party   ASSAULT - 190 subject object
//   noun   attack     on,against  ...
//
// Of the lines for one verb the first that fits decides, so the narrow ones
// stand first, and the operator's tables come before ours. An EventTables is
// immutable and shared by all workers.

#ifndef WIREDESK_STAGES_TAG_EVENTS_EVENT_TABLES_H_
#define WIREDESK_STAGES_TAG_EVENTS_EVENT_TABLES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace wiredesk {

// Bits of EventWord::classes.
enum EventWordClass : uint32_t {
  kEventDeterminer = 1u << 0,      // "the", "its"
  kEventPreposition = 1u << 1,     // "with"
  kEventConjunction = 1u << 2,     // "and"
  kEventPronoun = 1u << 3,         // "they"
  kEventRelative = 1u << 4,        // "who"
  kEventSubordinator = 1u << 5,    // "after", "because"
  kEventThat = 1u << 6,            // "that"
  kEventTo = 1u << 7,              // "to"
  kEventModal = 1u << 8,           // "could"
  kEventWill = 1u << 9,            // "will"
  kEventWould = 1u << 10,          // "would"
  kEventBe = 1u << 11,             // "was"
  kEventHave = 1u << 12,           // "has"
  kEventDo = 1u << 13,             // "did"
  kEventNegation = 1u << 14,       // "not"
  kEventAdverb = 1u << 15,         // "again"
  kEventNumber = 1u << 16,         // "three"
  kEventCondition = 1u << 17,      // "if": what follows is not said to be so
  kEventNo = 1u << 18,             // "no" before a noun
  kEventPersonPronoun = 1u << 19,  // "he"
  kEventParty = 1u << 20,          // somebody who acts: has a sector
  kEventPartyPlural = 1u << 21,    // "troops"
  kEventNounToo = 1u << 22,        // a verb's form that is also a noun
  kEventAgo = 1u << 23,            // "ago", "anniversary": of another time
  kEventAbbreviation = 1u << 24,   // its period ends no sentence
  kEventFormal = 1u << 25,         // "ready": after a form of "be" a predicate
  kEventObjectPronoun = 1u << 26,  // "him"
  kEventSubordinating = kEventSubordinator | kEventCondition
};

// Forms of a verb that a word may be.
enum EventForm : uint8_t {
  kFormBase = 1,
  kFormThird = 2,
  kFormPast = 4,
  kFormParticiple = 8,
  kFormIng = 16
};

// Which of the word sets a word, or a group of words, has a part in.
struct WordSets {
  std::array<uint64_t, 4> bits = {};
  void Add(size_t set) { bits[set / 64] |= uint64_t{1} << (set % 64); }
  void Join(const WordSets& other) {
    for (size_t i = 0; i < bits.size(); ++i) bits[i] |= other.bits[i];
  }
  bool Meets(const WordSets& other) const {
    uint64_t both = 0;
    for (size_t i = 0; i < bits.size(); ++i) both |= bits[i] & other.bits[i];
    return both != 0;
  }
  bool empty() const { return (bits[0] | bits[1] | bits[2] | bits[3]) == 0; }
};
inline constexpr size_t kWordSetsMax = 256;

struct EventWord {
  uint32_t classes = 0;
  uint16_t verb = 0;  // EventTables::verb(), 0 where it is none
  uint16_t noun = 0;  // EventTables::noun(), 0 where it is none
  uint16_t sets = 0;  // EventTables::sets()
  uint8_t forms = 0;
  uint8_t sector = 0;       // EventTables::sector(), 0 where it has none
  uint8_t preposition = 0;  // 1..63
};

// What a verb does to the infinitive behind it: "plans to attack".
enum class EventAspect : uint8_t {
  kNone,
  kActual,
  kPlanned,
  kIntended,  // planned by the one who is to do it
  kHypothetical,
  kDenied
};

// Who may stand in a slot.
enum class PartyKind : uint8_t {
  kAny,
  kArmed,   // forces, or a country
  kForces,  // soldiers, rebels, police
  kCivil,   // who attacks with words: politicians, parties, people
  kOfficial,
  kState,
  kPlace,
  kPublic,
  kPeople  // who take to the streets: no officials, no single person
};

// Where a pattern looks for actors or recipients.
struct EventSlot {
  uint64_t prepositions = 0;  // a bit each
  bool subject = false;
  bool object = false;
  bool owner = false;     // "Iran's attack", "the Iranian attack"
  bool together = false;  // two subjects will do: "the two countries met"
  bool speaker = false;   // who tells it: "X said that Y threatened ..."
  bool clause = false;    // the subject of what follows: "demands that Y ..."
  bool pair = false;      // two named just before: "between X and Y"
  bool inner = false;     // of the infinitive: "agreed to meet Y"
  bool prepositions_first = false;  // before the object
  bool optional = false;
  PartyKind kind = PartyKind::kAny;
  bool none() const {
    return prepositions == 0 && !subject && !object && !owner && !together &&
           !speaker && !clause && !pair && !inner;
  }
};

struct EventPattern {
  // All must hold. A zero or empty one asks nothing.
  uint64_t particle = 0;      // hash of the word behind the verb
  bool party_object = false;  // the object is somebody
  bool some_object = false;
  bool no_object = false;
  bool passive = false;
  bool infinitive = false;   // "to" and a verb follow
  bool clause = false;       // "that" follows
  WordSets object;           // a word of these is in the object
  uint64_t preposition = 0;  // "for:&aid": a word of `behind` is behind it
  WordSets behind;
  // What is found then; an empty class says that it is no event.
  absl::string_view event_class;
  absl::string_view mode;
  absl::string_view cameo;
  EventSlot actors;
  EventSlot recipients;
};

struct EventVerb {
  uint32_t first = 0;  // EventTables::pattern()
  uint32_t last = 0;
  EventAspect aspect = EventAspect::kNone;
  bool speech = false;     // a clause may follow without "that"
  bool asks_pair = false;  // a pattern looks for EventSlot::pair
};

// Kinds of text whose violence is not meant.
enum EventContext : uint8_t {
  kContextTrigger = 1,  // the word may begin a pattern
  kContextParty = 2,
  kContextSport = 4,
  kContextFiction = 8
};

struct EventTableFile {
  std::string name;
  std::string content;
};

class EventTables {
 public:
  // InvalidArgument names file and line, and what was expected there.
  static absl::StatusOr<std::shared_ptr<const EventTables>> Parse(
      absl::Span<const EventTableFile> files);

  // The word with this hash, or null. Constant time.
  const EventWord* Find(uint64_t hash) const {
    for (uint64_t i = hash >> shift_;; i = (i + 1) & mask_) {
      const Slot& slot = slots_[i];
      if (slot.hash == hash) return &slot.word;
      if (slot.hash == 0) return nullptr;
    }
  }
  // EventContext bits; a few words have bits that are not theirs.
  uint8_t Context(uint64_t hash) const { return contexts_[hash % kContexts]; }
  // Whether the word may begin a pattern; exact, unlike its bit in Context().
  bool IsTrigger(uint64_t hash) const {
    const EventWord* const word = Find(hash);
    return word != nullptr && (word->noun != 0 || verbs_[word->verb].first !=
                                                      verbs_[word->verb].last);
  }

  // The numbers of "be" and "have", 0 where no pattern names them.
  uint16_t be() const { return be_; }
  uint16_t have() const { return have_; }
  const EventVerb& verb(uint16_t index) const { return verbs_[index]; }
  const EventVerb& noun(uint16_t index) const { return nouns_[index]; }
  const EventPattern& pattern(uint32_t index) const { return patterns_[index]; }
  const WordSets& sets(uint16_t index) const { return sets_[index]; }
  absl::string_view sector(uint8_t index) const { return sectors_[index]; }
  // The sector's number, 0 where it is not known.
  uint8_t SectorNumber(absl::string_view name) const;
  // Of an organization by its id, 0 where it is not known.
  uint8_t OrganizationSector(absl::string_view id) const;
  // Soldiers, rebels, police; those whose acts are public.
  bool IsArmed(uint8_t sector) const;
  bool IsPublic(uint8_t sector) const;
  // The sets of words that the engine itself asks for: "&agreement" and
  // "&crowd", "thousands" of whom are meant.
  const WordSets& agreements() const { return agreements_; }
  const WordSets& crowds() const { return crowds_; }
  // "&purpose": nouns that an infinitive explains, "an effort to".
  const WordSets& purposes() const { return purposes_; }

 private:
  friend class EventTablesBuilder;
  static constexpr size_t kContexts = size_t{1} << 15;
  struct Slot {
    uint64_t hash = 0;
    EventWord word;
  };

  std::vector<Slot> slots_ = std::vector<Slot>(2);
  uint64_t mask_ = 1;
  int shift_ = 63;
  std::vector<uint8_t> contexts_ = std::vector<uint8_t>(kContexts);
  uint16_t be_ = 0;
  uint16_t have_ = 0;
  std::vector<EventVerb> verbs_;
  std::vector<EventVerb> nouns_;
  std::vector<EventPattern> patterns_;
  std::vector<WordSets> sets_;
  std::vector<std::string> sectors_;
  std::deque<std::string> texts_;  // what patterns view
  absl::flat_hash_map<std::string, uint8_t> organizations_;
  absl::flat_hash_map<std::string, size_t> set_names_;
  WordSets agreements_;
  WordSets crowds_;
  WordSets purposes_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_EVENTS_EVENT_TABLES_H_
