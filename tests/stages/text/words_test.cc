// Goal: words are found and hashed as words.h says, and the vector path gives
// what the portable one gives.
// Method: tables, and the two against each other on random text.

#include "stages/text/words.h"

#include <memory_resource>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace wiredesk {
namespace {

std::vector<Word> Split(absl::string_view text) {
  std::vector<Word> words;
  SplitWords(text, words);
  return words;
}

std::string Joined(absl::string_view text) {
  std::string joined;
  for (const Word& word : Split(text)) {
    const absl::string_view piece = text.substr(word.begin, word.length);
    joined.append(piece.data(), piece.size());
    joined += '|';
  }
  return joined;
}

TEST(WordsTest, LettersDigitsAndMarksMakeWords) {
  EXPECT_EQ(Joined(""), "");
  EXPECT_EQ(Joined("  ,. "), "");
  EXPECT_EQ(Joined("Yoon's 3rd"), "Yoon|s|3rd|");
  EXPECT_EQ(Joined("l\u2019\u00c9tat, na\u00efve"), "l|\u00c9tat|na\u00efve|");
  EXPECT_EQ(Joined("\u4e2d\u56fd and"), "\u4e2d|\u56fd|and|");
}

TEST(WordsTest, HashesFoldCaseAndAccents) {
  EXPECT_EQ(HashWord("caf\u00e9"), HashWord("CAFE"));
  EXPECT_EQ(HashWord("Stra\u00dfe"), HashWord("STRASSE"));
  EXPECT_EQ(HashWord("\u041c\u041e\u0421\u041a\u0412\u0410"),
            HashWord("\u043c\u043e\u0441\u043a\u0432\u0430"));
  EXPECT_NE(HashWord("mill"), HashWord("mills"));
}

TEST(WordsTest, FlagsTellCapitalsAndDigits) {
  const std::vector<Word> words = Split("Nato NATO 3com word");
  ASSERT_EQ(words.size(), 4u);
  EXPECT_EQ(words[0].flags, kWordCapital);
  EXPECT_EQ(words[1].flags, kWordCapital | kWordAllCaps);
  EXPECT_EQ(words[2].flags, kWordDigits);
  EXPECT_EQ(words[3].flags, 0);
}

TEST(WordsTest, LongWordsAreCut) {
  const std::vector<Word> words = Split(std::string(70000, 'a'));
  ASSERT_EQ(words.size(), 2u);
  EXPECT_EQ(words[0].length, 65535);
  EXPECT_EQ(words[1].length, 70000 - 65535);
}

// `words` are what the portable path makes of `text`.
void ExpectAsPortable(const std::string& text, absl::Span<const Word> words) {
  std::vector<Word> portable;
  SplitWordsPortably(text, portable);
  ASSERT_EQ(words.size(), portable.size());
  for (size_t i = 0; i < words.size(); ++i) {
    ASSERT_EQ(words[i].hash, portable[i].hash);
    ASSERT_EQ(words[i].begin, portable[i].begin);
    ASSERT_EQ(words[i].length, portable[i].length);
    ASSERT_EQ(words[i].flags, portable[i].flags);
  }
}

TEST(WordsTest, VectorAndPortablePathsAgree) {
  const std::vector<std::string> pieces = {"a",
                                           "Z",
                                           "9",
                                           " ",
                                           "-",
                                           "word",
                                           "\u00e9",
                                           "\u0416",
                                           "\u4e2d",
                                           "\u0301",
                                           "averyveryverylongword",
                                           ".",
                                           "\u2019"};
  for (uint32_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937 random(seed);
    std::string text;
    const size_t length = random() % 400;
    for (size_t i = 0; i < length; ++i)
      text += pieces[random() % pieces.size()];
    const std::vector<Word> words = Split(text);
    ASSERT_NO_FATAL_FAILURE(ExpectAsPortable(text, words));
    for (const Word& word : words) {
      ASSERT_EQ(word.hash, HashWord(absl::string_view(text).substr(
                               word.begin, word.length)));
    }
  }
}

TEST(WordsTest, AnArenaGetsTheSameWordsWhereverRunsSplit) {
  std::pmr::monotonic_buffer_resource arena;
  WordSplitter splitter;
  std::string han;
  std::string french;
  for (int i = 0; i < 500; ++i) {
    han += "\u4e2d\u56fd";
    french += "d\u00e9j\u00e0\u00abvu\u00bb ";
  }
  for (const std::string& text :
       {std::string(), std::string(" . "), std::string("One"), han, french,
        "words, then " + han + " and words", std::string(100000, 'a'),
        french + std::string(1000, 'x') + " end"}) {
    ASSERT_NO_FATAL_FAILURE(
        ExpectAsPortable(text, splitter.Split(text, &arena)));
  }
}

TEST(WordsTest, QuotesAndDashesPartWordsHoweverManyThereAre) {
  for (const char* mark : {"\xE2\x80\x99", "\xE2\x80\x94", "\xC2\xAB"}) {
    for (const int count : {1, 2, 63, 64, 65, 127, 128, 129, 1000}) {
      std::string text;
      for (int i = 0; i < count; ++i) text += std::string("ab") + mark;
      text += " then plain ones, as many as a block of sixty-four bytes has";
      std::vector<Word> words;
      SplitWords(text, words);
      ASSERT_EQ(words.size(), static_cast<size_t>(count) + 13) << mark;
      EXPECT_EQ(words[static_cast<size_t>(count) - 1].hash, HashWord("ab"));
      EXPECT_EQ(words[0].length, 2);
    }
  }
}

}  // namespace
}  // namespace wiredesk
