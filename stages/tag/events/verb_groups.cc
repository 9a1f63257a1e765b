// Whether a word is a verb where it stands, and the group of words around it:
// "will not have been sent", "plans to attack". Tested by sentence_test.cc.

#include <cstddef>

#include "stages/tag/events/function_words.h"
#include "stages/tag/events/sentence.h"

namespace wiredesk {

// Whether the word, which may be a verb, is one where it stands.
bool Sentence::IsVerbHere(size_t i) const {
  const EventToken& token = tokens_[i];
  if (token.word == nullptr || token.word->verb == 0) return false;
  if ((token.gap & kGapJoined) != 0) return false;
  if (i + 1 < tokens_.size() && (tokens_[i + 1].gap & kGapJoined) != 0) {
    return false;
  }
  // A capital within a sentence is part of a name.
  if (i > 0 && (token.flags & kWordCapital) != 0 &&
      (tokens_[i - 1].flags & kWordCapital) == 0) {
    return false;
  }
  if (chunks_.empty()) {
    const bool ing = token.forms() == kFormIng;
    const bool by =
        i + 1 < tokens_.size() && tokens_[i + 1].Has(kEventPreposition);
    return (ing && !token.Has(kEventNounToo) && BeginsNoun(i + 1)) ||
           ((token.forms() & kFormParticiple) != 0 && by);
  }
  switch (chunks_.back().kind) {
    case ChunkKind::kNoun:
    case ChunkKind::kTime:
      return IsVerbBehindNoun(i);
    case ChunkKind::kPreposition:
      return (token.forms() & kFormIng) != 0 &&
             !(token.Has(kEventNounToo) && !BeginsNoun(i + 1));
    case ChunkKind::kVerb:
      return (token.forms() & kFormIng) != 0 && !token.Has(kEventNounToo);
    case ChunkKind::kRelative:
    case ChunkKind::kThat:
      return true;
    case ChunkKind::kComma:
    case ChunkKind::kBreak:
    case ChunkKind::kQuote:
    case ChunkKind::kConjunction:
    case ChunkKind::kSubordinator:
      return IsVerbBehindMark(i);
  }
  return false;
}

// "the army prosecuting authority": an -ing form between two nouns.
bool Sentence::IsInCompound(size_t i) const {
  return i + 1 < tokens_.size() && tokens_[i + 1].name < 0 &&
         !tokens_[i + 1].Has(~uint32_t{kEventNounToo}) &&
         (tokens_[i + 1].flags & kWordCapital) == 0 &&
         (chunks_.back().flags & kNounPlural) == 0 && tokens_[i - 1].name < 0 &&
         BeginsNoun(i + 1);
}

bool Sentence::IsVerbBehindNoun(size_t i) const {
  const EventToken& token = tokens_[i];
  const EventToken& last = tokens_[i - 1];
  if (NounOpen() && last.Has(kEventDeterminer | kEventNumber) &&
      !last.Has(kEventPronoun)) {
    return false;
  }
  const uint8_t forms = token.forms();
  const bool noun_too = token.Has(kEventNounToo);
  const bool owned =
      (last.gap & kGapApostrophe) != 0 && last.end - last.begin == 1;
  if (owned) return false;
  // "France's parliament vote" and "the army base": a demonym needs a noun.
  if (last.name >= 0 && names_[last.name].kind == NamedSpan::kDemonym &&
      (text_[last.end - 1] != 's' || noun_too)) {
    return false;
  }
  if ((forms & (kFormPast | kFormParticiple)) != 0 &&
      (forms & kFormBase) == 0) {
    return true;
  }
  if ((forms & kFormIng) != 0) {
    return !IsInCompound(i) && (!noun_too || (BeginsNoun(i + 1) && open_));
  }
  const bool plural =
      (chunks_.back().flags & kNounPlural) != 0 ||
      (chunks_.size() > 2 &&
       chunks_[chunks_.size() - 2].kind == ChunkKind::kConjunction &&
       chunks_[chunks_.size() - 3].kind == ChunkKind::kNoun);
  // "Turkey plans to attack".
  const bool plans =
      tables_.verb(token.word->verb).aspect != EventAspect::kNone &&
      i + 1 < tokens_.size() && tokens_[i + 1].Has(kEventTo) &&
      IsBaseAhead(i + 2);
  if ((forms & kFormThird) != 0) {
    return !noun_too || plans || (BeginsNoun(i + 1) && !plural);
  }
  // "troops attack the town"; of a past like "put" the noun may be single.
  if ((forms & kFormPast) != 0) return true;
  const bool pronoun = (chunks_.back().flags & kNounPronoun) != 0;
  return (plural || pronoun) && (!noun_too || plans || BeginsNoun(i + 1));
}

bool Sentence::IsVerbBehindMark(size_t i) const {
  const EventToken& token = tokens_[i];
  const uint8_t forms = token.forms();
  const bool noun_too = token.Has(kEventNounToo);
  if ((forms & kFormIng) != 0) {
    // "judges and sentencing experts".
    if (chunks_.back().kind == ChunkKind::kConjunction) {
      const bool beside = chunks_.size() > 1 && !BeginsNoun(i + 1);
      for (size_t c = chunks_.size(); c-- > 0;) {
        if (chunks_[c].kind == ChunkKind::kVerb) {
          return (chunks_[c].flags & kVerbIng) != 0 || beside;
        }
      }
      return false;
    }
    return !noun_too || BeginsNoun(i + 1);
  }
  if ((forms & (kFormPast | kFormParticiple)) != 0) {
    // "and wounded soldiers" is rare.
    return true;
  }
  // "which, in return, threaten peace".
  if (!noun_too && chunks_.back().kind == ChunkKind::kComma &&
      BeginsNoun(i + 1)) {
    return true;
  }
  // Beside a verb of the same form: "meets and attacks".
  for (size_t c = chunks_.size(); c-- > 0;) {
    if (chunks_[c].kind != ChunkKind::kVerb) continue;
    const bool third = (chunks_[c].flags & kVerbThird) != 0;
    const bool base = (chunks_[c].flags & (kVerbInfinitive | kVerbWill |
                                           kVerbWould | kVerbModal)) != 0;
    if ((forms & kFormThird) != 0) {
      return third && (!noun_too || BeginsNoun(i + 1));
    }
    return base && (!noun_too || BeginsNoun(i + 1));
  }
  return false;
}

size_t Sentence::ReadVerb(size_t i) {
  constexpr uint32_t kOpeners = kEventTo | kEventModal | kEventWill |
                                kEventWould | kEventBe | kEventHave | kEventDo |
                                kEventNegation;
  const EventToken& first = tokens_[i];
  if (first.word == nullptr ||
      (first.word->verb == 0 && !first.Has(kOpeners))) {
    return i;
  }
  Chunk verb = {ChunkKind::kVerb};
  verb.begin = static_cast<uint16_t>(i);
  bool be = false;
  bool have = false;
  const size_t main = ReadAuxiliaries(i, verb, be, have);
  if (main == i && !IsVerbHere(i)) return i;
  const size_t end = ReadMainVerb(main, be, have, verb);
  const uint32_t told = verb.flags & ~uint32_t{kVerbNegated};
  if (end == main && !be && !have && told == 0) return i;
  if (end == main && main == i) return i;
  verb.end = static_cast<uint16_t>(end);
  if (verb.verb == 0) verb.verb = be ? tables_.be() : have ? tables_.have() : 0;
  chunks_.push_back(verb);
  open_ = false;
  return end;
}

// Whether token `at` is an auxiliary, `first` in its group; `verb`, `be` and
// `have` are told.
bool Sentence::ReadAuxiliary(size_t at, bool first, Chunk& verb, bool& be,
                             bool& have) {
  const EventToken& token = tokens_[at];
  const uint32_t classes = token.word->classes;
  // "won't", but not "won the war".
  const bool shortened =
      at + 1 < tokens_.size() && (tokens_[at + 1].gap & kGapApostrophe) != 0;
  constexpr uint32_t kWont = kEventWill | kEventNegation;
  if ((classes & kWont) == kWont && !shortened) return false;
  if ((classes & kEventWill) != 0) {
    verb.flags |= kVerbWill;
  } else if ((classes & kEventWould) != 0) {
    verb.flags |= kVerbWould;
  } else if ((classes & kEventModal) != 0) {
    verb.flags |= kVerbModal;
  } else if ((classes & kEventBe) != 0) {
    be = true;
    if ((token.forms() & kFormPast) != 0) verb.flags |= kVerbPast;
    if ((token.forms() & kFormIng) != 0 && first) verb.flags |= kVerbIng;
  } else if ((classes & kEventHave) != 0) {
    have = true;
  } else if ((classes & kEventTo) != 0 && first && IsBaseAhead(at + 1)) {
    verb.flags |= kVerbInfinitive;
  } else if ((classes & kEventDo) == 0 &&
             ((classes & kEventNegation) == 0 || !first)) {
    return false;
  }
  if ((classes & kEventNegation) != 0) verb.flags |= kVerbNegated;
  return true;
}

// "will not have been": the token behind.
size_t Sentence::ReadAuxiliaries(size_t i, Chunk& verb, bool& be, bool& have) {
  size_t at = i;
  while (at < tokens_.size()) {
    const EventToken& token = tokens_[at];
    const bool mark =
        at > i && (token.gap & (kGapComma | kGapBreak | kGapJoined)) != 0;
    if (mark || token.name >= 0 || token.word == nullptr) break;
    // "Will" and "May" are names, too.
    if ((token.flags & kWordCapital) != 0 && at > 0 &&
        (token.word->classes & (kEventWill | kEventModal)) != 0) {
      break;
    }
    if (!ReadAuxiliary(at, at == i, verb, be, have)) break;
    verb.main = static_cast<uint16_t>(at);
    ++at;
    // "n't" and adverbs within.
    if (at < tokens_.size() && (tokens_[at].gap & kGapApostrophe) != 0) ++at;
    const size_t behind = SkipAdverbs(at);
    at = behind < tokens_.size() ? behind : at;
    if (at < tokens_.size() && tokens_[at].Has(kEventNegation) &&
        tokens_[at].name < 0 && tokens_[at].Has(kEventAdverb)) {
      verb.flags |= kVerbNegated;
      at = SkipAdverbs(at + 1);
    }
  }
  return at;
}

// Of a verb without an auxiliary, by its form.
uint32_t Sentence::FlagsOfBareVerb(size_t i) const {
  const uint8_t forms = tokens_[i].forms();
  if ((forms & kFormIng) != 0) return kVerbIng;
  if ((forms & kFormParticiple) != 0 && i + 1 < tokens_.size() &&
      tokens_[i + 1].word != nullptr &&
      tokens_[i + 1].word->preposition == EventPreposition("by")) {
    return kVerbReduced | kVerbPassive;
  }
  if ((forms & kFormPast) != 0) return kVerbPast;
  if ((forms & kFormThird) != 0) return kVerbThird;
  return 0;
}

size_t Sentence::ReadMainVerb(size_t i, bool be, bool have, Chunk& verb) {
  if (i >= tokens_.size()) return i;
  const EventToken& token = tokens_[i];
  const bool fits =
      token.name < 0 && token.word != nullptr && token.word->verb != 0 &&
      (i == verb.begin || (token.gap & (kGapComma | kGapBreak)) == 0);
  if (!fits) return be ? ReadBehindBe(i, verb) : i;
  const uint8_t forms = token.forms();
  if (be) {
    const bool joined =
        i + 1 < tokens_.size() && (tokens_[i + 1].gap & kGapJoined) != 0;
    if (joined) return i;
    if ((forms & kFormParticiple) != 0) {
      verb.flags |= kVerbPassive;
    } else if ((forms & kFormIng) == 0) {
      return ReadBehindBe(i, verb);
    }
  } else if (have) {
    if ((forms & kFormParticiple) == 0) return i;
    verb.flags |= kVerbPerfect;
  } else if (i == verb.begin || verb.flags == kVerbNegated) {
    verb.flags |= FlagsOfBareVerb(i);
  } else if ((forms & kFormBase) == 0) {
    return i;
  }
  verb.verb = token.word->verb;
  verb.main = static_cast<uint16_t>(i);
  if (token.word->sets != 0) verb.sets.Join(tables_.sets(token.word->sets));
  return FollowAspect(i + 1, verb);
}

// "is to visit", "was about to attack": the plan of something.
size_t Sentence::ReadBehindBe(size_t i, Chunk& verb) {
  size_t at = i;
  const EventToken& token = tokens_[at];
  if (token.Has(kEventFormal) && at + 1 < tokens_.size() &&
      tokens_[at + 1].Has(kEventTo) && IsBaseAhead(at + 2)) {
    const absl::string_view word =
        text_.substr(token.begin, token.end - token.begin);
    if (word == "ready" || word == "willing" || word == "prepared" ||
        word == "unwilling" || word == "unable" || word == "open") {
      return i;  // a pattern's own
    }
    ++at;
  }
  if (at < tokens_.size() && tokens_[at].Has(kEventTo) && IsBaseAhead(at + 1)) {
    verb.flags |= kVerbPlanned;
    const size_t base = SkipAdverbs(at + 1);
    if (tokens_[base].Has(kEventBe)) {
      bool be = false;
      bool have = false;
      const size_t main = ReadAuxiliaries(base, verb, be, have);
      return ReadMainVerb(main, true, false, verb);
    }
    verb.verb = tokens_[base].word->verb;
    verb.main = static_cast<uint16_t>(base);
    return FollowAspect(base + 1, verb);
  }
  return i;
}

// "plans to attack" is one verb, "attack", that is planned.
size_t Sentence::FollowAspect(size_t i, Chunk& verb) {
  const EventAspect aspect = tables_.verb(verb.verb).aspect;
  if (aspect == EventAspect::kNone) return i;
  size_t base = SkipAdverbs(i);
  if (base >= tokens_.size()) return i;
  bool ing = false;
  if (tokens_[base].Has(kEventTo)) {
    if (!IsBaseAhead(base + 1)) return i;
    base = SkipAdverbs(base + 1);
  } else {
    ing = tokens_[base].forms() == kFormIng && tokens_[base].word->verb != 0 &&
          tokens_[base].gap == 0 && tokens_[base].name < 0;
    if (!ing) return i;
  }
  if (aspect == EventAspect::kPlanned) verb.flags |= kVerbPlanned;
  if (aspect == EventAspect::kIntended) verb.flags |= kVerbIntended;
  if (aspect == EventAspect::kHypothetical) verb.flags |= kVerbHypothetical;
  if (aspect == EventAspect::kDenied) verb.flags |= kVerbDenied;
  verb.flags &= ~static_cast<uint32_t>(kVerbPassive);
  if (tokens_[base].Has(kEventBe)) {
    bool be = false;
    bool have = false;
    const size_t main = ReadAuxiliaries(base, verb, be, have);
    return ReadMainVerb(main, true, false, verb);
  }
  if (tokens_[base].word->verb == 0) return i;
  verb.verb = tokens_[base].word->verb;
  verb.main = static_cast<uint16_t>(base);
  return FollowAspect(base + 1, verb);
}

}  // namespace wiredesk
