// Tested by sentence_test.cc.

#include "stages/tag/events/sentence.h"

#include <algorithm>
#include <cstddef>

#include "stages/tag/events/function_words.h"

namespace wiredesk {
namespace {

// What a mark of one byte is in a gap; `alone` if it is all of it.
struct GapMark {
  char mark;
  uint8_t alone;
  uint8_t among;
};
constexpr GapMark kGapMarks[] = {
    {',', kGapJoined, kGapComma},  // alone within a number: "50,000"
    {'"', kGapQuote, kGapQuote},  {'\'', kGapApostrophe, kGapQuote},
    {'-', kGapJoined, kGapBreak}, {'.', kGapJoined, 0},
    {';', kGapBreak, kGapBreak},  {':', kGapBreak, kGapBreak},
    {'(', kGapBreak, kGapBreak},  {')', kGapBreak, kGapBreak},
    {'[', kGapBreak, kGapBreak},  {']', kGapBreak, kGapBreak},
    {'\n', kGapBreak, kGapBreak}, {'!', kGapBreak, kGapBreak},
    {'?', kGapBreak, kGapBreak},  {'|', kGapBreak, kGapBreak}};

// General punctuation by its last byte: dashes, then single and double
// quotation marks.
uint8_t BitsOfPunctuation(uint8_t last, bool alone) {
  if (last == 0x90 || last == 0x91) return kGapJoined;
  if (last >= 0x92 && last <= 0x95) return kGapBreak;
  if (last == 0x99 && alone) return kGapApostrophe;
  return last >= 0x98 && last <= 0x9F ? kGapQuote : 0;
}

uint8_t GapBits(absl::string_view gap) {
  uint8_t bits = 0;
  for (size_t i = 0; i < gap.size(); ++i) {
    if (gap.substr(i, 2) == "\xE2\x80" && i + 2 < gap.size()) {
      bits |=
          BitsOfPunctuation(static_cast<uint8_t>(gap[i + 2]), gap.size() == 3);
      continue;
    }
    for (const GapMark& mark : kGapMarks) {
      if (mark.mark == gap[i])
        bits |= gap.size() == 1 ? mark.alone : mark.among;
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
    if (tokens_[k].word != nullptr && tokens_[k].word->sets != 0) {
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
  if (token.word != nullptr && token.word->sets != 0) {
    noun.sets.Join(tables_.sets(token.word->sets));
  }
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
    if (token.Has(kEventObjectPronoun)) noun.flags |= kNounObject;
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

}  // namespace wiredesk
