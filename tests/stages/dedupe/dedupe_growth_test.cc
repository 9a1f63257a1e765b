// Goal: no text costs the sketch of an article more than n log n. Method: hostile
// patterns as the body; the CPU time over three doublings. What is looked up in
// the index afterwards is a sample of bounded size.

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "stages/dedupe/sketch/sketch.h"
#include "stages/text/words.h"
#include "tests/growth.h"

namespace wiredesk {
namespace {

TEST(DedupeGrowthTest, NoBodyIsWorseThanNLogN) {
  const std::pair<const char*, std::function<std::string(int)>> patterns[] = {
      {"one word", [](int /*i*/) { return std::string("word "); }},
      {"words that differ",
       [](int i) { return absl::StrFormat("w%x ", i * 2654435761U); }},
      {"words by turns", [](int i) { return absl::StrFormat("w%d ", i % 7); }},
      {"numbers", [](int i) { return absl::StrFormat("%d ", i); }},
      {"letters", [](int /*i*/) { return std::string("a "); }},
      {"names", [](int i) { return absl::StrFormat("Ann%d Lee ", i); }},
  };
  for (const auto& [name, unit] : patterns) {
    const double growth = GrowthPerDoubling(
        64 << 10,
        [&, make = unit](size_t bytes) {
          std::string text;
          for (int i = 0; text.size() < bytes; ++i) text += make(i);
          return text;
        },
        [](const std::string& text) {
          std::vector<Word> words;
          SplitWords(text, words);
          Sighting sighting;
          Sketcher(1).Sketch({"", {}, words}, sighting);
        });
    EXPECT_LE(growth, kGrowthMax) << name;
  }
}

}  // namespace
}  // namespace wiredesk
