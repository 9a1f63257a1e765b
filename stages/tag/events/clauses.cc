// Tested by event_finder_test.cc.

#include "stages/tag/events/clauses.h"

#include <cstddef>

#include "stages/tag/events/function_words.h"

namespace wiredesk {
namespace {

// By which a noun hangs on the one before it.
bool Hangs(uint8_t preposition) {
  static const uint64_t hanging = PrepositionBit(EventPreposition("of")) |
                                  PrepositionBit(EventPreposition("from")) |
                                  PrepositionBit(EventPreposition("in")) |
                                  PrepositionBit(EventPreposition("for")) |
                                  PrepositionBit(EventPreposition("at")) |
                                  PrepositionBit(EventPreposition("near")) |
                                  PrepositionBit(EventPreposition("with")) |
                                  PrepositionBit(EventPreposition("to")) |
                                  PrepositionBit(EventPreposition("against")) |
                                  PrepositionBit(EventPreposition("between")) |
                                  PrepositionBit(EventPreposition("on"));
  return (hanging & PrepositionBit(preposition)) != 0;
}

// Behind which a participle tells what was done: "after meeting", "by killing".
bool TellsOfDeed(uint8_t preposition) {
  static const uint64_t telling =
      PrepositionBit(EventPreposition("after")) |
      PrepositionBit(EventPreposition("by")) |
      PrepositionBit(EventPreposition("following")) |
      PrepositionBit(EventPreposition("before")) |
      PrepositionBit(EventPreposition("upon")) |
      PrepositionBit(EventPreposition("since"));
  return (telling & PrepositionBit(preposition)) != 0;
}

// Behind a noun, "the treaty with", "the war between".
bool TellsOfParty(uint8_t preposition) {
  static const uint64_t telling = PrepositionBit(EventPreposition("with")) |
                                  PrepositionBit(EventPreposition("against")) |
                                  PrepositionBit(EventPreposition("between")) |
                                  PrepositionBit(EventPreposition("on"));
  return (telling & PrepositionBit(preposition)) != 0;
}

}  // namespace

void Clause::Clear() {
  subject = object = NounRun();
  complements.clear();
  infinitive = that = commitment = conditional = elsewhen = false;
  governing = 0;
  allowed = true;
  speech = -1;
  verb = end = 0;
}

bool ClauseReader::IsFinite(size_t i) const {
  return Is(i, ChunkKind::kVerb) &&
         (at(i).flags & (kVerbInfinitive | kVerbIng | kVerbReduced)) == 0;
}

// Whether what stands before `first`, which "and" joins to the left, lets it.
bool ClauseReader::JoinsLeft(size_t first) const {
  if (first == 0) return true;
  const Chunk& before = at(first - 1);
  if (before.kind == ChunkKind::kVerb) {
    return sentence_.tables().verb(before.verb).speech;
  }
  if (before.kind != ChunkKind::kPreposition) return true;
  // "talks between A and B", but not "signed a treaty with A and B".
  return first > 1 && Is(first - 2, ChunkKind::kNoun) &&
         Hangs(before.preposition) &&
         !(first > 2 && Is(first - 3, ChunkKind::kVerb));
}

NounRun ClauseReader::RunLeft(size_t last) const {
  size_t first = last;
  const auto hang = [&] {
    while (first >= 2 && Is(first - 1, ChunkKind::kPreposition) &&
           Is(first - 2, ChunkKind::kNoun) &&
           Hangs(at(first - 1).preposition)) {
      first -= 2;
    }
  };
  hang();
  if (first < 2 || !Is(first - 1, ChunkKind::kConjunction)) {
    return {first, last};
  }
  const size_t alone = first;
  size_t left = first - 2;
  if (Is(left, ChunkKind::kComma) && left > 0) --left;
  if (!Is(left, ChunkKind::kNoun)) return {alone, last};
  first = left;
  hang();
  // "A, B and C".
  while (first >= 2 && Is(first - 1, ChunkKind::kComma) &&
         Is(first - 2, ChunkKind::kNoun)) {
    first -= 2;
    hang();
  }
  if (!JoinsLeft(first)) return {alone, last};
  hang();
  return {first, last};
}

NounRun ClauseReader::RunRight(size_t first, bool pair) const {
  if (!Is(first, ChunkKind::kNoun)) return {};
  static const uint8_t preposition_of = EventPreposition("of");
  size_t last = first;
  size_t commas = 0;  // that are part of a list once "and" has come
  for (size_t i = first + 1; i + 1 < size(); ++i) {
    const bool of =
        Is(i, ChunkKind::kPreposition) && at(i).preposition == preposition_of;
    const bool and_too = Is(i, ChunkKind::kConjunction);
    const bool comma = Is(i, ChunkKind::kComma);
    if (comma && commas > 0 && Is(i + 1, ChunkKind::kConjunction)) continue;
    if ((!of && !and_too && !comma) || !Is(i + 1, ChunkKind::kNoun)) break;
    // The subject of the next clause is not part of it.
    if (!of && !pair && Is(i + 2, ChunkKind::kVerb) &&
        (at(i + 2).flags & (kVerbReduced | kVerbInfinitive)) == 0) {
      break;
    }
    if (comma) {
      if (++commas > 6) break;
      ++i;
      continue;
    }
    last = ++i;
    if (and_too) commas = 0;
  }
  return {first, last};
}

NounRun ClauseReader::Inherited(size_t verb, int depth) const {
  for (size_t i = verb; i-- > 0;) {
    if (IsFinite(i)) return Subject(i, depth + 1);
  }
  return NextSubject(verb, depth);
}

// "Rebuked by the mayor, the council resigned": the subject is still to come.
NounRun ClauseReader::NextSubject(size_t verb, int depth) const {
  for (size_t i = verb + 1; i < size(); ++i) {
    if (IsFinite(i)) return Subject(i, depth + 1);
  }
  return {};
}

// "X, who had fled, said", "X, the mayor, said"; else "X came, saw, said".
NounRun ClauseReader::BehindComma(size_t comma, size_t verb, int depth) const {
  // "The police searched the town of X, killing two": not X.
  const bool participle = (at(verb).flags & kVerbIng) != 0;
  for (size_t i = comma; i-- > 0 && !participle;) {
    if (Is(i, ChunkKind::kBreak)) break;
    if (!Is(i, ChunkKind::kComma) || i == 0) continue;
    const bool inserted = !IsFinite(i + 1);
    if (Is(i - 1, ChunkKind::kNoun) && inserted) return RunLeft(i - 1);
    break;
  }
  return Inherited(verb, depth);
}

// What "who" or "that" stands for.
NounRun ClauseReader::Antecedent(size_t relative) const {
  size_t noun = relative;
  if (noun > 0 && Is(noun - 1, ChunkKind::kComma)) --noun;
  if (noun == 0 || !Is(noun - 1, ChunkKind::kNoun)) return {};
  // "Ann Lowell, the mayor, who"; "attacks in Paris, France, that".
  if (noun < relative && noun > 2 && Is(noun - 2, ChunkKind::kComma) &&
      Is(noun - 3, ChunkKind::kNoun)) {
    return RunLeft(noun - 3);
  }
  const NounRun run = RunLeft(noun - 1);
  // "a film, made in Spain, that": a participle stands between.
  size_t i = run.first;
  while (i > 0 &&
         (Is(i - 1, ChunkKind::kPreposition) || Is(i - 1, ChunkKind::kNoun) ||
          Is(i - 1, ChunkKind::kTime))) {
    --i;
  }
  const bool inserted =
      noun < relative && i > 2 && Is(i - 1, ChunkKind::kVerb) &&
      Is(i - 2, ChunkKind::kComma) && Is(i - 3, ChunkKind::kNoun);
  return inserted ? RunLeft(i - 3) : run;
}

// The head of the group that ends in `run`, which may hang on a participle or
// a relative clause: "a man living in Spain", "those who live in Spain". Empty
// where it is but a place within another clause.
NounRun ClauseReader::HeadOf(NounRun run) const {
  if (run.empty() || run.first < 2) return run;
  size_t i = run.first;
  while (i > 0 &&
         (Is(i - 1, ChunkKind::kPreposition) || Is(i - 1, ChunkKind::kNoun) ||
          Is(i - 1, ChunkKind::kTime))) {
    --i;
  }
  const bool hangs = Is(run.first - 1, ChunkKind::kPreposition) &&
                     Hangs(at(run.first - 1).preposition);
  if (i < 2 || !Is(i - 1, ChunkKind::kVerb)) return run;
  const size_t verb = i - 1;
  const bool direct = verb + 1 == run.first;
  if (!hangs && !direct) return run;
  if (sentence_.tables().verb(at(verb).verb).speech) return run;
  const bool bare = (at(verb).flags & (kVerbIng | kVerbReduced)) != 0;
  if (bare && Is(verb - 1, ChunkKind::kNoun)) return RunLeft(verb - 1);
  const bool relative =
      Is(verb - 1, ChunkKind::kRelative) || Is(verb - 1, ChunkKind::kThat);
  if (relative && verb > 1 && Is(verb - 2, ChunkKind::kNoun)) {
    return RunLeft(verb - 2);
  }
  return hangs ? NounRun() : run;
}

// "Assad, who the ministers say has killed": the clause goes around them.
NounRun ClauseReader::BehindSpeech(size_t speech, int depth) const {
  const NounRun teller = Subject(speech, depth + 1);
  if (!teller.empty() && teller.first > 0 && teller.first < speech &&
      (Is(teller.first - 1, ChunkKind::kRelative) ||
       Is(teller.first - 1, ChunkKind::kThat))) {
    return Antecedent(teller.first - 1);
  }
  return teller;
}

NounRun ClauseReader::Subject(size_t verb, int depth) const {
  if (depth > kInheritMax) return {};
  size_t before = verb;
  while (before > 0 && Is(before - 1, ChunkKind::kTime)) {
    --before;
    // "a man on Monday": the preposition goes with the time.
    if (before > 0 && Is(before - 1, ChunkKind::kPreposition)) --before;
  }
  if (before == 0) {
    return IsFinite(verb) ? NounRun() : NextSubject(verb, depth);
  }
  const size_t c = before - 1;
  switch (at(c).kind) {
    case ChunkKind::kNoun: {
      // "saw him banned".
      if ((at(c).flags & kNounObject) != 0 && IsFinite(verb)) return {};
      const NounRun run = RunLeft(c);
      return IsFinite(verb) ? HeadOf(run) : run;
    }
    case ChunkKind::kRelative:
    case ChunkKind::kThat:
      return Antecedent(c);
    case ChunkKind::kComma:
      return BehindComma(c, verb, depth);
    case ChunkKind::kBreak:
      // "the European Union (EU) agreed".
      if (c > 2 && Is(c - 1, ChunkKind::kNoun) &&
          Is(c - 2, ChunkKind::kBreak) && Is(c - 3, ChunkKind::kNoun)) {
        return RunLeft(c - 3);
      }
      return {};
    case ChunkKind::kConjunction:
    case ChunkKind::kPreposition:
    case ChunkKind::kSubordinator:
      return Inherited(verb, depth);
    case ChunkKind::kVerb:
      if (IsFinite(c) && IsFinite(verb) &&
          sentence_.tables().verb(at(c).verb).speech) {
        return BehindSpeech(c, depth);
      }
      return Inherited(verb, depth);
    default:
      return {};
  }
}

// A complement at chunk `i`, or what may stand between two: the chunk behind;
// `i` itself where the clause ends.
size_t ClauseReader::ReadComplement(size_t i, Clause& clause) const {
  if (Is(i, ChunkKind::kTime)) return i + 1;
  if (Is(i, ChunkKind::kPreposition)) {
    if (Is(i + 1, ChunkKind::kNoun)) {
      const NounRun run =
          RunRight(i + 1, at(i).preposition == EventPreposition("between"));
      clause.complements.push_back({at(i).preposition, run});
      return run.last + 1;
    }
    const bool more =
        Is(i + 1, ChunkKind::kPreposition) || Is(i + 1, ChunkKind::kTime);
    return more ? i + 1 : i;
  }
  const bool mark = Is(i, ChunkKind::kComma) || Is(i, ChunkKind::kConjunction);
  if (mark && Is(i + 1, ChunkKind::kPreposition)) return i + 1;
  // An apposition: "met X, the mayor, in Rome".
  const bool apposition =
      Is(i, ChunkKind::kComma) && Is(i + 1, ChunkKind::kNoun) &&
      Is(i + 2, ChunkKind::kComma) && Is(i + 3, ChunkKind::kPreposition);
  return apposition ? i + 3 : i;
}

void ClauseReader::ReadRight(size_t from, Clause& clause) const {
  size_t i = from;
  while (Is(i, ChunkKind::kTime)) ++i;
  const bool speech = sentence_.tables().verb(at(clause.verb).verb).speech;
  if (Is(i, ChunkKind::kNoun)) {
    const NounRun run = RunRight(i);
    const bool told = speech && IsFinite(run.last + 1);
    if (told) {
      clause.that = true;
      clause.end = i;
      return;
    }
    clause.object = run;
    i = run.last + 1;
  }
  while (i < size()) {
    const size_t behind = ReadComplement(i, clause);
    if (behind == i) break;
    i = behind;
  }
  clause.end = i;
  // "told him of an effort to win": what the effort is, not what is told.
  const bool of_noun = !clause.complements.empty() && i > 0 &&
                       clause.complements.back().run.last == i - 1 &&
                       at(i - 1).sets.Meets(sentence_.tables().purposes());
  clause.infinitive = !of_noun && Is(i, ChunkKind::kVerb) &&
                      (at(i).flags & kVerbInfinitive) != 0;
  clause.that = Is(i, ChunkKind::kThat) && i < size();
}

void ClauseReader::Read(size_t verb, Clause& clause) const {
  clause.Clear();
  clause.verb = verb;
  clause.subject = Subject(verb);
  ReadRight(verb + 1, clause);
  // "The treaty between X and Y was signed".
  for (size_t i = clause.subject.first;
       i + 1 <= clause.subject.last && !clause.subject.empty(); ++i) {
    if (Is(i, ChunkKind::kPreposition) && Is(i + 1, ChunkKind::kNoun) &&
        TellsOfParty(at(i).preposition)) {
      clause.complements.push_back({at(i).preposition, RunRight(i + 1, true)});
    }
  }
  ReadTelling(clause);
  ReadStanding(clause);
}

// Finds the verb of speech whose clause this is.
void ClauseReader::ReadTelling(Clause& clause) const {
  if (clause.subject.empty() || clause.subject.first == 0) return;
  size_t i = clause.subject.first;
  while (i > 0 && (Is(i - 1, ChunkKind::kThat) || Is(i - 1, ChunkKind::kTime) ||
                   Is(i - 1, ChunkKind::kPreposition))) {
    --i;
  }
  // "told reporters that", "said in a speech that".
  while (i > 0 && Is(clause.subject.first - 1, ChunkKind::kThat) &&
         !Is(i - 1, ChunkKind::kVerb) && !Is(i - 1, ChunkKind::kBreak)) {
    --i;
  }
  if (i == 0 || !Is(i - 1, ChunkKind::kVerb)) return;
  if (!sentence_.tables().verb(at(i - 1).verb).speech) return;
  clause.speech = static_cast<int>(i - 1);
  const Chunk& subject = at(clause.subject.first);
  const bool will = (at(clause.verb).flags & (kVerbWill | kVerbWould)) != 0;
  clause.commitment = will && clause.subject.first == clause.subject.last &&
                      (subject.flags & kNounPronoun) != 0;
}

// "to fight and attack": a base form that shares the "to" or the "will" of
// the verb before it.
bool ClauseReader::IsBaseBeside(size_t verb) const {
  constexpr uint32_t kOwn = kVerbPast | kVerbThird | kVerbIng | kVerbPassive |
                            kVerbPerfect | kVerbReduced | kVerbModal |
                            kVerbWill | kVerbWould | kVerbInfinitive;
  if ((at(verb).flags & kOwn) != 0 || verb == 0 ||
      !Is(verb - 1, ChunkKind::kConjunction)) {
    return false;
  }
  return (sentence_.tokens()[at(verb).main].forms() & kFormBase) != 0;
}

// What another verb, which this one hangs on, says of both.
uint32_t ClauseReader::Governing(size_t verb) const {
  constexpr uint32_t kSaid = kVerbWill | kVerbWould | kVerbModal |
                             kVerbPlanned | kVerbIntended | kVerbHypothetical;
  const bool ing = (at(verb).flags & kVerbIng) != 0 && verb > 0;
  const bool behind = ing && Is(verb - 1, ChunkKind::kPreposition);
  const bool aside = ing && Is(verb - 1, ChunkKind::kComma);
  const bool beside = IsBaseBeside(verb);
  if (!behind && !aside && !beside) return 0;
  for (size_t i = verb; i-- > 0;) {
    if (Is(i, ChunkKind::kBreak)) break;
    if (!Is(i, ChunkKind::kVerb)) continue;
    const uint32_t flags = at(i).flags;
    if ((flags & (kVerbIng | kVerbReduced)) != 0) continue;
    if (aside && (flags & kVerbInfinitive) != 0) continue;
    if (behind && at(verb - 1).preposition == EventPreposition("before") &&
        (flags & (kVerbPast | kVerbPerfect)) == 0) {
      return kVerbHypothetical;  // "wants money before agreeing"
    }
    return flags & (kSaid | kVerbInfinitive);
  }
  return 0;
}

// Whether the clause is one that tells what happened.
void ClauseReader::ReadStanding(Clause& clause) const {
  const Chunk& verb = at(clause.verb);
  const bool own = !clause.subject.empty() && clause.subject.last < clause.verb;
  size_t opener = own ? clause.subject.first : clause.verb;
  if (opener > 0 && Is(opener - 1, ChunkKind::kTime)) --opener;
  if (opener > 0) {
    const Chunk& before = at(opener - 1);
    clause.conditional = before.kind == ChunkKind::kSubordinator &&
                         (before.flags & kConditional) != 0;
    // "five years after crowds stormed the embassy".
    const bool since = before.kind == ChunkKind::kPreposition ||
                       before.kind == ChunkKind::kSubordinator;
    clause.elsewhen = since && opener > 1 &&
                      (Is(opener - 2, ChunkKind::kTime) ||
                       (at(opener - 2).flags & kElsewhen) != 0);
  }
  clause.governing = Governing(clause.verb);
  if (IsBaseBeside(clause.verb) && (clause.governing & kVerbInfinitive) != 0) {
    clause.allowed = false;
    return;
  }
  if ((verb.flags & kVerbInfinitive) != 0) {
    // A headline's plan: "Ministers to meet rebels".
    clause.allowed = clause.verb == 1 && Is(0, ChunkKind::kNoun);
    for (size_t i = 0; clause.allowed && i < clause.verb; ++i) {
      clause.allowed = !IsFinite(i);
    }
    return;
  }
  if ((verb.flags & kVerbIng) != 0 && clause.verb > 0 &&
      Is(clause.verb - 1, ChunkKind::kPreposition)) {
    clause.allowed = TellsOfDeed(at(clause.verb - 1).preposition);
  }
  // "the rebels who hold the town": a state, not a deed.
  const bool told = (verb.flags & (kVerbPast | kVerbPerfect | kVerbWill |
                                   kVerbWould | kVerbPassive)) != 0;
  const bool relative =
      clause.verb > 0 && Is(clause.verb - 1, ChunkKind::kRelative);
  if (relative && !told) clause.allowed = false;
  // "the rioting, looting, vandalism".
  if ((verb.flags & kVerbIng) != 0 && clause.verb > 0 &&
      Is(clause.verb - 1, ChunkKind::kComma) && clause.object.empty() &&
      clause.complements.empty()) {
    clause.allowed = false;
  }
  if ((verb.flags & kVerbIng) != 0 && clause.verb > 0 &&
      Is(clause.verb - 1, ChunkKind::kVerb)) {
    clause.allowed = false;
  }
}

}  // namespace wiredesk
