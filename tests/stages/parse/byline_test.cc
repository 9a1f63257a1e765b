// Goal: a byline as it is printed becomes names, one each, and nothing that is
// none. Method: a table.

#include "stages/parse/draft/byline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace wiredesk {
namespace {

TEST(BylineTest, SplitsIntoNames) {
  const struct {
    const char* byline;
    std::vector<std::string> names;
  } cases[] = {
      {"Ann Lee", {"Ann Lee"}},
      {"By Ann Lee", {"Ann Lee"}},
      {"BY: Ann Lee and Bob Ray", {"Ann Lee", "Bob Ray"}},
      {"Ann Lee, Bob Ray & Cy Moe", {"Ann Lee", "Bob Ray", "Cy Moe"}},
      {"Von Ann Lee und Bob Ray", {"Ann Lee", "Bob Ray"}},
      {"Par Ann Lee et Bob Ray", {"Ann Lee", "Bob Ray"}},
      {"Ann Lee; Bob Ray | Cy Moe", {"Ann Lee", "Bob Ray", "Cy Moe"}},
      {"Lee, Ann", {"Lee, Ann"}},
      {"Ann Lee, Jr.", {"Ann Lee, Jr."}},
      {"ann@example.org (Ann Lee)", {"Ann Lee"}},
      {"Ann Lee <ann@example.org>", {"Ann Lee"}},
      {"ann@example.org", {}},
      {"https://example.org/ann", {}},
      {"Ann Lee and ann lee", {"Ann Lee"}},
      {"", {}},
      {"By ", {}},
  };
  for (const auto& test : cases) {
    std::vector<std::string> names;
    AppendBylineNames(test.byline, names);
    EXPECT_EQ(names, test.names) << test.byline;
  }
}

TEST(BylineTest, NamesAreLimited) {
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "Name Nr" + std::to_string(i) + "; ";
  std::vector<std::string> names;
  AppendBylineNames(many, names);
  EXPECT_EQ(names.size(), 64u);
  names.clear();
  AppendBylineNames(std::string(1000, 'x'), names);
  EXPECT_TRUE(names.empty());
}

std::vector<std::string> NamesOf(absl::string_view text) {
  std::vector<std::string> names;
  AppendBylineNames(text, names);
  return names;
}

TEST(BylineTest, NamesAreWithoutWhatStandsAroundThem) {
  using testing::ElementsAre;
  EXPECT_THAT(NamesOf("Ann Lee in Oakport"), ElementsAre("Ann Lee"));
  EXPECT_THAT(NamesOf("Ann Lee <ann@press.example>, Bob Ray"),
              ElementsAre("Ann Lee", "Bob Ray"));
  EXPECT_THAT(NamesOf("Tuesday March 6, 2018 9:40 am PST by Ann Lee"),
              ElementsAre("Ann Lee"));
  EXPECT_THAT(NamesOf("Ann Lee on 6 March 2018"), ElementsAre("Ann Lee"));
  EXPECT_THAT(NamesOf("Ann Lee, Staff Writer"), ElementsAre("Ann Lee"));
  EXPECT_THAT(NamesOf("LEE, A., RAY, B.-C."),
              ElementsAre("LEE, A.", "RAY, B.-C."));
  EXPECT_THAT(NamesOf("Von Ann Lee · 3 min read"), ElementsAre("Ann Lee"));
  EXPECT_THAT(NamesOf("admin"), testing::IsEmpty());
}

}  // namespace
}  // namespace wiredesk
