// Who stands where a pattern looks for actors and recipients. Tested by
// event_finder_test.cc.

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "stages/tag/events/event_matcher.h"
#include "stages/tag/events/function_words.h"

namespace wiredesk {
namespace {

// What tells when or why; what follows it hangs on it.
bool IsCircumstance(uint8_t preposition) {
  static const uint64_t kThese = PrepositionBit(EventPreposition("after")) |
                                 PrepositionBit(EventPreposition("before")) |
                                 PrepositionBit(EventPreposition("during")) |
                                 PrepositionBit(EventPreposition("amid")) |
                                 PrepositionBit(EventPreposition("following")) |
                                 PrepositionBit(EventPreposition("despite")) |
                                 PrepositionBit(EventPreposition("since")) |
                                 PrepositionBit(EventPreposition("until")) |
                                 PrepositionBit(EventPreposition("like")) |
                                 PrepositionBit(EventPreposition("under"));
  return (kThese & PrepositionBit(preposition)) != 0;
}

}  // namespace

bool EventMatcher::HasKind(const Party& party, PartyKind kind) const {
  const EventTables& tables = sentence_.tables();
  const absl::string_view sector = tables.sector(party.sector);
  switch (kind) {
    case PartyKind::kAny:
      return true;
    case PartyKind::kArmed:
      return tables.IsArmed(party.sector) ||
             (party.place >= 0 && party.sector == 0 && !party.person);
    case PartyKind::kForces:
      return tables.IsArmed(party.sector);
    case PartyKind::kCivil:
      return !tables.IsArmed(party.sector) &&
             (party.person || party.proper || party.sector != 0);
    case PartyKind::kOfficial:
      return IsOneOf(sector, {"government", "military", "judiciary", "police"});
    case PartyKind::kState:
      // "a Liberian resident flew to Dallas" is not a state's visit.
      return (party.place >= 0 &&
              (party.sector == 0 ||
               (!party.person &&
                !IsOneOf(sector, {"civilians", "labor", "media", "education",
                                  "prisoners"})))) ||
             IsOneOf(sector, {"government", "igo", "legislature", "military",
                              "rebels", "judiciary"});
    case PartyKind::kPlace:
      return party.place >= 0;
    case PartyKind::kPublic:
      return IsPublic(party);
    case PartyKind::kPeople:
      return !party.person && party.sector != 0 &&
             !IsOneOf(sector, {"government", "party", "legislature"});
  }
  return false;
}

bool EventMatcher::IsPublic(const Party& party) const {
  return party.place >= 0 || sentence_.tables().IsPublic(party.sector);
}

// Whom a pronoun means; false where that cannot be told.
bool EventMatcher::Resolve(const Clause& clause, size_t chunk,
                           Party& party) const {
  if (clause.speech >= 0) {
    // "X said that it would": X, unless X is many and "he" one.
    const NounRun teller = clauses_.Subject(static_cast<size_t>(clause.speech));
    if (!teller.empty() && teller.last < chunk) {
      std::vector<Party> tellers;
      parties_.Read(teller, false, tellers);
      if (!tellers.empty() && !tellers[0].weak && !tellers[0].pronoun &&
          (!party.person || tellers[0].person)) {
        party = tellers[0];
        return true;
      }
    }
  }
  if (!party.person || before_->person < 0) return false;
  const uint32_t begin = party.begin;
  const uint32_t end = party.end;
  if (!parties_.MayBe(before_->person, sentence_.text()[party.begin])) {
    return false;
  }
  if (!parties_.PersonByEntity(before_->person, party)) return false;
  party.begin = begin;
  party.end = end;
  return true;
}

void EventMatcher::ReadRun(NounRun run, bool weak_too, const Clause& clause,
                           std::vector<Party>& parties) const {
  const size_t from = parties.size();
  parties_.Read(run, weak_too, parties);
  size_t kept = from;
  for (size_t i = from; i < parties.size(); ++i) {
    Party party = parties[i];
    if (party.weak && !weak_too) continue;
    if (party.pronoun && !Resolve(clause, run.first, party)) continue;
    parties[kept++] = party;
  }
  parties.resize(kept);
  if (parties.size() > from && run.first > clause.verb) {
    AttachPlace(run, from, parties);
  }
}

// "ministers from A and B", "protesters in A": what stands behind tells whose
// they are. Soldiers are not of where they fight.
void EventMatcher::AttachPlace(NounRun run, size_t from,
                               std::vector<Party>& parties) const {
  const auto& chunks = sentence_.chunks();
  const Party head = parties.back();
  if (head.place >= 0 || head.entity >= 0 || head.pronoun || head.proper ||
      parties.size() != from + 1 || run.last + 2 >= chunks.size()) {
    return;
  }
  static const uint8_t from_word = EventPreposition("from");
  static const uint8_t in_word = EventPreposition("in");
  const uint8_t preposition = chunks[run.last + 1].preposition;
  const bool forces = sentence_.tables().IsArmed(head.sector) &&
                      sentence_.tables().sector(head.sector) != "police";
  if (chunks[run.last + 1].kind != ChunkKind::kPreposition ||
      (preposition != from_word && (preposition != in_word || forces))) {
    return;
  }
  std::vector<Party> places;
  parties_.Read(clauses_.RunRight(run.last + 2), false, places);
  bool first = true;
  for (const Party& one : places) {
    if (one.place < 0 || one.entity >= 0) continue;
    if (!first) parties.push_back(head);
    parties.back().place = one.place;
    if (!first) parties.back().begin = one.begin;
    if (!first) parties.back().end = one.end;
    first = false;
  }
}

// "4,200 workers", "two ministers".
bool EventMatcher::IsCounted(NounRun run) const {
  if (run.empty()) return false;
  const EventToken& first =
      sentence_.tokens()[sentence_.chunks()[run.first].begin];
  return absl::ascii_isdigit(
             static_cast<uint8_t>(sentence_.text()[first.begin])) ||
         (first.word != nullptr && (first.word->classes & kEventNumber) != 0);
}

// Who is meant by the infinitive: "agreed to sell arms to Y".
void EventMatcher::ReadInner(const Clause& clause,
                             std::vector<Party>& parties) const {
  if (!clause.infinitive) return;
  static const uint64_t inner_bits =
      PrepositionBit(EventPreposition("with")) |
      PrepositionBit(EventPreposition("to")) |
      PrepositionBit(EventPreposition("from")) |
      PrepositionBit(EventPreposition("against")) |
      PrepositionBit(EventPreposition("on")) |
      PrepositionBit(EventPreposition("for"));
  Clause inner;
  inner.verb = clause.end;
  inner.speech = clause.speech;
  clauses_.ReadRight(clause.end + 1, inner);
  ReadRun(inner.object, true, inner, parties);
  const bool placed = std::any_of(
      parties.begin(), parties.end(),
      [](const Party& one) { return one.place >= 0 || one.entity >= 0; });
  if (placed) return;
  std::vector<Party> behind;
  for (const Complement& one : inner.complements) {
    if ((PrepositionBit(one.preposition) & inner_bits) == 0) continue;
    ReadRun(one.run, true, inner, behind);
    // "to merge into a group with 4,200 workers": what the group has.
    if (&one != &inner.complements.front() && IsCounted(one.run)) {
      behind.clear();
    }
    if (!behind.empty()) break;
  }
  if (!behind.empty()) parties = behind;
}

// Whose it is that something is done to.
void EventMatcher::ReadOwner(const Clause& clause,
                             std::vector<Party>& parties) const {
  Party owner;
  const NounRun patient = Patient(clause);
  if (!patient.empty() && parties_.ReadOwner(patient.first, owner)) {
    parties.push_back(owner);
  }
}

void EventMatcher::ReadSlot(const EventSlot& slot, const Clause& clause,
                            bool weak_too, std::vector<Party>& parties) const {
  if (slot.subject) ReadRun(Agent(clause), weak_too, clause, parties);
  const auto read_object = [&] {
    if (slot.object && parties.empty()) {
      ReadRun(Patient(clause), weak_too, clause, parties);
    }
  };
  if (!slot.prepositions_first) read_object();
  if (slot.owner && parties.empty()) ReadOwner(clause, parties);
  bool aside = false;  // "after the attack in X": X hangs on the attack
  for (const Complement& one : clause.complements) {
    if (!parties.empty()) break;
    aside = aside || IsCircumstance(one.preposition);
    if ((PrepositionBit(one.preposition) & slot.prepositions) == 0) continue;
    if (aside && !IsCircumstance(one.preposition)) continue;
    ReadRun(one.run, weak_too, clause, parties);
  }
  if (slot.prepositions_first) read_object();
  if (slot.inner && parties.empty()) ReadInner(clause, parties);
  if (slot.speaker && parties.empty() && clause.speech >= 0) {
    const auto speech = static_cast<size_t>(clause.speech);
    Clause outer;
    outer.verb = speech;
    ReadRun(clauses_.Subject(speech), false, outer, parties);
  }
  if (slot.clause && parties.empty() &&
      clause.end + 1 < sentence_.chunks().size()) {
    const size_t next = clause.that ? clause.end + 1 : clause.end;
    ReadRun(clauses_.RunRight(next), true, clause, parties);
  }
  if (slot.pair && parties.empty()) parties = before_->pair;
  const auto other = [&](const Party& one) { return !HasKind(one, slot.kind); };
  parties.erase(std::remove_if(parties.begin(), parties.end(), other),
                parties.end());
}

bool EventMatcher::FillParties(const EventPattern& pattern,
                               const Clause& clause,
                               EventTelling& telling) const {
  ReadSlot(pattern.actors, clause, pattern.actors.owner, telling.actors);
  const bool passive =
      (sentence_.chunks()[clause.verb].flags & kVerbPassive) != 0;
  // "was arrested": by whom may stay open.
  if (telling.actors.empty() && !pattern.actors.none() &&
      !(pattern.actors.optional && passive)) {
    return false;
  }
  // "a man killed in Iraq" killed nobody there.
  if (pattern.recipients.object && !pattern.recipients.prepositions_first &&
      pattern.particle == 0 && !pattern.recipients.optional &&
      Patient(clause).empty()) {
    return false;
  }
  ReadSlot(pattern.recipients, clause, true, telling.recipients);
  // Nobody does a thing to himself: "Iran's leaders met in Iran".
  const auto same = [&](const Party& one) {
    return std::any_of(telling.actors.begin(), telling.actors.end(),
                       [&](const Party& actor) {
                         return one.begin == actor.begin ||
                                (one.entity >= 0 && one.entity == actor.entity);
                       });
  };
  auto& recipients = telling.recipients;
  recipients.erase(std::remove_if(recipients.begin(), recipients.end(), same),
                   recipients.end());
  const bool together =
      pattern.recipients.together &&
      (telling.actors.size() > 1 ||
       (telling.actors.size() == 1 && telling.actors[0].plural &&
        telling.actors[0].sector != 0));
  if (recipients.empty() && !pattern.recipients.none() &&
      !pattern.recipients.optional && !together) {
    return false;
  }
  return IsToldOfPublic(pattern, telling);
}

// Whether it is about public life: somebody of it is on one side, or what is
// done is ("restored ties") and both sides have names.
bool EventMatcher::IsToldOfPublic(const EventPattern& pattern,
                                  const EventTelling& telling) const {
  const auto is_public = [&](const Party& one) { return IsPublic(one); };
  const auto& actors = telling.actors;
  const auto& recipients = telling.recipients;
  if (std::any_of(actors.begin(), actors.end(), is_public) ||
      std::any_of(recipients.begin(), recipients.end(), is_public)) {
    return true;
  }
  const auto named = [](const Party& one) {
    return one.proper || one.entity >= 0;
  };
  return !pattern.object.empty() &&
         (!recipients.empty() || actors.size() > 1) &&
         std::all_of(actors.begin(), actors.end(), named) &&
         std::all_of(recipients.begin(), recipients.end(), named);
}

}  // namespace wiredesk
