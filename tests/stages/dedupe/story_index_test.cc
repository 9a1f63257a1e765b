// Goal: each kind of repetition gets its verdict, and nothing else does.
// Method: articles written here go through the sketcher into an index.

#include "stages/dedupe/index/story_index.h"

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "gtest/gtest.h"
#include "stages/dedupe/sketch/sketch.h"

namespace wiredesk {
namespace {

constexpr int64_t kStart = 1'700'000'000;

std::string Passage(int first, int count) {
  std::string text;
  for (int i = first; i < first + count; ++i) {
    text += "word" + std::to_string(i * 7919 % 100003) + " ";
  }
  return text;
}

std::string Sentences() {
  return "The mayor of Ostrow, Jan Kubik, opened the new bridge over the Wern "
         "on Tuesday in front of some 300 guests. It cost 14 million crowns "
         "and took three years to build, one more than planned, because the "
         "river rose twice and carried off the scaffolding. Lorries may cross "
         "it from June. The old bridge of 1911 will be taken down in autumn.";
}

class StoryIndexTest : public testing::Test {
 protected:
  struct Item {
    std::string headline;
    std::string body;
    std::string guid;
    std::string url;
    std::string provider = "a.example";
    int64_t second = 0;
    bool canceled = false;
  };

  Sighting Make(const Item& item) {
    headline_.clear();
    body_.clear();
    SplitWords(item.headline, headline_);
    SplitWords(item.body, body_);
    Sighting sighting;
    sighting.id = {1, ++count_};
    sighting.origin = count_;
    sighting.provider = static_cast<uint32_t>(HashKey(item.provider, 0));
    if (!item.guid.empty()) sighting.guid = HashKey(item.guid, 0);
    if (!item.url.empty()) sighting.url = HashKey(item.url, 0);
    sighting.canceled = item.canceled;
    sighting.content = static_cast<uint32_t>(HashKey(item.body, 0));
    sighting.event_time = (kStart + item.second) * 1'000'000;
    sketcher_.Sketch({item.headline, headline_, body_}, sighting);
    return sighting;
  }

  Decision Apply(const Sighting& sighting) {
    Decision decision;
    index_.Apply(sighting, static_cast<int64_t>(count_), decision);
    return decision;
  }

  Decision Apply(const Item& item) {
    last_ = Make(item);
    return Apply(last_);
  }

  StoryIndex index_{{3600, 7200, size_t{4} << 20, 20'000}};
  Sketcher sketcher_{0};
  Sighting last_;
  std::vector<Word> headline_;
  std::vector<Word> body_;
  uint64_t count_ = 0;
};

TEST_F(StoryIndexTest, CaseAndPunctuationDoNotMakeANewText) {
  const Decision first =
      Apply({.headline = "A bridge opens", .body = Passage(0, 60)});
  EXPECT_EQ(first.verdict, Verdict::kNew);
  EXPECT_EQ(first.novelty, 1000);
  std::string shouted = Passage(0, 60);
  for (char& c : shouted) c = c >= 'a' && c <= 'z' ? c - 32 : c;
  const Decision copy = Apply({.headline = "A BRIDGE: OPENS!",
                               .body = shouted,
                               .provider = "b.example"});
  EXPECT_EQ(copy.verdict, Verdict::kExact);
  EXPECT_EQ(copy.reason, MatchReason::kText);
  EXPECT_EQ(copy.cluster, first.cluster);
  EXPECT_EQ(copy.cluster_size, 2u);
}

TEST_F(StoryIndexTest, ANewHeadlineOverTheSameBodyIsNear) {
  Apply({.headline = "A bridge opens", .body = Passage(0, 60)});
  EXPECT_EQ(Apply({.headline = "Crowds cross", .body = Passage(0, 60)}).verdict,
            Verdict::kNear);
}

TEST_F(StoryIndexTest, ABriefAndItsLongPieceAreExcerptsEitherWay) {
  Apply({.headline = "Long", .body = Passage(0, 600)});
  EXPECT_EQ(Apply({.headline = "Brief", .body = Passage(100, 80)}).verdict,
            Verdict::kExcerpt);
  Apply({.headline = "Flash", .body = Passage(5000, 80)});
  EXPECT_EQ(
      Apply({.headline = "All of it", .body = Passage(4800, 500)}).verdict,
      Verdict::kExcerpt);
}

TEST_F(StoryIndexTest, TheSameGuidWithAnotherTextIsTheNextVersion) {
  Apply({.headline = "One", .body = Passage(0, 60), .guid = "g"});
  const Decision second =
      Apply({.headline = "Two", .body = Passage(900, 60), .guid = "g"});
  EXPECT_EQ(second.verdict, Verdict::kRevision);
  EXPECT_EQ(second.version, 2u);
  // Back to the first text: a revision, not a replay.
  const Decision third =
      Apply({.headline = "One", .body = Passage(0, 60), .guid = "g"});
  EXPECT_EQ(third.verdict, Verdict::kRevision);
  EXPECT_EQ(third.version, 3u);
  EXPECT_EQ(
      Apply({.headline = "One", .body = Passage(0, 60), .guid = "g"}).verdict,
      Verdict::kExact);
}

TEST_F(StoryIndexTest, ACommaIsAChangeOfTheSameArticleOnly) {
  Apply({.headline = "One",
         .body = "Nets, boats and " + Passage(0, 60),
         .guid = "g"});
  EXPECT_EQ(Apply({.headline = "One",
                   .body = "Nets boats and " + Passage(0, 60),
                   .guid = "g"})
                .verdict,
            Verdict::kRevision);
  EXPECT_EQ(Apply({.headline = "One",
                   .body = "Nets; boats and " + Passage(0, 60),
                   .provider = "b.example"})
                .verdict,
            Verdict::kExact);
}

TEST_F(StoryIndexTest, AKillIsARevision) {
  Apply({.headline = "One", .body = Passage(0, 60), .guid = "g"});
  EXPECT_EQ(Apply({.headline = "One",
                   .body = Passage(0, 60),
                   .guid = "g",
                   .canceled = true})
                .verdict,
            Verdict::kRevision);
}

TEST_F(StoryIndexTest, ACorrectionByTheSameProviderIsARevision) {
  Apply({.headline = "Mill to close", .body = Passage(0, 100)});
  const std::string body = Passage(0, 90) + "ten other words stand here";
  EXPECT_EQ(
      Apply({.headline = "CORRECTED-Mill to close", .body = body}).verdict,
      Verdict::kRevision);
  EXPECT_EQ(Apply({.headline = "CORRECTED-Mill to close",
                   .body = body + " now",
                   .provider = "b.example"})
                .verdict,
            Verdict::kNear);
}

TEST_F(StoryIndexTest, HeadlinesAloneCountWithinTheirProvider) {
  Apply({.headline = "Match reaction", .body = ""});
  EXPECT_EQ(
      Apply({.headline = "Match reaction", .body = "", .provider = "b.example"})
          .verdict,
      Verdict::kNew);
  EXPECT_EQ(Apply({.headline = "Match reaction", .body = ""}).verdict,
            Verdict::kExact);
}

TEST_F(StoryIndexTest, WhatIsOlderThanTheWindowIsAsIfNeverSeen) {
  Apply({.headline = "Old", .body = Passage(0, 60)});
  for (int i = 1; i <= 20; ++i) {
    Apply({.headline = "Other",
           .body = Passage(i * 100, 60),
           .second = 4000 + i});
  }
  EXPECT_EQ(Apply({.headline = "Old", .body = Passage(0, 60), .second = 4030})
                .verdict,
            Verdict::kNew);
}

TEST_F(StoryIndexTest, OneRecordFromTheFutureForgetsNothing) {
  Apply({.headline = "One", .body = Passage(0, 60)});
  Apply({.headline = "Far", .body = Passage(100, 60), .second = 99'999'999});
  for (int i = 2; i < 5; ++i) {
    Apply({.headline = "Other", .body = Passage(i * 100, 60), .second = i});
  }
  EXPECT_EQ(
      Apply({.headline = "One", .body = Passage(0, 60), .second = 9}).verdict,
      Verdict::kExact);
}

TEST_F(StoryIndexTest, TheSameSightingAgainGetsItsFirstDecision) {
  const Decision first = Apply({.headline = "One", .body = Passage(0, 60)});
  const Sighting again = last_;
  Apply({.headline = "Copy", .body = Passage(0, 60), .provider = "b.example"});
  const Decision replayed = Apply(again);
  EXPECT_TRUE(replayed.replay);
  EXPECT_EQ(replayed.verdict, Verdict::kNew);
  EXPECT_EQ(replayed.cluster, first.cluster);
  EXPECT_EQ(replayed.cluster_size, 1u);
  EXPECT_EQ(replayed.story_size, first.story_size);
  EXPECT_EQ(replayed.novelty, first.novelty);
}

TEST_F(StoryIndexTest, TheSameTableOfAnotherDayIsNew) {
  const auto table = [](const char* day, const std::string& prices) {
    return std::string("Closing prices in Zurich on ") + day + ". " + prices +
           " Volumes were in line with what the exchange has seen over the "
           "past month. The list is made by a machine and nobody edits it.";
  };
  Apply({.headline = "Zurich closing prices, Monday",
         .body = table("Monday",
                       "Index 9,812.4 points. Gold 3,105.20 dollars. Oil "
                       "71.35 dollars. Franc 1.3140 dollars. Bond 4.48.")});
  const Decision tuesday =
      Apply({.headline = "Zurich closing prices, Tuesday",
             .body = table("Tuesday",
                           "Index 9,790.1 points. Gold 3,121.75 dollars. Oil "
                           "72.80 dollars. Franc 1.3122 dollars. Bond 4.51.")});
  EXPECT_EQ(tuesday.verdict, Verdict::kNew);
  // One price corrected is the same table still.
  EXPECT_EQ(
      Apply({.headline = "Zurich closing prices",
             .body = table("Tuesday",
                           "Index 9,790.1 points. Gold 3,121.75 dollars. Oil "
                           "72.90 dollars. Franc 1.3122 dollars. Bond 4.51.")})
          .verdict,
      Verdict::kNear);
}

TEST_F(StoryIndexTest, ADigestIsAnExcerptTiedToItsEarliestPart) {
  const Decision first = Apply({.headline = "One", .body = Passage(1000, 300)});
  Apply({.headline = "Two", .body = Passage(2000, 300)});
  Apply({.headline = "Three", .body = Passage(3000, 300)});
  const Decision digest =
      Apply({.headline = "In brief",
             .body = Passage(3000, 80) + Passage(7000, 8) + Passage(1000, 80) +
                     Passage(2000, 80)});
  EXPECT_EQ(digest.verdict, Verdict::kExcerpt);
  EXPECT_EQ(digest.cluster, first.cluster);
}

TEST_F(StoryIndexTest, PassagesOfOthersInATextOfItsOwnAreNoDigest) {
  Apply({.headline = "One", .body = Passage(1000, 300)});
  Apply({.headline = "Two", .body = Passage(2000, 300)});
  EXPECT_EQ(
      Apply({.headline = "What was said of it",
             .body = Passage(1000, 80) + Passage(7000, 80) + Passage(2000, 80)})
          .verdict,
      Verdict::kNew);
}

TEST_F(StoryIndexTest, APassageInCommonIsNoCopy) {
  const std::string speech = Passage(500, 150);
  const Decision first =
      Apply({.headline = "One", .body = Passage(1000, 90) + speech});
  EXPECT_TRUE(first.reused.empty());
  const Decision second = Apply({.headline = "Two",
                                 .body = Passage(2000, 80) + speech,
                                 .provider = "b.example"});
  EXPECT_EQ(second.verdict, Verdict::kNew);
  ASSERT_EQ(second.reused.size(), 1u);
  EXPECT_EQ(second.reused[0].of, first.cluster);
  EXPECT_NEAR(second.reused[0].share, 650, 120);
  EXPECT_NEAR(second.reused[0].words, 150, 30);
  // Processed again, after a restart, say.
  const Decision again = Apply(last_);
  EXPECT_TRUE(again.replay);
  EXPECT_EQ(again.reused, second.reused);
}

TEST_F(StoryIndexTest, LetterCaseIsNoDifference) {
  Apply({.headline = "Quiet", .body = Sentences()});
  EXPECT_EQ(Apply({.headline = "Shouted",
                   .body = absl::AsciiStrToUpper(Sentences()) + " END."})
                .verdict,
            Verdict::kNear);
  EXPECT_EQ(Apply({.headline = "Whispered",
                   .body = "And " + absl::AsciiStrToLower(Sentences())})
                .verdict,
            Verdict::kNear);
}

TEST_F(StoryIndexTest, WhatAllTextsOfASeriesHaveIsNoDigest) {
  const std::string frame = Passage(100, 60);
  Apply({.headline = "One", .body = frame + Passage(1000, 80)});
  Apply({.headline = "Two", .body = frame + Passage(2000, 80)});
  EXPECT_EQ(
      Apply({.headline = "Three", .body = frame + Passage(3000, 80)}).verdict,
      Verdict::kNew);
}

TEST_F(StoryIndexTest, OneRareWordInCommonMakesNoStory) {
  const Decision resumed = Apply(
      {.headline = "Zyxferry resumes",
       .body = "Zyxferry zyxferry boats crossed at dawn under calm skies."});
  const Decision line = Apply(
      {.headline = "Zyxferry agreed",
       .body = "Ministers signed a treaty on customs; zyxferry posts follow."});
  EXPECT_NE(line.story, resumed.story);
  EXPECT_EQ(line.novelty, 1000);
  const Decision delayed =
      Apply({.headline = "Zyxferry delayed at dawn",
             .body = "Skies closed and boats of the zyxferry turned back."});
  EXPECT_EQ(delayed.story, resumed.story);
  EXPECT_LT(delayed.novelty, 1000);
}

TEST_F(StoryIndexTest, LettersMisreadAllOverLeaveItNear) {
  std::string body;
  for (int i = 0; i < 260; ++i) {
    body += (i % 6 == 0 ? "Word" : "word") + std::to_string(i * 7919 % 100003) +
            " ";
  }
  Apply({.headline = "Printed", .body = body});
  // Every eighth word has a wrong letter.
  size_t word = 0;
  for (size_t i = 0; i + 1 < body.size(); ++i) {
    if (body[i] == ' ' && ++word % 8 == 0) body[i + 1] = 'v';
  }
  EXPECT_EQ(Apply({.headline = "Scanned", .body = body}).verdict,
            Verdict::kNear);
}

TEST_F(StoryIndexTest, ATextThatStandsInTheHeadlineIsCompared) {
  Apply({.headline = "Printed", .body = Passage(0, 60)});
  EXPECT_EQ(Apply({.headline = Passage(0, 60)}).verdict, Verdict::kNear);
}

TEST_F(StoryIndexTest, ABriefOutOfALongTextIsFoundByOneRareFingerprint) {
  Apply({.headline = "Long", .body = Passage(0, 900)});
  for (int first : {0, 37, 211, 499, 800}) {
    SCOPED_TRACE(first);
    EXPECT_EQ(Apply({.headline = "Brief", .body = Passage(first, 55)}).verdict,
              Verdict::kExcerpt);
  }
}

TEST_F(StoryIndexTest, AGuidOutlivesSimilarity) {
  Apply({.headline = "Old", .body = Passage(0, 60), .guid = "g"});
  for (int i = 1; i <= 20; ++i) {
    Apply({.headline = "Other",
           .body = Passage(i * 100, 60),
           .second = 9000 + i});
  }
  const Decision later = Apply({.headline = "Old",
                                .body = Passage(0, 60) + "and more",
                                .guid = "g",
                                .second = 9030});
  EXPECT_EQ(later.verdict, Verdict::kRevision);
  EXPECT_EQ(later.version, 2u);
}

TEST_F(StoryIndexTest, OneUrlWithOtherGuidsAndOtherTextsIsOtherArticles) {
  const std::string home = "https://a.example/";
  Apply({.headline = "Upload of empty folders mended",
         .body = "The reader of large archives leaks no more.",
         .guid = "#1",
         .url = home});
  EXPECT_EQ(Apply({.headline = "Shell completion for fish",
                   .body = "A command lists nodes; a manual page came along.",
                   .guid = "#2",
                   .url = home})
                .verdict,
            Verdict::kNew);
  // Alike, it is a version, whatever the guid counts.
  EXPECT_EQ(Apply({.headline = "Shell completion for fish and zsh",
                   .body = "A command lists nodes; a manual page came along.",
                   .guid = "#3",
                   .url = home})
                .verdict,
            Verdict::kRevision);
}

TEST_F(StoryIndexTest, ShortTextsWithTheSameFactsAreOne) {
  Apply({.headline = "Quorn Mills sets payout",
         .body = "Qtly div 31 cts vs 31 cts prior, payable April 24"});
  EXPECT_EQ(Apply({.headline = "Quorn Mills regular payout",
                   .body = "Qtly div 31 cts vs 31 cts, payable April 24",
                   .second = 600})
                .verdict,
            Verdict::kNear);
  EXPECT_EQ(Apply({.headline = "Hasdrun Steel sets payout",
                   .body = "Qtly div 31 cts vs 31 cts prior, payable April 24",
                   .second = 660})
                .verdict,
            Verdict::kNew);
  EXPECT_EQ(Apply({.headline = "Quorn Mills sets payout",
                   .body = "Qtly div 33 cts vs 31 cts prior, payable April 27",
                   .second = 700})
                .verdict,
            Verdict::kNew);
}

TEST_F(StoryIndexTest, ACorrectedFlashWithoutABodyIsARevision) {
  Apply({.headline = "Quorn Mills offers 36 dollars a share for Hasdrun"});
  const Decision corrected =
      Apply({.headline =
                 "CORRECTED-Quorn Mills offers 46 dollars a share for Hasdrun",
             .second = 60});
  EXPECT_EQ(corrected.verdict, Verdict::kRevision);
  EXPECT_EQ(corrected.version, 2u);
}

}  // namespace
}  // namespace wiredesk
