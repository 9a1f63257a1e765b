// Goal: marks save look-ups and change nothing. Method: every rule reads random
// texts twice, with the words as they were split and with marked ones; and the
// search for unmarked words is compared with a plain loop.

#include "stages/tag/marks/word_marks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "stages/tag/dates/amounts.h"
#include "stages/tag/dates/dates.h"
#include "stages/tag/gazetteer/builder.h"
#include "stages/tag/gazetteer/sources.h"
#include "stages/tag/marks/text_spots.h"
#include "stages/tag/names/tagger.h"
#include "stages/tag/quotes/quotes.h"
#include "stages/tag/quotes/words.h"
#include "stages/tag/topics/topics.h"

namespace wiredesk {
namespace {

using ::testing::ElementsAre;

constexpr absl::string_view kTable =
    "#columns\tid\ttype\tname\taliases\tcountry\tadmin1\tlat\tlon\tpopulation\n"
    "geonames:1\tcity\tParis\t\tFR\tFR-75\t48.9\t2.4\t2100000\n"
    "org:nato\torganization\tNATO\tNorth Atlantic Treaty Organization\n"
    "#lexicon\n"
    "given-name\tAnn\n"
    "person-name\tLee\n"
    "title\tminister\n"
    "place-cue\tin\n"
    "particle\tvon\n"
    "function\tthe in a of on and she\n";

constexpr absl::string_view kPieces[] = {
    "Ann",   "Lee",   "von",     "NATO", "Paris",  "minister",  "in",
    "said",  "he",    "the",     "\"",   "\"",     "12",        "July",
    "2024",  "may",   "percent", "five", "people", "$3.5",      "million",
    "last",  "week",  "Juli",    "am",   "mardi",  "cyber",     "attack",
    "court", "T1059", "Élysée",  "東京", "told",   "evil[.]com"};
constexpr absl::string_view kGaps[] = {" ", " ", " ", " ", ", ", ". ", "\n\n"};

std::string RandomText(std::mt19937& random) {
  std::string text;
  const size_t count = random() % 150;
  for (size_t i = 0; i < count; ++i) {
    const absl::string_view piece = kPieces[random() % std::size(kPieces)];
    const absl::string_view gap = kGaps[random() % std::size(kGaps)];
    text.append(piece.data(), piece.size());
    text.append(gap.data(), gap.size());
  }
  return text;
}

class WordMarksTest : public testing::Test {
 protected:
  WordMarksTest() : topics_(TopicSet::Default()) {
    GazetteerBuilder builder;
    SourceReport report;
    EXPECT_TRUE(AddGazetteerText("t.tsv", kTable, builder, report).ok());
    gazetteer_ = Gazetteer::FromBytes(builder.Build().value()).value();
    gazetteer_->MarkWords(marker_);
    topics_->MarkWords(marker_);
    MarkDateWords(marker_);
    MarkAmountWords(marker_);
    MarkCueWords(marker_);
  }

  // All that the rules find, as one text.
  std::string Findings(absl::string_view text, absl::Span<const Word> words,
                       absl::string_view language) {
    std::string all;
    const auto add = [&all](absl::string_view what, uint32_t begin,
                            uint32_t end) {
      all.append(what.data(), what.size());
      all += " " + std::to_string(begin) + " " + std::to_string(end) + "\n";
    };
    NameInput input;
    input.body = text;
    input.body_words = words;
    NameTagger tagger;
    for (const FoundName& name : tagger.Tag(*gazetteer_, input)) {
      for (const Mention& span : name.spans) {
        add(name.name, span.begin, span.end);
      }
    }
    DateReference reference;
    reference.known = true;
    reference.local = absl::CivilSecond(2024, 7, 12);
    std::vector<FoundDate> dates;
    FindDates(text, words, reference, language, dates);
    for (const FoundDate& one : dates) add(one.value(), one.begin, one.end);
    std::vector<Amount> amounts;
    FindAmounts(Field::kBody, text, words, dates, language, "US", amounts);
    for (const Amount& one : amounts) {
      add(one.unit, one.mention.begin, one.mention.end);
    };
    TextSpots spots;
    FindSpots(text, words, spots);
    for (const uint32_t spot : spots.marks) add("mark", spot, spot);
    for (const uint32_t spot : spots.joins) add("join", spot, spot);
    std::vector<FoundQuote> quotes;
    FindQuotes(text, words, spots, {}, language, quotes);
    for (const FoundQuote& one : quotes) {
      const Quote& quote = one.quote;
      add("quote", quote.mention.begin, quote.mention.end);
      const Mention speaker = quote.speaker_mention.value_or(Mention());
      add("speaker", speaker.begin, speaker.end);
    }
    TopicScratch scratch;
    topics_->Find({}, words, {}, 100, scratch);
    for (const Mention& one : scratch.evidence) {
      add("topic", one.begin, one.end);
    }
    return all;
  }

  std::shared_ptr<const Gazetteer> gazetteer_;
  std::shared_ptr<const TopicSet> topics_;
  WordMarker marker_;
};

TEST_F(WordMarksTest, RulesFindTheSameWithMarks) {
  constexpr unsigned kSeed = 11;
  std::mt19937 random(kSeed);
  std::vector<Word> memory;
  for (int round = 0; round < 300; ++round) {
    const std::string text = RandomText(random);
    std::vector<Word> words;
    SplitWords(text, words);
    const absl::Span<const Word> marked = marker_.Mark(text, words, memory);
    for (const absl::string_view language : {"en", "de", "fr", "ko", "und"}) {
      ASSERT_EQ(Findings(text, marked, language),
                Findings(text, words, language))
          << text;
    }
  }
}

TEST_F(WordMarksTest, AWordOfNoListHasAllMarks) {
  const absl::string_view text = "zymurgy zymurgy";
  std::vector<Word> words;
  std::vector<Word> memory;
  SplitWords(text, words);
  const absl::Span<const Word> marked = marker_.Mark(text, words, memory);
  EXPECT_EQ(marked[1].flags, kWordPlain | kWordNoStart | kWordNoContext |
                                 kWordNoDate | kWordNoDateStart |
                                 kWordNoAmount | kWordNoTopic | kWordNoCue |
                                 kWordNoRule);
}

TEST_F(WordMarksTest, TheFirstWordIsNeverPlain) {
  std::vector<Word> words;
  std::vector<Word> memory;
  SplitWords("zymurgy zymurgy", words);
  const auto marked = marker_.Mark("zymurgy zymurgy", words, memory);
  EXPECT_EQ(marked[0].flags & kWordPlain, 0);
}

TEST(ForEachWithoutTest, SameAsAPlainLoop) {
  constexpr unsigned kSeed = 5;
  std::mt19937 random(kSeed);
  for (int round = 0; round < 200; ++round) {
    std::vector<Word> words(random() % 300, Word());
    for (Word& word : words) word.flags = static_cast<uint16_t>(random());
    for (const WordMark mark : {kWordPlain, kWordNoStart, kWordNoRule}) {
      std::vector<size_t> expected;
      for (size_t i = 0; i < words.size(); ++i) {
        if ((words[i].flags & mark) == 0) expected.push_back(i);
      }
      std::vector<size_t> found;
      ForEachWithout(words, mark, [&](size_t i) {
        found.push_back(i);
        return i + 1;
      });
      ASSERT_EQ(found, expected);
    }
  }
}

TEST(ForEachWithoutTest, GoesOnWhereItIsTold) {
  const std::vector<Word> words(200, Word());
  std::vector<size_t> found;
  ForEachWithout(words, kWordNoDate, [&](size_t i) {
    found.push_back(i);
    return i + 70;
  });
  EXPECT_THAT(found, ElementsAre(0, 70, 140));
}

}  // namespace
}  // namespace wiredesk
