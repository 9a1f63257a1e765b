// Noun phrases without a parser: who is named by the words from a place on.
//
// A phrase is read from left to right: determiners, titles with their stop
// ("Sen."), modifiers, owners ("Obama's former"), organizations before a role
// ("ACLU executive director"), up to the name or the noun that heads it.

#ifndef WIREDESK_STAGES_TAG_QUOTES_PHRASE_H_
#define WIREDESK_STAGES_TAG_QUOTES_PHRASE_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
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

// Words [first, last], both included, that name somebody or something.
struct NounPhrase {
  size_t first = 0;
  size_t last = 0;
  Speaker speaker;
};

// The words of a text with those who may speak in it. A view; cheap to make.
class PhraseReader {
 public:
  // All three outlive this object. `mentions` are in order.
  PhraseReader(absl::string_view text, absl::Span<const Word> words,
               absl::Span<const SpeakerMention> mentions)
      : text_(text), words_(words), mentions_(mentions) {}

  // Reads the phrase that begins with word `first`, all of it before byte `to`.
  // False where none does: behind a preposition's or a verb's place, say.
  bool Read(size_t first, uint32_t to, NounPhrase& phrase) const;
  // The phrase that ends with word `last` and begins at byte `from` or behind.
  bool ReadBack(size_t last, uint32_t from, NounPhrase& phrase) const;

  // Whether the words say nothing of who speaks: "you", "it", a number, a day,
  // what is left of an abbreviation.
  bool IsNobody(const Speaker& speaker) const;

  bool IsPerson(const Speaker& speaker) const {
    return speaker.mention >= 0 && mentions_[speaker.mention].is_person;
  }
  // The mention that covers byte `at`, or -1.
  int32_t MentionAt(uint32_t at) const;
  // The last mention that begins before byte `at`, or -1.
  int32_t LastBefore(uint32_t at) const;
  Speaker OfMention(int32_t mention) const;
  Speaker OfWords(size_t first, size_t last) const {
    return {words_[first].begin, end(last), -1, -1};
  }

  size_t size() const { return words_.size(); }
  uint32_t begin(size_t i) const { return words_[i].begin; }
  uint32_t end(size_t i) const { return words_[i].begin + words_[i].length; }
  absl::string_view text() const { return text_; }
  absl::string_view text(size_t i) const {
    return {text_.data() + words_[i].begin, words_[i].length};
  }
  absl::Span<const Word> words() const { return words_; }
  absl::Span<const SpeakerMention> mentions() const { return mentions_; }
  // The first word that begins at or behind byte `at`.
  size_t WordAt(uint32_t at) const;
  CueWord Cue(size_t i) const { return CueOf(words_[i]); }
  bool Capital(size_t i) const { return (words_[i].flags & kWordCapital) != 0; }
  bool IsNumber(size_t i) const { return (words_[i].flags & kWordDigits) != 0; }
  bool Plain(size_t i) const { return IsPlain(words_.data()[i]); }
  // What stands between words `i` and `i + 1`.
  absl::string_view Between(size_t i) const {
    return {text_.data() + end(i), words_[i + 1].begin - end(i)};
  }
  // What stands before word `i`; empty before the first.
  absl::string_view Before(size_t i) const {
    return i == 0 ? absl::string_view() : Between(i - 1);
  }
  // Whether a sentence or a paragraph ends between words `i` and `i + 1`.
  bool SentenceEnds(size_t i) const;
  // The first word of the sentence of word `i`; not before byte `from`.
  size_t SentenceStart(size_t i, uint32_t from) const;
  // "spokeswoman", "strategist": whether the word, in small letters, is a role that
  // people have.
  bool IsRole(size_t i) const;
  // Whether the word is a verb of speech; "states", "the claim" are nouns where
  // what stands before them says so.
  bool IsVerb(size_t i) const;
  // "recently", "also", "Monday": words that may stand between a subject and
  // its verb.
  bool IsAdverb(size_t i) const;

 private:
  struct Progress;
  bool Joins(size_t i) const;
  size_t OwnedBy(size_t last) const;
  size_t LastOf(int32_t mention, size_t first) const;
  bool RoleAhead(size_t i, uint32_t to) const;
  bool Takes(size_t i, uint32_t to, const Progress& so_far) const;
  bool IsNoun(size_t i) const;
  bool Take(size_t i, uint32_t to, Progress& so_far) const;
  bool Finish(const Progress& read, NounPhrase& phrase) const;
  size_t WithoutTitles(size_t first, size_t last) const;

  absl::string_view text_;
  absl::Span<const Word> words_;
  absl::Span<const SpeakerMention> mentions_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_QUOTES_PHRASE_H_
