// The name of an instance: the host's, unlike that of all others on the host,
// and free again when its holder is gone.

#include "pipeline/service/instance_name.h"

#include <unistd.h>

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace wiredesk {
namespace {

std::string Group(const std::string& name) {
  return absl::StrCat("instance-name-test-", getpid(), "-", name);
}

TEST(InstanceNameTest, TwoInstancesOnAHostHaveTwoNames) {
  const InstanceName first = InstanceName::Claim(Group("two"));
  if (first.text().empty()) GTEST_SKIP() << "this host is called localhost";
  const InstanceName second = InstanceName::Claim(Group("two"));
  EXPECT_EQ(second.text(), first.text() + ".2");
  EXPECT_EQ(InstanceName::Claim(Group("other")).text(), first.text());
}

TEST(InstanceNameTest, ANameIsFreeAgainWhenItsHolderIsGone) {
  std::string name;
  {
    const InstanceName first = InstanceName::Claim(Group("again"));
    name = first.text();
  }
  EXPECT_EQ(InstanceName::Claim(Group("again")).text(), name);
}

TEST(InstanceNameTest, AMovedNameIsHeldOnce) {
  InstanceName first = InstanceName::Claim(Group("moved"));
  const std::string name = first.text();
  if (name.empty()) GTEST_SKIP() << "this host is called localhost";
  const InstanceName second = std::move(first);
  EXPECT_EQ(second.text(), name);
  EXPECT_EQ(InstanceName::Claim(Group("moved")).text(), name + ".2");
}

}  // namespace
}  // namespace wiredesk
