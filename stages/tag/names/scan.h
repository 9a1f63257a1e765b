// Finds the names of a gazetteer in a text: longest match from the left, at
// word boundaries, by the conditions of case that each sense has. Beside the
// matches it keeps what the gazetteer knows of single words, each looked up
// once however often the rules of names ask.

#ifndef WIREDESK_STAGES_TAG_NAMES_SCAN_H_
#define WIREDESK_STAGES_TAG_NAMES_SCAN_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/tag/gazetteer/gazetteer.h"
#include "stages/tag/marks/word_marks.h"
#include "stages/text/words.h"

namespace wiredesk {

// A text with its words, as SplitWords() gives them.
struct WordedText {
  absl::string_view text;
  absl::Span<const Word> words;
  bool shouting = false;       // all capitals: case says nothing
  bool title_case = false;     // Most Words With a Capital
  bool nouns_capital = false;  // in this language every noun has a capital
  bool foreign = false;        // a language whose words the lexicon has not
};

// What stands between two neighbouring words.
enum class GapKind : uint8_t {
  kBreak,  // the end of a sentence, a bracket, a quotation mark, a line
  kPlain,  // a space, hyphen or apostrophe, or nothing; "St. Louis"
  kComma   // ", "
};
// The gap before word `index`, which is not the first, where it is not marked
// as plain.
GapKind RareGapBefore(const WordedText& text, uint32_t index);
// The gap before word `index`; kBreak before the first.
inline GapKind GapBefore(const WordedText& text, uint32_t index) {
  if (IsPlain(text.words.data()[index])) return GapKind::kPlain;
  return index == 0 ? GapKind::kBreak : RareGapBefore(text, index);
}

struct NameMatch {
  uint32_t first;  // words [first, last)
  uint32_t last;
  const GazetteerSlot* slot;
};

// True where the text's words [first, last) are written as `sense` asks. In a
// shouting text case is not evidence, so what depends on it is not taken.
bool SenseFits(const GazetteerSense& sense, const WordedText& text,
               uint32_t first, uint32_t last);

// The byte behind word `last - 1`; behind the period of "U.S." too.
uint32_t NameEnd(const WordedText& text, uint32_t first, uint32_t last);

// Sets `shouting` and `title_case` from the words.
void MeasureCase(WordedText& text);

// Working memory of one thread. What it gives lives until the next Run().
class NameScan {
 public:
  // Reads `text`, whose case is measured already. `gazetteer` and what `text`
  // views must stay while the scan is asked.
  void Run(const Gazetteer& gazetteer, const WordedText& text);

  const WordedText& text() const { return text_; }
  const Word& word(uint32_t index) const { return text_.words.data()[index]; }
  uint32_t count() const { return static_cast<uint32_t>(text_.words.size()); }
  // The names in `text`, in order, without overlap.
  absl::Span<const NameMatch> matches() const { return matches_; }
  // The words that do not begin with a small letter, and those with which a
  // name may begin all the same; in order.
  absl::Span<const uint32_t> starts() const {
    return {starts_.data(), start_count_};
  }
  // The match that begins at `word`, or null.
  const NameMatch* MatchAt(uint32_t index) const {
    const uint32_t match = facts_.data()[index].match;
    return match == 0 ? nullptr : matches_.data() + match - 1;
  }
  // Whether a name begins at `word` that is not made of ordinary words.
  bool NamedAt(uint32_t word) const;
  // Context classes of a word; 0 behind the last.
  uint32_t Class(uint32_t index) const {
    if (index >= count() || (word(index).flags & kWordNoContext) != 0) return 0;
    uint32_t& classes = facts_[index].classes;
    if ((classes & kContextKnown) == 0) {
      classes |= kContextKnown | gazetteer_->ContextClass(word(index).hash);
    }
    return classes & ~(kSlotClasses | kSlotKnown | kContextKnown);
  }
  // Slot classes of a word.
  uint32_t SlotClass(uint32_t index) const {
    const uint32_t classes = facts_[index].classes;
    return ((classes & kSlotKnown) != 0 ? classes : FindSlotClass(index)) &
           kSlotClasses;
  }

  absl::string_view Text(uint32_t index) const {
    return {text_.text.data() + word(index).begin, word(index).length};
  }
  bool Capital(uint32_t index) const {
    return (word(index).flags & kWordCapital) != 0;
  }
  bool Small(uint32_t index) const {
    return (word(index).flags & (kWordCapital | kWordDigits)) == 0;
  }
  // The byte before the word, which is not the first of the text.
  char MarkBefore(uint32_t index) const {
    return text_.text.data()[word(index).begin - 1];
  }
  GapKind Gap(uint32_t index) const { return GapBefore(text_, index); }
  // Whether a sentence, a line, a quotation or a part after ":" begins here.
  bool SentenceStart(uint32_t index) const;

 private:
  // Of one word. `match` is one more than the index of a match, or 0.
  struct WordFacts {
    uint32_t classes;
    uint32_t match;
  };
  // A word with which a name may begin, and the longest name of several words
  // that begins there, where one does.
  struct Candidate {
    uint32_t word;
    uint32_t last;  // 0: none
    const GazetteerSlot* slot;
    const GazetteerSlot* longest;
  };
  // Words [candidate's, last) with which a longer name may go on.
  struct Reach {
    uint64_t hash;
    uint32_t candidate;
    uint32_t last;
    const GazetteerSlot* slot;
  };
  static constexpr uint32_t kContextKnown = 1u << 31;
  static constexpr uint32_t kSlotKnown = 1u << 30;

  void FindStarts();
  void FindCandidates();
  uint32_t FindSlotClass(uint32_t index) const;
  void Go(uint32_t candidate, const GazetteerSlot& slot, uint64_t hash,
          uint32_t last);
  void FollowReaches();
  bool Fits(const GazetteerSlot& slot, uint32_t first, uint32_t last) const;

  const Gazetteer* gazetteer_ = nullptr;
  WordedText text_;
  // These three are as large as the longest text made them: what grows again
  // with each text is cleared again.
  std::vector<uint32_t> starts_;
  size_t start_count_ = 0;
  std::vector<Candidate> candidates_;
  size_t candidate_count_ = 0;
  std::vector<Reach> reaches_;
  size_t reach_count_ = 0;
  mutable std::vector<WordFacts> facts_;
  std::vector<NameMatch> matches_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_TAG_NAMES_SCAN_H_
