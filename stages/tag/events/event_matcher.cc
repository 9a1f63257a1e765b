// Which pattern of a verb fits its clause, and whether the clause says that it
// happened. Tested by event_finder_test.cc.

#include "stages/tag/events/event_matcher.h"

#include <algorithm>
#include <cstddef>

#include "stages/tag/events/function_words.h"

namespace wiredesk {
namespace {

// What one may promise or refuse to do for another.
bool IsFriendly(absl::string_view name) {
  return IsOneOf(name, {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE",
                        "AID", "RETREAT"});
}

// What one may threaten to do.
bool IsHostile(absl::string_view name) {
  return IsOneOf(name,
                 {"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"});
}

}  // namespace

absl::string_view RealisName(Realis realis) {
  static constexpr absl::string_view kNames[] = {"actual", "planned",
                                                 "hypothetical", "denied"};
  return kNames[static_cast<size_t>(realis)];
}

NounRun EventMatcher::Patient(const Clause& clause) const {
  const bool passive =
      (sentence_.chunks()[clause.verb].flags & kVerbPassive) != 0;
  return passive ? clause.subject : clause.object;
}

NounRun EventMatcher::Agent(const Clause& clause) const {
  const bool passive =
      (sentence_.chunks()[clause.verb].flags & kVerbPassive) != 0;
  if (!passive) return clause.subject;
  static const uint8_t by_word = EventPreposition("by");
  for (const Complement& one : clause.complements) {
    if (one.preposition == by_word) return one.run;
  }
  return {};
}

WordSets EventMatcher::SetsOf(NounRun run) const {
  WordSets sets;
  for (size_t c = run.first; c <= run.last && !run.empty(); ++c) {
    sets.Join(sentence_.chunks()[c].sets);
  }
  return sets;
}

bool EventMatcher::Fits(const EventPattern& pattern,
                        const Clause& clause) const {
  const NounRun patient = Patient(clause);
  if (pattern.some_object && patient.empty()) return false;
  if (pattern.no_object && !patient.empty()) return false;
  const uint32_t flags = sentence_.chunks()[clause.verb].flags;
  if (pattern.passive && (flags & kVerbPassive) == 0) return false;
  if (pattern.infinitive && !clause.infinitive) return false;
  if (pattern.clause && !clause.that) return false;
  if (!pattern.object.empty() && !SetsOf(patient).Meets(pattern.object)) {
    return false;
  }
  if (pattern.party_object) {
    std::vector<Party> parties;
    ReadRun(patient, false, clause, parties);
    if (parties.empty()) return false;
  }
  if (pattern.preposition != 0) {
    // "declined to comment".
    static const uint64_t to_bit = PrepositionBit(EventPreposition("to"));
    const bool inner =
        clause.infinitive && (pattern.preposition & to_bit) != 0 &&
        sentence_.chunks()[clause.end].sets.Meets(pattern.behind);
    const bool holds =
        inner ||
        std::any_of(clause.complements.begin(), clause.complements.end(),
                    [&](const Complement& one) {
                      return (PrepositionBit(one.preposition) &
                              pattern.preposition) != 0 &&
                             (pattern.behind.empty() ||
                              SetsOf(one.run).Meets(pattern.behind));
                    });
    if (!holds) return false;
  }
  return true;
}

// The clause as the pattern sees it: with a particle, what stands behind that.
const Clause* EventMatcher::ClauseFor(const EventPattern& pattern,
                                      size_t verb) {
  if (pattern.particle == 0) return &clause_;
  const auto& chunks = sentence_.chunks();
  const auto& tokens = sentence_.tokens();
  size_t token = chunks[verb].end;
  while (token < tokens.size() && tokens[token].Has(kEventAdverb) &&
         tokens[token].hash != pattern.particle) {
    ++token;
  }
  if (token >= tokens.size() || tokens[token].hash != pattern.particle ||
      (tokens[token].gap & (kGapComma | kGapBreak)) != 0) {
    return nullptr;
  }
  size_t next = verb + 1;
  while (next < chunks.size() && chunks[next].end <= token) ++next;
  // "be ready": the word is a chunk, or begins one.
  if (next < chunks.size() && chunks[next].begin <= token) ++next;
  particle_clause_ = clause_;
  particle_clause_.object = NounRun();
  particle_clause_.complements.clear();
  particle_clause_.infinitive = particle_clause_.that = false;
  clauses_.ReadRight(next, particle_clause_);
  return &particle_clause_;
}

Realis EventMatcher::RealisOf(const Clause& clause) const {
  const Chunk& verb = sentence_.chunks()[clause.verb];
  const NounRun patient = Patient(clause);
  const bool none = !patient.empty() &&
                    (sentence_.chunks()[patient.first].flags & kNounNone) != 0;
  if ((verb.flags & (kVerbNegated | kVerbDenied)) != 0 || none) {
    return Realis::kDenied;
  }
  const uint32_t flags = verb.flags | clause.governing;
  if (clause.conditional || (flags & (kVerbModal | kVerbHypothetical))) {
    return Realis::kHypothetical;
  }
  if ((flags & (kVerbWill | kVerbPlanned | kVerbIntended | kVerbInfinitive)) !=
      0) {
    return Realis::kPlanned;
  }
  if ((flags & kVerbWould) != 0) {
    return clause.speech >= 0 ? Realis::kPlanned : Realis::kHypothetical;
  }
  return Realis::kActual;
}

// What is promised, refused or threatened is an event of its own: "said it
// would send aid" is AGREE, "will not talk" REJECT, "said it would attack"
// THREATEN.
void EventMatcher::Turn(const Clause& clause, EventTelling& telling) const {
  const uint32_t flags = sentence_.chunks()[clause.verb].flags;
  const bool friendly = IsFriendly(telling.event_class);
  const bool will = (flags & (kVerbWill | kVerbWould)) != 0;
  const bool intended = (flags & kVerbIntended) != 0 || clause.commitment;
  const auto turn = [&](absl::string_view name, absl::string_view cameo) {
    telling.event_class = name;
    telling.mode = {};
    telling.cameo = cameo;
    telling.realis = Realis::kActual;
  };
  if (telling.realis == Realis::kDenied && friendly && will &&
      (flags & (kVerbPlanned | kVerbHypothetical)) == 0 &&
      ((flags & kVerbWill) != 0 || clause.commitment)) {
    turn("REJECT", "120");
  } else if (telling.realis == Realis::kPlanned && intended && friendly) {
    turn("AGREE", "030");
  } else if (telling.realis == Realis::kPlanned && clause.commitment &&
             IsHostile(telling.event_class)) {
    turn("THREATEN", "130");
  }
}

void EventMatcher::Finish(const Clause& clause, EventTelling& telling) const {
  const auto& chunks = sentence_.chunks();
  const auto& tokens = sentence_.tokens();
  const Chunk& verb = chunks[clause.verb];
  size_t first = verb.begin;
  if (!clause.subject.empty()) {
    first = std::min<size_t>(first, chunks[clause.subject.first].begin);
  }
  size_t last = verb.end;
  const auto reach = [&](NounRun run) {
    if (!run.empty()) last = std::max<size_t>(last, chunks[run.last].end);
  };
  reach(clause.object);
  for (const Complement& one : clause.complements) reach(one.run);
  if (clause.infinitive || clause.that) {
    // What is asked for or promised belongs to it.
    for (size_t c = clause.end; c < chunks.size(); ++c) {
      if (chunks[c].kind == ChunkKind::kComma ||
          chunks[c].kind == ChunkKind::kBreak) {
        break;
      }
      last = std::max<size_t>(last, chunks[c].end);
    }
  }
  if (!clause.subject.empty() && clause.subject.first > clause.verb) {
    last = std::max<size_t>(last, chunks[clause.subject.last].end);
  }
  telling.begin = tokens[first].begin;
  telling.end = tokens[last - 1].end;
  telling.own_end = clause.infinitive && telling.realis == Realis::kActual
                        ? tokens[chunks[clause.end].begin].begin
                        : telling.end;
  telling.trigger_begin = tokens[verb.main].begin;
  telling.trigger_end = tokens[verb.main].end;
  const EventWord* const word = tokens[verb.main].word;
  if (word != nullptr) {
    telling.trigger = uint64_t{word->verb} << 16 | word->noun;
  }
  double confidence = 0.6;
  const auto named = [](const Party& one) {
    return one.entity >= 0 || one.place >= 0;
  };
  const auto all = [&](const std::vector<Party>& parties) {
    return !parties.empty() &&
           std::all_of(parties.begin(), parties.end(), named);
  };
  if (all(telling.actors)) confidence += 0.15;
  if (all(telling.recipients)) confidence += 0.15;
  if (telling.realis == Realis::kHypothetical) confidence -= 0.1;
  telling.confidence = confidence;
}

bool EventMatcher::MatchVerb(size_t c, std::vector<EventTelling>& tellings) {
  const Chunk& verb = sentence_.chunks()[c];
  const EventTables& tables = sentence_.tables();
  const EventVerb& known = tables.verb(verb.verb);
  if (verb.verb == 0 || known.first == known.last) return false;
  clauses_.Read(c, clause_);
  if (!clause_.allowed || clause_.elsewhen) return false;
  for (uint32_t i = known.first; i < known.last; ++i) {
    const EventPattern& pattern = tables.pattern(i);
    const Clause* const clause = ClauseFor(pattern, c);
    if (clause == nullptr || !Fits(pattern, *clause)) continue;
    if (pattern.event_class.empty()) return false;
    if (pattern.infinitive && pattern.event_class == "AGREE" &&
        IsHostileBehind(*clause)) {
      return false;
    }
    EventTelling telling;
    if (!FillParties(pattern, *clause, telling)) continue;
    telling.pattern = &pattern;
    telling.event_class = pattern.event_class;
    telling.mode = pattern.mode;
    telling.cameo = pattern.cameo;
    telling.realis = RealisOf(*clause);
    Turn(*clause, telling);
    if (telling.realis == Realis::kHypothetical && !tellings.empty()) {
      return false;
    }
    Finish(*clause, telling);
    tellings.push_back(std::move(telling));
    return true;
  }
  return false;
}

// "agreed to attack" agrees to nothing with whom it is done to.
bool EventMatcher::IsHostileBehind(const Clause& clause) const {
  const EventTables& tables = sentence_.tables();
  const EventVerb& inner = tables.verb(sentence_.chunks()[clause.end].verb);
  bool hostile = false;
  for (uint32_t i = inner.first; i < inner.last; ++i) {
    const absl::string_view name = tables.pattern(i).event_class;
    if (IsFriendly(name)) return false;
    hostile = hostile || IsHostile(name);
  }
  return hostile;
}

// The clause of a noun: what hangs on it, and whose it is.
bool EventMatcher::ReadNounClause(size_t c, Clause& clause) const {
  const auto& chunks = sentence_.chunks();
  clause.Clear();
  clause.verb = c;
  clauses_.ReadRight(c + 1, clause);
  clause.object = {c, c};
  const auto is = [&](size_t i, ChunkKind kind) {
    return i < chunks.size() && chunks[i].kind == kind;
  };
  static const uint64_t at_bits = PrepositionBit(EventPreposition("in")) |
                                  PrepositionBit(EventPreposition("at")) |
                                  PrepositionBit(EventPreposition("during")) |
                                  PrepositionBit(EventPreposition("after")) |
                                  PrepositionBit(EventPreposition("following"));
  const bool at = c > 0 && is(c - 1, ChunkKind::kPreposition) &&
                  (PrepositionBit(chunks[c - 1].preposition) & at_bits) != 0;
  const bool opens = c == 0 || (c == 1 && at);
  if (opens && at) {
    // "In a meeting with X, Y said": Y met X.
    for (size_t v = clause.end; v < chunks.size(); ++v) {
      if (!is(v, ChunkKind::kVerb)) continue;
      clause.subject = clauses_.Subject(v);
      break;
    }
    if (!clause.subject.empty() && clause.subject.first < clause.end) {
      clause.subject = NounRun();
    }
    return true;
  }
  if (at && (PrepositionBit(chunks[c - 1].preposition) &
             PrepositionBit(EventPreposition("after"))) != 0) {
    return true;
  }
  // "Talks between X and Y began": it is said to happen.
  const size_t verb = clause.end;
  if (c == 0 && clause.end >= chunks.size()) return true;  // a headline
  return (c == 0 || chunks[c - 1].kind == ChunkKind::kBreak ||
          chunks[c - 1].kind == ChunkKind::kComma) &&
         is(verb, ChunkKind::kVerb) &&
         (chunks[verb].flags &
          (kVerbModal | kVerbWould | kVerbNegated | kVerbInfinitive)) == 0;
}

bool EventMatcher::MatchNoun(size_t c, std::vector<EventTelling>& tellings) {
  const Chunk& noun = sentence_.chunks()[c];
  const EventToken& main = sentence_.tokens()[noun.main];
  if (main.word == nullptr || main.word->noun == 0 || main.name >= 0) {
    return false;
  }
  if ((noun.flags & (kNounNone | kElsewhen)) != 0) return false;
  const EventTables& tables = sentence_.tables();
  const EventVerb& known = tables.noun(main.word->noun);
  if (!ReadNounClause(c, clause_)) return false;
  for (uint32_t i = known.first; i < known.last; ++i) {
    const EventPattern& pattern = tables.pattern(i);
    if (!Fits(pattern, clause_)) continue;
    if (pattern.event_class.empty()) return false;
    EventTelling telling;
    if (!FillParties(pattern, clause_, telling)) continue;
    telling.pattern = &pattern;
    telling.event_class = pattern.event_class;
    telling.mode = pattern.mode;
    telling.cameo = pattern.cameo;
    Finish(clause_, telling);
    telling.confidence -= 0.1;
    tellings.push_back(std::move(telling));
    return true;
  }
  return false;
}

void EventMatcher::Match(const EventContextBefore& before,
                         std::vector<EventTelling>& tellings) {
  before_ = &before;
  const auto& chunks = sentence_.chunks();
  const size_t from = tellings.size();
  for (size_t c = 0; c < chunks.size(); ++c) {
    if (chunks[c].kind == ChunkKind::kVerb) MatchVerb(c, tellings);
  }
  if (tellings.size() > from) return;
  for (size_t c = 0; c < chunks.size(); ++c) {
    if (chunks[c].kind == ChunkKind::kNoun && MatchNoun(c, tellings)) return;
  }
}

}  // namespace wiredesk
