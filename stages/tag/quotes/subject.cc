// Subjects without a parser.
//
// A clause may begin at the beginning of its sentence, behind a comma, or
// behind a conjunction. The first phrase at such a place that reaches the verb
// is its subject. A phrase reaches the verb when nothing stands between them
// but adverbs, what a preposition governs, and what commas or brackets set
// apart: "Jean Roy, the foreign minister of France, a member of the council,
// also said". In "The ad uses footage of Ann Lee asking" no phrase at such a
// place does, and the one right before the verb is taken.
//
// A participle has the subject of the verb of speech before it ("Lee said,
// adding"), else that of its sentence ("Lee left, saying").
//
// No search goes further than a sentence of PhraseReader. Tested by
// quotes_test.cc.

#include "stages/tag/quotes/subject.h"

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace wiredesk {
namespace {

constexpr size_t kNoWord = static_cast<size_t>(-1);
// How many words a bracket or an apposition may have.
constexpr size_t kBracket = 14;
constexpr size_t kApposition = 40;

bool Has(absl::string_view gap, char c) {
  return gap.find(c) != absl::string_view::npos;
}

bool HasDash(absl::string_view gap) {
  return gap.find("\xE2\x80\x94") != absl::string_view::npos ||
         gap.find("\xE2\x80\x93") != absl::string_view::npos ||
         gap.find(" - ") != absl::string_view::npos ||
         gap.find("--") != absl::string_view::npos;
}

bool SetsApart(absl::string_view gap) { return Has(gap, ',') || HasDash(gap); }

}  // namespace

// Whether a clause may begin at word `i` of the sentence that begins with word
// `sentence`.
bool SubjectReader::Starts(size_t i, size_t sentence) const {
  if (i == sentence) return true;
  const absl::string_view gap = phrases_.Between(i - 1);
  if (SetsApart(gap) || Has(gap, ';') || Has(gap, ':') || Has(gap, ')')) {
    return true;
  }
  if (i == sentence + 1 && phrases_.text(sentence) == "As") return true;
  return phrases_.Cue(i - 1).is(CueClass::kClause);
}

// The word whose gap closes the bracket that opens behind word `i`.
size_t SubjectReader::BehindBracket(size_t i, size_t cue) const {
  for (size_t n = 0; n < kBracket && i + 1 < cue; ++n) {
    if (Has(phrases_.Between(++i), ')')) return i;
  }
  return kNoWord;
}

// The word before the comma or dash that closes what one behind word `i` opens.
size_t SubjectReader::BehindComma(size_t i, size_t cue) const {
  for (size_t n = 0; n < kApposition && i + 1 < cue; ++n) {
    if (SetsApart(phrases_.Between(++i))) return i;
  }
  return kNoWord;
}

// Whether the apposition at word `next` names the person that `speaker` is not.
bool SubjectReader::NamesPerson(size_t next, size_t cue, const Speaker& speaker,
                                NounPhrase& inner) const {
  return phrases_.Read(next, phrases_.begin(cue), inner) &&
         phrases_.IsPerson(inner.speaker) && !phrases_.IsPerson(speaker) &&
         SetsApart(phrases_.Between(inner.last));
}

// Whether a word between a subject and its verb may be any other.
bool SubjectReader::MayStandBetween(size_t word) const {
  return !phrases_.Cue(word).is(CueClass::kPronoun) && !phrases_.IsVerb(word) &&
         !phrases_.Cue(word).is(CueClass::kClause);
}

// Whether `subject` is that of the verb at `cue`. `speaker` becomes it, or the
// person whom an apposition names: "the mayor of Camana, Rosa Quispe, said".
bool SubjectReader::Reaches(const NounPhrase& subject, size_t cue, bool loose,
                            Speaker& speaker) const {
  speaker = subject.speaker;
  size_t i = subject.last;
  while (i + 1 < cue) {
    const absl::string_view gap = phrases_.Between(i);
    const size_t next = i + 1;
    NounPhrase inner;
    if (Has(gap, '(')) {
      i = BehindBracket(i, cue);
      if (i == kNoWord) return false;
    } else if (SetsApart(gap)) {
      // "Ann Lee, speaking on Monday, said", but not "Lee, and he said".
      if (NamesPerson(next, cue, speaker, inner)) speaker = inner.speaker;
      i = BehindComma(i, cue);
      if (i == kNoWord) return false;
    } else if (phrases_.Cue(next).is(CueClass::kPreposition)) {
      i = phrases_.Read(next + 1, phrases_.begin(cue), inner) ? inner.last
                                                              : next;
      if (i >= cue) return false;
    } else if (phrases_.IsAdverb(next) || phrases_.IsNumber(next) ||
               (loose && MayStandBetween(next))) {
      i = next;
    } else {
      return false;
    }
  }
  return true;
}

// The first phrase that reaches the verb from the beginning of a clause.
Speaker SubjectReader::Clause(size_t cue, size_t sentence, bool loose) const {
  for (size_t i = sentence; i < cue; ++i) {
    NounPhrase phrase;
    Speaker speaker;
    if (Starts(i, sentence) && phrases_.Read(i, phrases_.begin(cue), phrase) &&
        phrase.last < cue && Reaches(phrase, cue, loose, speaker)) {
      return speaker;
    }
  }
  return {};
}

// What a preposition governs is no subject: from "the campaign" in "a spokesman
// for the campaign said" to "a spokesman".
Speaker SubjectReader::Governor(NounPhrase phrase, uint32_t from) const {
  for (size_t steps = 0; steps < 4; ++steps) {
    const size_t at = phrase.first;
    NounPhrase above;
    if (at < 2 || phrases_.begin(at - 2) < from ||
        !phrases_.Cue(at - 1).is(CueClass::kPreposition) ||
        phrases_.Between(at - 1) != " " || phrases_.Between(at - 2) != " " ||
        !phrases_.ReadBack(at - 2, from, above)) {
      break;
    }
    phrase = above;
  }
  return phrase.speaker;
}

// The phrase right before the verb, adverbs left out.
Speaker SubjectReader::Adjacent(size_t cue, uint32_t from) const {
  size_t i = cue;
  while (i > 0 && phrases_.begin(i - 1) >= from &&
         !phrases_.SentenceEnds(i - 1)) {
    const absl::string_view gap = phrases_.Between(i - 1);
    if (Has(gap, ',')) return {};
    if (!phrases_.IsAdverb(i - 1)) {
      NounPhrase phrase;
      return phrases_.ReadBack(i - 1, from, phrase) ? Governor(phrase, from)
                                                    : Speaker();
    }
    --i;
  }
  return {};
}

// "Lee said, adding": the verb of speech in the sentence before a participle.
size_t SubjectReader::CueOfParticiple(size_t cue, size_t sentence) const {
  for (size_t i = cue; i > sentence; --i) {
    if (phrases_.Cue(i - 1).is(CueClass::kVerb) && phrases_.IsVerb(i - 1)) {
      return i - 1;
    }
    if (phrases_.Cue(i - 1).is(CueClass::kPronoun)) break;
  }
  return kNoWord;
}

Speaker SubjectReader::Before(size_t cue, uint32_t from) const {
  const size_t sentence = phrases_.SentenceStart(cue, from);
  const bool participle = phrases_.Cue(cue).is(CueClass::kParticiple);
  Speaker speaker = Clause(cue, sentence, /*loose=*/false);
  if (participle) {
    // "footage of Trump saying": right before it, with nothing between.
    NounPhrase beside;
    if (cue > sentence && phrases_.Between(cue - 1) == " " &&
        phrases_.ReadBack(cue - 1, from, beside) &&
        beside.speaker.mention >= 0) {
      return beside.speaker;
    }
    const size_t verb = CueOfParticiple(cue, sentence);
    if (verb != kNoWord) {
      Speaker same = Clause(verb, sentence, /*loose=*/false);
      if (!same.found()) same = Behind(verb, phrases_.begin(cue));
      if (same.found()) return same;
    }
    size_t last = 0;
    const Speaker subject = OfSentence(sentence, cue, last);
    if (subject.found()) return subject;
    // A description that only happens to stand there is nobody.
    const bool somebody =
        speaker.mention >= 0 ||
        (speaker.found() &&
         phrases_.Cue(phrases_.WordAt(speaker.begin)).is(CueClass::kPronoun));
    return somebody ? speaker : beside.speaker;
  }
  if (speaker.found()) return speaker;
  speaker = Adjacent(cue, from);
  if (speaker.found()) return speaker;
  // "praised the court and said"
  if (cue > sentence && phrases_.Cue(cue - 1).is(CueClass::kClause)) {
    size_t last = 0;
    return OfSentence(sentence, cue, last);
  }
  return Clause(cue, sentence, /*loose=*/true);
}

Speaker SubjectReader::Behind(size_t cue, uint32_t to) const {
  size_t i = cue + 1;
  while (i < phrases_.size() && phrases_.begin(i) < to &&
         phrases_.IsAdverb(i) && phrases_.Between(i - 1) == " ") {
    ++i;
  }
  NounPhrase phrase;
  if (i >= phrases_.size() || phrases_.SentenceEnds(i - 1) ||
      Has(phrases_.Between(i - 1), ',') || !phrases_.Read(i, to, phrase)) {
    return {};
  }
  // "said the mayor, Ann Lee,": the name is better.
  NounPhrase name;
  if (!phrases_.IsPerson(phrase.speaker) && phrase.last + 1 < phrases_.size() &&
      phrases_.Between(phrase.last) == ", " &&
      phrases_.Read(phrase.last + 1, to, name) &&
      phrases_.IsPerson(name.speaker)) {
    const size_t last = name.last;
    const bool closed = last + 1 >= phrases_.size() ||
                        phrases_.SentenceEnds(last) ||
                        Has(phrases_.Between(last), ',');
    if (closed) return name.speaker;
  }
  return phrase.speaker;
}

Speaker SubjectReader::OfSentence(size_t first, size_t end,
                                  size_t& last) const {
  const uint32_t to = end < phrases_.size()
                          ? phrases_.begin(end)
                          : static_cast<uint32_t>(phrases_.text().size());
  for (size_t i = first; i < end; ++i) {
    NounPhrase phrase;
    if (!Starts(i, first) || !phrases_.Read(i, to, phrase)) continue;
    const bool pronoun = phrases_.Cue(i).is(CueClass::kPronoun);
    if (phrase.speaker.mention >= 0 || pronoun) {
      last = phrase.last;
      return phrase.speaker;
    }
  }
  return {};
}

}  // namespace wiredesk
