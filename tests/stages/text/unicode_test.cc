// Goal: published text is valid UTF-8, NFC, and free of what nobody can see,
// and clean text is not copied. Method: tables; every code point of Unicode
// against ICU's normalizer; a slow second cleaner over seeded random text.

#include "stages/text/unicode.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/unistr.h>

#include <functional>
#include <memory_resource>
#include <random>
#include <string>
#include <vector>

#include "tests/growth.h"

namespace wiredesk {
namespace {

std::string Cleaned(absl::string_view text, TextShape shape) {
  std::pmr::monotonic_buffer_resource arena;
  return std::string(CleanText(text, shape, &arena));
}

std::string Utf8(UChar32 code) {
  std::string out;
  icu::UnicodeString(code).toUTF8String(out);
  return out;
}

// U+0315 and U+0300 change places in NFC, so a run of pairs is sorted.
std::string SwappedMarks(size_t bytes) {
  std::string text = "x";
  while (text.size() < bytes) text += "\xCC\x95\xCC\x80";
  return text;
}

TEST(UnicodeTest, LongRunsOfMarksAreParted) {
  // Thirty marks are somebody's writing system; what follows on them is not.
  EXPECT_EQ(Cleaned(SwappedMarks(60), TextShape::kLine).find("\xCD\x8F"),
            std::string::npos);
  const std::string parted = Cleaned(SwappedMarks(400), TextShape::kLine);
  size_t marks = 0;
  for (size_t at = parted.find("\xCD\x8F"); at != std::string::npos;
       at = parted.find("\xCD\x8F", at + 1)) {
    ++marks;
  }
  EXPECT_EQ(marks, 6u);  // 200 marks in runs of 30
  EXPECT_EQ(Cleaned(parted, TextShape::kLine), parted);
}

TEST(UnicodeTest, TheTimeIsLinear) {
  for (const auto& make : std::vector<std::function<std::string(size_t)>>{
           SwappedMarks,
           [](size_t bytes) { return std::string(bytes, '\xCC'); },
           [](size_t bytes) {
             std::string text;
             while (text.size() < bytes) text += "\xE1\x84\x80\xE1\x85\xA1";
             return text;
           }}) {
    EXPECT_LE(GrowthPerDoubling(
                  64 << 10, make,
                  [](const std::string& text) {
                    EXPECT_FALSE(Cleaned(text, TextShape::kParagraphs).empty());
                  }),
              kGrowthMax);
  }
}

struct Case {
  const char* text;
  const char* paragraphs;
  const char* line;
};

TEST(UnicodeTest, CleansTheTable) {
  const Case cases[] = {
      {"", "", ""},
      {" \n ", "", ""},
      {"plain text", "plain text", "plain text"},
      {"  two  spaces ", "two spaces", "two spaces"},
      {"a\tb\r\nc\rd", "a b\nc\nd", "a b c d"},
      {"a\n\nb\n \n\n c", "a\n\nb\n\nc", "a b c"},
      {"a \nb\n c", "a\nb\nc", "a b c"},
      {"so\xC2\xADviet", "soviet", "soviet"},
      {"a\xC2\xA0 b", "a b", "a b"},
      {"\xEF\xBB\xBFhead", "head", "head"},
      {"bell\x07 rings\x01", "bell rings", "bell rings"},
      {"zero\xE2\x80\x8Bwidth", "zerowidth", "zerowidth"},
      {"word \xE2\x80\x8B word", "word word", "word word"},
      {"line\xE2\x80\xA8next\xE2\x80\xA9para", "line\nnext\n\npara",
       "line next para"},
      {"caf\x65\xCC\x81", "caf\xC3\xA9", "caf\xC3\xA9"},
      {"bad\xFFhere", "bad\xEF\xBF\xBDhere", "bad\xEF\xBF\xBDhere"},
      {"cut\xE2\x80", "cut\xEF\xBF\xBD\xEF\xBF\xBD",
       "cut\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"\xE2\x80\x9Cquoted\xE2\x80\x9D \xE2\x80\x94 dash",
       "\xE2\x80\x9Cquoted\xE2\x80\x9D \xE2\x80\x94 dash",
       "\xE2\x80\x9Cquoted\xE2\x80\x9D \xE2\x80\x94 dash"},
      {"\xEF\xBF\xBE", "\xEF\xBF\xBD", "\xEF\xBF\xBD"},
      {"\xE3\x80\x80\xE6\xBC\xA2\xE3\x80\x80\xE5\xAD\x97",
       "\xE6\xBC\xA2 \xE5\xAD\x97", "\xE6\xBC\xA2 \xE5\xAD\x97"},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(Cleaned(one.text, TextShape::kParagraphs), one.paragraphs)
        << one.text;
    EXPECT_EQ(Cleaned(one.text, TextShape::kLine), one.line) << one.text;
  }
}

TEST(UnicodeTest, LeavesCleanTextWhereItIs) {
  std::pmr::monotonic_buffer_resource arena(std::pmr::null_memory_resource());
  const absl::string_view text =
      "One paragraph, \xE2\x80\x9Cquoted\xE2\x80\x9D.\n\nAnd a second one.";
  const absl::string_view clean =
      CleanText(text, TextShape::kParagraphs, &arena);
  EXPECT_EQ(clean.data(), text.data());
  EXPECT_EQ(clean, text);
}

TEST(UnicodeTest, EveryCodePointComesOutAsNfc) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2& nfc = *icu::Normalizer2::getNFCInstance(status);
  for (UChar32 code = 0; code <= 0x10FFFF; ++code) {
    if (code >= 0xD800 && code < 0xE000) continue;
    for (const char* before : {"x", "e", "\xE1\x84\x80"}) {
      const std::string clean =
          Cleaned(before + Utf8(code) + "\xCC\x81z", TextShape::kLine);
      status = U_ZERO_ERROR;
      ASSERT_TRUE(nfc.isNormalizedUTF8(clean, status)) << "code " << code;
      ASSERT_EQ(FindInvalidUtf8(clean), clean.size()) << "code " << code;
    }
  }
}

TEST(UnicodeTest, CleaningTwiceChangesNothing) {
  constexpr uint32_t kSeed = 20240711;
  std::mt19937 random(kSeed);
  const char* const pieces[] = {" ",
                                "  ",
                                "\n",
                                "\r\n",
                                "a",
                                "bc",
                                "\xC2\xA0",
                                "\xC2\xAD",
                                "\xE2\x80\x8B",
                                "e\xCC\x81",
                                "\xCC\x81",
                                "\xFF",
                                "\xE6\xBC\xA2",
                                "\x01",
                                "\xF0\x9F\x98\x80",
                                "\f",
                                "eight chars"};
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (uint32_t i = random() % 12; i > 0; --i) {
      text += pieces[random() % std::size(pieces)];
    }
    for (const TextShape shape : {TextShape::kLine, TextShape::kParagraphs}) {
      const std::string once = Cleaned(text, shape);
      ASSERT_EQ(Cleaned(once, shape), once) << "seed " << kSeed;
      ASSERT_THAT(once, testing::Not(testing::HasSubstr("  ")));
    }
  }
}

TEST(UnicodeTest, TruncatesAtCharactersAndWords) {
  EXPECT_EQ(Truncate("short", 10), "short");
  EXPECT_EQ(Truncate("one two three", 9), "one two");
  EXPECT_EQ(Truncate("\xE6\xBC\xA2\xE5\xAD\x97", 4), "\xE6\xBC\xA2");
  EXPECT_EQ(Truncate("\xE6\xBC\xA2", 2), "");
}

TEST(UnicodeTest, FindsTheFirstByteOfEachKind) {
  EXPECT_EQ(FindNonAscii("0123456789abcdef"), 16u);
  EXPECT_EQ(FindNonAscii("0123456789\xC3\xA9"), 10u);
  EXPECT_EQ(FindInvalidUtf8("fine \xC3\xA9"), 7u);
  EXPECT_EQ(FindInvalidUtf8("fine \xC3"), 5u);
  EXPECT_EQ(FindInvalidUtf8("\xED\xA0\x80"), 0u);
}

TEST(UnicodeTest, FoldsCase) {
  EXPECT_EQ(FoldCase("ABC xyz"), "abc xyz");
  EXPECT_EQ(FoldCase("STRA\xC3\x9F"
                     "E"),
            "strasse");
  EXPECT_EQ(CountCodePoints("a\xC3\xA9\xE6\xBC\xA2"), 3u);
}

}  // namespace
}  // namespace wiredesk
