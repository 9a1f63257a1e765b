// Finds the subject of a verb of speech, and of a sentence.

#ifndef WIREDESK_STAGES_TAG_QUOTES_SUBJECT_H_
#define WIREDESK_STAGES_TAG_QUOTES_SUBJECT_H_

#include <cstddef>
#include <cstdint>

#include "stages/tag/quotes/phrase.h"

namespace wiredesk {

// A view of `phrases`, which outlives it. The sentences are those outside of
// quotations: the caller gives the bytes between which no quotation stands.
class SubjectReader {
 public:
  explicit SubjectReader(const PhraseReader& phrases) : phrases_(phrases) {}

  // The subject of the verb at word `cue`, on its left and not before byte
  // `from`: "a spokesman for the campaign also said", "Ann Lee, the mayor,
  // said", "saying" behind "Yoon left the room,".
  Speaker Before(size_t cue, uint32_t from) const;
  // The subject right behind a verb, before byte `to`: "said the President".
  Speaker Behind(size_t cue, uint32_t to) const;
  // The first subject of the sentence that begins with word `first`, before
  // word `end`: somebody whom no preposition governs and no verb takes as its
  // object. The phrase's last word is in `last`.
  Speaker OfSentence(size_t first, size_t end, size_t& last) const;

 private:
  bool Starts(size_t i, size_t sentence) const;
  bool NamesPerson(size_t next, size_t cue, const Speaker& speaker,
                   NounPhrase& inner) const;
  bool MayStandBetween(size_t word) const;
  bool Reaches(const NounPhrase& subject, size_t cue, bool loose,
               Speaker& speaker) const;
  size_t BehindBracket(size_t i, size_t cue) const;
  size_t BehindComma(size_t i, size_t cue) const;
  Speaker Clause(size_t cue, size_t sentence, bool loose) const;
  Speaker Adjacent(size_t cue, uint32_t from) const;
  Speaker Governor(NounPhrase phrase, uint32_t from) const;
  size_t CueOfParticiple(size_t cue, size_t sentence) const;

  const PhraseReader& phrases_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_QUOTES_SUBJECT_H_
