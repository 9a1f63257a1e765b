// Goal: what is said of two texts follows from the counts, at each of the
// rule's edges. Method: a table.

#include "stages/dedupe/index/text_judgement.h"

#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace wiredesk {
namespace {

struct Case {
  const char* what;
  TextComparison found;
  bool same;
  bool excerpt = false;
};

// Of two texts of `shingles`, at a rate at which all of them are in the sample.
TextComparison Of(uint32_t shared, uint32_t own, uint32_t other,
                  uint32_t spread = 0, FactAgreement facts = {},
                  uint32_t fingerprints = 0) {
  TextComparison found;
  found.shared = shared;
  found.own = own;
  found.other = other;
  found.own_sampled = found.own_shingles = own;
  found.other_sampled = found.other_shingles = other;
  found.spread = spread;
  found.facts = facts;
  found.fingerprints = fingerprints;
  return found;
}

TextComparison Furnished(TextComparison found) {
  found.own_sampled = 5 * found.own;
  found.other_sampled = 5 * found.other;
  return found;
}

TextComparison Long(TextComparison found, uint32_t own, uint32_t other) {
  found.own_shingles = own;
  found.other_shingles = other;
  return found;
}

TextComparison Correcting(TextComparison found) {
  found.corrects = true;
  return found;
}

const Case kCases[] = {
    {"three in five, edited all over", Of(32, 50, 52, 1000), true},
    {"fewer", Of(31, 50, 52, 1000), false},
    {"three in five in one block", Of(32, 50, 52), false},
    {"three in four in one block", Of(39, 50, 52), true},
    {"in one block, but the facts are the same",
     Of(32, 50, 52, 0, {3, 0, 3, 0}), true},
    {"two in five, one length: letters misread",
     Long(Of(21, 50, 52, 1500), 300, 310), true},
    {"two in five, taking turns less often",
     Long(Of(21, 50, 52, 1499), 300, 310), false},
    {"two in five, other length", Long(Of(21, 50, 52, 1500), 300, 500), false},
    {"two in five, short", Long(Of(21, 50, 52, 1500), 100, 110), false},
    {"most numbers are others", Of(48, 50, 52, 0, {2, 2, 9, 0}), false},
    {"one number of three is corrected", Of(48, 50, 52, 0, {2, 1, 9, 0}), true},
    {"one number of one", Of(48, 50, 52, 0, {0, 1, 9, 0}), true},
    {"other names", Of(48, 50, 52, 0, {0, 0, 2, 2}), false},
    {"one name of three", Of(48, 50, 52, 0, {0, 0, 2, 1}), true},
    {"two of eight", Of(48, 50, 52, 0, {3, 0, 3, 2}), true},
    {"it says that it corrects", Correcting(Of(48, 50, 52, 0, {2, 2, 9, 0})),
     true},
    {"most of it is furniture", Furnished(Of(42, 50, 52, 1000)), false},
    {"most of it is furniture, the facts are the same",
     Furnished(Of(42, 50, 52, 1000, {3, 0, 3, 0})), true},
    {"most of it is furniture, the rest is equal",
     Furnished(Of(46, 50, 52, 1000)), true},
    {"four of six are too few", Of(4, 6, 50, 1000), false},
    {"seven of ten: a sample is small", Of(7, 10, 50, 1000), false},
    {"three of three of a brief", Of(3, 3, 50), true, true},
    {"two of two of a brief, many fingerprints", Of(2, 2, 50, 0, {}, 6), true,
     true},
    {"two of two, few fingerprints", Of(2, 2, 50, 0, {}, 5), false},
    {"nothing", {}, false},
};

TEST(TextJudgementTest, FollowsFromTheCounts) {
  for (const Case& one : kCases) {
    SCOPED_TRACE(one.what);
    const TextJudgement made = JudgeTexts(one.found);
    EXPECT_EQ(made.same, one.same);
    if (one.same) {
      EXPECT_EQ(made.excerpt, one.excerpt);
    }
  }
}

TEST(TextJudgementTest, IsTheSameBothWays) {
  for (const Case& one : kCases) {
    SCOPED_TRACE(one.what);
    TextComparison turned = one.found;
    std::swap(turned.own, turned.other);
    std::swap(turned.own_sampled, turned.other_sampled);
    std::swap(turned.own_shingles, turned.other_shingles);
    EXPECT_EQ(JudgeTexts(one.found).same, JudgeTexts(turned).same);
  }
}

// `pattern`: what is shared, `step` words apart.
uint32_t Spread(const std::vector<uint8_t>& pattern, uint32_t step) {
  std::vector<uint32_t> places;
  for (uint32_t i = 0; i < pattern.size(); ++i) places.push_back(i * step);
  return SpreadOf(places.data(), pattern.data(), pattern.size());
}

TEST(TextJudgementTest, SpreadTellsNoiseFromPassages) {
  std::vector<uint8_t> noise;
  std::vector<uint8_t> passages;
  for (int i = 0; i < 64; ++i) {
    noise.push_back(i % 3 == 0 || i % 5 == 0 ? 1 : 0);
    passages.push_back(i / 16 % 2 == 0 ? 1 : 0);
  }
  EXPECT_GT(Spread(noise, 4), 2000u);
  EXPECT_LT(Spread(passages, 4), 500u);
}

TEST(TextJudgementTest, SpreadIsOfWhatStandsBetweenSharedShingles) {
  EXPECT_EQ(Spread({0, 0, 0, 1, 1, 1, 0, 0, 0}, 8), 0u);
  EXPECT_EQ(Spread({1, 1, 1}, 8), 0u);
  EXPECT_EQ(Spread({}, 8), 0u);
  EXPECT_GT(Spread({0, 1, 0, 1, 0}, 8), 0u);
}

}  // namespace
}  // namespace wiredesk
