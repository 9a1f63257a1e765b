// Who acts, and upon whom: what a group of words around a noun says of it.
//
//   "South Korean President Yoon Suk-yeol"   entity, place, government
//   "Turkish troops"                         place, military
//   "three protesters"                       text, protesters
//   "the Iranian economy"                    weak: a place, but nobody who acts

#ifndef WIREDESK_STAGES_TAG_EVENTS_PARTIES_H_
#define WIREDESK_STAGES_TAG_EVENTS_PARTIES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/tag/events/sentence.h"

namespace wiredesk {

struct Party {
  int32_t entity = -1;  // index into the record's entities
  int32_t place = -1;   // index into the record's places
  uint8_t sector = 0;   // EventTables::sector()
  bool weak = false;    // belongs to somebody, but is nobody
  bool proper = false;  // a name that no list knows
  bool plural = false;
  bool pronoun = false;
  bool person = false;  // or a pronoun for one
  uint32_t begin = 0;   // bytes of the text
  uint32_t end = 0;
};

// What the record says of an entity.
struct KnownEntity {
  enum Kind : uint8_t { kOther, kPerson, kOrganization };
  Kind kind = kOther;
  uint8_t sector = 0;
  int32_t place = -1;  // the country that a person holds an office of
  absl::string_view name;
};

// Chunks [first, last] that are one thing or several joined by "and".
struct NounRun {
  size_t first = 1;
  size_t last = 0;
  bool empty() const { return last < first; }
};

class PartyReader {
 public:
  PartyReader(const Sentence& sentence, absl::Span<const NamedSpan> names,
              absl::Span<const KnownEntity> entities)
      : sentence_(sentence), names_(names), entities_(entities) {}

  // Appends who is meant by the run, up to kPartiesMax. `inside` also takes
  // those of whom the noun is said: "the withdrawal of Turkish troops".
  void Read(NounRun run, bool inside, std::vector<Party>& parties) const;
  // Who is meant by one noun chunk; false where nobody is.
  bool ReadChunk(size_t chunk, Party& party) const;
  // Who owns the noun of the chunk, or is the first of its words: "Iran's
  // attack", "the Iranian attack".
  bool ReadOwner(size_t chunk, Party& party) const;

  // Whether the pronoun that begins so ("he", "She") may mean the person.
  bool MayBe(int32_t entity, char pronoun) const;
  // The person who is an entity of the record; false where it is not one.
  bool PersonByEntity(int32_t entity, Party& party) const;

  static constexpr size_t kPartiesMax = 12;

 private:
  struct Parts;
  void AddName(const NamedSpan& name, bool main, Parts& parts) const;
  bool IsBareDemonym(size_t c, const Party& party) const;
  Parts Gather(size_t begin, size_t end, size_t main) const;
  bool Decide(const Parts& parts, const Chunk& chunk, Party& party) const;
  // Whether "thousands of" whom are told by what follows.
  bool IsCrowd(const Chunk& chunk) const;
  void Attach(const Party& inner, bool of, Party& head) const;

  const Sentence& sentence_;
  absl::Span<const NamedSpan> names_;
  absl::Span<const KnownEntity> entities_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_EVENTS_PARTIES_H_
