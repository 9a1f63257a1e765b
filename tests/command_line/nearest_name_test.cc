#include "config/base/nearest_name.h"

#include "config/base/counted.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wiredesk {
namespace {

using ::testing::Pointee;

TEST(NearestNameTest, FindsWhatWasMeant) {
  const std::vector<std::string> names = {"replay", "record", "routes"};
  EXPECT_THAT(NearestName("reply", names), Pointee(std::string("replay")));
  EXPECT_THAT(NearestName("rouets", names), Pointee(std::string("routes")));
  EXPECT_EQ(NearestName("xyzzy", names), nullptr);
  EXPECT_EQ(NearestName("replay", {}), nullptr);
  EXPECT_EQ(NearestName(std::string(1 << 20, 'r'), names), nullptr);
}

TEST(NearestNameTest, TheRemedyListsWhereNothingIsNear) {
  EXPECT_EQ(MeantName("reply", {"replay"}), "did you mean \"replay\"?");
  EXPECT_EQ(MeantName("xyzzy", {"a", "b"}), "expected one of a, b");
  EXPECT_EQ(MeantName("xyzzy", {}), "there is none");
}

TEST(CountedTest, OneIsSingular) {
  EXPECT_EQ(Counted(1, "error"), "1 error");
  EXPECT_EQ(Counted(0, "error"), "0 errors");
  EXPECT_EQ(Counted(size_t{2}, "error"), "2 errors");
}

}  // namespace
}  // namespace wiredesk
