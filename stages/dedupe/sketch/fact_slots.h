// The facts of a text where they stand: what tells two fillings of one form
// apart.
//
// A slot is a number or a name between the plain words around it:
//
//   "net profit rose to 12.3 million from"  -> (rose to _ million): 12 3
//   "storm Klara is expected at"            -> (and storm _ is): klara
//
// Two texts that share a slot either agree in it or do not. Copies agree, also
// when they were cut, re-led or had words changed; of yesterday's table, of
// another firm's earnings or another match most slots are shared and few agree.
// A corrected figure is one slot of many.
//
// Names are told by their capitals where a text has both cases. In a text of
// one case (SHOUTED, In Title Case, lower) they are the words that hardly any
// article has. The two kinds never share a slot, so of a pair of unlike case
// only numbers are compared.
//
// The kFactSlotsMax slots with the smallest contexts are kept, so two texts
// keep the same ones of those that they share. Linear in the words; no more
// than kFactWords are read. Tested by fact_slots_test.cc.

#ifndef WIREDESK_STAGES_DEDUPE_SKETCH_FACT_SLOTS_H_
#define WIREDESK_STAGES_DEDUPE_SKETCH_FACT_SLOTS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "stages/text/words.h"

namespace wiredesk {

inline constexpr size_t kFactSlotsMax = 16;
inline constexpr size_t kFactWords = 256;

struct FactSlot {
  uint16_t context = 0;
  uint8_t value = 0;  // 7 bits; the high bit: a number
  bool number() const { return (value & 0x80) != 0; }
  friend bool operator==(const FactSlot&, const FactSlot&) = default;
};

// How the slots that two texts share agree.
struct FactAgreement {
  uint32_t numbers = 0;        // equal
  uint32_t other_numbers = 0;  // of the shared slots, those that differ
  uint32_t names = 0;
  uint32_t other_names = 0;
};

// Reusable buffers around a pure function. One for each thread.
class FactReader {
 public:
  // `classes`: of each word (frequent_words.h), at least of the first kFactWords.
  // `slots`: ascending by context, each context once.
  void Read(absl::Span<const Word> words, absl::Span<const uint8_t> classes,
            uint64_t seed, std::vector<FactSlot>& slots);

 private:
  void TakeLowest(std::vector<FactSlot>& slots);

  std::vector<uint32_t> found_;
};

// Both ascending by context.
FactAgreement CompareFacts(absl::Span<const FactSlot> a,
                           absl::Span<const FactSlot> b);

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_SKETCH_FACT_SLOTS_H_
