// A sentence cut into chunks: groups of words around a noun, groups around a
// verb, and the small words between them. A light parse: no tree, one pass, no
// more than kSentenceWordsMax words; a longer sentence is not read.
//
//   Turkish troops | have not attacked | rebels | in | northern Syria
//   kNoun            kVerb (negated)     kNoun   kPrep kNoun

#ifndef WIREDESK_STAGES_TAG_EVENTS_SENTENCE_H_
#define WIREDESK_STAGES_TAG_EVENTS_SENTENCE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/tag/events/event_tables.h"
#include "stages/text/words.h"

namespace wiredesk {

inline constexpr size_t kSentenceWordsMax = 120;

// A stretch of the text that names an entity or a place or tells a date.
struct NamedSpan {
  enum Kind : uint8_t { kEntity, kPlace, kDemonym, kDate };
  uint32_t begin = 0;  // bytes
  uint32_t end = 0;
  Kind kind = kEntity;
  uint32_t index = 0;  // of the record's list of that kind
  bool agreement = false;
};

// What stands before a word, other than a space. Bits.
enum WordGap : uint8_t {
  kGapComma = 1,
  kGapBreak = 2,  // semicolon, colon, dash, parenthesis
  kGapQuote = 4,
  kGapJoined = 8,      // a hyphen, or the period within "U.S"
  kGapApostrophe = 16  // "Iran's", "don't"
};

struct EventToken {
  uint64_t hash;
  const EventWord* word;  // null of a word that no table knows
  uint32_t begin;
  uint32_t end;
  int32_t name;    // index of its NamedSpan, -1 where none
  uint16_t flags;  // WordFlag
  uint8_t gap;     // WordGap
  bool Has(uint32_t classes) const {
    return word != nullptr && (word->classes & classes) != 0;
  }
  uint8_t forms() const { return word == nullptr ? 0 : word->forms; }
};

enum class ChunkKind : uint8_t {
  kNoun,
  kVerb,
  kPreposition,
  kComma,
  kBreak,
  kQuote,
  kConjunction,
  kThat,
  kRelative,
  kSubordinator,
  kTime
};

// Bits of Chunk::flags.
enum ChunkFlag : uint32_t {
  kVerbPassive = 1u << 0,
  kVerbNegated = 1u << 1,
  kVerbWill = 1u << 2,
  kVerbWould = 1u << 3,
  kVerbModal = 1u << 4,
  kVerbInfinitive = 1u << 5,  // "to attack"
  kVerbIng = 1u << 6,         // "attacking", without a form of "be"
  kVerbReduced = 1u << 7,     // "accused by", without a form of "be"
  kVerbPlanned = 1u << 8,     // "plans to attack"
  kVerbHypothetical = 1u << 9,
  kVerbDenied = 1u << 10,
  kVerbPast = 1u << 11,
  kVerbThird = 1u << 12,
  kVerbPerfect = 1u << 13,
  kNounPronoun = 1u << 16,
  kNounPerson = 1u << 17,  // "he"
  kNounNone = 1u << 18,    // "no talks"
  kNounPlural = 1u << 19,
  kConditional = 1u << 20,   // of a subordinator: "if"
  kElsewhen = 1u << 21,      // "ago", "anniversary"
  kVerbIntended = 1u << 22,  // "intends to attack"
  kNounObject = 1u << 23     // "him"
};

struct Chunk {
  ChunkKind kind;
  uint8_t preposition = 0;
  uint16_t begin = 0;  // tokens
  uint16_t end = 0;
  uint16_t verb = 0;  // EventTables::verb()
  uint16_t main = 0;  // the token of the verb, or of the noun
  uint32_t flags = 0;
  WordSets sets;
};

// Reads one sentence after the other; keeps nothing but memory.
class Sentence {
 public:
  explicit Sentence(const EventTables& tables) : tables_(tables) {}

  // Reads `words` of `text`. `names` are those of the text, by begin; the first
  // that may lie in the sentence is `first_name`. False where it is too long.
  bool Read(absl::string_view text, absl::Span<const Word> words,
            absl::Span<const NamedSpan> names, size_t first_name);

  const std::vector<EventToken>& tokens() const { return tokens_; }
  const std::vector<Chunk>& chunks() const { return chunks_; }
  absl::string_view text() const { return text_; }
  const EventTables& tables() const { return tables_; }

 private:
  void ReadTokens(absl::Span<const Word> words,
                  absl::Span<const NamedSpan> names, size_t first_name);
  void ReadGap(size_t i);
  size_t ReadSmallWord(size_t i);
  size_t ReadName(size_t i);
  void ReadNoun(size_t i);
  // The token behind the group of a verb that begins at `i`; `i` where none
  // does.
  size_t ReadVerb(size_t i);
  size_t ReadAuxiliaries(size_t i, Chunk& verb, bool& be, bool& have);
  bool ReadAuxiliary(size_t at, bool first, Chunk& verb, bool& be, bool& have);
  uint32_t FlagsOfBareVerb(size_t i) const;
  bool IsInCompound(size_t i) const;
  size_t ReadMainVerb(size_t i, bool be, bool have, Chunk& verb);
  size_t ReadBehindBe(size_t i, Chunk& verb);
  size_t FollowAspect(size_t i, Chunk& verb);

  bool IsVerbHere(size_t i) const;
  bool IsVerbBehindNoun(size_t i) const;
  bool IsVerbBehindMark(size_t i) const;
  bool BeginsNoun(size_t i) const;
  bool IsBaseAhead(size_t i) const;
  size_t SkipAdverbs(size_t i) const;
  bool IsAdverb(size_t i) const;
  Chunk& Push(ChunkKind kind, size_t begin, size_t end);
  bool NounOpen() const;

  const EventTables& tables_;
  absl::string_view text_;
  absl::Span<const NamedSpan> names_;
  std::vector<EventToken> tokens_;
  std::vector<Chunk> chunks_;
  bool open_ = false;  // the last chunk is a noun that may go on
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_EVENTS_SENTENCE_H_
