// Looks for who says what stands between two marks, around these.

#ifndef WIREDESK_STAGES_TAG_QUOTES_ATTRIBUTION_H_
#define WIREDESK_STAGES_TAG_QUOTES_ATTRIBUTION_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "stages/tag/quotes/phrase.h"
#include "stages/tag/quotes/quotation_marks.h"
#include "stages/tag/quotes/subject.h"

namespace wiredesk {

// What the text around a quotation says of it.
struct Attribution {
  bool has_cue = false;  // a verb of speech, or "according"
  bool led = false;      // else something, such as a colon, tells the speaker
  size_t cue = 0;        // word
  Speaker speaker;       // may be unknown beside a cue
};

// A view of one text; cheap to make. Both outlive this object.
class AttributionReader {
 public:
  AttributionReader(const PhraseReader& phrases, const SubjectReader& subjects)
      : text_(phrases.text()), phrases_(phrases), subjects_(subjects) {}

  // Of `stretch`, by the words between byte `from`, where the quotation before
  // it ends, and byte `to`, where the next one begins.
  Attribution Read(const QuotedStretch& stretch, uint32_t from,
                   uint32_t to) const;
  // Whether a sentence with a capital begins and ends with the stretch.
  bool IsSentence(const QuotedStretch& stretch) const;

 private:
  bool CueAfter(const QuotedStretch& stretch, uint32_t limit,
                Attribution& found) const;
  enum class Search { kGoesOn, kFound, kEnds };
  Search TryCueAfter(const QuotedStretch& stretch, size_t i, bool stop,
                     uint32_t limit, Attribution& found) const;
  bool CueBefore(const QuotedStretch& stretch, uint32_t limit,
                 Attribution& found) const;
  bool EndsBefore(const QuotedStretch& stretch, size_t i, size_t d) const;
  Speaker OfCueBefore(const QuotedStretch& stretch, size_t cue,
                      uint32_t limit) const;
  bool According(size_t i, uint32_t limit, Attribution& found) const;
  bool Passive(size_t i) const;
  bool Names(size_t i) const;
  bool Supposed(size_t i) const;
  bool GoesOn(const QuotedStretch& stretch) const;
  bool OnlyAttributes(size_t cue, uint32_t limit) const;
  Speaker Uncued(const QuotedStretch& stretch, uint32_t from,
                 uint32_t to) const;
  Speaker BehindDash(const QuotedStretch& stretch, uint32_t to) const;
  Speaker BeforeColon(const QuotedStretch& stretch, uint32_t from) const;
  Speaker BehindComma(const QuotedStretch& stretch, uint32_t to) const;
  Speaker OfSentenceBefore(const QuotedStretch& stretch, uint32_t from) const;
  // What stands before and behind its marks, up to the next word.
  absl::string_view GapBefore(const QuotedStretch& stretch) const;
  absl::string_view GapBehind(const QuotedStretch& stretch) const;
  CueWord Cue(size_t i) const { return phrases_.Cue(i); }
  uint32_t begin(size_t i) const { return phrases_.begin(i); }
  uint32_t end(size_t i) const { return phrases_.end(i); }
  size_t size() const { return phrases_.size(); }

  absl::string_view text_;
  const PhraseReader& phrases_;
  const SubjectReader& subjects_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_QUOTES_ATTRIBUTION_H_
