// Goal: text comes out as its writer meant it, whatever the labels say.
// Method: a table of bytes, labels and what a reader would see.

#include "stages/parse/bytes/charset.h"

#include <gtest/gtest.h>

#include <string>

namespace wiredesk {
namespace {

using std::string_literals::operator""s;

TEST(CharsetTest, WeighsMarksLabelsAndBytes) {
  const struct {
    std::string bytes;
    absl::string_view transport;
    absl::string_view text;
    absl::string_view charset;
  } cases[] = {
      {"plain", "", "plain", "utf-8"},
      {"\xEF\xBB\xBFmark", "iso-8859-1", "mark", "utf-8"},
      {"\xFF\xFE"s + "a\0b\0"s, "", "ab", "utf-16le"},
      {"\xFE\xFF"s + "\0a\0b"s, "", "ab", "utf-16be"},
      {"<\0a\0"s, "", "<a", "utf-16le"},
      {"caf\xE9 \x93q\x94", "iso-8859-1", "café “q”", "windows-1252"},
      {"<?xml version='1.0' encoding='windows-1251'?>\xEF\xF0", "",
       "<?xml version='1.0' encoding='windows-1251'?>пр", "windows-1251"},
      {"<meta charset=koi8-r>\xD0\xD2", "", "<meta charset=koi8-r>пр",
       "koi8-r"},
      {"\xB0\xA1", "gb2312", "啊", "gb18030"},
      // Two sequences of good UTF-8 are not Latin-1.
      {"caf\xC3\xA9 na\xC3\xAFve", "iso-8859-1", "café naïve", "utf-8"},
      // Stray bytes in good UTF-8.
      {"caf\xC3\xA9 it\x92s na\xC3\xAFve", "utf-8", "café it’s naïve", "utf-8"},
      {"x", "utf-7", "x", "utf-8"},
  };
  for (const auto& test : cases) {
    std::string storage;
    const Utf8Text text = DecodeToUtf8(test.bytes, test.transport, storage);
    EXPECT_EQ(text.text, test.text);
    EXPECT_EQ(text.charset, test.charset) << test.text;
  }
}

TEST(CharsetTest, EveryByteBecomesUtf8) {
  for (const absl::string_view label :
       {"", "utf-8", "utf-16", "shift_jis", "iso-2022-jp", "big5", "x"}) {
    std::string bytes;
    for (int i = 0; i < 512; ++i) bytes.push_back(static_cast<char>(i * 7));
    std::string storage;
    EXPECT_TRUE(IsValidUtf8(DecodeToUtf8(bytes, label, storage).text));
  }
}

TEST(CharsetTest, FindsLabels) {
  EXPECT_EQ(CharsetOfContentType("text/html; Charset=\"UTF-8\""), "UTF-8");
  EXPECT_EQ(CharsetOfContentType("text/html"), "");
  EXPECT_EQ(DeclaredCharset("<meta http-equiv=c content='a; charset=big5'>"),
            "big5");
  EXPECT_EQ(CharsetOfLabel("Latin1"), "windows-1252");
  EXPECT_EQ(CharsetOfLabel("utf-7"), "");
}

}  // namespace
}  // namespace wiredesk
