// Lines of the log: fields in order, JSON that stays JSON whatever is logged.

#include "pipeline/observe/log.h"

#include "gtest/gtest.h"

namespace wiredesk {
namespace {

TEST(LogTest, TextShowsFieldsAsKeyAndValue) {
  EXPECT_EQ(LogLineText("assigned", {{"topic", "news.raw"}, {"n", 3}}),
            "assigned topic=news.raw n=3");
}

TEST(LogTest, JsonHasNumbersAsNumbersAndTextAsText) {
  EXPECT_EQ(
      LogLineJson(
          "sized",
          {{"n", int64_t{-3}}, {"share", 0.5}, {"lost", true}, {"text", "3"}}),
      R"({"event":"sized","n":-3,"share":0.5,"lost":true,"text":"3"})");
}

TEST(LogTest, JsonEscapesWhatWouldBreakIt) {
  EXPECT_EQ(LogLineJson("odd", {{"a\"b", "c\\d\ne\x01"}}),
            R"({"event":"odd","a\"b":"c\\d\ne\u0001"})");
}

TEST(LogTest, NoLineOfTextIsForged) {
  EXPECT_EQ(LogLineText("event", {{"reason", "x\nforged \x1b[31m"}}),
            "event reason=x\\nforged \\x1b[31m");
}

}  // namespace
}  // namespace wiredesk
