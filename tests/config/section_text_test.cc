// Sections as text and back: as they are written where that is all, written out
// where it is not; what is put in their place.

#include "config/section_text.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wiredesk {
namespace {

using ::testing::HasSubstr;

class SectionTextTest : public testing::Test {
 protected:
  std::string Write(const std::string& name, const std::string& text) {
    const std::filesystem::path folder =
        std::filesystem::path(testing::TempDir()) / "section_text";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / name) << text;
    return (folder / name).string();
  }
  Config Load(const std::string& text, const std::string& overlay = "") {
    std::vector<std::string> overlays;
    if (!overlay.empty()) overlays.push_back(Write("over.yaml", overlay));
    Diagnostics diagnostics;
    Config config =
        LoadConfig(Write("c.yaml", text), overlays, {}, diagnostics);
    EXPECT_TRUE(diagnostics.ok()) << diagnostics.Text();
    return config;
  }
};

constexpr char kText[] =
    "workers: 2\n"
    "# Before.\n"
    "route:  # the desk\n"
    "  default: {to: a}\n"
    "\n"
    "  # Inside.\n"
    "  lists: {}\n"
    "\n"
    "# Of the next.\n"
    "tag: {}\n";

TEST_F(SectionTextTest, ComesAsItIsWritten) {
  const Config config = Load(kText);
  EXPECT_EQ(SectionText(config, "route"),
            "route:  # the desk\n  default: {to: a}\n\n  # Inside.\n"
            "  lists: {}\n");
  EXPECT_EQ(SectionText(config, "dedupe"), "");
}

TEST_F(SectionTextTest, IsWrittenOutWhereTheFileIsNotAllOfIt) {
  setenv("SECTION_TEXT_TOPIC", "it's\ttabbed", 1);
  const Config config =
      Load("route:\n  routes: [{name: x, to: [a, b]}]\n  empty: []\n",
           "route: {default: {to: '${SECTION_TEXT_TOPIC}'}}\n");
  const std::string text = SectionText(config, "route");
  Diagnostics diagnostics;
  const Config again = ParseConfig(text, "", {}, diagnostics);
  EXPECT_TRUE(diagnostics.ok()) << text << diagnostics.Text();
  EXPECT_EQ(CanonicalText(again.Section("route")),
            CanonicalText(config.Section("route")))
      << text;
}

TEST_F(SectionTextTest, ASectionTakesThePlaceOfItsOwn) {
  const Config config = Load(kText);
  Diagnostics diagnostics;
  const auto next = WithSections(config, "route: {default: {to: b}}\n",
                                 "tried.yaml", diagnostics);
  ASSERT_TRUE(next && diagnostics.ok()) << diagnostics.Text();
  EXPECT_EQ(next->FindPath("route.default.to")->scalar, "b");
  EXPECT_EQ(next->FindPath("route.lists"), nullptr);
  EXPECT_EQ(next->FindPath("workers")->scalar, "2");
  EXPECT_THAT(next->Section("route").location.file, HasSubstr("tried.yaml"));
}

TEST_F(SectionTextTest, NoFileAndNoVariableIsRead) {
  setenv("SECTION_TEXT_SECRET", "hunter2", 1);
  for (const char* text : {"route: !include c.yaml\n", "- a list\n", "{",
                           "route: {to: '${SECTION_TEXT_SECRET}'}\n"}) {
    Diagnostics diagnostics;
    WithSections(Load(kText), text, "tried.yaml", diagnostics);
    EXPECT_FALSE(diagnostics.ok()) << text;
    EXPECT_EQ(diagnostics.Text().find("hunter2"), std::string::npos);
  }
}

}  // namespace
}  // namespace wiredesk
