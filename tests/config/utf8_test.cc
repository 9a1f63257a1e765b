#include "config/base/utf8.h"

#include <string>

#include "gtest/gtest.h"

namespace wiredesk {
namespace {

TEST(Utf8Test, LengthsAndCodePoints) {
  const struct {
    absl::string_view text;
    size_t length;
    uint32_t code;
  } kCases[] = {
      {"a\xC3\xA9", 1, 'a'},
      {absl::string_view("\0", 1), 1, 0},
      {"\xC2\x80", 2, 0x80},
      {"\xC3\xA9tude", 2, 0xE9},
      {"\xE0\xA0\x80", 3, 0x800},
      {"\xED\x9F\xBF", 3, 0xD7FF},
      {"\xEE\x80\x80", 3, 0xE000},
      {"\xF0\x90\x80\x80", 4, 0x10000},
      {"\xF4\x8F\xBF\xBF", 4, 0x10FFFF},
      {"", 0, 0},
      {"\x80", 0, 0},              // stray
      {"\xC3", 0, 0},              // cut off
      {"\xE2\x82", 0, 0},          // cut off
      {"\xC3(", 0, 0},             // no tail
      {"\xE2\x82(", 0, 0},         // no tail
      {"\xC1\x81", 0, 0},          // too long for "A"
      {"\xE0\x9F\xBF", 0, 0},      // too long
      {"\xF0\x8F\xBF\xBF", 0, 0},  // too long
      {"\xED\xA0\x80", 0, 0},      // a surrogate
      {"\xF4\x90\x80\x80", 0, 0},  // beyond the last
      {"\xF5\x80\x80\x80", 0, 0},
  };
  for (const auto& test : kCases) {
    EXPECT_EQ(Utf8Length(test.text), test.length) << test.text;
    if (test.length > 0) {
      EXPECT_EQ(Utf8CodePoint(test.text), test.code) << test.text;
    }
    EXPECT_FALSE(IsAllUtf8(std::string(test.text) + "\xFF"));
  }
  EXPECT_TRUE(IsAllUtf8("caf\xC3\xA9 \xF0\x9F\x9A\xA2"));
  EXPECT_TRUE(IsAllUtf8(""));
}

}  // namespace
}  // namespace wiredesk
