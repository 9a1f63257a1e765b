#include "stages/dedupe/sketch/short_text.h"

#include <algorithm>

#include "stages/dedupe/sketch/frequent_words.h"
#include "stages/dedupe/sketch/shingles.h"

namespace wiredesk {
namespace {

constexpr uint64_t kSubjectMix = 0x9fb21c651e98df25;
constexpr size_t kSubjectWords = 2;
// Of the words behind those, what fewer than one article in 256 has belongs to
// it: Bank of Nova Scotia.
constexpr size_t kNameWords = 4;
constexpr uint8_t kHeadlineNameClassLeast = 1 + 32;
constexpr uint64_t kNameMix = 0xa0761d6478bd642f;

// What fewer than one article in 32 has.
constexpr uint8_t kRarestThirtySecond = 1 + 20;
constexpr uint16_t kRareWordLength = 3;

// Words in common, in thousandths.
constexpr uint32_t kNearlyAll = 700;
// Two numbers that agree say enough; else the names must agree too.
constexpr uint8_t kTellingNumbers = 2;
constexpr int kWordsLeast = 5;

bool IsRare(const Word& word, uint8_t word_class, uint8_t least) {
  return (word.flags & kWordDigits) == 0 && word.length >= kRareWordLength &&
         word_class != kFrequentWord &&
         (word_class == kUnknownWord || word_class >= least);
}

void AddWord(const Word& word, uint8_t word_class, ShortText& text,
             std::array<uint64_t, 2 * kShortTextWords>& numbers,
             size_t& count) {
  const int bit = static_cast<int>(word.hash >> 57);
  text.words[bit / 64] |= uint64_t{1} << (bit % 64);
  if ((word.flags & kWordDigits) != 0) {
    numbers[count++] = word.hash;
  } else if (IsRare(word, word_class, kRarestThirtySecond)) {
    text.rare |= uint64_t{1} << (word.hash >> 51 & 63);
  }
}

}  // namespace

ShortText ReadShortText(absl::Span<const Word> headline,
                        absl::Span<const Word> body,
                        absl::Span<const uint8_t> classes, uint64_t seed) {
  ShortText text;
  if (headline.size() < kSubjectWords) return text;
  uint64_t subject = seed ^ kSubjectMix;
  for (size_t i = 0; i < std::min(headline.size(), kNameWords); ++i) {
    if (i >= kSubjectWords &&
        !IsRare(headline[i], classes[i], kHeadlineNameClassLeast))
      continue;
    subject = MixHash(subject ^ headline[i].hash, kSubjectMix);
  }
  text.subject = std::max<uint64_t>(subject, 1);
  std::array<uint64_t, 2 * kShortTextWords> numbers;
  size_t count = 0;
  for (size_t i = 0; i < std::min(headline.size(), kShortTextWords); ++i) {
    AddWord(headline[i], classes[i], text, numbers, count);
  }
  for (size_t i = 0; i < std::min(body.size(), kShortTextWords); ++i) {
    AddWord(body[i], classes[headline.size() + i], text, numbers, count);
  }
  std::sort(numbers.begin(), numbers.begin() + count);
  const auto end = std::unique(numbers.begin(), numbers.begin() + count);
  uint64_t hash = 0;
  for (auto it = numbers.begin(); it != end; ++it) {
    hash = MixHash(hash ^ *it, kNameMix);
  }
  text.numbers = static_cast<uint32_t>(hash >> 32);
  text.number_count = static_cast<uint8_t>(end - numbers.begin());
  return text;
}

uint32_t ShortSimilarity(const ShortText& earlier, const ShortText& later,
                         bool corrects) {
  if (earlier.subject == 0 || earlier.subject != later.subject) return 0;
  const auto size = [](const ShortText& text) {
    return __builtin_popcountll(text.words[0]) +
           __builtin_popcountll(text.words[1]);
  };
  const int larger = std::max(size(earlier), size(later));
  const int shared = __builtin_popcountll(earlier.words[0] & later.words[0]) +
                     __builtin_popcountll(earlier.words[1] & later.words[1]);
  if (larger < kWordsLeast) return 0;
  const auto similarity = static_cast<uint32_t>(1000 * shared / larger);
  if (similarity < kNearlyAll) return 0;
  const bool numbers = earlier.numbers == later.numbers &&
                       earlier.number_count == later.number_count;
  if (!numbers && !corrects) return 0;
  if (numbers && later.number_count >= kTellingNumbers) return similarity;
  // Names of the one only: Paris here, London there.
  const bool names =
      (earlier.rare & ~later.rare) == 0 || (later.rare & ~earlier.rare) == 0;
  return names ? similarity : 0;
}

}  // namespace wiredesk
