// Finds the subject of a verb of speech.

#ifndef WIREDESK_STAGES_TAG_QUOTES_SUBJECT_H_
#define WIREDESK_STAGES_TAG_QUOTES_SUBJECT_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/tag/quotes/gender.h"
#include "stages/tag/quotes/quotes.h"
#include "stages/tag/quotes/words.h"
#include "stages/text/words.h"

namespace wiredesk {

// Who speaks: a stretch of the text, and the mention that it is, if it is one.
struct Speaker {
  uint32_t begin = 0;
  uint32_t end = 0;
  int32_t mention = -1;
  int32_t entity = -1;

  bool found() const { return end > begin; }
};

// The words of a text with those who may speak in it. A view; cheap to make.
class SubjectReader {
 public:
  // All three outlive this object. `mentions` are in order.
  SubjectReader(absl::string_view text, absl::Span<const Word> words,
                absl::Span<const SpeakerMention> mentions)
      : text_(text),
        words_(words),
        mentions_(mentions),
        genders_(text, words, mentions) {}

  // The subject on the left of the verb at word `cue`, not before byte `from`:
  // "a spokesman for the campaign also said", "Ann Lee, the mayor, said".
  Speaker Before(size_t cue, uint32_t from) const;
  // The subject on the right, not behind byte `to`: "said the President".
  // `inverted`: the verb stands right behind a quotation, so that a subject
  // follows for sure.
  Speaker After(size_t cue, uint32_t to, bool inverted) const;
  // The subject of the sentence in which a participle stands: "Yoon left the
  // room, saying".
  Speaker OfSentence(size_t cue, uint32_t from) const;

  // Who is named by the words that end with word `last`, or that begin with
  // word `first`: a name or a noun that can speak.
  Speaker EndingAt(size_t last, uint32_t from) const;
  Speaker StartingAt(size_t first, uint32_t to) const;

  // Whom a pronoun or a title means, if that is certain enough. `previous` is
  // who spoke last.
  void Resolve(const Speaker& previous, Speaker& speaker);

  // The first word that begins at or behind byte `at`.
  size_t WordAt(uint32_t at) const;
  CueWord Cue(size_t i) const { return CueOf(words_[i]); }
  uint32_t end(size_t i) const { return words_[i].begin + words_[i].length; }
  // What stands between words `i` and `i + 1`.
  absl::string_view Between(size_t i) const;
  // Whether a sentence or a paragraph ends between words `i` and `i + 1`.
  bool SentenceEnds(size_t i) const;
  bool Capital(size_t i) const { return (words_[i].flags & kWordCapital) != 0; }

 private:
  // Words [first, last] that name somebody or something.
  struct Phrase {
    size_t first = 0;
    size_t last = 0;
    Speaker speaker;
  };

  int32_t MentionAt(uint32_t at) const;
  // The last mention that begins before byte `at`, or -1.
  int32_t LastBefore(uint32_t at) const;
  int32_t OfPronoun(uint32_t at, Gender gender, const Speaker& previous);
  int32_t OfTitle(uint32_t at, absl::string_view title) const;
  Speaker OfMention(int32_t mention) const;
  bool IsPerson(const Speaker& speaker) const {
    return speaker.mention >= 0 && mentions_[speaker.mention].is_person;
  }
  Speaker OfWords(size_t first, size_t last) const;
  bool PhraseEndingAt(size_t last, uint32_t from, Phrase& phrase) const;
  bool NamePhrase(size_t last, uint32_t from, Phrase& phrase) const;
  bool NounPhrase(size_t last, uint32_t from, Phrase& phrase) const;
  Phrase Climb(const Phrase& low, uint32_t from) const;
  size_t SkipAdverbs(size_t cue, uint32_t from) const;
  size_t BeforeComma(size_t i, uint32_t from) const;
  Speaker Nearest(size_t cue, uint32_t from) const;

  absl::string_view text_;
  absl::Span<const Word> words_;
  absl::Span<const SpeakerMention> mentions_;
  GenderReader genders_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_QUOTES_SUBJECT_H_
