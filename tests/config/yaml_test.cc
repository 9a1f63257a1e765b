// What the YAML reader promises: positions, refusals, limits. Method: small
// texts, and what is said of them, word by word.

#include "config/yaml.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace wiredesk {
namespace {

std::string Say(absl::string_view text, const YamlLimits& limits = {}) {
  Diagnostics diagnostics;
  ParseYaml(text, "a.yaml", limits, nullptr, diagnostics);
  return diagnostics.Text();
}

ConfigNode Read(absl::string_view text) {
  Diagnostics diagnostics;
  const std::optional<ConfigNode> node =
      ParseYaml(text, "a.yaml", {}, nullptr, diagnostics);
  EXPECT_EQ(diagnostics.Text(), "");
  return node.value_or(ConfigNode());
}

TEST(YamlTest, EveryKeyAndValueKnowsItsPlace) {
  const ConfigNode root = Read("kafka:\n  brokers: [a, b]\n  # note\n  x: 1\n");
  const ConfigNode* const kafka = root.Find("kafka");
  ASSERT_NE(kafka, nullptr);
  EXPECT_EQ(ToString(root.entries[0].location), "a.yaml:1:1");
  EXPECT_EQ(ToString(kafka->entries[0].location), "a.yaml:2:3");
  EXPECT_EQ(ToString(kafka->Find("brokers")->items[1].location), "a.yaml:2:16");
  EXPECT_EQ(ToString(kafka->Find("x")->location), "a.yaml:4:6");
}

TEST(YamlTest, AnEmptyFileIsNullAtItsStart) {
  for (absl::string_view text : {"", "# only a comment\n", "---\n"}) {
    const ConfigNode root = Read(text);
    EXPECT_TRUE(root.is_null());
    EXPECT_EQ(root.location.line, 1);
  }
}

TEST(YamlTest, NullIsNotAnEmptyText) {
  const ConfigNode root = Read("a:\nb: ~\nc: null\nd: \"\"\ne: 'null'\n");
  EXPECT_EQ(root.Find("a"), nullptr);
  EXPECT_EQ(root.Find("b"), nullptr);
  EXPECT_EQ(root.Find("c"), nullptr);
  EXPECT_EQ(root.Find("d")->scalar, "");
  EXPECT_EQ(root.Find("e")->scalar, "null");
}

TEST(YamlTest, AliasesAreCopies) {
  const ConfigNode root = Read("a: &x {b: 1}\nc: *x\n");
  EXPECT_EQ(root.Find("c")->Find("b")->scalar, "1");
}

TEST(YamlTest, SaysWhatItRefusesAndWhere) {
  const struct {
    absl::string_view text;
    absl::string_view said;
  } kCases[] = {
      {"a: 1\nb: 2\na: 3\n",
       "a.yaml:3:1: a: is given twice; keep one; the other is on line 1\n"},
      {"a: [1, 2\n",
       "a.yaml:2:1: is not YAML: end of sequence flow not found; check quotes, "
       "brackets and indentation\n"},
      {"a: 1\n---\nb: 2\n",
       "a.yaml:2:1: is a second document; keep one document in a file\n"},
      {"a: !env X\n",
       "a.yaml:1:4: tag !env is unknown; the only tag is "
       "!include\n"},
      {"a: !include b.yaml\n",
       "a.yaml:1:4: !include is not possible here; write the content out\n"},
      {"[a]: 1\n", "a.yaml:1:1: a key must be a single value; quote it\n"},
      {"a: &x [*x]\n",
       "a.yaml:1:8: is an alias inside of what it names; write it out\n"},
      {"a: \"\\0\"\n", "a.yaml:1:4: holds a zero byte; remove it\n"},
      {"a: \xff\n", "a.yaml:1:4: is not UTF-8; save the file as UTF-8 text\n"},
      {"a: 1\nb: \x04\n",
       "a.yaml:2:4: is a control character; save the file as UTF-8 text\n"},
  };
  for (const auto& test : kCases) EXPECT_EQ(Say(test.text), test.said);
}

TEST(YamlTest, TheSizeOfAFileIsLimited) {
  EXPECT_EQ(Say("a: 1\n", {.bytes_max = 5}), "");
  EXPECT_EQ(Say("a: 12\n", {.bytes_max = 5}),
            "a.yaml:1:1: has more than 5 bytes; split the file or write "
            "less\n");
}

TEST(YamlTest, DepthIsLimited) {
  const std::string deep = std::string(64, '[') + std::string(64, ']');
  EXPECT_EQ(Say(deep), "");
  EXPECT_EQ(Say("[" + deep + "]"),
            "a.yaml:1:65: is nested deeper than 64; nest less\n");
  // Far beyond what the reader's own stack would bear.
  EXPECT_NE(Say(std::string(100'000, '[')), "");
}

TEST(YamlTest, TheNumberOfValuesIsLimited) {
  EXPECT_EQ(Say("[1, 2, 3]", {.nodes_max = 4}), "");
  EXPECT_EQ(Say("[1, 2, 3, 4]", {.nodes_max = 4}),
            "a.yaml:1:1: has more than 4 values; split the file or write "
            "less\n");
}

TEST(YamlTest, WhatAliasesAddIsLimited) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 9; ++i) {
    absl::StrAppend(&bomb, "a", i, ": &a", i, " [");
    for (int j = 0; j < 10; ++j) absl::StrAppend(&bomb, "*a", i - 1, ",");
    absl::StrAppend(&bomb, "]\n");
  }
  EXPECT_EQ(Say(bomb),
            "a.yaml:5:10: aliases add more than 20000 values; write less by "
            "aliases\n");
}

}  // namespace
}  // namespace wiredesk
