#include "stages/dedupe/index/text_judgement.h"

#include <algorithm>

namespace wiredesk {
namespace {

// Thresholds in thousandths of the smaller text's rare shingles, measured on
// labelled pairs of wire items and on made edits.
constexpr uint32_t kSame = 600;
constexpr uint32_t kSameWithFacts = 450;
constexpr uint32_t kSameInSpiteOfFacts = 900;

// Of texts with letters misread: their threshold, and what is asked besides.
constexpr uint32_t kNoisy = 400;
constexpr uint32_t kNoisyShared = 12;
constexpr uint32_t kNoisyLength = 900;
constexpr int kNoisyNames = 700;

// Short items are often made from templates; for them agreeing facts do not
// lower the bar.
constexpr uint32_t kLongShingles = 150;

constexpr uint32_t kTemplateWords = 850;
constexpr uint32_t kTemplateFacts = 600;
constexpr uint32_t kTemplateShingles = 5;
constexpr int kTemplateNumbers = 3;
constexpr int kTemplateAgree = 900;

// Shared rare shingles below which a share means nothing; few are enough when
// nearly all agree, as with a brief out of a long text.
constexpr uint32_t kSharedMin = 5;
constexpr uint32_t kSharedFew = 3;
constexpr uint32_t kFewShare = 750;
constexpr uint32_t kSharedFewest = 2;
constexpr uint32_t kManyFingerprints = 6;

// One text is a part of the other if it is this much smaller.
constexpr uint32_t kExcerptRatio = 650;

// How far two sets of bits agree, of the smaller: -1 where they are too small
// or too full to tell.
int Agreement(uint64_t a, uint64_t b, int least, int most) {
  const int in_a = __builtin_popcountll(a);
  const int in_b = __builtin_popcountll(b);
  if (std::min(in_a, in_b) < least || std::max(in_a, in_b) > most) return -1;
  return 1000 * __builtin_popcountll(a & b) / std::min(in_a, in_b);
}

bool IsTemplate(const TextComparison& found, const TextFacts& own,
                const TextFacts& other, int agreement) {
  // Another day's table has other numbers; a list that lost its addresses has
  // the same.
  if (agreement >= kTemplateAgree) return false;
  const uint32_t facts = std::min(found.own_facts, found.other_facts);
  const uint32_t plain =
      std::min(found.own - found.own_facts, found.other - found.other_facts);
  if (facts < kTemplateShingles || plain < kTemplateShingles) return false;
  const int numbers = std::min(__builtin_popcountll(own.numbers),
                               __builtin_popcountll(other.numbers));
  return numbers >= kTemplateNumbers &&
         Thousandths(found.shared - found.shared_facts, plain) >=
             kTemplateWords &&
         Thousandths(found.shared_facts, facts) <= kTemplateFacts;
}

uint32_t ThresholdOf(const TextComparison& found, const TextFacts& own,
                     const TextFacts& other, int numbers, int names) {
  const uint32_t shorter = std::min(own.shingles, other.shingles);
  const uint32_t longer = std::max(own.shingles, other.shingles);
  // A long text has so numerous names that they tell nothing.
  const bool agree = (numbers < 0 || numbers >= 500) && names >= 600;
  if (!agree || shorter < kLongShingles) return kSame;
  const bool noisy = found.shared >= kNoisyShared && names >= kNoisyNames &&
                     Thousandths(shorter, longer) >= kNoisyLength;
  return noisy ? kNoisy : kSameWithFacts;
}

}  // namespace

uint32_t Thousandths(uint64_t part, uint64_t whole) {
  return whole == 0 ? 0 : static_cast<uint32_t>(1000 * part / whole);
}

TextJudgement JudgeTexts(const TextComparison& found, const TextFacts& own,
                         const TextFacts& other) {
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
  made.numbers = Agreement(own.numbers, other.numbers, 3, 48);
  made.names = Agreement(own.names, other.names, 4, 52);
  made.clash = (made.numbers >= 0 && made.numbers < 400) ||
               (made.names >= 0 && made.names < 400);
  made.is_template = IsTemplate(found, own, other, made.numbers);
  made.threshold =
      made.clash ? kSameInSpiteOfFacts
                 : ThresholdOf(found, own, other, made.numbers, made.names);
  made.same =
      made.enough && !made.is_template && made.similarity >= made.threshold;
  return made;
}

}  // namespace wiredesk
