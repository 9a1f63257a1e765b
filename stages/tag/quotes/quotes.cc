// Who said what.
//
// 1. quotation_marks.cc pairs the marks. What stands between two is a quotation, a
//    title or words in scare quotes.
// 2. For each a cue is sought: a verb of speech in the rest of the sentence
//    behind the closing mark ("...," said the President), else before the
//    opening one (Yoon said, "..."), or "according to". Its subject is the
//    speaker: a mention that the caller knows, else the words themselves.
// 3. Without a cue a quotation goes on with the speaker of the one before it in
//    its paragraph, or in the paragraph before when that one was all quotation.
// 4. Few words without a cue, without a stop inside the marks, are no
//    quotation: the so-called "Allied Power Exercise".
// 5. A pronoun or a title is resolved to the last person who fits
//    (pronoun.cc), or to nobody where several might be meant.
//
// Example: "We are ready," he stated. -> span of "he", entity of the last man
// or woman mentioned. Departs from Pareti et al. (2013), "Automatically
// detecting and attributing indirect quotations": rules, and only what is
// between marks. Tested by quotes_test.cc, measured on PolNeAR.

#include "stages/tag/quotes/quotes.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "stages/tag/quotes/attribution.h"
#include "stages/tag/quotes/phrase.h"
#include "stages/tag/quotes/pronoun.h"
#include "stages/tag/quotes/quotation_marks.h"
#include "stages/tag/quotes/subject.h"
#include "stages/tag/quotes/words.h"

namespace wiredesk {
namespace {

// A stretch of at most this many words needs a cue or a stop to be a quotation.
constexpr size_t kScareWords = 4;
// A name in quotation marks has at most this many.
constexpr size_t kNameWords = 8;

constexpr auto kNone = absl::string_view::npos;

class QuoteReader {
 public:
  QuoteReader(absl::string_view text, absl::Span<const Word> words,
              absl::Span<const SpeakerMention> mentions,
              absl::Span<const QuotedStretch> stretches,
              std::vector<FoundQuote>& quotes)
      : text_(text),
        words_(words),
        stretches_(stretches),
        phrases_(text, words, mentions),
        subjects_(phrases_),
        attributions_(phrases_, subjects_),
        resolver_(phrases_, subjects_, stretches),
        quotes_(quotes) {}

  void Read();

 private:
  void Decide(const QuotedStretch& stretch, const QuotedStretch* before,
              const QuotedStretch* after);
  // Bytes from its end to that of its paragraph.
  size_t Rest(const QuotedStretch& stretch) const {
    return std::min(text_.find('\n', stretch.end), text_.size()) - stretch.end;
  }
  bool NextParagraph(const QuotedStretch& stretch) const;
  bool IsTitle(const QuotedStretch& stretch, const Attribution& said) const;
  bool IsNamed(const QuotedStretch& stretch, size_t count,
               const Attribution& said) const;
  bool IsQuotation(const QuotedStretch& stretch, size_t count,
                   const Attribution& said) const;
  void Add(const QuotedStretch& stretch, const Attribution& said,
           bool same_paragraph);
  CueWord Cue(size_t i) const { return phrases_.Cue(i); }

  absl::string_view text_;
  absl::Span<const Word> words_;
  absl::Span<const QuotedStretch> stretches_;
  PhraseReader phrases_;
  SubjectReader subjects_;
  AttributionReader attributions_;
  SpeakerResolver resolver_;
  std::vector<FoundQuote>& quotes_;
  Attribution last_;  // of the quotation before
  uint32_t last_end_ = 0;
  bool last_closed_ = true;
  bool last_whole_ = false;  // its paragraph was all quotation
};

// "the “Allied Power Exercise” (APEX)", on “Face the Nation,”: a name or the
// title of a work, all of it in capitals but for short words; not what a cue
// right beside the marks announces.
bool QuoteReader::IsTitle(const QuotedStretch& stretch,
                          const Attribution& said) const {
  const size_t first = stretch.first_word;
  const size_t end = stretch.end_word;
  if (end - first < 2 || stretch.paragraph || !phrases_.Capital(first) ||
      !(phrases_.Capital(end - 1) || phrases_.IsNumber(end - 1))) {
    return false;
  }
  if (said.has_cue &&
      (said.cue + 1 == first || (said.cue >= end && said.cue <= end + 1))) {
    return false;
  }
  for (size_t i = first; i < end; ++i) {
    if (!phrases_.Capital(i) && words_[i].length > 3 && !phrases_.IsNumber(i) &&
        !Cue(i).is(CueClass::kPreposition)) {
      return false;
    }
  }
  return true;
}

// "said a baker who goes by the name “Crusty”": a name, not what he said.
bool QuoteReader::IsNamed(const QuotedStretch& stretch, size_t count,
                          const Attribution& said) const {
  const size_t first = stretch.first_word;
  if (first == 0 || count > kNameWords ||
      !Cue(first - 1).is(CueClass::kNaming)) {
    return false;
  }
  const bool cue_behind = said.has_cue && said.cue >= stretch.end_word;
  return !said.has_cue || (Cue(first - 1).noun && !cue_behind);
}

bool QuoteReader::IsQuotation(const QuotedStretch& stretch, size_t count,
                              const Attribution& said) const {
  const char last = text_[stretch.end - 1];
  const bool stop = last == ',' || last == '.' || last == '!' || last == '?';
  // poster="https://..." is the remains of a page.
  if (absl::StartsWith(text_.substr(stretch.begin), "http") ||
      (stretch.begin > 1 && text_[stretch.begin - 2] == '=')) {
    return false;
  }
  if (IsNamed(stretch, count, said)) return false;
  if (stretch.single && !said.has_cue && !said.led &&
      !(stretch.paragraph && stop && count > kScareWords)) {
    return false;
  }
  if (last != '!' && last != '?' && IsTitle(stretch, said)) return false;
  if (count > kScareWords) return true;
  if (said.has_cue && (stop || count >= 2)) return true;
  return stop && (stretch.paragraph || said.led);
}

// Whether the words of the quotation before go on in this stretch, which begins
// the next paragraph: that was not closed or all of its paragraph, or this is.
bool QuoteReader::NextParagraph(const QuotedStretch& stretch) const {
  if (!stretch.paragraph) return false;
  const absl::string_view gap =
      text_.substr(last_end_, stretch.begin - last_end_);
  const size_t first = gap.find("\n\n");
  if (first == kNone || gap.find("\n\n", first + 2) != kNone) return false;
  return !last_closed_ || last_whole_ || Rest(stretch) <= 4;
}

void QuoteReader::Decide(const QuotedStretch& stretch,
                         const QuotedStretch* before,
                         const QuotedStretch* after) {
  const size_t count = stretch.end_word - stretch.first_word;
  if (count == 0) return;  // "..."
  const uint32_t from = before == nullptr ? 0 : before->end;
  const auto to =
      static_cast<uint32_t>(after == nullptr ? text_.size() : after->begin);
  Attribution said = attributions_.Read(stretch, from, to);
  resolver_.Resolve(last_.speaker, said.speaker);
  const bool nobody = phrases_.IsNobody(said.speaker);
  if (nobody) said.speaker = Speaker();
  const bool same_paragraph =
      !quotes_.empty() &&
      text_.substr(last_end_, stretch.begin - last_end_).find('\n') == kNone;
  const bool goes_on =
      last_.speaker.found() && (same_paragraph || NextParagraph(stretch));
  if (!said.speaker.found() && !nobody && goes_on &&
      (count > kScareWords || !said.has_cue)) {
    said.speaker = last_.speaker;
  }
  Attribution judged = said;
  judged.has_cue =
      said.has_cue || (goes_on && same_paragraph &&
                       (count > 2 || attributions_.IsSentence(stretch)));
  if (!IsQuotation(stretch, count, judged)) return;
  Add(stretch, said, same_paragraph);
}

void QuoteReader::Add(const QuotedStretch& stretch, const Attribution& said,
                      bool same_paragraph) {
  FoundQuote& found = quotes_.emplace_back();
  Quote& quote = found.quote;
  quote.mention = {Field::kBody, stretch.begin, stretch.end};
  const size_t first = stretch.first_word;
  const bool capital = first < words_.size() && phrases_.Capital(first);
  quote.kind = capital || same_paragraph || stretch.paragraph
                   ? QuoteKind::kDirect
                   : QuoteKind::kMixed;
  if (said.has_cue) {
    quote.cue = text_.substr(words_[said.cue].begin, words_[said.cue].length);
  }
  if (said.speaker.found()) {
    const uint32_t begin = said.speaker.begin;
    quote.speaker_mention = {Field::kBody, begin, said.speaker.end};
    quote.speaker_name = text_.substr(begin, said.speaker.end - begin);
  }
  found.speaker = said.speaker.entity;
  last_ = said;
  last_end_ = stretch.end;
  last_closed_ = stretch.closed;
  last_whole_ = stretch.paragraph && Rest(stretch) <= 4;
}

// "Marcia “Cia” Price": a nickname, which belongs to the name around it.
bool IsNickname(absl::string_view text, absl::Span<const Word> words,
                const QuotedStretch& stretch) {
  const size_t first = stretch.first_word;
  const size_t behind = stretch.end_word;
  if (first == 0 || behind >= words.size() || behind > first + 2) return false;
  const auto capital = [&](size_t i) {
    return (words[i].flags & kWordCapital) != 0;
  };
  const uint32_t before = words[first - 1].begin + words[first - 1].length;
  return capital(first - 1) && capital(first) && capital(behind) &&
         text[before] == ' ' && stretch.begin - before <= 4 &&
         words[behind].begin - stretch.end <= 4 &&
         text[words[behind].begin - 1] == ' ' &&
         absl::ascii_isalnum(text[stretch.end - 1]);
}

void QuoteReader::Read() {
  for (size_t i = 0; i < stretches_.size(); ++i) {
    Decide(stretches_[i], i == 0 ? nullptr : &stretches_[i - 1],
           i + 1 < stretches_.size() ? &stretches_[i + 1] : nullptr);
  }
}

}  // namespace

void FindQuotes(absl::string_view text, absl::Span<const Word> words,
                const TextSpots& spots,
                absl::Span<const SpeakerMention> mentions,
                absl::string_view /*language*/,
                std::vector<FoundQuote>& quotes) {
  QuotedStretches stretches;
  FindQuotedStretches(text, words, spots, stretches);
  stretches.erase(std::remove_if(stretches.begin(), stretches.end(),
                                 [&](const QuotedStretch& one) {
                                   return IsNickname(text, words, one);
                                 }),
                  stretches.end());
  QuoteReader(text, words, mentions, stretches, quotes).Read();
}

}  // namespace wiredesk
