// Who said what.
//
// 1. quotation_marks.cc pairs the marks. What stands between two is a
// quotation, a
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
//    (gender.cc), or to nobody where several might be meant.
//
// Example: "We are ready," he stated. -> span of "he", entity of the last man
// or woman mentioned. Departs from Pareti et al. (2013), "Automatically
// detecting and attributing indirect quotations": rules, and only what is
// between marks. Tested by quotes_test.cc, measured on PolNeAR.

#include "stages/tag/quotes/quotes.h"

#include <algorithm>
#include <cstddef>

#include "stages/tag/quotes/quotation_marks.h"
#include "stages/tag/quotes/subject.h"
#include "stages/tag/quotes/words.h"

namespace wiredesk {
namespace {

// How many words a cue may stand from the marks.
constexpr size_t kCueReach = 16;
constexpr size_t kCueReachBefore = 24;
// Words of a sentence that only says who spoke.
constexpr size_t kShortSentence = 5;
// A stretch of at most this many words needs a cue or a stop to be a quotation.
constexpr size_t kScareWords = 4;

constexpr auto kNone = absl::string_view::npos;

// What was decided of one stretch.
struct Attribution {
  bool has_cue = false;
  bool led = false;  // a colon or a dash says whose words they are
  size_t cue = 0;    // word
  Speaker speaker;
};

class QuoteReader {
 public:
  QuoteReader(absl::string_view text, absl::Span<const Word> words,
              absl::Span<const SpeakerMention> mentions,
              std::vector<FoundQuote>& quotes)
      : text_(text),
        words_(words),
        subjects_(text, words, mentions),
        quotes_(quotes) {}

  void Read(const TextSpots& spots);

 private:
  void Decide(const QuotedStretch& stretch, const QuotedStretch* before,
              const QuotedStretch* after);
  bool CueAfter(const QuotedStretch& stretch, uint32_t limit,
                Attribution& found) const;
  bool CueBefore(const QuotedStretch& stretch, uint32_t limit,
                 Attribution& found) const;
  bool According(size_t i, uint32_t limit, Attribution& found) const;
  bool Passive(size_t i) const;
  Speaker Uncued(const QuotedStretch& stretch, uint32_t from,
                 uint32_t to) const;
  // Bytes from its end to that of its paragraph.
  size_t Rest(const QuotedStretch& stretch) const {
    return std::min(text_.find('\n', stretch.end), text_.size()) - stretch.end;
  }
  bool NextParagraph(const QuotedStretch& stretch) const;
  bool IsSentence(const QuotedStretch& stretch) const;
  bool IsTitle(const QuotedStretch& stretch, const Attribution& said) const;
  bool IsQuotation(const QuotedStretch& stretch, size_t count,
                   const Attribution& said) const;
  void Add(const QuotedStretch& stretch, const Attribution& said,
           bool same_paragraph);
  CueWord Cue(size_t i) const { return subjects_.Cue(i); }
  uint32_t end(size_t i) const { return subjects_.end(i); }

  absl::string_view text_;
  absl::Span<const Word> words_;
  SubjectReader subjects_;
  std::vector<FoundQuote>& quotes_;
  Attribution last_;  // of the quotation before
  uint32_t last_end_ = 0;
  bool last_closed_ = true;
  bool last_whole_ = false;  // its paragraph was all quotation
};

// "according to the ministry", from word `i` on.
bool QuoteReader::According(size_t i, uint32_t limit,
                            Attribution& found) const {
  if (i + 2 >= words_.size()) return false;
  found.speaker = subjects_.After(i + 1, limit, /*inverted=*/true);
  if (!found.speaker.found()) {
    size_t last = i + 2;
    while (last + 1 < words_.size() && last < i + 6 &&
           subjects_.Between(last) == " ") {
      ++last;
    }
    found.speaker = {words_[i + 2].begin, end(last), -1, -1};
  }
  found.has_cue = true;
  found.cue = i;
  return true;
}

// "when asked", "was told": somebody else speaks.
bool QuoteReader::Passive(size_t i) const {
  if (i == 0 || subjects_.Between(i - 1) != " ") return false;
  const CueWord before = Cue(i - 1);
  const absl::string_view word = {text_.data() + words_[i - 1].begin,
                                  words_[i - 1].length};
  return before.is(CueClass::kClause) || word == "was" || word == "were" ||
         word == "been" || word == "be" || word == "is";
}

// A cue behind the closing mark, up to byte `limit`.
bool QuoteReader::CueAfter(const QuotedStretch& stretch, uint32_t limit,
                           Attribution& found) const {
  const size_t first = stretch.end_word;
  if (!stretch.closed || first >= words_.size()) return false;
  const absl::string_view gap =
      text_.substr(stretch.end, words_[first].begin - stretch.end);
  if (gap.find('\n') != kNone) return false;
  // After a stop inside the marks a new sentence begins, unless it is nothing
  // but an attribution: "... missing." Trump said.
  const char last = text_[stretch.end - 1];
  const bool stop = last == '.' || gap.find('.') != kNone;
  const size_t reach = stop ? kShortSentence : kCueReach;
  for (size_t i = first; i < words_.size() && i < first + reach; ++i) {
    if (words_[i].begin >= limit) return false;
    if (i > first && subjects_.SentenceEnds(i - 1)) return false;
    const CueWord cue = Cue(i);
    if (cue.is(CueClass::kNone)) continue;
    if (cue.is(CueClass::kAccording) && !stop && According(i, limit, found)) {
      return true;
    }
    if (!cue.is(CueClass::kVerb)) continue;
    if (stop && !subjects_.SentenceEnds(i)) return false;
    if (i > first) found.speaker = subjects_.Before(i, stretch.end);
    if (!found.speaker.found()) {
      found.speaker = subjects_.After(i, limit, i == first);
    }
    if (!found.speaker.found() && i != first) continue;
    found.has_cue = true;
    found.cue = i;
    return true;
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
    // A colon may lead over to the next paragraph.
    if (!(d > 1 && IsPlain(words_[i + 1])) && gap.find('\n') != kNone &&
        !(d == 1 && gap[0] == ':')) {
      return false;
    }
    const bool ends = d == 1 ? gap.size() > 1 && gap[0] == '.' &&
                                   gap[1] == ' ' && !subjects_.Capital(i)
                             : subjects_.SentenceEnds(i);
    if (ends) return false;
    const CueWord cue = Cue(i);
    if (cue.is(CueClass::kNone)) continue;
    if (cue.is(CueClass::kAccording) && According(i, stretch.begin, found)) {
      return true;
    }
    if (!cue.cue() || (d > 1 && Passive(i))) continue;
    found.has_cue = true;
    found.cue = i;
    found.speaker = cue.is(CueClass::kParticiple)
                        ? subjects_.OfSentence(i, limit)
                        : subjects_.Before(i, limit);
    if (!found.speaker.found()) {
      found.speaker = subjects_.After(i, stretch.begin, false);
    }
    return true;
  }
  return false;
}

// A speaker without a cue: "Clinton: ...", "..." - Bernie Sanders, or the first
// who is named behind a comma inside the marks.
Speaker QuoteReader::Uncued(const QuotedStretch& stretch, uint32_t from,
                            uint32_t to) const {
  const size_t first = stretch.first_word;
  if (first > 0 && words_[first - 1].begin >= from &&
      text_[end(first - 1)] == ':') {
    const Speaker speaker = subjects_.EndingAt(first - 1, from);
    if (speaker.found()) return speaker;
  }
  const size_t behind = stretch.end_word;
  if (!stretch.closed || behind >= words_.size() || behind == 0) return {};
  const absl::string_view gap =
      text_.substr(stretch.end, words_[behind].begin - stretch.end);
  const bool dash = gap.find(" - ") != kNone || gap.find("\n-") != kNone ||
                    gap.find("\xE2\x80\x94") != kNone ||
                    gap.find("\xE2\x80\x93") != kNone;
  if (dash) return subjects_.StartingAt(behind, to);
  if (text_[stretch.end - 1] != ',' || gap.find('\n') != kNone) return {};
  return subjects_.After(behind - 1, to, /*inverted=*/true);
}

// "the “Allied Power Exercise” (APEX)", on “Face the Nation,”: a name or the
// title of a work, all of it in capitals but for short words; not what a cue
// right next to the marks announces.
bool QuoteReader::IsTitle(const QuotedStretch& stretch,
                          const Attribution& said) const {
  const size_t first = stretch.first_word;
  const size_t end = stretch.end_word;
  if (end - first < 2 || stretch.paragraph || !subjects_.Capital(first) ||
      !subjects_.Capital(end - 1)) {
    return false;
  }
  if (said.has_cue &&
      (said.cue + 1 == first || (said.cue >= end && said.cue <= end + 1))) {
    return false;
  }
  for (size_t i = first; i < end; ++i) {
    if (!subjects_.Capital(i) && words_[i].length > 3) return false;
  }
  return true;
}

bool QuoteReader::IsQuotation(const QuotedStretch& stretch, size_t count,
                              const Attribution& said) const {
  const char last = text_[stretch.end - 1];
  const bool stop = last == ',' || last == '.' || last == '!' || last == '?';
  const size_t first = stretch.first_word;
  if (first > 0 && count <= 8 && Cue(first - 1).is(CueClass::kNaming) &&
      !said.has_cue) {
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

// "Very good.": a sentence, though it is short.
bool QuoteReader::IsSentence(const QuotedStretch& stretch) const {
  const size_t first = stretch.first_word;
  const char last = text_[stretch.end - 1];
  return (last == '.' || last == '!' || last == '?') && first > 0 &&
         subjects_.Capital(first) && subjects_.SentenceEnds(first - 1);
}

void QuoteReader::Decide(const QuotedStretch& stretch,
                         const QuotedStretch* before,
                         const QuotedStretch* after) {
  const size_t count = stretch.end_word - stretch.first_word;
  if (count == 0) return;  // "..."
  const uint32_t from = before == nullptr ? 0 : before->end;
  const auto to =
      static_cast<uint32_t>(after == nullptr ? text_.size() : after->begin);
  Attribution said;
  if (!CueAfter(stretch, to, said) && !CueBefore(stretch, from, said)) {
    said.speaker = Uncued(stretch, from, to);
    said.led = said.speaker.found();
  }
  subjects_.Resolve(last_.speaker, said.speaker);
  const bool same_paragraph =
      !quotes_.empty() &&
      text_.substr(last_end_, stretch.begin - last_end_).find('\n') == kNone;
  const bool goes_on =
      last_.speaker.found() && (same_paragraph || NextParagraph(stretch));
  if (!said.speaker.found() && goes_on &&
      (count > kScareWords || !said.has_cue)) {
    said.speaker = last_.speaker;
  }
  Attribution judged = said;
  judged.has_cue = said.has_cue || (goes_on && same_paragraph &&
                                    (count > 2 || IsSentence(stretch)));
  if (!IsQuotation(stretch, count, judged)) return;
  Add(stretch, said, same_paragraph);
}

void QuoteReader::Add(const QuotedStretch& stretch, const Attribution& said,
                      bool same_paragraph) {
  FoundQuote quote;
  quote.begin = stretch.begin;
  quote.end = stretch.end;
  const size_t first = stretch.first_word;
  const bool capital = first < words_.size() && subjects_.Capital(first);
  quote.kind = capital || same_paragraph || stretch.paragraph
                   ? QuoteKind::kDirect
                   : QuoteKind::kMixed;
  if (said.has_cue) {
    quote.cue_begin = words_[said.cue].begin;
    quote.cue_end = end(said.cue);
  }
  quote.speaker_begin = said.speaker.begin;
  quote.speaker_end = said.speaker.end;
  quote.speaker_mention = said.speaker.mention;
  quote.speaker_entity = said.speaker.entity;
  quotes_.push_back(quote);
  last_ = said;
  last_end_ = stretch.end;
  last_closed_ = stretch.closed;
  last_whole_ = stretch.paragraph && Rest(stretch) <= 4;
}

void QuoteReader::Read(const TextSpots& spots) {
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
                const TextSpots& spots,
                absl::Span<const SpeakerMention> mentions,
                absl::string_view /*language*/,
                std::vector<FoundQuote>& quotes) {
  QuoteReader(text, words, mentions, quotes).Read(spots);
}

}  // namespace wiredesk
