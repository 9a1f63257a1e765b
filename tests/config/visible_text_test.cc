// Goal: nothing that somebody sent acts on a terminal or forges a line of the
// log. Method: a table; every byte and every code point of the hidden ranges.

#include "config/base/visible_text.h"

#include <gtest/gtest.h>

namespace wiredesk {
namespace {

TEST(VisibleTextTest, WritesOutWhatActs) {
  const std::pair<const char*, const char*> cases[] = {
      {"plain, caf\xC3\xA9 \xF0\x9F\x98\x80",
       "plain, caf\xC3\xA9 \xF0\x9F\x98\x80"},
      {"a\x1b[2J", "a\\x1b[2J"},
      {"two\nlines\tand a tab", "two\\nlines\\tand a tab"},
      {"\x7F", "\\x7f"},
      {"c1 \xC2\x9B"
       "31m",
       "c1 \\u009b31m"},
      {"\xE2\x80\xAE"
       "gpj.exe",
       "\\u202egpj.exe"},
      {"\xE2\x81\xA6x\xE2\x81\xA9", "\\u2066x\\u2069"},
      {"\xFF\xC3", "\\xff\\xc3"},
      {"\xED\xA0\x80", "\\xed\\xa0\\x80"},
  };
  for (const auto& [text, visible] : cases) {
    EXPECT_EQ(VisibleText(text), visible);
  }
  EXPECT_EQ(VisibleText("a\nb\r", VisibleLines::kSeveral), "a\nb\\x0d");
}

}  // namespace
}  // namespace wiredesk
