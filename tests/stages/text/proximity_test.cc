// Words that stand near one another, and places that do.

#include "stages/text/proximity.h"

#include <vector>

#include "gtest/gtest.h"

namespace wiredesk {
namespace {

TEST(ProximityTest, PhrasesAreNearInEitherOrder) {
  const struct {
    absl::string_view text;
    absl::string_view first;
    absl::string_view second;
    size_t distance;
    bool near;
  } rows[] = {
      {"the harbour ferry sank", "harbour", "ferry", 1, true},
      {"the ferry of the harbour", "harbour", "ferry", 1, false},
      {"the ferry of the harbour", "harbour", "ferry", 3, true},
      {"Ferry, HARBOUR", "harbour", "ferry", 1, true},
      {"the old harbour master spoke", "harbour master", "old", 1, true},
      {"the harbour", "harbour", "", 5, false},
      {"", "harbour", "ferry", 5, false},
  };
  for (const auto& row : rows) {
    std::vector<Word> words;
    SplitWords(row.text, words);
    EXPECT_EQ(
        IsNear(words, MakeNearPattern(row.first, row.second, row.distance)),
        row.near)
        << row.text << ": " << row.first << ", " << row.second;
  }
}

TEST(ProximityTest, DistancesAreThoseOfTheGlobe) {
  EXPECT_DOUBLE_EQ(DistanceKm(10, 20, 10, 20), 0);
  EXPECT_NEAR(DistanceKm(0, 0, 0, 90), 10007.6, 0.1);
  EXPECT_NEAR(DistanceKm(0, 179.5, 0, -179.5), 111.2, 0.1);
}

}  // namespace
}  // namespace wiredesk
