// Shipped data is found where the environment says, else next to the sources.

#include "config/data_path.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wiredesk {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

TEST(DataPathTest, TheEnvironmentComesFirst) {
  const std::string folder = testing::TempDir() + "data_path_test";
  std::filesystem::create_directories(folder + "/sample");
  std::ofstream(folder + "/sample/feed.ndjson") << "{}\n";
  setenv("WIREDESK_DATA", folder.c_str(), 1);
  EXPECT_EQ(*FindData("sample/feed.ndjson"), folder + "/sample/feed.ndjson");
  unsetenv("WIREDESK_DATA");
  EXPECT_THAT(*FindData("sample/feed.ndjson"),
              EndsWith("config/sample/feed.ndjson"));
}

TEST(DataPathTest, NamesEveryPlaceThatWasTried) {
  const auto path = FindData("no/such.file");
  EXPECT_TRUE(absl::IsNotFound(path.status()));
  EXPECT_THAT(std::string(path.status().message()),
              HasSubstr("share/wiredesk"));
}

}  // namespace
}  // namespace wiredesk
