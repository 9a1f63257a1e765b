// Goal: copies agree in their facts, whatever was done to them; two fillings of
// one form do not. Method: texts written here.

#include "stages/dedupe/sketch/fact_slots.h"

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "gtest/gtest.h"
#include "stages/dedupe/sketch/frequent_words.h"

namespace wiredesk {
namespace {

std::vector<FactSlot> SlotsOf(const std::string& text) {
  std::vector<Word> words;
  SplitWords(text, words);
  std::vector<uint8_t> classes;
  for (const Word& word : words) {
    classes.push_back(WordClasses::Get().Of(word.hash));
  }
  std::vector<FactSlot> slots;
  FactReader().Read(words, classes, 5, slots);
  return slots;
}

FactAgreement Compare(const std::string& a, const std::string& b) {
  return CompareFacts(SlotsOf(a), SlotsOf(b));
}

constexpr char kReport[] =
    "The bank of Talmark said that profit rose to 314 million in the quarter "
    "from 271 million, while its rival in Vorhelm lost 16 percent of what it "
    "had sold. The head of the board, Jorunn Aske, expects sales of between 5 "
    "and 8 percent more until the end of the year.";
constexpr char kOtherFirm[] =
    "The bank of Quillby said that profit rose to 98 million in the quarter "
    "from 77 million, while its rival in Hasdrun lost 3 percent of what it "
    "had sold. The head of the board, Merit Olin, expects sales of between 2 "
    "and 4 percent more until the end of the year.";

TEST(FactSlotsTest, ACopyAgrees) {
  const std::string more = std::string("An hour ago it rained. ") + kReport +
                           " Nobody else was there to see it.";
  const FactAgreement found = Compare(kReport, more);
  EXPECT_GE(found.numbers, 4u);
  EXPECT_GE(found.names, 3u);
  EXPECT_EQ(found.other_numbers, 0u);
  EXPECT_EQ(found.other_names, 0u);
}

TEST(FactSlotsTest, AnotherFillingDoesNot) {
  const FactAgreement found = Compare(kReport, kOtherFirm);
  EXPECT_GE(found.other_numbers, 4u);
  EXPECT_GE(found.other_names, 3u);
  EXPECT_EQ(found.numbers, 0u);
}

TEST(FactSlotsTest, ACorrectedFigureIsOneSlot) {
  std::string corrected = kReport;
  corrected.replace(corrected.find("314"), 3, "341");
  const FactAgreement found = Compare(kReport, corrected);
  EXPECT_EQ(found.other_numbers, 1u);
  EXPECT_GE(found.numbers, 3u);
}

TEST(FactSlotsTest, NamesOfATextInOneCaseAreItsRareWords) {
  const FactAgreement copy =
      Compare(absl::AsciiStrToUpper(kReport), absl::AsciiStrToLower(kReport));
  EXPECT_GE(copy.names, 3u);
  EXPECT_EQ(copy.other_names, 0u);
  const FactAgreement other = Compare(absl::AsciiStrToUpper(kReport),
                                      absl::AsciiStrToUpper(kOtherFirm));
  EXPECT_GE(other.other_names, 3u);
}

TEST(FactSlotsTest, AcrossCasesOnlyNumbersAreCompared) {
  const FactAgreement found = Compare(kReport, absl::AsciiStrToUpper(kReport));
  EXPECT_GE(found.numbers, 4u);
  EXPECT_EQ(found.names + found.other_names, 0u);
}

TEST(FactSlotsTest, KeepsABoundedNumberInOrder) {
  std::string text;
  for (int i = 0; i < 2000; ++i) {
    text += "of thing" + std::to_string(i) + " are " + std::to_string(i) + " ";
  }
  const std::vector<FactSlot> slots = SlotsOf(text);
  ASSERT_EQ(slots.size(), kFactSlotsMax);
  for (size_t i = 1; i < slots.size(); ++i) {
    EXPECT_LT(slots[i - 1].context, slots[i].context);
  }
  EXPECT_TRUE(SlotsOf("").empty());
}

}  // namespace
}  // namespace wiredesk
