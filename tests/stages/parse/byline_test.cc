// Goal: a byline as it is printed becomes names, one each, and nothing that is
// none. Method: a table.

#include "stages/parse/draft/byline.h"

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

}  // namespace
}  // namespace wiredesk
