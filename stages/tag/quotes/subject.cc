// Subjects without a parser.
//
// Left of a verb the words are read backwards as phrases: a pronoun; a mention
// that the caller knows; a run of capitalized words; a noun back to its
// determiner. What a preposition governs is not a subject, so reading climbs
// over it to the phrase before: in "a spokesman for the campaign said" from
// "the campaign" to "a spokesman". A comma before the verb closes an apposition
// or a clause; the subject then stands before the comma that opened it: "Ann
// Lee, who leads the ministry, said".
//
// A participle has the subject of its sentence, which is the first phrase that
// nothing governs: "In a statement, Yoon praised Biden, calling him ...".
//
// Where none of this leads to somebody, the nearest mention or title is taken.
// Tested by quotes_test.cc.

#include "stages/tag/quotes/subject.h"

#include <algorithm>

#include "absl/strings/match.h"

namespace wiredesk {
namespace {

// How far from its verb a subject may stand, in words.
constexpr size_t kReach = 12;
// How long an apposition may be.
constexpr size_t kApposition = 28;
// Who stands within this many bytes before a pronoun could be meant by it.
constexpr uint32_t kPronounReach = 1000;
// Words of a phrase.
constexpr size_t kPhrase = 7;
constexpr size_t kNowhere = static_cast<size_t>(-1);

bool EndsWithLy(absl::string_view word) {
  return word.size() > 4 && absl::EndsWith(word, "ly");
}

}  // namespace

size_t SubjectReader::WordAt(uint32_t at) const {
  return std::lower_bound(words_.begin(), words_.end(), at,
                          [](const Word& word, uint32_t value) {
                            return word.begin < value;
                          }) -
         words_.begin();
}

absl::string_view SubjectReader::Between(size_t i) const {
  return {text_.data() + end(i), words_[i + 1].begin - end(i)};
}

bool SubjectReader::SentenceEnds(size_t i) const {
  if (i + 1 >= words_.size()) return true;
  if (IsPlain(words_.data()[i + 1])) return false;
  const absl::string_view gap = Between(i);
  if (gap.size() == 1) return gap[0] == '\n';
  if (gap.find('\n') != absl::string_view::npos) return true;
  if (gap.empty() || (gap[0] != '.' && gap[0] != '!' && gap[0] != '?')) {
    return false;
  }
  return !(gap[0] == '.' && Capital(i) && words_[i].length <= 4);
}

// The mention that covers byte `at`, or -1.
int32_t SubjectReader::MentionAt(uint32_t at) const {
  const auto* const after =
      std::upper_bound(mentions_.begin(), mentions_.end(), at,
                       [](uint32_t value, const SpeakerMention& one) {
                         return value < one.begin;
                       });
  if (after == mentions_.begin() || (after - 1)->end <= at) return -1;
  return static_cast<int32_t>(after - 1 - mentions_.begin());
}

Speaker SubjectReader::OfMention(int32_t mention) const {
  const SpeakerMention& one = mentions_[mention];
  return {one.begin, one.end, mention, one.entity};
}

Speaker SubjectReader::OfWords(size_t first, size_t last) const {
  return {words_[first].begin, end(last), -1, -1};
}

// A mention, or a run of capitalized words, whose last word is `last`.
bool SubjectReader::NamePhrase(size_t last, uint32_t from,
                               Phrase& phrase) const {
  const int32_t mention = MentionAt(words_[last].begin);
  if (mention < 0 && !Capital(last)) return false;
  phrase.last = last;
  phrase.first = last;
  while (phrase.first > 0 && words_[phrase.first - 1].begin >= from) {
    const size_t before = phrase.first - 1;
    const bool inside = mention >= 0
                            ? words_[before].begin >= mentions_[mention].begin
                            : Capital(before) && !SentenceEnds(before) &&
                                  Between(before).size() <= 2 &&
                                  !Cue(before).is(CueClass::kPreposition) &&
                                  !Cue(before).is(CueClass::kClause);
    if (!inside) break;
    --phrase.first;
  }
  phrase.speaker =
      mention >= 0 ? OfMention(mention) : OfWords(phrase.first, last);
  return true;
}

// "the editorial board", "one user", "several environmental groups": a noun in
// lower case with its determiner, or in the plural, or one that can speak.
bool SubjectReader::NounPhrase(size_t last, uint32_t from,
                               Phrase& phrase) const {
  const CueWord head = Cue(last);
  if (!head.is(CueClass::kNone) && !head.is(CueClass::kTitle)) return false;
  size_t first = last;
  bool determined = false;
  for (size_t n = 0; n < kPhrase && first > 0; ++n) {
    const size_t before = first - 1;
    const absl::string_view gap = Between(before);
    if (words_[before].begin < from || (gap != " " && gap != "-")) break;
    const CueWord word = Cue(before);
    if (word.is(CueClass::kDeterminer)) {
      first = before;
      determined = true;
      break;
    }
    if (!word.is(CueClass::kNone) && !word.is(CueClass::kTitle)) break;
    // "Obama's spokesman"
    first = before;
  }
  const absl::string_view noun = {text_.data() + words_[last].begin,
                                  words_[last].length};
  if (!determined) {
    if (!head.is(CueClass::kTitle) && noun.back() != 's') return false;
    first = last;
  }
  phrase = {first, last, OfWords(first, last)};
  return true;
}

bool SubjectReader::PhraseEndingAt(size_t last, uint32_t from,
                                   Phrase& phrase) const {
  if (Cue(last).is(CueClass::kPronoun)) {
    phrase = {last, last, OfWords(last, last)};
    return true;
  }
  return NamePhrase(last, from, phrase) || NounPhrase(last, from, phrase);
}

// From what a preposition governs to what it belongs to.
SubjectReader::Phrase SubjectReader::Climb(const Phrase& low,
                                           uint32_t from) const {
  Phrase phrase = low;
  for (size_t steps = 0; steps < 4; ++steps) {
    size_t at = phrase.first;
    // Past the titles and determiners before a name.
    while (at > 0 && words_[at - 1].begin >= from && Between(at - 1) == " " &&
           (Cue(at - 1).is(CueClass::kDeterminer) ||
            Cue(at - 1).is(CueClass::kTitle) ||
            (Capital(at - 1) && !Cue(at - 1).is(CueClass::kPreposition)))) {
      --at;
    }
    if (at < 2 || words_[at - 2].begin < from ||
        !Cue(at - 1).is(CueClass::kPreposition) || Between(at - 1) != " " ||
        Between(at - 2) != " ") {
      return phrase;
    }
    Phrase above;
    if (!PhraseEndingAt(at - 2, from, above)) return phrase;
    phrase = above;
  }
  return phrase;
}

// The word before the adverbs and auxiliaries on the left of the verb.
size_t SubjectReader::SkipAdverbs(size_t cue, uint32_t from) const {
  for (size_t i = cue; i > 0; --i) {
    const size_t before = i - 1;
    if (words_[before].begin < from || SentenceEnds(before)) return kNowhere;
    const absl::string_view word = {text_.data() + words_[before].begin,
                                    words_[before].length};
    const bool adverb = Cue(before).is(CueClass::kAdverb) ||
                        (EndsWithLy(word) && !Capital(before));
    if (!adverb || Between(before).find(',') != absl::string_view::npos) {
      return before;
    }
    if (cue - i > 3) return kNowhere;
  }
  return kNowhere;
}

// The word before the comma that opened what the comma behind word `i` closes.
size_t SubjectReader::BeforeComma(size_t i, uint32_t from) const {
  for (size_t n = 0; n < kApposition && i > 0; ++n, --i) {
    if (words_[i - 1].begin < from || SentenceEnds(i - 1)) return kNowhere;
    const absl::string_view gap = Between(i - 1);
    if (gap.find(',') == absl::string_view::npos) continue;
    // "Peoria, Ill., said": the comma belongs to the place.
    return i - 1;
  }
  return kNowhere;
}

Speaker SubjectReader::Before(size_t cue, uint32_t from) const {
  const size_t last = SkipAdverbs(cue, from);
  if (last == kNowhere) return {};
  const bool comma = Between(last).find(',') != absl::string_view::npos;
  Phrase phrase;
  if (!comma) {
    if (PhraseEndingAt(last, from, phrase)) {
      return Climb(phrase, from).speaker;
    }
    // "praised Biden and said", "went on to say"
    return Cue(last).is(CueClass::kClause) ||
                   Cue(last).is(CueClass::kPreposition)
               ? OfSentence(cue, from)
               : Nearest(cue, from);
  }
  const size_t subject = BeforeComma(last, from);
  if (subject != kNowhere && PhraseEndingAt(subject, from, phrase)) {
    const Speaker speaker = Climb(phrase, from).speaker;
    // "the mayor of Camana, Rosa Quispe, said": the name is better.
    if (speaker.mention < 0 && NamePhrase(last, from, phrase) &&
        phrase.first == subject + 1 && IsPerson(phrase.speaker)) {
      return phrase.speaker;
    }
    return speaker;
  }
  return Nearest(cue, from);
}

// The nearest mention, pronoun or title, passing over what a preposition
// governs.
Speaker SubjectReader::Nearest(size_t cue, uint32_t from) const {
  Speaker governed;
  for (size_t d = 1; d <= kReach && d <= cue; ++d) {
    const size_t i = cue - d;
    if (words_[i].begin < from || SentenceEnds(i)) break;
    const CueWord word = Cue(i);
    if (word.is(CueClass::kPronoun) || word.is(CueClass::kTitle)) {
      return OfWords(i, i);
    }
    Phrase phrase;
    if (!NamePhrase(i, from, phrase)) continue;
    if (phrase.speaker.mention < 0 && !mentions_.empty()) continue;
    const bool under =
        phrase.first > 0 && Cue(phrase.first - 1).is(CueClass::kPreposition);
    if (!under || IsPerson(phrase.speaker)) return phrase.speaker;
    if (!governed.found()) governed = phrase.speaker;
    d += i - phrase.first;
  }
  return governed;
}

Speaker SubjectReader::OfSentence(size_t cue, uint32_t from) const {
  size_t first = cue;
  while (first > 0 && words_[first - 1].begin >= from &&
         !SentenceEnds(first - 1)) {
    --first;
  }
  // "Trump saying": the subject stands right before it.
  Phrase phrase;
  if (first < cue && Between(cue - 1) == " " &&
      PhraseEndingAt(cue - 1, from, phrase)) {
    return Climb(phrase, from).speaker;
  }
  for (size_t i = first; i < cue; ++i) {
    const bool governed = i > first && Cue(i - 1).is(CueClass::kPreposition);
    if (Cue(i).is(CueClass::kPronoun) && !governed) return OfWords(i, i);
    const int32_t mention = MentionAt(words_[i].begin);
    if (mention < 0) continue;
    const Speaker speaker = OfMention(mention);
    size_t last = i;
    while (last + 1 < cue && words_[last + 1].begin < speaker.end) ++last;
    const bool owns = last + 1 < cue &&
                      (Between(last) == "'" || Between(last) == "\xE2\x80\x99");
    if (!governed && !owns) return speaker;
    i = last;
  }
  return Nearest(cue, from);
}

Speaker SubjectReader::EndingAt(size_t last, uint32_t from) const {
  Phrase phrase;
  if (NamePhrase(last, from, phrase) ||
      (Cue(last).is(CueClass::kTitle) && NounPhrase(last, from, phrase))) {
    return phrase.speaker;
  }
  return {};
}

Speaker SubjectReader::StartingAt(size_t first, uint32_t to) const {
  const int32_t mention = MentionAt(words_[first].begin);
  if (mention >= 0) return OfMention(mention);
  if (!Capital(first) || words_[first].begin >= to) return {};
  size_t last = first;
  while (last + 1 < words_.size() && Between(last) == " " &&
         Capital(last + 1)) {
    const int32_t next = MentionAt(words_[++last].begin);
    if (next >= 0) return OfMention(next);
  }
  return OfWords(first, last);
}

Speaker SubjectReader::After(size_t cue, uint32_t to, bool inverted) const {
  for (size_t i = cue + 1; i < words_.size() && i <= cue + kReach; ++i) {
    if (words_[i].begin >= to || SentenceEnds(i - 1)) return {};
    const CueWord word = Cue(i);
    if (word.is(CueClass::kPronoun)) {
      return inverted && i == cue + 1 ? OfWords(i, i) : Speaker();
    }
    const int32_t mention = MentionAt(words_[i].begin);
    if (mention >= 0) return OfMention(mention);
    if (word.is(CueClass::kTitle)) {
      // "said spokeswoman Jane Roe": the name is better.
      if (i + 1 < words_.size() && Between(i) == " ") {
        const int32_t next = MentionAt(words_[i + 1].begin);
        if (next >= 0) return OfMention(next);
      }
      return OfWords(i, i);
    }
    if (Capital(i) && (mentions_.empty() || (inverted && i <= cue + 5))) {
      return StartingAt(i, to);
    }
    if (inverted && i == cue + 1 && word.is(CueClass::kDeterminer)) {
      size_t last = i;
      while (last + 1 < words_.size() && last < i + kPhrase &&
             words_[last + 1].begin < to &&
             (Between(last) == " " || Between(last) == "-") &&
             (Cue(last + 1).is(CueClass::kNone) ||
              Cue(last + 1).is(CueClass::kTitle))) {
        ++last;
      }
      const int32_t named = MentionAt(words_[last].begin);
      if (named >= 0) return OfMention(named);
      // "said the institute's Lucia Ortega"
      if (last + 2 < words_.size() && words_[last + 2].begin < to &&
          (Between(last) == "'" || Between(last) == "\xE2\x80\x99")) {
        const int32_t owned = MentionAt(words_[last + 2].begin);
        if (owned >= 0 && mentions_[owned].is_person) return OfMention(owned);
      }
      if (last > i) return OfWords(i, last);
    }
    if (word.cue()) return {};
    if (!inverted && word.is(CueClass::kPreposition) && i <= cue + 2) {
      return {};
    }
  }
  return {};
}

int32_t SubjectReader::LastBefore(uint32_t at) const {
  const auto* const behind =
      std::lower_bound(mentions_.begin(), mentions_.end(), at,
                       [](const SpeakerMention& one, uint32_t value) {
                         return one.begin < value;
                       });
  return static_cast<int32_t>(behind - mentions_.begin()) - 1;
}

// Whom "he" or "she" at byte `at` means, as an index of mentions_. Who has just
// spoken goes on, unless somebody who fits was named since. Else it is the last
// who is known to be one; a person of whom that is not known, only where nobody
// else near could be meant.
int32_t SubjectReader::OfPronoun(uint32_t at, Gender gender,
                                 const Speaker& previous) {
  const auto fits = [&](int32_t i) {
    if (!mentions_[i].is_person) return false;
    const Gender known = genders_.Of(i);
    return known == gender || known == Gender::kUnknown;
  };
  int32_t last = LastBefore(at);
  while (last >= 0 && !fits(last)) --last;
  if (last < 0) return -1;
  if (previous.mention >= 0 && mentions_[last].begin <= previous.begin &&
      fits(previous.mention)) {
    return previous.mention;
  }
  if (genders_.Of(last) == gender) return last;
  for (int32_t i = last - 1; i >= 0 && at - mentions_[i].begin <= kPronounReach;
       --i) {
    if (mentions_[i].entity != mentions_[last].entity && fits(i)) return -1;
  }
  return last;
}

// "President Yoon" before makes "the President" Yoon.
int32_t SubjectReader::OfTitle(uint32_t at, absl::string_view title) const {
  for (int32_t i = LastBefore(at); i >= 0; --i) {
    const SpeakerMention& one = mentions_[i];
    if (one.is_person && one.begin > title.size() &&
        absl::EqualsIgnoreCase(
            text_.substr(one.begin - title.size() - 1, title.size()), title)) {
      return i;
    }
  }
  return -1;
}

void SubjectReader::Resolve(const Speaker& previous, Speaker& speaker) {
  if (!speaker.found() || speaker.mention >= 0) return;
  const size_t head = WordAt(speaker.end) - 1;
  const CueWord word = Cue(head);
  const absl::string_view said =
      text_.substr(words_[head].begin, words_[head].length);
  int32_t found = -1;
  if (word.is(CueClass::kTitle)) {
    found = OfTitle(speaker.begin, said);
  } else if (word.is(CueClass::kPronoun) && word.gender != Gender::kUnknown) {
    found = OfPronoun(speaker.begin, word.gender, previous);
  } else if (word.is(CueClass::kPronoun) &&
             absl::EqualsIgnoreCase(said, "who")) {
    found = LastBefore(speaker.begin);
    while (found >= 0 && !mentions_[found].is_person) --found;
  }
  if (found < 0) return;
  speaker.mention = found;
  speaker.entity = mentions_[found].entity;
}

}  // namespace wiredesk
