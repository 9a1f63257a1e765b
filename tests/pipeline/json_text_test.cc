// Writing JSON, sixteen bytes at a time, against the same done byte by byte:
// every length around the sizes of the steps, with what needs an escape at
// every place.

#include "pipeline/record/json_text.h"

#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "pipeline/record/code_point_index.h"
#include "pipeline/record/json_buffer.h"

namespace wiredesk {
namespace {

std::string EscapedSlowly(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          absl::StrAppend(&out, "\\u", absl::Hex(c, absl::kZeroPad4));
        } else {
          out += c;
        }
    }
  }
  return out + "\"";
}

void ExpectEscaped(const std::string& text) {
  // In memory of its own, so that a sanitizer sees a read past the end.
  const std::string copy = text;
  std::string appended;
  AppendJsonString(copy, appended);
  ASSERT_EQ(appended, EscapedSlowly(text));
  JsonBuffer buffer;
  buffer.PutString(copy);
  ASSERT_EQ(std::string(buffer.text()), appended);
}

TEST(JsonTextTest, EscapesAtEveryPlaceOfEveryLength) {
  for (size_t size = 0; size <= 50; ++size) {
    ExpectEscaped(std::string(size, 'a'));
    for (size_t at = 0; at < size; ++at) {
      for (const char c : {'"', '\\', '\n', '\x01', '\x1f', '\x00'}) {
        std::string text(size, '\x20');
        text[at] = c;
        ExpectEscaped(text);
        text[size - 1 - at / 2] = c;
        ExpectEscaped(text);
      }
    }
  }
}

TEST(JsonTextTest, LeavesAllThatNeedsNoEscape) {
  std::string text;
  for (int c = 0x20; c < 0x100; ++c) {
    if (c != '"' && c != '\\') text += static_cast<char>(c);
  }
  ExpectEscaped(text);
}

TEST(JsonTextTest, EscapesRandomTextsOfManyPieces) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  for (const size_t size : {500, 512, 513, 2000, 65536, 70000, 140000}) {
    std::string text(size, ' ');
    for (char& c : text) c = static_cast<char>(random() % 128);
    ExpectEscaped(text);
  }
}

TEST(JsonTextTest, WritesEveryKindOfInteger) {
  for (const int64_t value :
       {int64_t{0}, int64_t{9}, int64_t{10}, int64_t{99}, int64_t{100},
        int64_t{999}, int64_t{1000}, int64_t{9999}, int64_t{10000}, int64_t{-1},
        INT64_MAX, INT64_MIN}) {
    std::string out;
    AppendInteger(value, out);
    EXPECT_EQ(out, std::to_string(value));
  }
}

TEST(JsonBufferTest, HoldsWhatWasPutAndCanTakeItBack) {
  JsonBuffer buffer;
  std::string expected;
  for (int i = 0; i < 5000; ++i) {
    buffer.Put("[");
    buffer.PutInteger(i);
    buffer.PutNumber(i / 4.0);
    expected += "[" + std::to_string(i);
    AppendJsonNumber(i / 4.0, expected);
  }
  EXPECT_EQ(std::string(buffer.text()), expected);
  buffer.Truncate(2);
  EXPECT_EQ(std::string(buffer.text()), expected.substr(0, 2));
  EXPECT_FALSE(buffer.PutRfc3339(absl::InfiniteFuture()));
  EXPECT_EQ(buffer.size(), 2);
  buffer.Clear();
  EXPECT_EQ(buffer.size(), 0);
}

TEST(CodePointIndexTest, CountsAsOneWouldByHand) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const std::string letters[] = {"a", "é", "한", "😀"};
  for (int i = 0; i < 200; ++i) {
    std::string text;
    while (text.size() < random() % 400) text += letters[random() % 4];
    CodePointIndex index;
    index.Reset(text);
    uint32_t count = 0;
    for (uint32_t at = 0; at < text.size(); ++at) {
      const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
      if (begins) {
        ASSERT_EQ(index.At(at), count) << at << " of " << text;
      }
      count += begins ? 1 : 0;
    }
    ASSERT_EQ(index.At(static_cast<uint32_t>(text.size())), count);
  }
}

}  // namespace
}  // namespace wiredesk
