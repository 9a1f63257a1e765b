// What words mean to the quotation rules.

#ifndef WIREDESK_STAGES_TAG_QUOTES_WORDS_H_
#define WIREDESK_STAGES_TAG_QUOTES_WORDS_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "stages/tag/marks/word_marks.h"
#include "stages/tag/quotes/quotes.h"
#include "stages/text/words.h"

namespace wiredesk {

enum class CueClass : uint8_t {
  kNone,
  kVerb,        // said, wrote: a cue
  kParticiple,  // saying, adding: a cue whose subject is that of the sentence
  kAccording,
  kNaming,  // titled, dubbed: what follows is a name
  kPronoun,
  kTitle,         // president, spokesman: a noun that can speak
  kDeterminer,    // the, a, one, several: a noun follows
  kPreposition,   // of, for: what follows is governed by it
  kAdverb,        // also, has: may stand between subject and verb
  kDay,           // Monday, yesterday: may stand there too
  kAbbreviation,  // Sen, Mr: a title that is written with a stop
  kClause         // that, and, when: no subject reaches across
};

struct CueWord {
  CueClass kind = CueClass::kNone;
  Gender gender = Gender::kUnknown;
  // Of a verb: may be a noun, too ("claims"). Of a naming word: nothing but a
  // name follows it.
  bool noun = false;

  bool is(CueClass other) const { return kind == other; }
  bool cue() const { return is(CueClass::kVerb) || is(CueClass::kParticiple); }
};

// What the word with this hash means; kNone for most.
CueWord CueOf(uint64_t hash);
// The same, of a word that may be marked.
inline CueWord CueOf(const Word& word) {
  return (word.flags & kWordNoCue) != 0 ? CueWord() : CueOf(word.hash);
}

// Whether a word in small letters looks like a role that people have:
// "strategist", "lawmakers".
bool EndsLikeRole(absl::string_view word);

// Tells `marker` of the words that mean something.
void MarkCueWords(WordMarker& marker);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_QUOTES_WORDS_H_
