// Tested by sentence_test.cc.

#include "stages/tag/events/sentence.h"

#include <algorithm>
#include <cstddef>

#include "stages/tag/events/function_words.h"

namespace wiredesk {
namespace {

uint8_t GapBits(absl::string_view gap) {
  uint8_t bits = 0;
  for (size_t i = 0; i < gap.size(); ++i) {
    const char c = gap[i];
    if (c == ',') {
      // Not within a number: "50,000".
      bits |= gap.size() == 1 ? kGapJoined : kGapComma;
    } else if (c == '"') {
      bits |= kGapQuote;
    } else if (c == '\'') {
      bits |= gap.size() == 1 ? kGapApostrophe : kGapQuote;
    } else if (c == '-') {
      bits |= gap.size() == 1 ? kGapJoined : kGapBreak;
    } else if (c == '.' && gap.size() == 1) {
      bits |= kGapJoined;
    } else if (c == ';' || c == ':' || c == '(' || c == ')' || c == '\n' ||
               c == '!' || c == '?' || c == '[' || c == ']' || c == '|') {
      bits |= kGapBreak;
    } else if (c == '\xE2' && gap.substr(i, 2) == "\xE2\x80") {
      // General punctuation: dashes, then single and double quotation marks.
      const auto last =
          static_cast<unsigned char>(gap.size() > i + 2 ? gap[i + 2] : 0);
      if (last >= 0x90 && last <= 0x95) {
        bits |= last == 0x90 || last == 0x91 ? kGapJoined : kGapBreak;
      } else if (last == 0x99 && gap.size() == 3) {
        bits |= kGapApostrophe;
      } else if (last >= 0x98 && last <= 0x9F) {
        bits |= kGapQuote;
      }
    }
  }
  return bits;
}

}  // namespace

bool Sentence::Read(absl::string_view text, absl::Span<const Word> words,
                    absl::Span<const NamedSpan> names, size_t first_name) {
  chunks_.clear();
  tokens_.clear();
  open_ = false;
  if (words.size() > kSentenceWordsMax) return false;
  text_ = text;
  names_ = names;
  ReadTokens(words, names, first_name);
  for (size_t i = 0; i < tokens_.size();) {
    ReadGap(i);
    size_t next = ReadName(i);
    if (next == i) next = ReadVerb(i);
    if (next == i) next = ReadSmallWord(i);
    if (next == i) {
      ReadNoun(i);
      next = i + 1;
    }
    i = next;
  }
  return true;
}

void Sentence::ReadTokens(absl::Span<const Word> words,
                          absl::Span<const NamedSpan> names, size_t name) {
  uint32_t last_end = words.empty() ? 0 : words[0].begin;
  for (const Word& word : words) {
    EventToken& token = tokens_.emplace_back();
    token.hash = word.hash;
    token.word = tables_.Find(word.hash);
    token.begin = word.begin;
    token.end = word.begin + word.length;
    token.flags = word.flags;
    token.gap = 0;
    const uint32_t gap = word.begin - last_end;
    if (gap != 1 || text_[last_end] != ' ') {
      token.gap = GapBits(text_.substr(last_end, gap));
    }
    while (name < names.size() && names[name].end <= token.begin) ++name;
    token.name = name < names.size() && names[name].begin <= token.begin
                     ? static_cast<int32_t>(name)
                     : -1;
    last_end = token.end;
  }
}

Chunk& Sentence::Push(ChunkKind kind, size_t begin, size_t end) {
  open_ = kind == ChunkKind::kNoun;
  Chunk& chunk = chunks_.emplace_back();
  chunk.kind = kind;
  chunk.begin = static_cast<uint16_t>(begin);
  chunk.end = static_cast<uint16_t>(end);
  chunk.main = static_cast<uint16_t>(end - 1);
  return chunk;
}

void Sentence::ReadGap(size_t i) {
  const uint8_t gap = tokens_[i].gap;
  if (gap == 0 || i == 0) return;
  // A comma within a name is part of it.
  const bool inside =
      tokens_[i].name >= 0 && tokens_[i].name == tokens_[i - 1].name;
  if (inside) return;
  if ((gap & kGapBreak) != 0) Push(ChunkKind::kBreak, i, i);
  if ((gap & kGapComma) != 0) Push(ChunkKind::kComma, i, i);
  if ((gap & kGapQuote) != 0) open_ = false;
}

// A name or a date, whatever its words are.
size_t Sentence::ReadName(size_t i) {
  const int32_t name = tokens_[i].name;
  if (name < 0) return i;
  size_t end = i + 1;
  while (end < tokens_.size() && tokens_[end].name == name) ++end;
  if (names_[name].kind == NamedSpan::kDate) {
    Push(ChunkKind::kTime, i, end);
    return end;
  }
  // "the missiles Iran sends": a name behind a plural begins another noun.
  const bool behind_plural =
      NounOpen() && names_[name].kind != NamedSpan::kDemonym &&
      (chunks_.back().flags & kNounPlural) != 0 && tokens_[i - 1].name < 0 &&
      (tokens_[i - 1].flags & kWordCapital) == 0 &&
      (tokens_[i].gap & (kGapJoined | kGapApostrophe)) == 0;
  if (!NounOpen() || behind_plural) Push(ChunkKind::kNoun, i, end);
  Chunk& noun = chunks_.back();
  noun.end = static_cast<uint16_t>(end);
  noun.main = static_cast<uint16_t>(end - 1);
  if (names_[name].agreement) noun.sets.Join(tables_.agreements());
  for (size_t k = i; k < end; ++k) {
    if (tokens_[k].word != nullptr) {
      noun.sets.Join(tables_.sets(tokens_[k].word->sets));
    }
  }
  return end;
}

bool Sentence::NounOpen() const {
  return open_ && (chunks_.back().flags & kNounPronoun) == 0;
}

void Sentence::ReadNoun(size_t i) {
  const EventToken& token = tokens_[i];
  const bool determiner = token.Has(kEventDeterminer);
  const bool joined = (token.gap & (kGapJoined | kGapApostrophe)) != 0;
  if (!NounOpen() || (determiner && !joined)) {
    Push(ChunkKind::kNoun, i, i + 1);
  }
  Chunk& noun = chunks_.back();
  noun.end = static_cast<uint16_t>(i + 1);
  if (token.Has(kEventNo)) noun.flags |= kNounNone;
  if (token.Has(kEventAgo)) noun.flags |= kElsewhen;
  if (token.word != nullptr) noun.sets.Join(tables_.sets(token.word->sets));
  const uint32_t length = token.end - token.begin;
  if (length > 1 || (token.flags & kWordDigits) != 0) {
    noun.main = static_cast<uint16_t>(i);
  }
  const bool plural = token.Has(kEventPartyPlural) ||
                      (length > 3 && text_[token.end - 1] == 's' &&
                       text_[token.end - 2] != 's');
  noun.flags = plural ? noun.flags | kNounPlural : noun.flags & ~kNounPlural;
}

// Conjunctions, prepositions, pronouns and the like.
size_t Sentence::ReadSmallWord(size_t i) {
  const EventToken& token = tokens_[i];
  if ((token.gap & kGapJoined) != 0 && NounOpen()) return i;
  if (token.Has(kEventPronoun)) {
    const bool owner = token.Has(kEventDeterminer) && i + 1 < tokens_.size() &&
                       BeginsNoun(i + 1) &&
                       !tokens_[i + 1].Has(kEventPronoun | kEventDeterminer);
    if (owner) return i;
    Chunk& noun = Push(ChunkKind::kNoun, i, i + 1);
    noun.flags = kNounPronoun;
    if (token.Has(kEventPersonPronoun)) noun.flags |= kNounPerson;
    return i + 1;
  }
  if (token.Has(kEventConjunction)) {
    Push(ChunkKind::kConjunction, i, i + 1);
  } else if (token.Has(kEventRelative)) {
    Push(ChunkKind::kRelative, i, i + 1);
  } else if (token.Has(kEventThat)) {
    Push(ChunkKind::kThat, i, i + 1);
  } else if (token.Has(kEventSubordinating)) {
    Chunk& chunk = Push(ChunkKind::kSubordinator, i, i + 1);
    if (token.Has(kEventCondition)) chunk.flags |= kConditional;
    if (token.word->preposition != 0)
      chunk.preposition = token.word->preposition;
  } else if (token.Has(kEventPreposition | kEventTo)) {
    Push(ChunkKind::kPreposition, i, i + 1).preposition =
        token.word->preposition;
  } else if (IsAdverb(i)) {
    // It stands for nothing, and nothing goes on over it.
    open_ = open_ && !token.Has(kEventAdverb);
  } else {
    return i;
  }
  return i + 1;
}

bool Sentence::IsAdverb(size_t i) const {
  const EventToken& token = tokens_[i];
  if (token.name >= 0) return false;
  if (token.Has(kEventAdverb)) return true;
  const uint32_t length = token.end - token.begin;
  return token.word == nullptr && length > 4 &&
         (token.flags & kWordCapital) == 0 &&
         text_.substr(token.end - 2, 2) == "ly";
}

size_t Sentence::SkipAdverbs(size_t i) const {
  while (i < tokens_.size() && IsAdverb(i) && !tokens_[i].Has(kEventNegation) &&
         (tokens_[i].gap & (kGapComma | kGapBreak)) == 0) {
    ++i;
  }
  return i;
}

// Whether a noun, a name or what stands before one begins here.
bool Sentence::BeginsNoun(size_t i) const {
  if (i >= tokens_.size()) return false;
  const EventToken& token = tokens_[i];
  if ((token.gap & (kGapComma | kGapBreak)) != 0) return false;
  if (token.name >= 0) return names_[token.name].kind != NamedSpan::kDate;
  if (token.Has(kEventDeterminer | kEventPronoun | kEventNumber |
                kEventParty)) {
    return true;
  }
  if ((token.flags & (kWordDigits | kWordCapital)) != 0) return true;
  return token.word == nullptr ||
         (token.word->classes & ~(kEventNounToo | kEventParty)) == 0;
}

bool Sentence::IsBaseAhead(size_t i) const {
  i = SkipAdverbs(i);
  if (i >= tokens_.size() || tokens_[i].name >= 0) return false;
  const EventToken& token = tokens_[i];
  if ((token.gap & (kGapComma | kGapBreak)) != 0) return false;
  return (token.forms() & kFormBase) != 0 &&
         (token.word->verb != 0 || token.Has(kEventBe | kEventHave));
}

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
    // "the army prosecuting authority".
    const bool compound = i + 1 < tokens_.size() && tokens_[i + 1].name < 0 &&
                          !tokens_[i + 1].Has(~uint32_t{kEventNounToo}) &&
                          (tokens_[i + 1].flags & kWordCapital) == 0 &&
                          (chunks_.back().flags & kNounPlural) == 0 &&
                          last.name < 0;
    if (compound && BeginsNoun(i + 1)) return false;
    return !noun_too || (BeginsNoun(i + 1) && open_);
  }
  const bool plural =
      (chunks_.back().flags & kNounPlural) != 0 ||
      (chunks_.size() > 2 &&
       chunks_[chunks_.size() - 2].kind == ChunkKind::kConjunction &&
       chunks_[chunks_.size() - 3].kind == ChunkKind::kNoun);
  if ((forms & kFormThird) != 0) {
    return !noun_too || (BeginsNoun(i + 1) && !plural);
  }
  // "troops attack the town"; of a past like "put" the noun may be single.
  if ((forms & kFormPast) != 0) return true;
  const bool pronoun = (chunks_.back().flags & kNounPronoun) != 0;
  return (plural || pronoun) && (!noun_too || BeginsNoun(i + 1));
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
  Chunk verb = {ChunkKind::kVerb};
  verb.begin = static_cast<uint16_t>(i);
  bool be = false;
  bool have = false;
  const size_t main = ReadAuxiliaries(i, verb, be, have);
  if (main == i && !IsVerbHere(i)) return i;
  const size_t end = ReadMainVerb(main, be, have, verb);
  if (end == main && !be && !have && verb.flags == 0) return i;
  if (end == main && main == i) return i;
  verb.end = static_cast<uint16_t>(end);
  if (verb.verb == 0) verb.verb = be ? tables_.be() : have ? tables_.have() : 0;
  chunks_.push_back(verb);
  open_ = false;
  return end;
}

// "will not have been": the token behind.
size_t Sentence::ReadAuxiliaries(size_t i, Chunk& verb, bool& be, bool& have) {
  size_t at = i;
  while (at < tokens_.size()) {
    const EventToken& token = tokens_[at];
    const bool mark =
        at > i && (token.gap & (kGapComma | kGapBreak | kGapJoined)) != 0;
    if (mark || token.name >= 0 || token.word == nullptr) break;
    const uint32_t classes = token.word->classes;
    // "Will" and "May" are names, too.
    if ((token.flags & kWordCapital) != 0 && at > 0 &&
        (classes & (kEventWill | kEventModal)) != 0) {
      break;
    }
    if ((classes & kEventWill) != 0) {
      verb.flags |= kVerbWill;
    } else if ((classes & kEventWould) != 0) {
      verb.flags |= kVerbWould;
    } else if ((classes & kEventModal) != 0) {
      verb.flags |= kVerbModal;
    } else if ((classes & kEventBe) != 0) {
      be = true;
      if ((token.forms() & kFormPast) != 0) verb.flags |= kVerbPast;
      if ((token.forms() & kFormIng) != 0 && at == i) verb.flags |= kVerbIng;
    } else if ((classes & kEventHave) != 0) {
      have = true;
    } else if ((classes & kEventTo) != 0 && at == i && IsBaseAhead(at + 1)) {
      verb.flags |= kVerbInfinitive;
    } else if ((classes & kEventDo) == 0 &&
               ((classes & kEventNegation) == 0 || at == i)) {
      break;
    }
    if ((classes & kEventNegation) != 0) verb.flags |= kVerbNegated;
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
  } else if (i == verb.begin) {
    if ((forms & kFormIng) != 0) {
      verb.flags |= kVerbIng;
    } else if ((forms & kFormParticiple) != 0 && i + 1 < tokens_.size() &&
               tokens_[i + 1].word != nullptr &&
               tokens_[i + 1].word->preposition == EventPreposition("by")) {
      verb.flags |= kVerbReduced | kVerbPassive;
    } else if ((forms & kFormPast) != 0) {
      verb.flags |= kVerbPast;
    } else if ((forms & kFormThird) != 0) {
      verb.flags |= kVerbThird;
    }
  } else if ((forms & kFormBase) == 0) {
    return i;
  }
  verb.verb = token.word->verb;
  verb.main = static_cast<uint16_t>(i);
  verb.sets.Join(tables_.sets(token.word->sets));
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
