// Who said what.
//
// 1. quotes_marks.cc pairs the marks. What stands between two is a quotation, a
//    title or words in scare quotes.
// 2. For each a cue is sought: a verb of speech in the rest of the sentence
//    behind the closing mark ("...," said the President), else before the
//    opening one (Yoon said, "..."), or "according to". Its subject is the
//    speaker: a mention that the caller knows, else the words themselves.
// 3. Without a cue a quotation goes on with the speaker of the one before it in
//    its paragraph, or in the paragraph before when that one was all quotation.
// 4. Few words without a cue, without a stop inside the marks, are no
//    quotation: the so-called "Allied Power Exercise".
// 5. A pronoun or a title is resolved to the last person who fits.
//
// Example: "We are ready," he stated. -> span of "he", entity of the last man
// or woman mentioned. Departs from Pareti et al. (2013), "Automatically
// detecting and attributing indirect quotations": rules, and only what is
// between marks. Tested by quotes_test.cc, measured on PolNeAR.

#include "stages/tag/quotes.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "stages/tag/quotes_marks.h"
#include "stages/tag/word_map.h"

namespace wiredesk {
namespace {

// How many words a cue may stand from the marks, and a subject from its verb.
constexpr size_t kCueReach = 16;
constexpr size_t kCueReachBefore = 24;
constexpr size_t kSubjectReach = 12;
// A stretch of at most so many words needs a cue or a stop to be a quotation.
constexpr size_t kScareWords = 4;

enum class CueClass : uint8_t {
  kNone,
  kVerb,
  kPronoun,  // he, she, they, who, I, we
  kTitle,    // president, spokesman: a noun that can speak
  kPreposition,
  kAccording,
  kNaming  // called, dubbed: what follows is a name
};

struct CueWord {
  CueClass kind = CueClass::kNone;
  Gender gender = Gender::kUnknown;
};

void AddCueWords(WordMap<CueWord>& map, CueClass kind, absl::string_view list,
                 Gender gender = Gender::kUnknown) {
  for (const absl::string_view word :
       absl::StrSplit(list, ' ', absl::SkipEmpty())) {
    map[HashWord(word)] = {kind, gender};
  }
}

const WordMap<CueWord>& CueTable() {
  static const auto* table = [] {
    auto* map = new WordMap<CueWord>();
    AddCueWords(
        *map, CueClass::kVerb,
        "said says say saying told tells telling added adds adding stated "
        "states stating asked asks asking explained explains explaining "
        "announced declared declares declaring claimed claims claiming warned "
        "warns warning argued argues arguing insisted insists insisting wrote "
        "writes writing tweeted tweets tweeting noted notes noting continued "
        "continues replied replies responded responds responding quipped "
        "joked concluded concludes acknowledged admitted admits agreed "
        "recalled recalls remarked commented suggested suggests emphasized "
        "emphasised stressed stresses predicted predicts promised promises "
        "vowed vows complained lamented observed mused testified confirmed "
        "denied denies read reads shouted yelled exclaimed asserted asserts "
        "alleged alleges boasted bragged charged countered pleaded pledged "
        "proclaimed questioned quoted quoting reiterated repeated reported "
        "thought believes believed urged urging posted accused accusing "
        "described describes describing calling called calls elaborated "
        "mentioned revealed cited cautioned proposed demanded began begins "
        "sagte sagt erklarte betonte meinte teilte schrieb dit declare "
        "explique affirme ajoute assure dijo afirmo aseguro explico senalo "
        "anadio declaro ha detto dice spiega aggiunto afirmou disse explicou "
        "zei zegt aldus");
    AddCueWords(*map, CueClass::kPronoun, "he er il lui ele hij",
                Gender::kMale);
    AddCueWords(*map, CueClass::kPronoun, "she elle ella lei ela",
                Gender::kFemale);
    AddCueWords(*map, CueClass::kPronoun, "they who i we it");
    AddCueWords(
        *map, CueClass::kTitle,
        "president minister chancellor spokesman spokeswoman spokesperson "
        "official officials officer chief director secretary senator governor "
        "mayor congressman congresswoman representative leader chairman "
        "chairwoman analyst professor judge justice lawyer attorney "
        "ambassador general commander candidate nominee billionaire campaign "
        "statement report police company agency ministry expert experts "
        "author reporter host journalist democrat republican critics man "
        "woman mother father researcher scientist doctor executive ceo");
    AddCueWords(*map, CueClass::kPreposition,
                "of for from in at with by on to about against than near into "
                "and as");
    AddCueWords(*map, CueClass::kAccording, "according");
    AddCueWords(*map, CueClass::kNaming,
                "titled entitled dubbed named nicknamed known headlined "
                "captioned title song film movie book so term word words "
                "phrase");
    return map;
  }();
  return *table;
}

// What was decided of one stretch.
struct Attribution {
  bool has_cue = false;
  size_t cue = 0;  // word
  uint32_t begin = 0;
  uint32_t end = 0;
  int32_t mention = -1;
  int32_t entity = -1;

  bool has_speaker() const { return end > begin; }
};

class QuoteReader {
 public:
  QuoteReader(absl::string_view text, absl::Span<const Word> words,
              absl::Span<const SpeakerMention> mentions,
              std::vector<FoundQuote>& quotes)
      : text_(text), words_(words), mentions_(mentions), quotes_(quotes) {}

  void Read(absl::Span<const uint32_t> spots);

 private:
  void Decide(const QuotedStretch& stretch, const QuotedStretch* before,
              const QuotedStretch* after);
  bool CueAfter(const QuotedStretch& stretch, uint32_t limit,
                Attribution& found) const;
  bool CueBefore(const QuotedStretch& stretch, uint32_t limit,
                 Attribution& found) const;
  bool According(size_t i, uint32_t limit, Attribution& found) const;
  bool SubjectBefore(size_t cue, uint32_t from, Attribution& found) const;
  bool SubjectAfter(size_t cue, uint32_t to, Attribution& found) const;
  void SetMention(size_t mention, Attribution& found) const;
  void SetWords(size_t first, size_t last, Attribution& found) const;
  void Resolve(Attribution& found) const;
  bool IsQuotation(const QuotedStretch& stretch, size_t count,
                   const Attribution& said) const;

  // The first word that begins at or behind byte `at`.
  size_t WordAt(uint32_t at) const {
    return std::lower_bound(words_.begin(), words_.end(), at,
                            [](const Word& word, uint32_t value) {
                              return word.begin < value;
                            }) -
           words_.begin();
  }
  CueWord Cue(size_t i) const {
    const CueWord* cue = CueTable().Find(words_[i].hash);
    return cue == nullptr ? CueWord() : *cue;
  }
  uint32_t end(size_t i) const { return words_[i].begin + words_[i].length; }
  absl::string_view Between(size_t i) const {  // words i and i + 1
    return text_.substr(end(i), words_[i + 1].begin - end(i));
  }
  bool SentenceEnds(size_t i) const;
  // How many mentions begin before byte `at`.
  size_t MentionsBefore(uint32_t at) const {
    return std::lower_bound(mentions_.begin(), mentions_.end(), at,
                            [](const SpeakerMention& one, uint32_t value) {
                              return one.begin < value;
                            }) -
           mentions_.begin();
  }
  // The mention that covers byte `at`, or -1.
  int32_t MentionAt(uint32_t at) const;

  absl::string_view text_;
  absl::Span<const Word> words_;
  absl::Span<const SpeakerMention> mentions_;
  std::vector<FoundQuote>& quotes_;
  Attribution last_;  // of the quotation before
  uint32_t last_end_ = 0;
  bool last_closed_ = true;
  bool last_whole_ = false;  // its paragraph was all quotation
};

// Whether a sentence or a paragraph ends between words `i` and `i + 1`.
bool QuoteReader::SentenceEnds(size_t i) const {
  if (i + 1 >= words_.size()) return true;
  const absl::string_view gap = Between(i);
  if (gap.size() == 1) return gap[0] == '\n';
  if (gap.find('\n') != absl::string_view::npos) return true;
  if (gap.empty() || (gap[0] != '.' && gap[0] != '!' && gap[0] != '?')) {
    return false;
  }
  const bool capital = (words_[i].flags & kWordCapital) != 0;
  return !(gap[0] == '.' && capital && words_[i].length <= 4);
}

int32_t QuoteReader::MentionAt(uint32_t at) const {
  const auto* after =
      std::upper_bound(mentions_.begin(), mentions_.end(), at,
                       [](uint32_t value, const SpeakerMention& one) {
                         return value < one.begin;
                       });
  if (after == mentions_.begin() || (after - 1)->end <= at) return -1;
  return static_cast<int32_t>(after - 1 - mentions_.begin());
}

void QuoteReader::SetMention(size_t mention, Attribution& found) const {
  found.begin = mentions_[mention].begin;
  found.end = mentions_[mention].end;
  found.mention = static_cast<int32_t>(mention);
  found.entity = mentions_[mention].entity;
}

void QuoteReader::SetWords(size_t first, size_t last,
                           Attribution& found) const {
  found.begin = words_[first].begin;
  found.end = end(last);
  found.mention = -1;
  found.entity = -1;
}

// The subject on the left of the verb: the nearest mention or pronoun, passing
// over what a preposition governs ("a spokesman for the campaign said").
bool QuoteReader::SubjectBefore(size_t cue, uint32_t from,
                                Attribution& found) const {
  Attribution governed;
  for (size_t d = 1; d <= kSubjectReach && d <= cue; ++d) {
    const size_t i = cue - d;
    if (words_[i].begin < from || (d > 1 && SentenceEnds(i))) break;
    if (d == 1 && SentenceEnds(i)) break;
    const CueWord word = Cue(i);
    if (word.kind == CueClass::kPronoun) {
      SetWords(i, i, found);
      return true;
    }
    const int32_t mention = MentionAt(words_[i].begin);
    const bool capital = (words_[i].flags & kWordCapital) != 0;
    if (mention >= 0 || (mentions_.empty() && capital)) {
      size_t first = i;
      while (first > 0 && words_[first - 1].begin >= from &&
             !SentenceEnds(first - 1) &&
             (mention >= 0 ? words_[first].begin > mentions_[mention].begin
                           : (words_[first - 1].flags & kWordCapital) != 0 &&
                                 Between(first - 1) == " ")) {
        --first;
      }
      Attribution here;
      if (mention >= 0) {
        SetMention(mention, here);
      } else {
        SetWords(first, i, here);
      }
      const bool person = mention >= 0 && mentions_[mention].is_person;
      const bool under =
          first > 0 && Cue(first - 1).kind == CueClass::kPreposition;
      if (!under || person) {
        found = here;
        return true;
      }
      if (!governed.has_speaker()) governed = here;
      d += i - first;
      continue;
    }
    if (word.kind == CueClass::kTitle) {
      SetWords(i, i, found);
      return true;
    }
  }
  if (!governed.has_speaker()) return false;
  found = governed;
  return true;
}

// The subject on the right of the verb: "said the President", "said Jane Roe,".
bool QuoteReader::SubjectAfter(size_t cue, uint32_t to,
                               Attribution& found) const {
  for (size_t i = cue + 1; i < words_.size() && i <= cue + kSubjectReach; ++i) {
    if (words_[i].begin >= to || SentenceEnds(i - 1)) return false;
    const CueWord word = Cue(i);
    if (word.kind == CueClass::kPronoun) {
      SetWords(i, i, found);
      return i == cue + 1;
    }
    const int32_t mention = MentionAt(words_[i].begin);
    if (mention >= 0) {
      SetMention(mention, found);
      return true;
    }
    const bool capital = (words_[i].flags & kWordCapital) != 0;
    if (word.kind == CueClass::kTitle) {
      SetWords(i, i, found);
      // "said spokeswoman Jane Roe": the name is better.
      if (i + 1 < words_.size() && Between(i) == " ") {
        const int32_t next = MentionAt(words_[i + 1].begin);
        if (next >= 0) SetMention(next, found);
      }
      return true;
    }
    if (mentions_.empty() && capital) {
      size_t last = i;
      while (last + 1 < words_.size() && Between(last) == " " &&
             (words_[last + 1].flags & kWordCapital) != 0) {
        ++last;
      }
      SetWords(i, last, found);
      return true;
    }
    if (word.kind == CueClass::kVerb) return false;
    if (word.kind == CueClass::kPreposition && i <= cue + 2) return false;
  }
  return false;
}

// "according to the ministry", from word `i` on.
bool QuoteReader::According(size_t i, uint32_t limit,
                            Attribution& found) const {
  if (i + 2 >= words_.size()) return false;
  if (!SubjectAfter(i + 1, limit, found)) {
    size_t last = i + 2;
    while (last + 1 < words_.size() && last < i + 6 && Between(last) == " ") {
      ++last;
    }
    SetWords(i + 2, last, found);
  }
  found.has_cue = true;
  found.cue = i;
  return true;
}

// A cue behind the closing mark, up to byte `limit`.
bool QuoteReader::CueAfter(const QuotedStretch& stretch, uint32_t limit,
                           Attribution& found) const {
  const size_t first = stretch.end_word;
  if (!stretch.closed || first >= words_.size()) return false;
  const absl::string_view gap =
      text_.substr(stretch.end, words_[first].begin - stretch.end);
  if (gap.find('\n') != absl::string_view::npos) return false;
  // A sentence that ended inside the marks goes on in lower case, or with a
  // name that a cue follows at once: "Go," Smith said.
  const char last = text_[stretch.end - 1];
  const bool stop = last == '.' || gap.find('.') != absl::string_view::npos;
  if (stop) return false;
  for (size_t i = first; i < words_.size() && i < first + kCueReach; ++i) {
    if (words_[i].begin >= limit) return false;
    if (i > first && SentenceEnds(i - 1)) return false;
    const CueClass kind = Cue(i).kind;
    if (kind == CueClass::kNone) continue;
    if (kind == CueClass::kAccording && According(i, limit, found)) {
      return true;
    }
    if (kind != CueClass::kVerb) continue;
    found.has_cue = true;
    found.cue = i;
    if (i > first && SubjectBefore(i, stretch.end, found)) return true;
    if (SubjectAfter(i, limit, found)) return true;
    if (i == first) return true;
    found = Attribution();
  }
  return false;
}

// A cue before the opening mark, in the same sentence.
bool QuoteReader::CueBefore(const QuotedStretch& stretch, uint32_t limit,
                            Attribution& found) const {
  const size_t first = stretch.first_word;
  for (size_t d = 1; d <= kCueReachBefore && d <= first; ++d) {
    const size_t i = first - d;
    if (words_[i].begin < limit) return false;
    const absl::string_view gap = text_.substr(
        end(i), (d == 1 ? stretch.begin : words_[i + 1].begin) - end(i));
    if (gap.find('\n') != absl::string_view::npos) return false;
    const bool ends = d == 1 ? absl::StartsWith(gap, ". ") &&
                                   (words_[i].flags & kWordCapital) == 0
                             : SentenceEnds(i);
    if (ends) return false;
    const CueClass kind = Cue(i).kind;
    if (kind == CueClass::kAccording && According(i, stretch.begin, found)) {
      return true;
    }
    if (kind != CueClass::kVerb) continue;
    found.has_cue = true;
    found.cue = i;
    if (!SubjectBefore(i, limit, found)) {
      SubjectAfter(i, stretch.begin, found);
    }
    return true;
  }
  return false;
}

// Gives a pronoun or a title the last person before it who fits.
void QuoteReader::Resolve(Attribution& found) const {
  if (!found.has_speaker() || found.mention >= 0) return;
  const CueWord word = Cue(WordAt(found.begin));
  if (word.kind != CueClass::kPronoun && word.kind != CueClass::kTitle) return;
  const absl::string_view said =
      text_.substr(found.begin, found.end - found.begin);
  if (word.kind == CueClass::kPronoun && word.gender == Gender::kUnknown &&
      !absl::EqualsIgnoreCase(said, "who")) {
    return;
  }
  int32_t best = -1;
  for (size_t i = MentionsBefore(found.begin); best < 0 && i-- > 0;) {
    const SpeakerMention& one = mentions_[i];
    if (!one.is_person) continue;
    if (word.kind == CueClass::kTitle) {
      // "President Yoon" before makes "the President" Yoon.
      if (one.begin < said.size() + 1) continue;
      const absl::string_view title =
          text_.substr(one.begin - said.size() - 1, said.size());
      if (!absl::EqualsIgnoreCase(title, said)) continue;
    } else if (one.gender != Gender::kUnknown &&
               word.gender != Gender::kUnknown && one.gender != word.gender) {
      continue;
    }
    best = static_cast<int32_t>(i);
  }
  if (word.kind == CueClass::kPronoun && last_.entity >= 0 &&
      last_.mention >= 0 && best >= 0 && mentions_[last_.mention].is_person &&
      (mentions_[last_.mention].gender == word.gender ||
       mentions_[last_.mention].gender == Gender::kUnknown ||
       word.gender == Gender::kUnknown) &&
      mentions_[best].begin < last_.begin) {
    best = last_.mention;
  }
  if (best < 0) return;
  found.mention = best;
  found.entity = mentions_[best].entity;
}

bool QuoteReader::IsQuotation(const QuotedStretch& stretch, size_t count,
                              const Attribution& said) const {
  const char last = text_[stretch.end - 1];
  const bool stop = last == ',' || last == '.' || last == '!' || last == '?';
  const size_t first = stretch.first_word;
  if (first > 0 && count <= 8 && Cue(first - 1).kind == CueClass::kNaming &&
      !said.has_cue) {
    return false;
  }
  if (count > kScareWords) {
    // A title of a work: all words are capitalized.
    size_t capitals = 0;
    for (size_t i = first; i < first + count; ++i) {
      if ((words_[i].flags & kWordCapital) != 0 || words_[i].length <= 3) {
        ++capitals;
      }
    }
    return said.has_cue || stop || capitals < count;
  }
  if (count == 0) return false;
  if (said.has_cue && (stop || count >= 2)) {
    // "the “Allied Power Exercise” (APEX)": a name, not words.
    bool name = !stop;
    for (size_t i = first; i < first + count && name; ++i) {
      name = (words_[i].flags & kWordCapital) != 0;
    }
    return !name;
  }
  return stop && stretch.paragraph;
}

void QuoteReader::Decide(const QuotedStretch& stretch,
                         const QuotedStretch* before,
                         const QuotedStretch* after) {
  const uint32_t from = before == nullptr ? 0 : before->end;
  const auto to =
      static_cast<uint32_t>(after == nullptr ? text_.size() : after->begin);
  Attribution said;
  if (!CueAfter(stretch, to, said)) CueBefore(stretch, from, said);
  Resolve(said);
  const size_t count = stretch.end_word - stretch.first_word;
  const bool same_paragraph =
      !quotes_.empty() &&
      text_.substr(last_end_, stretch.begin - last_end_).find('\n') ==
          absl::string_view::npos;
  const bool goes_on =
      last_.has_speaker() &&
      (same_paragraph || (stretch.paragraph && (!last_closed_ || last_whole_)));
  if (!said.has_speaker() && goes_on &&
      (count > kScareWords || !said.has_cue)) {
    const bool cue = said.has_cue;
    const size_t where = said.cue;
    said = last_;
    said.has_cue = cue;
    said.cue = where;
  }
  const bool sure = said.has_cue || (goes_on && count > 2 && same_paragraph);
  Attribution judged = said;
  judged.has_cue = sure;
  if (!IsQuotation(stretch, count, judged)) return;
  FoundQuote quote;
  quote.begin = stretch.begin;
  quote.end = stretch.end;
  const size_t first = stretch.first_word;
  const bool capital =
      first < words_.size() && (words_[first].flags & kWordCapital) != 0;
  quote.kind = capital || same_paragraph || stretch.paragraph
                   ? QuoteKind::kDirect
                   : QuoteKind::kMixed;
  if (said.has_cue) {
    quote.cue_begin = words_[said.cue].begin;
    quote.cue_end = end(said.cue);
  }
  quote.speaker_begin = said.begin;
  quote.speaker_end = said.end;
  quote.speaker_mention = said.mention;
  quote.speaker_entity = said.entity;
  quotes_.push_back(quote);
  last_ = said;
  last_end_ = stretch.end;
  last_closed_ = stretch.closed;
  const size_t behind = text_.find('\n', stretch.end);
  const size_t rest =
      (behind == absl::string_view::npos ? text_.size() : behind) - stretch.end;
  last_whole_ = stretch.paragraph && rest <= 4;
}

void QuoteReader::Read(absl::Span<const uint32_t> spots) {
  QuotedStretches stretches;
  FindQuotedStretches(text_, words_, spots, stretches);
  for (size_t i = 0; i < stretches.size(); ++i) {
    Decide(stretches[i], i == 0 ? nullptr : &stretches[i - 1],
           i + 1 < stretches.size() ? &stretches[i + 1] : nullptr);
  }
}

}  // namespace

absl::string_view QuoteKindName(QuoteKind kind) {
  return kind == QuoteKind::kDirect ? "direct" : "mixed";
}

void FindQuotes(absl::string_view text, absl::Span<const Word> words,
                absl::Span<const uint32_t> spots,
                absl::Span<const SpeakerMention> mentions,
                absl::string_view /*language*/,
                std::vector<FoundQuote>& quotes) {
  QuoteReader(text, words, mentions, quotes).Read(spots);
}

}  // namespace wiredesk
