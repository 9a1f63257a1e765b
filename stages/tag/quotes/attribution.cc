// A cue is a verb of speech in the rest of the sentence behind the closing mark
// ("...," said the President), else before the opening one (Yoon said, "...").
// Behind a stop inside the marks only a sentence counts that says nothing but
// who spoke. Without a cue a colon, a dash, or the sentence before may tell.
//
// Each search ends at its sentence, or at the numbers of words below.
// Tested by quotes_test.cc.

#include "stages/tag/quotes/attribution.h"

#include "absl/strings/match.h"

namespace wiredesk {
namespace {

// How many words a cue may stand from the marks.
constexpr size_t kCueReach = 24;
constexpr size_t kCueReachBefore = 24;
constexpr size_t kNearReach = 9;
// Words before the cue of a sentence that only says who spoke, and behind it.
constexpr size_t kAttributionHead = 8;
constexpr size_t kAttributionTail = 12;

bool IsBe(absl::string_view word) {
  return word == "was" || word == "were" || word == "been" || word == "be" ||
         word == "is" || word == "are";
}

}  // namespace

absl::string_view AttributionReader::GapBefore(
    const QuotedStretch& stretch) const {
  const size_t first = stretch.first_word;
  const uint32_t begin = first == 0 ? 0 : end(first - 1);
  return text_.substr(begin, stretch.begin - begin);
}

absl::string_view AttributionReader::GapBehind(
    const QuotedStretch& stretch) const {
  const size_t behind = stretch.end_word;
  const size_t to = behind < size() ? begin(behind) : text_.size();
  return text_.substr(stretch.end, to - stretch.end);
}

// "according to the ministry", from word `i` on.
bool AttributionReader::According(size_t i, uint32_t limit,
                                  Attribution& found) const {
  if (i + 2 >= size()) return false;
  NounPhrase phrase;
  if (phrases_.Read(i + 2, limit, phrase)) {
    found.speaker = phrase.speaker;
  } else {
    found.speaker = phrases_.OfWords(i + 2, i + 2);
  }
  found.has_cue = true;
  found.cue = i;
  return true;
}

// "when asked", "was told": somebody else speaks.
bool AttributionReader::Passive(size_t i) const {
  if (i == 0 || phrases_.Between(i - 1) != " ") return false;
  const CueWord before = Cue(i - 1);
  const absl::string_view word = phrases_.text(i - 1);
  // "is now called"
  if (i > 1 && phrases_.Between(i - 2) == " " && phrases_.IsAdverb(i - 1) &&
      IsBe(phrases_.text(i - 2))) {
    return true;
  }
  return (before.is(CueClass::kClause) && word != "and" && word != "but") ||
         IsBe(word);
}

// "is now called “...”": a name is given, nothing is said.
bool AttributionReader::Names(size_t i) const {
  const absl::string_view word = phrases_.text(i);
  return word == "called" || word == "termed" || word == "labeled" ||
         word == "labelled" || word == "described";
}

// Whether what follows word `i` is only supposed: "equivalent to", "as good as".
bool AttributionReader::Supposed(size_t i) const {
  const absl::string_view word = phrases_.text(i);
  return word == "to" || word == "as" || word == "like" || word == "of";
}

// Whether the rest of the sentence of the verb at `cue` says only when, where
// and to whom: "told reporters in Camana on Monday", but not "said the mayor
// would resign".
bool AttributionReader::OnlyAttributes(size_t cue, uint32_t limit) const {
  const absl::string_view verb = phrases_.text(cue);
  bool object = verb == "told" || verb == "tells" || verb == "asked";
  for (size_t i = cue + 1; i <= cue + kAttributionTail; ++i) {
    if (phrases_.SentenceEnds(i - 1)) return true;
    if (begin(i) >= limit) return false;
    const CueWord word = Cue(i);
    NounPhrase phrase;
    if (word.is(CueClass::kPreposition)) {
      object = true;
    } else if (object && phrases_.Read(i, limit, phrase) &&
               !word.is(CueClass::kPronoun)) {
      i = phrase.last;
      object = false;
    } else if (!word.is(CueClass::kDay) && !phrases_.IsAdverb(i) &&
               !phrases_.IsNumber(i)) {
      return false;
    }
  }
  return false;
}

// Whether the sentence goes on behind the marks without a comma: its verb is
// seldom that of the quotation then.
bool AttributionReader::GoesOn(const QuotedStretch& stretch) const {
  const absl::string_view gap = GapBehind(stretch);
  const char last = text_[stretch.end - 1];
  return absl::string_view(",.!?").find(last) == absl::string_view::npos &&
         !gap.empty() && gap.find_first_of(",-") == absl::string_view::npos &&
         absl::EndsWith(gap, " ") && gap.size() <= 4;
}

// A cue behind the closing mark, up to byte `limit`.
bool AttributionReader::CueAfter(const QuotedStretch& stretch, uint32_t limit,
                                 Attribution& found) const {
  const size_t first = stretch.end_word;
  if (!stretch.closed || first >= size()) return false;
  const absl::string_view gap = GapBehind(stretch);
  if (gap.find('\n') != absl::string_view::npos) return false;
  // After a stop inside the marks a new sentence begins, unless it is nothing
  // but an attribution: "... missing." Trump said; "... missing." said Trump.
  const char last = text_[stretch.end - 1];
  const bool stop = (last == '.' || gap.find('.') != absl::string_view::npos) &&
                    phrases_.Capital(first);
  const size_t reach = GoesOn(stretch) ? kNearReach : kCueReach;
  bool relative = false;
  for (size_t i = first; i < size() && i < first + reach; ++i) {
    if (begin(i) >= limit) return false;
    if (i > first && phrases_.SentenceEnds(i - 1)) return false;
    if (Cue(i).is(CueClass::kNone) && !relative) continue;
    // ", who has said": a verb of another clause
    if (i > first &&
        phrases_.Between(i - 1).find(',') != absl::string_view::npos) {
      relative = phrases_.text(i) == "who" || phrases_.text(i) == "which";
    }
    if (relative) continue;
    const Search step = TryCueAfter(stretch, i, stop, limit, found);
    if (step != Search::kGoesOn) return step == Search::kFound;
  }
  return false;
}

// Whether word `i` behind the mark is the cue. `stop`: the sentence has ended
// inside of the marks.
AttributionReader::Search AttributionReader::TryCueAfter(
    const QuotedStretch& stretch, size_t i, bool stop, uint32_t limit,
    Attribution& found) const {
  const size_t first = stretch.end_word;
  const CueWord cue = Cue(i);
  if (cue.is(CueClass::kAccording) && !stop && According(i, limit, found)) {
    return Search::kFound;
  }
  if (!cue.is(CueClass::kVerb) || !phrases_.IsVerb(i)) return Search::kGoesOn;
  if (stop && (i > first + kAttributionHead || !OnlyAttributes(i, limit))) {
    return Search::kEnds;
  }
  found.speaker = i == first ? subjects_.Behind(i, limit)
                             : subjects_.Before(i, stretch.end);
  if (!found.speaker.found() && i != first) return Search::kGoesOn;
  found.has_cue = true;
  found.cue = i;
  return Search::kFound;
}

// Whether a sentence or paragraph ends behind word `i`, `d` words before the
// opening mark.
bool AttributionReader::EndsBefore(const QuotedStretch& stretch, size_t i,
                                   size_t d) const {
  const absl::string_view gap =
      text_.substr(end(i), (d == 1 ? stretch.begin : begin(i + 1)) - end(i));
  // A colon may lead over to the next paragraph.
  if (!(d > 1 && phrases_.Plain(i + 1)) &&
      gap.find('\n') != absl::string_view::npos && !(d == 1 && gap[0] == ':')) {
    return true;
  }
  if (d > 1) return phrases_.SentenceEnds(i);
  return gap.size() > 1 && gap[0] == '.' && gap[1] == ' ' &&
         !Cue(i).is(CueClass::kAbbreviation);
}

// A cue before the opening mark, in the same sentence.
bool AttributionReader::CueBefore(const QuotedStretch& stretch, uint32_t limit,
                                  Attribution& found) const {
  const size_t first = stretch.first_word;
  for (size_t d = 1; d <= kCueReachBefore && d <= first; ++d) {
    const size_t i = first - d;
    if (begin(i) < limit || EndsBefore(stretch, i, d)) return false;
    const CueWord cue = Cue(i);
    if (cue.is(CueClass::kNone)) continue;
    if (cue.is(CueClass::kAccording) && According(i, stretch.begin, found)) {
      return true;
    }
    if (!phrases_.IsVerb(i) || ((d > 1 || Names(i)) && Passive(i))) continue;
    // "that is as good as saying, “...": nobody says it.
    if (cue.is(CueClass::kParticiple) && i > 0 && Supposed(i - 1)) return false;
    found.has_cue = true;
    found.cue = i;
    found.speaker = OfCueBefore(stretch, i, limit);
    return true;
  }
  return false;
}

// Who speaks by the verb `cue` before the opening mark.
Speaker AttributionReader::OfCueBefore(const QuotedStretch& stretch, size_t cue,
                                       uint32_t limit) const {
  const size_t first = stretch.first_word;
  // "But, said Roe, “it ...": its subject stands behind it.
  if (cue > 0 && cue + 1 < first &&
      phrases_.Between(cue - 1).find(',') != absl::string_view::npos &&
      GapBefore(stretch).find(',') != absl::string_view::npos) {
    const Speaker behind = subjects_.Behind(cue, stretch.begin);
    if (phrases_.IsPerson(behind) && behind.end == end(first - 1)) {
      return behind;
    }
  }
  Speaker speaker = subjects_.Before(cue, limit);
  if (!speaker.found() && phrases_.SentenceStart(cue, limit) == cue) {
    speaker = subjects_.Behind(cue, stretch.begin);  // "Said Ellis:"
  }
  // "Roe called it “bad,” saying, “...": across another quotation.
  return speaker.found() ? speaker : subjects_.Before(cue, 0);
}

// "..." - Bernie Sanders: a name alone behind a dash.
Speaker AttributionReader::BehindDash(const QuotedStretch& stretch,
                                      uint32_t to) const {
  const size_t behind = stretch.end_word;
  if (!stretch.closed || behind >= size()) return {};
  const absl::string_view gap = GapBehind(stretch);
  const bool dash = gap.find(" -") != absl::string_view::npos ||
                    gap.find("\n-") != absl::string_view::npos ||
                    gap.find("\xE2\x80\x94") != absl::string_view::npos ||
                    gap.find("\xE2\x80\x95") != absl::string_view::npos ||
                    gap.find("\xE2\x80\x93") != absl::string_view::npos;
  NounPhrase phrase;
  if (!dash || !phrases_.Capital(behind) ||
      !phrases_.Read(behind, to, phrase)) {
    return {};
  }
  // "... – Clinton will say": the sentence goes on.
  const size_t last = phrase.last;
  const bool goes_on = last + 1 < size() && phrases_.Between(last) == " " &&
                       !phrases_.Capital(last + 1) &&
                       !Cue(last + 1).is(CueClass::kPreposition);
  const bool named = phrase.speaker.mention >= 0 ||
                     phrases_.Capital(phrases_.WordAt(phrase.speaker.begin));
  return named && !goes_on ? phrase.speaker : Speaker();
}

// "Clinton: ...", "McConnell, R-Ky., delivered a blunt message: ...".
Speaker AttributionReader::BeforeColon(const QuotedStretch& stretch,
                                       uint32_t from) const {
  const size_t first = stretch.first_word;
  if (first == 0 || begin(first - 1) < from) return {};
  const absl::string_view gap = GapBefore(stretch);
  const size_t colon = gap.find(':');
  // A stop before the colon belongs to "(R-S.C.):".
  if (colon == absl::string_view::npos ||
      (gap.find('.') < colon && gap.find(')') > colon)) {
    return {};
  }
  const size_t sentence = phrases_.SentenceStart(first - 1, from);
  NounPhrase phrase;
  // Nothing but a name, with what brackets and commas say of it.
  if (phrases_.Read(sentence, stretch.begin, phrase) &&
      (phrase.last + 1 == first ||
       !absl::StartsWith(phrases_.Between(phrase.last), " ") ||
       phrases_.Between(phrase.last).find('(') != absl::string_view::npos)) {
    return phrase.speaker;
  }
  if (phrases_.ReadBack(first - 1, from, phrase) &&
      (phrase.first == sentence ||
       (phrases_.IsPerson(phrase.speaker) && phrase.first > 0 &&
        !Cue(phrase.first - 1).is(CueClass::kPreposition)))) {
    return phrase.speaker;
  }
  size_t last = 0;
  const Speaker subject = subjects_.OfSentence(sentence, first, last);
  return phrases_.IsPerson(subject) ||
                 (subject.found() &&
                  Cue(phrases_.WordAt(subject.begin)).is(CueClass::kPronoun))
             ? subject
             : Speaker();
}

// "...," Bob Roe thundered: a person right behind a comma inside the marks, or
// behind one word that must be a verb.
Speaker AttributionReader::BehindComma(const QuotedStretch& stretch,
                                       uint32_t to) const {
  const size_t behind = stretch.end_word;
  if (!stretch.closed || behind >= size() || behind == 0) return {};
  const char last = text_[stretch.end - 1];
  const size_t first = stretch.first_word;
  const bool sentence =
      stretch.paragraph || first == 0 || phrases_.SentenceEnds(first - 1);
  if (!sentence || (last != ',' && last != '!' && last != '?') ||
      GapBehind(stretch).find('\n') != absl::string_view::npos) {
    return {};
  }
  NounPhrase phrase;
  if (phrases_.Read(behind, to, phrase) && phrases_.IsPerson(phrase.speaker)) {
    return phrase.speaker;
  }
  if (last == ',' && !phrases_.Capital(behind) &&
      Cue(behind).is(CueClass::kNone) &&
      phrases_.Read(behind + 1, to, phrase) &&
      phrases_.Between(behind) == " " && phrases_.IsPerson(phrase.speaker)) {
    return phrase.speaker;
  }
  return {};
}

// "Roe said that the plan was bad. “It will fail.”": who speaks in the sentence
// before goes on in their own words.
Speaker AttributionReader::OfSentenceBefore(const QuotedStretch& stretch,
                                            uint32_t from) const {
  const size_t first = stretch.first_word;
  if (first == 0 || begin(first - 1) < from || !IsSentence(stretch)) {
    return {};
  }
  const absl::string_view gap = GapBefore(stretch);
  if (gap.empty() || gap[0] != '.' || gap.find('\n') != absl::string_view::npos)
    return {};
  const size_t sentence = phrases_.SentenceStart(first - 1, from);
  for (size_t i = sentence; i < first; ++i) {
    if (!Cue(i).is(CueClass::kVerb) || !phrases_.IsVerb(i)) continue;
    if (Passive(i)) return {};
    const Speaker speaker = subjects_.Before(i, begin(sentence));
    const bool pronoun =
        speaker.found() &&
        Cue(phrases_.WordAt(speaker.begin)).is(CueClass::kPronoun);
    return phrases_.IsPerson(speaker) || pronoun ? speaker : Speaker();
  }
  return {};
}

// A speaker without a cue.
Speaker AttributionReader::Uncued(const QuotedStretch& stretch, uint32_t from,
                                  uint32_t to) const {
  Speaker speaker = BeforeColon(stretch, from);
  if (!speaker.found()) speaker = BehindDash(stretch, to);
  if (!speaker.found()) speaker = BehindComma(stretch, to);
  if (!speaker.found()) speaker = OfSentenceBefore(stretch, from);
  return speaker;
}

// "Very good.": a sentence, though it is short.
bool AttributionReader::IsSentence(const QuotedStretch& stretch) const {
  const size_t first = stretch.first_word;
  const char last = text_[stretch.end - 1];
  return (last == '.' || last == '!' || last == '?') && first > 0 &&
         phrases_.Capital(first) && phrases_.SentenceEnds(first - 1);
}

Attribution AttributionReader::Read(const QuotedStretch& stretch, uint32_t from,
                                    uint32_t to) const {
  Attribution said;
  // "claimed that “...”": a cue right before the mark is nearer than any.
  const size_t first = stretch.first_word;
  const bool beside =
      first > 0 && absl::StartsWith(GapBefore(stretch), " ") &&
      (phrases_.text(first - 1) == "that" || phrases_.IsVerb(first - 1));
  if (beside && CueBefore(stretch, from, said) && said.speaker.found()) {
    return said;
  }
  said = {};
  if (!CueAfter(stretch, to, said) && !CueBefore(stretch, from, said)) {
    said.speaker = Uncued(stretch, from, to);
    said.led = said.speaker.found();
  }
  return said;
}

}  // namespace wiredesk
