#include "stages/dedupe/sketch/fact_slots.h"

#include <algorithm>

#include "stages/dedupe/sketch/frequent_words.h"
#include "stages/dedupe/sketch/shingles.h"

namespace wiredesk {
namespace {

enum class Kind : uint8_t { kPlain, kNumber, kName };

// Words that more than one article in eight has are capitalized because they
// begin a sentence.
constexpr uint8_t kNameClassLeast = 1 + 12;
// In a text of one case: what fewer than one article in 256 has.
constexpr uint8_t kRareClassLeast = 1 + 32;
constexpr uint16_t kNameLength = 2;
constexpr uint16_t kRareLength = 3;

constexpr uint64_t kNumberMix = 0xa0761d6478bd642f;
constexpr uint64_t kCapitalMix = 0xe7037ed1a0b428db;
constexpr uint64_t kRareMix = 0x8ebc6af09c88c6e3;
constexpr uint64_t kContextMix = 0x589965cc75374cc3;

bool IsRare(uint8_t word_class) {
  return word_class == kUnknownWord ||
         (word_class >= kRareClassLeast && word_class != kFrequentWord);
}

// How a text shows its names.
enum class Script { kMixed, kOneCase, kNone };

Script ScriptOf(absl::Span<const Word> words,
                absl::Span<const uint8_t> classes) {
  size_t letters = 0;
  size_t capitals = 0;
  size_t rare = 0;
  for (size_t i = 0; i < words.size(); ++i) {
    const uint16_t flags = words[i].flags;
    if ((flags & kWordDigits) != 0) continue;
    ++letters;
    capitals += (flags & kWordCapital) != 0 ? 1 : 0;
    rare += IsRare(classes[i]) ? 1 : 0;
  }
  if (5 * capitals < 3 * letters && 50 * capitals >= letters) {
    return Script::kMixed;
  }
  // Of a language that the table does not know all words are rare.
  return 2 * rare < letters ? Script::kOneCase : Script::kNone;
}

Kind KindOf(const Word& word, uint8_t word_class, Script script) {
  if ((word.flags & kWordDigits) != 0) return Kind::kNumber;
  if (script == Script::kMixed) {
    const bool name =
        (word.flags & kWordCapital) != 0 && word.length >= kNameLength &&
        (word_class == kUnknownWord ||
         (word_class >= kNameClassLeast && word_class != kFrequentWord));
    return name ? Kind::kName : Kind::kPlain;
  }
  const bool name = script == Script::kOneCase && word.length >= kRareLength &&
                    IsRare(word_class);
  return name ? Kind::kName : Kind::kPlain;
}

// A slot whose right neighbour has not been met yet.
struct OpenSlot {
  uint64_t context = 0;
  uint64_t value = 0;
  bool open = false;
  bool ended = false;  // the run of its words is over
};

// Packed: context above value.
uint32_t Close(OpenSlot& slot, uint64_t next, uint32_t number) {
  slot.open = false;
  const uint64_t context = MixHash(slot.context ^ next, kContextMix);
  return static_cast<uint32_t>(context >> 48) << 8 | number << 7 |
         static_cast<uint32_t>(slot.value >> 57);
}

}  // namespace

void FactReader::Read(absl::Span<const Word> words,
                      absl::Span<const uint8_t> classes, uint64_t seed,
                      std::vector<FactSlot>& slots) {
  words = words.first(std::min(words.size(), kFactWords));
  const Script script = ScriptOf(words, classes);
  const uint64_t name_mix =
      (script == Script::kMixed ? kCapitalMix : kRareMix) ^ seed;
  found_.clear();
  // The two words before that are not numbers, and those that are plain.
  uint64_t lettered[2] = {1, 1};
  uint64_t plain[2] = {1, 1};
  OpenSlot number;
  OpenSlot name;
  for (size_t i = 0; i < words.size(); ++i) {
    const uint64_t hash = words[i].hash;
    const Kind kind = KindOf(words[i], classes[i], script);
    if (kind == Kind::kNumber) {
      name.ended = true;
      if (!number.open) {
        number = {MixHash(lettered[0] ^ seed, lettered[1] ^ kNumberMix), 0,
                  true};
      }
      number.value = MixHash(number.value ^ hash, kNumberMix);
      continue;
    }
    if (number.open) found_.push_back(Close(number, hash, 1));
    if (kind == Kind::kName) {
      if (name.open && name.ended) found_.push_back(Close(name, 1, 0));
      if (!name.open) name = {MixHash(plain[0] ^ name_mix, plain[1]), 0, true};
      name.value = MixHash(name.value ^ hash, kCapitalMix);
    } else {
      if (name.open) found_.push_back(Close(name, hash, 0));
      plain[1] = plain[0];
      plain[0] = hash;
    }
    lettered[1] = lettered[0];
    lettered[0] = hash;
  }
  if (number.open) found_.push_back(Close(number, 1, 1));
  if (name.open) found_.push_back(Close(name, 1, 0));
  TakeLowest(slots);
}

// Of what was found, one for each context.
void FactReader::TakeLowest(std::vector<FactSlot>& slots) {
  std::sort(found_.begin(), found_.end());
  slots.clear();
  for (uint32_t packed : found_) {
    const auto context = static_cast<uint16_t>(packed >> 8);
    if (!slots.empty() && slots.back().context == context) continue;
    if (slots.size() == kFactSlotsMax) break;
    slots.push_back({context, static_cast<uint8_t>(packed)});
  }
}

FactAgreement CompareFacts(absl::Span<const FactSlot> a,
                           absl::Span<const FactSlot> b) {
  FactAgreement result;
  size_t j = 0;
  for (const FactSlot& slot : a) {
    while (j < b.size() && b[j].context < slot.context) ++j;
    if (j == b.size()) break;
    if (b[j].context != slot.context) continue;
    const bool same = b[j].value == slot.value;
    if (slot.number() || b[j].number()) {
      ++(same ? result.numbers : result.other_numbers);
    } else {
      ++(same ? result.names : result.other_names);
    }
  }
  return result;
}

}  // namespace wiredesk
