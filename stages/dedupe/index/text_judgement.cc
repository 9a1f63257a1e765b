#include "stages/dedupe/index/text_judgement.h"

#include <algorithm>
#include <array>

namespace wiredesk {
namespace {

// Thresholds in thousandths of the smaller text's rare shingles, measured on
// labelled pairs of wire items and of real articles.
// Of long texts with letters misread or one word in six changed, all over:
// their threshold, and what is asked besides.
constexpr uint32_t kNoisy = kSameLeast;
constexpr uint32_t kNoisyShared = 12;
constexpr uint32_t kNoisyShingles = 150;
constexpr uint32_t kNoisyLength = 900;
constexpr uint32_t kNoisySpread = 1500;

// In less than kSameAnyhow one block is a passage.
constexpr uint32_t kBlockSpread = 300;

// Shingles of the smaller text that are taken to be unshared beyond those seen,
// since a sample is small; not where nearly all are shared.
constexpr uint32_t kUnseen = 2;
constexpr uint32_t kNearlyAll = 900;

// Where less than this of the smaller text is rare, the rest is furniture of
// its site; then little follows from what is shared.
constexpr uint32_t kRareLeast = 250;
constexpr uint32_t kSameOfFurniture = 900;

constexpr uint32_t kSame = 600;

// Slots that differ, for a template: their number, and their share in percent.
constexpr uint32_t kOtherFacts = 2;
constexpr uint32_t kOtherPercent = 29;
constexpr uint32_t kOtherNumbersPercent = 25;

// Slots that agree, all of them, so that nothing else need be asked.
constexpr uint32_t kAgreedFacts = 6;

// Shared rare shingles below which a share means nothing; few are enough when
// nearly all agree, as with a brief out of a long text.
constexpr uint32_t kSharedMin = 5;
constexpr uint32_t kSharedFew = 3;
constexpr uint32_t kFewShare = 750;
constexpr uint32_t kSharedFewest = 2;
constexpr uint32_t kManyFingerprints = 6;

// One text is a part of the other if it is this much smaller.
constexpr uint32_t kExcerptRatio = 650;

// Of every distance in words up to the last, in thousandths: how much nearer
// than that blocks of twenty words are to taking turns at random, 1 - exp(-d /
// 10).
constexpr std::array<uint16_t, 40> kTurned = {
    0,   95,  181, 259, 330, 393, 451, 503, 551, 593, 632, 667, 699, 727,
    753, 777, 798, 817, 835, 850, 865, 878, 889, 900, 909, 918, 926, 933,
    939, 945, 950, 955, 959, 963, 967, 970, 973, 975, 978, 980};

bool IsTemplate(const FactAgreement& facts) {
  const uint32_t numbers = facts.numbers + facts.other_numbers;
  const uint32_t others = facts.other_numbers + facts.other_names;
  const uint32_t all = numbers + facts.names + facts.other_names;
  return (facts.other_numbers >= kOtherFacts &&
          100 * facts.other_numbers > kOtherNumbersPercent * numbers) ||
         (others >= kOtherFacts && 100 * others > kOtherPercent * all);
}

// The same facts in the same places.
bool Agree(const FactAgreement& facts) {
  return facts.numbers + facts.names >= kAgreedFacts &&
         facts.other_numbers + facts.other_names == 0;
}

uint32_t ThresholdOf(const TextComparison& found) {
  const bool own = found.own <= found.other;
  if (!Agree(found.facts) &&
      Thousandths(own ? found.own : found.other,
                  own ? found.own_sampled : found.other_sampled) < kRareLeast) {
    return kSameOfFurniture;
  }
  const uint32_t shorter = std::min(found.own_shingles, found.other_shingles);
  const uint32_t longer = std::max(found.own_shingles, found.other_shingles);
  const bool noisy =
      found.spread >= kNoisySpread && found.shared >= kNoisyShared &&
      shorter >= kNoisyShingles && Thousandths(shorter, longer) >= kNoisyLength;
  if (noisy) return kNoisy;
  if (Agree(found.facts)) return kSame;
  return found.spread >= kBlockSpread ? kSame : kSameAnyhow;
}

}  // namespace

uint32_t Thousandths(uint64_t part, uint64_t whole) {
  return whole == 0 ? 0 : static_cast<uint32_t>(1000 * part / whole);
}

uint32_t SpreadOf(const uint32_t* places, const uint8_t* shared, size_t count) {
  size_t first = 0;
  while (first < count && shared[first] == 0) ++first;
  size_t last = count;
  while (last > first && shared[last - 1] == 0) --last;
  uint64_t turns = 0;
  uint64_t expected = 0;
  uint64_t in_both = 0;
  for (size_t i = first; i < last; ++i) {
    in_both += shared[i];
    if (i == first) continue;
    turns += shared[i] != shared[i - 1] ? 1 : 0;
    expected += kTurned[std::min<size_t>(places[i] - places[i - 1],
                                         kTurned.size() - 1)];
  }
  const uint64_t all = last - first;
  // Of two in a row one is shared with twice the product of the shares.
  const uint64_t mixed = 2 * in_both * (all - in_both) * expected;
  if (mixed == 0) return 0;
  return static_cast<uint32_t>(
      std::min<uint64_t>(turns * 1'000'000 * all * all / mixed, 9999));
}

TextJudgement JudgeTexts(const TextComparison& found) {
  const uint32_t smaller = std::min(found.own, found.other);
  const uint32_t larger = std::max(found.own, found.other);
  TextJudgement made;
  made.similarity = std::min(1000u, Thousandths(found.shared, smaller));
  made.covered = std::min(1000u, Thousandths(found.shared, found.own));
  made.excerpt = Thousandths(smaller, larger) < kExcerptRatio;
  made.enough = found.shared >= kSharedMin ||
                (found.shared >= kSharedFew && made.similarity >= kFewShare) ||
                (found.shared >= kSharedFewest && found.shared == smaller &&
                 found.fingerprints >= kManyFingerprints);
  made.is_template = !found.corrects && IsTemplate(found.facts);
  made.threshold = ThresholdOf(found);
  const uint32_t sure = made.similarity >= kNearlyAll
                            ? made.similarity
                            : Thousandths(found.shared, smaller + kUnseen);
  made.same = made.enough && !made.is_template && sure >= made.threshold;
  return made;
}

}  // namespace wiredesk
