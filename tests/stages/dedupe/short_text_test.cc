// Goal: short texts are one when subject, numbers and nearly all words agree.
// Method: a table of pairs written here.

#include "stages/dedupe/sketch/short_text.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "stages/dedupe/sketch/frequent_words.h"

namespace wiredesk {
namespace {

ShortText Read(const std::string& headline, const std::string& body) {
  std::vector<Word> head;
  std::vector<Word> words;
  SplitWords(headline, head);
  SplitWords(body, words);
  std::vector<uint8_t> classes;
  for (const std::vector<Word>& part : {head, words}) {
    for (const Word& word : part) {
      classes.push_back(WordClasses::Get().Of(word.hash));
    }
  }
  return ReadShortText(head, words, classes, 7);
}

struct Case {
  const char* what;
  const char* headline;
  const char* other_headline;
  const char* body;
  const char* other_body;
  bool one;
  bool one_if_corrected;
};

constexpr char kFigures[] = "Div 14 cts vs 13 cts, payable June 9";

const Case kCases[] = {
    {"other words around the figures", "Norve Lines sets dividend",
     "Norve Lines dividend set", kFigures,
     "Div of 14 cts vs 13 cts, pay June 9", true, true},
    {"another firm", "Norve Lines sets dividend", "Balt Lines sets dividend",
     kFigures, kFigures, false, false},
    {"another bank of some place", "Bank of Quillby sets dividend",
     "Bank of Hasdrun sets dividend", kFigures, kFigures, false, false},
    {"another figure", "Norve Lines sets dividend", "Norve Lines sets dividend",
     kFigures, "Div 15 cts vs 13 cts, payable June 9", false, true},
    {"another town and no figure", "Minister Olaf Reker flies to Paris today",
     "Minister Olaf Reker flies to London today", "", "", false, false},
    {"a word less and no figure", "Minister Olaf Reker flies to Paris today",
     "Minister Olaf Reker flies to Paris", "", "", true, true},
    {"too few words", "Match reaction", "Match reaction", "", "", false, false},
    {"one word", "Goal", "Goal", kFigures, kFigures, false, false},
};

TEST(ShortTextTest, SubjectNumbersAndWordsMustAgree) {
  for (const Case& one : kCases) {
    SCOPED_TRACE(one.what);
    const ShortText a = Read(one.headline, one.body);
    const ShortText b = Read(one.other_headline, one.other_body);
    EXPECT_EQ(ShortSimilarity(a, b, false) != 0, one.one);
    EXPECT_EQ(ShortSimilarity(b, a, false) != 0, one.one);
    EXPECT_EQ(ShortSimilarity(a, b, true) != 0, one.one_if_corrected);
  }
}

TEST(ShortTextTest, ReadsABoundedPartOfAnything) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += std::to_string(i) + " ";
  const ShortText read = Read(text, text);
  EXPECT_EQ(read.number_count, kShortTextWords);
  EXPECT_EQ(ShortSimilarity(read, read, false), 1000u);
}

}  // namespace
}  // namespace wiredesk
