// From an article's words to its sighting: hashes, fingerprints, a sample of
// shingles, and the terms of its story. This is the costly part of dedupe, and
// it is done by the workers in parallel, before the sighting log puts all in
// one order.
//
// The text compared is the body alone: the same story is re-headed by every
// paper. (Where the whole text is in the headline, it is that.) A text of fewer
// than kShortWords words has too few shingles for any statistics and is known
// by its ids and its exact text only.
//
// The sample holds each shingle whose hash ends with `rate` zero bits, so the
// samples of two texts agree on the shingles that both have. The higher of two
// rates selects the same shingles from both.
//
// Tested by story_index_test.cc.

#ifndef WIREDESK_STAGES_DEDUPE_SKETCH_SKETCH_H_
#define WIREDESK_STAGES_DEDUPE_SKETCH_SKETCH_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "stages/dedupe/sketch/fact_slots.h"
#include "stages/dedupe/sketch/shingles.h"
#include "stages/dedupe/sketch/sighting.h"
#include "stages/text/words.h"

namespace wiredesk {

// Raise it whenever the same text may give another sketch.
inline constexpr uint32_t kSketchVersion = 5;

// Words of a text from which on similarity means something.
inline constexpr size_t kShortWords = 20;

// Words of a body that make it more than a headline.
inline constexpr size_t kHeadlineOnlyWords = 5;

struct ArticleText {
  absl::string_view headline;
  absl::Span<const Word> headline_words;
  absl::Span<const Word> body_words;
};

// The words of a text that others are compared with: its body; the headline
// where all of the text is in it.
absl::Span<const Word> ComparedWords(const ArticleText& text);

// Of bytes, 64 bits, the same everywhere. Never 0.
uint64_t HashKey(absl::string_view bytes, uint64_t seed);

// Reusable buffers around pure functions. Not thread-safe: one for each worker.
class Sketcher {
 public:
  // `seed` is the deployment's: others cannot make texts that collide.
  explicit Sketcher(uint64_t seed) : seed_(seed) {}

  // Fills what follows from the text alone: text, headline, correction,
  // is_short, headline_only, shingles, sample, fingerprints, facts, terms,
  // subject and short_text. `sighting.provider` must be set.
  void Sketch(const ArticleText& text, Sighting& sighting);

  // Where in ComparedWords() each shingle of the sample first begins.
  // `sighting` is what Sketch() made last.
  std::vector<size_t> PlacesOfSample(const Sighting& sighting) const;

 private:
  void HashText(const ArticleText& text, Sighting& sighting);
  void Fingerprint(Sighting& sighting);
  void Sample(Sighting& sighting);
  void Classify(const ArticleText& text);
  void Terms(const ArticleText& text, Sighting& sighting);
  void CountTerms(absl::Span<const Word> words, const uint8_t* classes,
                  uint32_t weight);
  void CountTerm(uint64_t hash, uint32_t weight, uint8_t word_class);
  uint32_t* Picked(size_t count);

  struct TermCount {
    uint64_t hash;
    uint32_t stamp;
    uint16_t weight;
    uint8_t word_class;
  };

  const uint64_t seed_;
  std::vector<uint64_t> hashes_;
  std::vector<uint64_t> shingles_;
  std::vector<TermCount> counts_;
  std::vector<uint32_t> counted_;
  std::vector<uint64_t> ranked_;  // worth, hash, place in counts_
  FactReader facts_;
  std::vector<uint8_t> classes_;  // of the headline's words and the body's
  std::vector<uint64_t> packed_;
  std::vector<uint64_t> packed_in_order_;
  std::vector<uint64_t> prints_;
  std::vector<uint32_t> picked_;  // places of words or shingles
  uint32_t stamp_ = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_SKETCH_SKETCH_H_
