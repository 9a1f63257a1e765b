// What a schema promises: one declaration decodes every type, keeps going after
// an error, and says where and what. Method: small trees made by hand.

#include "config/schema.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wiredesk {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

enum class Mode { kFast, kSafe };

struct Inner {
  std::string name;
  int64_t size = 3;
};

struct Outer {
  bool on = false;
  int32_t narrow = 1;
  double ratio = 0.5;
  std::string text = "x";
  absl::Duration wait = absl::Seconds(5);
  size_t memory = 1024;
  Secret password;
  Mode mode = Mode::kSafe;
  std::optional<double> maybe;
  std::vector<std::string> names = {"default"};
  Inner inner;
  std::vector<Inner> inners;
  std::map<std::string, std::string> extra;
  ConfigNode raw;
};

const Schema<Inner>& InnerSchema() {
  static const auto* const schema = new Schema<Inner>(
      Schema<Inner>("inner", "A part.")
          .Field(&Inner::name, "name", "Its name.", {.required = true})
          .Field(&Inner::size, "size", "Its size.", {1, 16}));
  return *schema;
}

const Schema<Outer>& OuterSchema() {
  static const auto* const schema = new Schema<Outer>(
      Schema<Outer>("outer", "The whole.")
          .Field(&Outer::on, "on", "On or off.")
          .Field(&Outer::narrow, "narrow", "Few bits.")
          .Field(&Outer::ratio, "ratio", "A share.", {0, 1})
          .Field(&Outer::text, "text", "A word.", {.pattern = "[a-z]+"})
          .Field(&Outer::wait, "wait", "How long.", {1, 60})
          .Bytes(&Outer::memory, "memory", "How much.", {.max = 1 << 30})
          .Field(&Outer::password, "password", "Hidden.")
          .Choice(&Outer::mode, "mode", "Which way.",
                  {{"fast", Mode::kFast}, {"safe", Mode::kSafe}})
          .Field(&Outer::maybe, "maybe", "Or not.", {0, 1})
          .Field(&Outer::names, "names", "Some names.")
          .Nested(&Outer::inner, "inner", InnerSchema())
          .List(&Outer::inners, "inners", "Many parts.", InnerSchema())
          .Field(&Outer::extra, "extra", "Passed on.")
          .Field(&Outer::raw, "raw", "For another."));
  return *schema;
}

ConfigNode Scalar(absl::string_view text) {
  ConfigNode node;
  node.kind = ConfigNode::Kind::kScalar;
  node.scalar = std::string(text);
  return node;
}

ConfigNode Mapping(std::vector<std::pair<std::string, ConfigNode>> entries) {
  ConfigNode node;
  node.kind = ConfigNode::Kind::kMapping;
  for (auto& [key, value] : entries) node.entries.push_back({key, {}, value});
  return node;
}

ConfigNode Sequence(std::vector<ConfigNode> items) {
  ConfigNode node;
  node.kind = ConfigNode::Kind::kSequence;
  node.items = std::move(items);
  return node;
}

Outer Decode(ConfigNode node, Diagnostics& diagnostics) {
  AssignPaths(node);
  return OuterSchema().Decode(&node, diagnostics);
}

ConfigNode Named() { return Mapping({{"name", Scalar("n")}}); }

TEST(SchemaTest, DecodesEveryType) {
  Diagnostics diagnostics;
  const Outer outer =
      Decode(Mapping({{"on", Scalar("true")},
                      {"narrow", Scalar("-7")},
                      {"ratio", Scalar("0.25")},
                      {"text", Scalar("word")},
                      {"wait", Scalar("1m")},
                      {"memory", Scalar("2MiB")},
                      {"password", Scalar("sesame")},
                      {"mode", Scalar("fast")},
                      {"maybe", Scalar("0.5")},
                      {"names", Sequence({Scalar("a"), Scalar("b")})},
                      {"inner", Named()},
                      {"inners", Sequence({Named(), Named()})},
                      {"extra", Mapping({{"any.key", Scalar("1")}})},
                      {"raw", Sequence({Scalar("z")})}}),
             diagnostics);
  EXPECT_EQ(diagnostics.Text(), "");
  EXPECT_TRUE(outer.on);
  EXPECT_EQ(outer.narrow, -7);
  EXPECT_EQ(outer.ratio, 0.25);
  EXPECT_EQ(outer.text, "word");
  EXPECT_EQ(outer.wait, absl::Minutes(1));
  EXPECT_EQ(outer.memory, 2u << 20);
  EXPECT_EQ(outer.password.Reveal(), "sesame");
  EXPECT_EQ(outer.mode, Mode::kFast);
  EXPECT_EQ(outer.maybe, 0.5);
  EXPECT_THAT(outer.names, ElementsAre("a", "b"));
  EXPECT_EQ(outer.inner.name, "n");
  EXPECT_EQ(outer.inners.size(), 2u);
  EXPECT_EQ(outer.extra.at("any.key"), "1");
  EXPECT_EQ(outer.raw.items.size(), 1u);
}

TEST(SchemaTest, WhatIsNotGivenKeepsItsInitializer) {
  Diagnostics diagnostics;
  const Outer outer = Decode(Mapping({{"inner", Named()}}), diagnostics);
  EXPECT_TRUE(diagnostics.ok());
  EXPECT_EQ(outer.wait, absl::Seconds(5));
  EXPECT_THAT(outer.names, ElementsAre("default"));
  EXPECT_EQ(outer.inner.size, 3);
}

TEST(SchemaTest, ASingleValueIsAListOfOne) {
  Diagnostics diagnostics;
  const Outer outer = Decode(
      Mapping({{"inner", Named()}, {"names", Scalar("a")}}), diagnostics);
  EXPECT_THAT(outer.names, ElementsAre("a"));
}

// Every wrong value gives its own message, and one does not hide another.
TEST(SchemaTest, GoesOnAfterAnError) {
  Diagnostics diagnostics;
  Decode(Mapping({{"on", Scalar("yes")},
                  {"narrow", Scalar("3000000000")},
                  {"ratio", Scalar("1.5")},
                  {"text", Scalar("No")},
                  {"wait", Scalar("5")},
                  {"memory", Scalar("2GiB")},
                  {"mode", Scalar("slow")},
                  {"maybe", Scalar("2")},
                  {"names", Mapping({})},
                  {"inners", Sequence({Mapping({{"size", Scalar("17")}})})},
                  {"extra", Scalar("1")},
                  {"wiat", Scalar("5s")}}),
         diagnostics);
  EXPECT_EQ(
      diagnostics.Text(),
      "on: \"yes\" is neither true nor false; write true or false\n"
      "narrow: \"3000000000\" is out of range; must be -2147483648 to "
      "2147483647\n"
      "ratio: 1.5 is too large; must be 0 to 1\n"
      "text: \"No\" is not allowed here; must match [a-z]+\n"
      "wait: \"5\" is not a duration; write it with a unit, such as 500ms, "
      "30s, 5m, 72h or 7d\n"
      "memory: 2GiB is too large; must be at most 1GiB\n"
      "mode: \"slow\" is unknown; must be fast, safe\n"
      "maybe: 2 is too large; must be 0 to 1\n"
      "names: is a mapping; must be a list\n"
      "inners[0].size: 17 is too large; must be 1 to 16\n"
      "inners[0].name: is missing; give it: Its name.\n"
      "extra: is a single value; must be a mapping\n"
      "wiat: is unknown; did you mean \"wait\"?\n"
      "inner.name: is missing; give it: Its name.\n");
}

TEST(SchemaTest, ASecretIsNeverPrinted) {
  const Secret secret("sesame");
  EXPECT_EQ(CodecFor<Secret>()->Format(&secret), "[secret]");
  EXPECT_EQ(::testing::PrintToString(secret), "[secret]");
}

TEST(SchemaTest, RunsChecksOnTheWhole) {
  Diagnostics diagnostics;
  Schema<Inner>("inner", "A part.")
      .Field(&Inner::size, "size", "Its size.")
      .Check(
          [](const Inner& inner, const ConfigNode& node, Diagnostics& found) {
            if (inner.size == 3) found.Error(node, "is three", "take four");
          })
      .Decode(nullptr, diagnostics);
  EXPECT_THAT(diagnostics.Text(), HasSubstr("is three; take four"));
}

TEST(DiagnosticsTest, WhatIsSaidTwiceCountsOnce) {
  Diagnostics diagnostics;
  for (int i = 0; i < 2; ++i) {
    diagnostics.Error({"a.yaml", 1, 2}, "x", "is wrong", "mend it");
    diagnostics.Warning({"a.yaml", 1, 2}, "x", "is wrong", "mend it");
  }
  EXPECT_EQ(diagnostics.Text(),
            "a.yaml:1:2: x: is wrong; mend it\n"
            "a.yaml:1:2: x: warning: is wrong; mend it\n");
  EXPECT_EQ(diagnostics.errors(), 1u);
  EXPECT_EQ(diagnostics.status().message(), "a.yaml:1:2: x: is wrong; mend it");
}

TEST(DiagnosticsTest, OnlySoManyAreKept) {
  Diagnostics diagnostics;
  for (int i = 0; i < 1003; ++i) diagnostics.Error({"a", i + 1, 1}, "", "no");
  EXPECT_THAT(diagnostics.Text(), HasSubstr("a:1000:1: no\nand 3 more\n"));
  EXPECT_EQ(diagnostics.errors(), 1003u);
}

TEST(ValueCodecTest, DurationsAndSizesReadAsTheyPrint) {
  for (absl::string_view text :
       {"500ms", "30s", "1m30s", "72h", "1h5s", "5m"}) {
    EXPECT_EQ(absl::FormatDuration(*DurationFromText(text)), text);
  }
  EXPECT_EQ(*DurationFromText("7d"), absl::Hours(168));
  for (absl::string_view text : {"1000", "64KiB", "512MiB", "2GiB", "0"}) {
    EXPECT_EQ(BytesToText(*BytesFromText(text)), text);
  }
  EXPECT_EQ(*BytesFromText("1 MB"), 1'000'000);
  EXPECT_FALSE(BytesFromText("99999999TiB").ok());
  EXPECT_FALSE(BytesFromText("-1").ok());
  EXPECT_FALSE(DurationFromText("inf").ok());
}

}  // namespace
}  // namespace wiredesk
