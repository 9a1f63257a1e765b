// A gazetteer: names of people, places, organizations and the rest, compiled
// into one flat file that is mapped into memory and searched as it is.
//
// The file is a header and five tables: slots (a hash table from the hash of a
// name, or of the beginning of one, to its senses), senses (which entry a name
// may mean, and under what conditions of case), entries, a small table of
// context words ("minister", "near", "Ltd") with their classes, and texts.
// Names are looked up by the hashes that SplitWords() gives, so
// text is never hashed twice; a 64-bit hash of a name stands for the name.
//
// A Gazetteer is immutable and shared by all workers; what it hands out lives
// as long as it does.

#ifndef WIREDESK_STAGES_TAG_GAZETTEER_GAZETTEER_H_
#define WIREDESK_STAGES_TAG_GAZETTEER_GAZETTEER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/tag/marks/word_marks.h"

namespace wiredesk {

enum class NameKind : uint8_t {
  kCountry,
  kAdmin1,
  kAdmin2,
  kCity,
  kRegion,
  kFeature,
  kPerson,
  kOrganization,
  kEvent,
  kAgreement,
  kProduct,
  kFacility,
  kThreatActor,
  kMalware,
  kOther
};
inline constexpr int kNameKinds = 15;

// As in the output: "country", "threat-actor".
absl::string_view NameKindText(NameKind kind);
// False where `text` names no kind.
bool ParseNameKind(absl::string_view text, NameKind& kind);
inline bool IsPlace(NameKind kind) { return kind <= NameKind::kFeature; }

// Conditions of a sense.
enum SenseFlag : uint16_t {
  kSenseExactCase = 1,  // capitals exactly as in the name: "US", not "us"
  kSenseCommon = 2,     // its words are ordinary words too: "Reading"
  kSenseAcronym = 4,
  kSenseDemonym = 8,      // "South Korean"
  kSenseAfterComma = 16,  // "TX" only as in "Paris, TX"
  kSenseAlias = 32,       // another name than the entry's own
  kSenseAnyCase = 64,     // also written small: "emotet"
  kSenseDotted = 128,     // ends with a period: "U.S.", "Calif."
  // The surname of somebody who held an office: never matched by itself, but
  // looked up behind a title ("Speaker Lowell").
  kSenseSurname = 256
};

// Classes of single words. The first three are so numerous that they stand in
// the slots; the others are the context words.
enum WordClass : uint32_t {
  kClassCommon = 1u << 0,          // an ordinary word of English
  kClassGiven = 1u << 1,           // a given name
  kClassName = 1u << 2,            // a given or family name
  kClassTitle = 1u << 3,           // "President", "minister", "Mr"
  kClassTitleModifier = 1u << 4,   // "Prime", "former"
  kClassOccupation = 1u << 5,      // "striker", "spokesman"
  kClassOrgHead = 1u << 6,         // "Institute"
  kClassPlaceHead = 1u << 7,       // "River"
  kClassFacilityHead = 1u << 8,    // "Airport"
  kClassEventHead = 1u << 9,       // "Olympics"
  kClassAgreementHead = 1u << 10,  // "Treaty"
  kClassPlaceCue = 1u << 11,       // "in", "near"
  kClassSpeech = 1u << 12,         // "said"
  kClassCalendar = 1u << 13,       // "July", "Thursday"
  kClassParticle = 1u << 14,       // "von", "bin"
  kClassFunction = 1u << 15,       // "the", "however"
  kClassSurnameFirst = 1u << 16,   // "Kim", "Xi": the surname comes first
  kClassOrgNoun = 1u << 17,        // "shares": a company stands before
  kClassPlaceNoun = 1u << 18,      // "police": a place stands before
  kClassCompanySuffix = 1u << 19,  // "Inc"
  kClassAbbreviation = 1u << 20,   // "Gen": its period ends no sentence
  kClassEventNoun = 1u << 21,      // "summit": with the name before it an event
  kClassTeam = 1u << 22,           // "United", "Bulls"
  kClassPersonVerb = 1u << 23,  // "who", "beat": a person or team stands before
  kClassNoName = 1u << 25,      // "TV", "LLC": capitals, but no name
  kClassAdherent = 1u << 26,    // "Republican": before or behind a name
  kClassLowerStart = 1u << 24   // begins a name that may be written small
};
inline constexpr uint32_t kSlotClasses =
    kClassCommon | kClassGiven | kClassName;
// The class that `text` ("title", "place-cue") names, or 0.
uint32_t ParseWordClass(absl::string_view text);

struct GazetteerSlot {
  uint64_t hash;
  uint32_t senses;  // index of the first
  uint16_t count;
  // The slot classes, of single words; and above them a filter of the words
  // with which a longer name goes on: most words behind "New" do not.
  uint16_t classes_and_next;

  uint32_t word_class() const { return classes_and_next & kSlotClasses; }
  bool more() const { return classes_and_next > kSlotClasses; }
  bool MayContinue(uint64_t next_hash) const {
    return (classes_and_next & NextBit(next_hash)) != 0;
  }
  static uint16_t NextBit(uint64_t next_hash) {
    return static_cast<uint16_t>(8u << ((next_hash & 0xFFFF) * 13 >> 16));
  }
};
static_assert(kSlotClasses == 7);

// What of an entry decides about a name stands here again, so that choosing
// among forty towns of one name reads one stretch of memory.
struct GazetteerSense {
  uint32_t entry;
  uint32_t admin1;  // as in the entry; equal for places in the same one
  uint16_t flags;   // SenseFlag
  // Two bits a word for the first eight: 0 any, 1 capital, 2 all capitals.
  uint16_t shape;
  uint16_t country;  // CountryNumber()
  NameKind kind;
  uint8_t prior;
};

struct GazetteerEntry {
  uint32_t id;  // these five are offsets of texts; 0 is the empty text
  uint32_t name;
  uint32_t admin1;
  uint32_t links;    // "wikidata=Q1|attack=G0001"
  uint32_t offices;  // "President of Ruritania/2020-01-31..2024-01-31;..."
  float lat;         // NaN where not known
  float lon;
  uint32_t population;
  char country[2];  // zero bytes where none
  NameKind kind;
  uint8_t prior;  // ten times the decimal logarithm of how often it is meant
};

// The table of these is asked most, so it is to stay in the first cache: half
// of the hash must do. A word that is not in it is taken for one that is once
// in a billion.
struct LexiconWord {
  uint32_t tag;      // the lower half of the hash
  uint32_t classes;  // WordClass; 0 where the place is free
};

static_assert(sizeof(GazetteerSlot) == 16 && sizeof(GazetteerSense) == 16 &&
              sizeof(GazetteerEntry) == 36 && sizeof(LexiconWord) == 8);

// Sizes are in items, so that the file says where each table begins.
struct GazetteerHeader {
  char magic[8];  // "WDGAZ\0\0\0"
  uint32_t format;
  uint32_t words_version;
  uint64_t checksum;  // XXH3 of all that follows the header
  uint64_t slots;
  uint64_t lexicon;
  uint64_t senses;
  uint64_t entries;
  uint64_t text_bytes;
};
static_assert(sizeof(GazetteerHeader) == 64);
inline constexpr uint32_t kGazetteerFormat = 3;

// A number below kCountryNumbers for an ISO 3166-1 alpha-2 code, 0 for none.
inline constexpr uint16_t kCountryNumbers = 26 * 26 + 1;
inline uint16_t CountryNumber(absl::string_view code) {
  if (code.size() != 2 || code[0] < 'A' || code[0] > 'Z' || code[1] < 'A' ||
      code[1] > 'Z') {
    return 0;
  }
  return static_cast<uint16_t>(1 + (code[0] - 'A') * 26 + (code[1] - 'A'));
}

// The hash of a name of several words, word by word. A comma between two words
// is part of the name ("Washington, D.C."); other marks are not.
inline uint64_t ExtendNameHash(uint64_t hash, uint64_t word, bool comma) {
  const auto product = static_cast<unsigned __int128>(hash ^ (word >> 1)) *
                       (comma ? 0xd6e8feb86659fd93u : 0x9e3779b97f4a7c15u);
  return (static_cast<uint64_t>(product) ^
          static_cast<uint64_t>(product >> 64)) +
         word;
}

class Gazetteer {
 public:
  // Maps a compiled file. NotFound, or InvalidArgument where its tables are
  // damaged or of another version. What the texts say is not checked.
  static absl::StatusOr<std::shared_ptr<const Gazetteer>> Open(
      const std::string& path);
  // The same from bytes, which it keeps; their checksum is checked, too.
  static absl::StatusOr<std::shared_ptr<const Gazetteer>> FromBytes(
      std::string bytes);
  ~Gazetteer();
  Gazetteer(const Gazetteer&) = delete;
  Gazetteer& operator=(const Gazetteer&) = delete;

  // Tells `marker` of the context words, and of those that begin a name which
  // may be written small.
  void MarkWords(WordMarker& marker) const;
  // False for most words that begin no name which may be written small.
  bool MayBeginSmall(uint64_t hash) const {
    return (small_starts_[(hash >> 6) % kSmallWords] >> (hash & 63) & 1) != 0;
  }
  // Begins to load what Find(hash) will read.
  void Prefetch(uint64_t hash) const {
    __builtin_prefetch(&slots_[hash >> slot_shift_]);
  }
  void PrefetchContext(uint64_t hash) const {
    __builtin_prefetch(&lexicon_[hash >> lexicon_shift_]);
  }
  void PrefetchSenses(const GazetteerSlot& slot) const {
    __builtin_prefetch(senses_.data() + slot.senses);
  }
  void PrefetchEntry(uint32_t index) const {
    __builtin_prefetch(entries_.data() + index);
  }
  void PrefetchText(uint32_t offset) const {
    __builtin_prefetch(texts_.data() + offset);
  }
  // The slot of a name or of the beginning of one; null where there is none.
  const GazetteerSlot* Find(uint64_t hash) const {
    for (uint64_t i = hash >> slot_shift_;; i = (i + 1) & slot_mask_) {
      const GazetteerSlot& slot = slots_[i];
      if (slot.hash == hash) return &slot;
      if (slot.hash == 0) return nullptr;
    }
  }
  // The same, or a slot without senses and classes with which no name goes on.
  const GazetteerSlot& FindOrNone(uint64_t hash) const {
    static constexpr GazetteerSlot kNone = {};
    const GazetteerSlot* slot = Find(hash);
    return slot != nullptr ? *slot : kNone;
  }
  absl::Span<const GazetteerSense> senses(const GazetteerSlot& slot) const {
    // Open() has seen that all of them are there.
    return {senses_.data() + slot.senses, slot.count};
  }
  const GazetteerEntry& entry(uint32_t index) const {
    return entries_.data()[index];
  }
  uint32_t entry_count() const {
    return static_cast<uint32_t>(entries_.size());
  }
  // Classes of a context word (none of the slot classes).
  uint32_t ContextClass(uint64_t hash) const {
    for (uint64_t i = hash >> lexicon_shift_;; i = (i + 1) & lexicon_mask_) {
      const LexiconWord& word = lexicon_[i];
      if (word.classes == 0 || word.tag == static_cast<uint32_t>(hash)) {
        return word.classes;
      }
    }
  }
  // A text by its offset; empty where the offset is none.
  absl::string_view text(uint32_t offset) const;
  absl::string_view country(const GazetteerEntry& entry) const {
    return entry.country[0] == 0 ? absl::string_view()
                                 : absl::string_view(entry.country, 2);
  }
  // Its checksum in hex: the same tables give the same version.
  const std::string& version() const { return version_; }
  size_t bytes() const { return data_.size(); }

 private:
  Gazetteer() = default;
  // Checks `data_` and sets the tables up.
  absl::Status Init();
  absl::Status CheckTables() const;
  void LiftSlots();

  static constexpr size_t kSmallWords = 1024;

  absl::string_view data_;
  std::string owned_;
  void* mapping_ = nullptr;
  void* lifted_ = nullptr;  // the slots' own memory, or null
  size_t lifted_bytes_ = 0;

  const GazetteerSlot* slots_ = nullptr;
  uint64_t slot_mask_ = 0;
  int slot_shift_ = 0;
  const LexiconWord* lexicon_ = nullptr;
  uint64_t lexicon_mask_ = 0;
  int lexicon_shift_ = 0;
  absl::Span<const GazetteerSense> senses_;
  absl::Span<const GazetteerEntry> entries_;
  absl::string_view texts_;
  std::string version_;
  std::array<uint64_t, kSmallWords> small_starts_ = {};
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_GAZETTEER_GAZETTEER_H_
