// Tested by event_finder_test.cc.

#include "stages/tag/events/parties.h"

#include <cstddef>

#include "stages/tag/events/function_words.h"
#include "stages/tag/quotes/gender.h"
#include "stages/text/words.h"

namespace wiredesk {

struct PartyReader::Parts {
  int32_t person = -1;
  int32_t organization = -1;
  int32_t thing = -1;  // an entity that does not act
  int32_t place = -1;
  bool place_is_main = false;
  bool demonym = false;
  uint8_t sector = 0;
  bool neutral = false;  // "leader": somebody, of no sector by itself
  bool proper = false;
  bool cut = false;  // an owner came before
  size_t first = 0;  // tokens
};

void PartyReader::AddName(const NamedSpan& name, bool main,
                          Parts& parts) const {
  const auto index = static_cast<int32_t>(name.index);
  if (name.kind == NamedSpan::kEntity) {
    const KnownEntity::Kind kind = entities_[name.index].kind;
    if (kind == KnownEntity::kPerson) parts.person = index;
    if (kind == KnownEntity::kOrganization) parts.organization = index;
    if (kind == KnownEntity::kOther) parts.thing = index;
    return;
  }
  parts.place_is_main = main;
  if (parts.place >= 0) return;
  parts.place = index;
  parts.demonym = name.kind == NamedSpan::kDemonym;
}

PartyReader::Parts PartyReader::Gather(size_t begin, size_t end,
                                       size_t main) const {
  const auto& tokens = sentence_.tokens();
  const EventTables& tables = sentence_.tables();
  static constexpr absl::string_view kNeutral = "person";
  Parts parts;
  parts.first = begin;
  while (parts.first + 1 < end && tokens[parts.first].name < 0 &&
         tokens[parts.first].Has(kEventDeterminer)) {
    ++parts.first;
  }
  for (size_t i = begin; i < end; ++i) {
    const EventToken& token = tokens[i];
    const bool owner = (token.gap & kGapApostrophe) != 0 &&
                       token.end - token.begin == 1 && i > begin;
    if (owner) {
      // What owned is not the one who acts, but tells whose it is.
      parts.cut = true;
      parts.person = parts.organization = -1;
      parts.sector = 0;
      parts.proper = parts.place_is_main = parts.neutral = false;
      continue;
    }
    if (token.name >= 0) AddName(names_[token.name], i == main, parts);
    if (token.word != nullptr && token.word->sector != 0) {
      if (tables.sector(token.word->sector) == kNeutral) {
        parts.neutral = true;
      } else if (!IsOneOf(tables.sector(parts.sector), {"police"}) ||
                 tables.sector(token.word->sector) != "military") {
        parts.sector = token.word->sector;  // but "police officers"
      }
    }
    const bool unknown =
        token.name < 0 && token.word == nullptr && token.end - token.begin > 1;
    // The first word of a sentence has a capital anyway.
    const bool capital = (token.flags & kWordCapital) != 0 &&
                         (i > 0 || sentence_.text()[token.end - 1] != 's');
    if (unknown && capital && i == main) {
      parts.proper = true;
    }
  }
  return parts;
}

bool PartyReader::Decide(const Parts& parts, const Chunk& chunk,
                         Party& party) const {
  const auto& tokens = sentence_.tokens();
  party = Party();
  party.begin = tokens[parts.first].begin;
  party.end = tokens[chunk.end - 1].end;
  party.plural = (chunk.flags & kNounPlural) != 0;
  party.place = parts.place;
  party.sector = parts.sector;
  if ((chunk.flags & kNounNone) != 0) return false;
  const EventToken& main_token = tokens[chunk.main];
  const EventWord* const main = main_token.word;
  const bool main_acts = main != nullptr && main->sector != 0;
  const bool main_named =
      main_token.name >= 0 || (main_token.flags & kWordCapital) != 0;
  if (parts.person >= 0) {
    const KnownEntity& known = entities_[parts.person];
    party.entity = parts.person;
    party.person = true;
    party.plural = false;
    party.weak = !main_acts && !main_named;
    if (party.place < 0) party.place = known.place;
    if (party.sector == 0) party.sector = known.sector;
    return true;
  }
  if (parts.organization >= 0) {
    const KnownEntity& known = entities_[parts.organization];
    party.entity = parts.organization;
    if (party.sector == 0) party.sector = known.sector;
    // "the NATO summit" does nothing.
    party.weak = !main_acts && !main_named;
    return true;
  }
  if (parts.place >= 0) {
    const bool people = parts.demonym && party.plural;
    party.weak = !(main_acts || (parts.place_is_main && !parts.demonym) ||
                   (parts.place_is_main && people));
    if (parts.neutral && party.sector == 0 && !party.weak) {
      party.sector = sentence_.tables().SectorNumber("government");
    }
    return true;
  }
  if (main_acts) return parts.sector != 0 || parts.neutral;
  party.proper = parts.proper;
  if (parts.proper) return true;
  // "a police station", "the Public Forum".
  party.weak = true;
  party.entity = parts.thing;
  return parts.sector != 0 || parts.thing >= 0;
}

bool PartyReader::ReadChunk(size_t c, Party& party) const {
  const Chunk& chunk = sentence_.chunks()[c];
  if (chunk.kind != ChunkKind::kNoun) return false;
  if ((chunk.flags & kNounPronoun) != 0) {
    const EventToken& token = sentence_.tokens()[chunk.begin];
    party = Party();
    party.pronoun = true;
    party.person = (chunk.flags & kNounPerson) != 0;
    party.begin = token.begin;
    party.end = token.end;
    return true;
  }
  return Decide(Gather(chunk.begin, chunk.end, chunk.main), chunk, party);
}

bool PartyReader::ReadOwner(size_t c, Party& party) const {
  Chunk owner = sentence_.chunks()[c];
  if (owner.kind != ChunkKind::kNoun || owner.main == owner.begin) return false;
  owner.end = owner.main;
  const auto& tokens = sentence_.tokens();
  // "Iran's missile attack": the owner stands before the mark.
  for (size_t i = owner.begin + 1; i < owner.end; ++i) {
    if ((tokens[i].gap & kGapApostrophe) != 0 &&
        tokens[i].end - tokens[i].begin == 1) {
      owner.end = static_cast<uint16_t>(i);
      break;
    }
  }
  owner.main = static_cast<uint16_t>(owner.end - 1);
  Party found;
  if (!Decide(Gather(owner.begin, owner.end, owner.main), owner, found)) {
    return false;
  }
  found.weak = false;
  party = found;
  return party.entity >= 0 || party.place >= 0 || party.sector != 0;
}

bool PartyReader::MayBe(int32_t entity, char pronoun) const {
  const absl::string_view name = entities_[entity].name;
  const Gender gender =
      GenderOfGivenName(HashWord(name.substr(0, name.find(' '))));
  const bool female = pronoun == 's' || pronoun == 'S';
  return gender == Gender::kUnknown || (gender == Gender::kFemale) == female;
}

bool PartyReader::PersonByEntity(int32_t entity, Party& party) const {
  if (entity < 0 || static_cast<size_t>(entity) >= entities_.size()) {
    return false;
  }
  const KnownEntity& known = entities_[entity];
  if (known.kind != KnownEntity::kPerson) return false;
  party = Party();
  party.entity = entity;
  party.place = known.place;
  party.sector = known.sector;
  party.person = true;
  return true;
}

bool PartyReader::IsCrowd(const Chunk& chunk) const {
  const EventWord* const main = sentence_.tokens()[chunk.main].word;
  return main != nullptr && ((main->classes & kEventNumber) != 0 ||
                             sentence_.tables()
                                 .sets(main->sets)
                                 .Meets(sentence_.tables().crowds()));
}

// "the foreign minister of Turkey", "a spokesman for the rebels".
void PartyReader::Attach(const Party& inner, bool of, Party& head) const {
  if (head.place < 0 && inner.place >= 0 && (!inner.weak || of)) {
    head.place = inner.place;
  }
  if (!of) return;
  if (head.entity < 0 && inner.entity >= 0 && !inner.person) {
    head.entity = inner.entity;
  }
  if (head.sector == 0) head.sector = inner.sector;
  head.weak = head.weak && inner.weak;
  head.end = inner.end;
}

namespace {

// "the minister of Turkey", "a spokesman for the rebels"
bool TellsWhose(uint8_t preposition) {
  return preposition == EventPreposition("of") ||
         preposition == EventPreposition("for") ||
         preposition == EventPreposition("from");
}

}  // namespace

namespace {

struct Linkage {
  uint8_t preposition = 0;
  uint8_t joined = 0;  // the preposition that "and" repeats
};

// Whether a chunk is not a noun; what links the next one to those before it is
// taken down.
bool TakeLink(const Chunk& chunk, Linkage& link) {
  if (chunk.kind == ChunkKind::kPreposition) {
    link.preposition = chunk.preposition;
  } else if (chunk.kind == ChunkKind::kConjunction ||
             chunk.kind == ChunkKind::kComma) {
    if (link.preposition != 0) link.joined = link.preposition;
    link.preposition = 0;
  }
  return chunk.kind != ChunkKind::kNoun;
}

bool IsBarePlace(const Party& party) {
  return !party.weak && party.sector == 0 && party.entity < 0 &&
         party.place >= 0;
}

}  // namespace

// "Israeli and Palestinian negotiators": the first of them, which ends with
// chunk `c`.
bool PartyReader::IsBareDemonym(size_t c, const Party& party) const {
  const auto& chunks = sentence_.chunks();
  return chunks[c].kind != ChunkKind::kPreposition && party.weak &&
         party.place >= 0 && party.entity < 0 &&
         sentence_.tokens()[chunks[c].begin - 1].name >= 0;
}

void PartyReader::Read(NounRun run, bool inside,
                       std::vector<Party>& parties) const {
  if (run.empty()) return;
  const auto& chunks = sentence_.chunks();
  const size_t from = parties.size();
  bool has_head = false;  // parties.back() may be added to
  bool crowd = true;      // what follows "of" are the ones meant
  Linkage link;
  for (size_t c = run.first; c <= run.last; ++c) {
    const Chunk& chunk = chunks[c];
    if (TakeLink(chunk, link)) continue;
    const uint8_t preposition = link.preposition;
    Party party;
    const bool found = ReadChunk(c, party);
    if (preposition != 0 && has_head) {
      if (found) Attach(party, TellsWhose(preposition), parties.back());
      continue;
    }
    if (preposition != 0 && !crowd && !inside) continue;
    if (!found) {
      crowd = IsCrowd(chunk) || preposition == EventPreposition("between");
      has_head = false;
      continue;
    }
    if (has_head && link.joined != 0 && preposition == 0 &&
        IsBarePlace(party)) {
      party.sector = parties.back().sector;  // "ministers of A and B"
    }
    if (parties.size() - from >= kPartiesMax) return;
    if (parties.size() > from && c > run.first && party.place >= 0 &&
        IsBareDemonym(c - 1, parties.back())) {
      parties.back().weak = party.weak;
      parties.back().sector = party.sector;
    }
    parties.push_back(party);
    has_head = true;
    crowd = true;
  }
}

}  // namespace wiredesk
