// Whom "he", "the President" or a bare surname means.

#ifndef WIREDESK_STAGES_TAG_QUOTES_PRONOUN_H_
#define WIREDESK_STAGES_TAG_QUOTES_PRONOUN_H_

#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/container/inlined_vector.h"
#include "absl/types/span.h"
#include "stages/tag/quotes/gender.h"
#include "stages/tag/quotes/phrase.h"
#include "stages/tag/quotes/quotation_marks.h"
#include "stages/tag/quotes/subject.h"

namespace wiredesk {

// Resolves the speakers of one text, in order. A view of the caller's data.
class SpeakerResolver {
 public:
  // All outlive this object. `stretches` are the quotations of the text: who is
  // named in one is not the one who speaks beside it.
  SpeakerResolver(const PhraseReader& phrases, const SubjectReader& subjects,
                  absl::Span<const QuotedStretch> stretches)
      : phrases_(phrases),
        subjects_(subjects),
        stretches_(stretches),
        genders_(phrases.text(), phrases.words(), phrases.mentions()) {}

  // Gives `speaker` its mention and entity, where that is certain enough.
  // `previous` is who spoke last. What can be nobody's name, such as a title
  // without one, is taken away.
  void Resolve(const Speaker& previous, Speaker& speaker);

 private:
  struct Segment;
  void Set(int32_t mention, Speaker& speaker) const;
  bool Fits(int32_t mention, Gender gender);
  int32_t OfPronoun(size_t pronoun, Gender gender, const Speaker& previous);
  int32_t OfSegment(size_t first, size_t end, Gender gender,
                    const Speaker& previous);
  int32_t OnlyOne(size_t first, size_t end, Gender gender);
  int32_t NearestFit(size_t pronoun, Gender gender);
  size_t SegmentStart(size_t end) const;
  size_t OutOfQuotation(size_t end) const;
  Speaker OfWho(size_t pronoun) const;
  bool IsTitle(size_t i, size_t title) const;
  int32_t OfTitle(const Speaker& speaker) const;
  bool SameWords(size_t a, size_t b, size_t count) const;
  int32_t OfSurname(const Speaker& speaker);

  const PhraseReader& phrases_;
  const SubjectReader& subjects_;
  absl::Span<const QuotedStretch> stretches_;
  GenderReader genders_;
  // Hashes of surnames with a mention of the person, sorted; made when first
  // asked for.
  absl::InlinedVector<std::pair<uint64_t, int32_t>, 64> surnames_;
  bool surnames_read_ = false;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_QUOTES_PRONOUN_H_
