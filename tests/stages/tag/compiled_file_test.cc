// Goal: a file is replaced as a whole, or the reader hears why not.

#include "stages/tag/gazetteer/compiled_file.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/strings/match.h"
#include "gtest/gtest.h"

namespace wiredesk {
namespace {

std::string ContentOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(CompiledFileTest, TheOldOneStaysAsItIsForWhoHasItOpen) {
  const std::string path = testing::TempDir() + "/compiled_file_test";
  ASSERT_TRUE(WriteCompiledFile(path, std::string("old\0!", 5)).ok());
  std::ifstream old(path, std::ios::binary);
  ASSERT_TRUE(WriteCompiledFile(path, "new").ok());
  EXPECT_EQ(ContentOf(path), "new");
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(old), {}),
            std::string("old\0!", 5));
  EXPECT_FALSE(std::filesystem::exists(path + ".part"));
  std::filesystem::remove(path);
}

TEST(CompiledFileTest, SaysWhatCannotBeWritten) {
  const absl::Status status =
      WriteCompiledFile(testing::TempDir() + "/no/such/folder", "new");
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_TRUE(absl::StrContains(status.message(), "no/such/folder"));
}

}  // namespace
}  // namespace wiredesk
