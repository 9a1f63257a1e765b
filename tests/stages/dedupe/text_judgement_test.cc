// Goal: what is said of two texts follows from the counts, at each of the
// rule's edges. Method: a table.

#include "stages/dedupe/index/text_judgement.h"

#include <utility>

#include "gtest/gtest.h"

namespace wiredesk {
namespace {

struct Case {
  const char* what;
  TextComparison found;
  TextFacts own;
  TextFacts other;
  bool same;
  bool excerpt = false;
};

// Ten numbers and ten names; and ten others.
constexpr uint64_t kSome = 0x3FF;
constexpr uint64_t kOthers = 0x3FF << 20;
constexpr uint64_t kMost = 0x3FF << 2;  // eight of the ten, and two others

const Case kCases[] = {
    {"six in ten, short",
     {30, 50, 52},
     {kSome, kSome, 60},
     {kSome, kSome, 60},
     true},
    {"fewer, short",
     {29, 50, 52},
     {kSome, kSome, 60},
     {kSome, kSome, 60},
     false},
    {"fewer, long, facts agree",
     {25, 50, 52},
     {kSome, kSome, 300},
     {kSome, kSome, 500},
     true},
    {"fewer still, one length: misread letters",
     {21, 50, 52},
     {kSome, kSome, 300},
     {kSome, kSome, 310},
     true},
    {"the same, other length",
     {21, 50, 52},
     {kSome, kSome, 300},
     {kSome, kSome, 500},
     false},
    {"long, no names to tell by",
     {25, 50, 52},
     {kSome, 0, 300},
     {kSome, 0, 300},
     false},
    {"other names",
     {40, 50, 52},
     {kSome, kSome, 300},
     {kSome, kOthers, 300},
     false},
    {"other numbers, nearly equal",
     {48, 50, 52},
     {kSome, kSome, 300},
     {kOthers, kSome, 300},
     true},
    {"a template: 20 of 20 plain, 15 of 30 facts",
     {35, 50, 50, 15, 30, 30},
     {kSome, kSome, 60},
     {kMost, kSome, 60},
     false},
    {"the same, but no other number: a list without its addresses",
     {35, 50, 50, 15, 30, 30},
     {kSome, kSome, 60},
     {kSome, kSome, 60},
     true},
    {"an edit that strikes both alike",
     {35, 50, 50, 21, 30, 30},
     {kSome, kSome, 60},
     {kSome, kSome, 60},
     true},
    {"four of six are too few", {4, 6, 50}, {0, 0, 60}, {0, 0, 400}, false},
    {"three of three of a brief",
     {3, 3, 50},
     {0, 0, 40},
     {0, 0, 900},
     true,
     true},
    {"two of two of a brief, many fingerprints",
     {2, 2, 50, 0, 0, 0, 0, 6},
     {0, 0, 40},
     {0, 0, 900},
     true,
     true},
    {"two of two, few fingerprints",
     {2, 2, 50, 0, 0, 0, 0, 5},
     {0, 0, 40},
     {0, 0, 900},
     false},
    {"nothing", {}, {}, {}, false},
};

TEST(TextJudgementTest, FollowsFromTheCounts) {
  for (const Case& one : kCases) {
    SCOPED_TRACE(one.what);
    const TextJudgement made = JudgeTexts(one.found, one.own, one.other);
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
    std::swap(turned.own_facts, turned.other_facts);
    EXPECT_EQ(JudgeTexts(one.found, one.own, one.other).same,
              JudgeTexts(turned, one.other, one.own).same);
  }
}

}  // namespace
}  // namespace wiredesk
