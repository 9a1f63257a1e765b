#include "config/base/unpack.h"

#include <filesystem>
#include <fstream>
#include <string>

#include "config/base/read_file.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/packed_text.h"

namespace wiredesk {
namespace {

// A frame of 3 bytes that a reader passes over.
std::string Skippable() {
  return std::string("\x50\x2A\x4D\x18\3\0\0\0abc", 11);
}

TEST(UnpackTest, TakesAllMembersUpToTheLimit) {
  const struct {
    const char* name;
    std::string packed;
    Packing packing;
    size_t bytes_max;
    UnpackResult result;
    std::string out;
  } kCases[] = {
      {"gzip", Gzip("harbour"), Packing::kGzip, 100, UnpackResult::kOk,
       "harbour"},
      {"two members", Gzip("har") + Gzip("bour"), Packing::kGzip, 100,
       UnpackResult::kOk, "harbour"},
      {"padding", Gzip("har") + std::string(9, '\0'), Packing::kGzip, 100,
       UnpackResult::kOk, "har"},
      {"zlib", Zlib("harbour"), Packing::kZlib, 100, UnpackResult::kOk,
       "harbour"},
      {"zstd", Zstd("harbour"), Packing::kZstd, 100, UnpackResult::kOk,
       "harbour"},
      {"two frames", Zstd("har") + Skippable() + Zstd("bour"), Packing::kZstd,
       100, UnpackResult::kOk, "harbour"},
      {"limit of gzip", Gzip(std::string(1'000'000, 'a')), Packing::kGzip, 5,
       UnpackResult::kTooLarge, "aaaaa"},
      {"limit of zstd", Zstd(std::string(1'000'000, 'a')), Packing::kZstd, 5,
       UnpackResult::kTooLarge, "aaaaa"},
      {"cut off", Gzip("har") + Gzip("bour").substr(0, 10), Packing::kGzip, 100,
       UnpackResult::kBroken, "har"},
      {"garbage behind a frame", Zstd("har") + "bour", Packing::kZstd, 100,
       UnpackResult::kBroken, "har"},
      {"text", "harbour", Packing::kZlib, 100, UnpackResult::kBroken, ""},
      {"nothing", "", Packing::kGzip, 100, UnpackResult::kBroken, ""},
  };
  for (const auto& test : kCases) {
    std::string out = "what was there before";
    EXPECT_EQ(Unpack(test.packed, test.packing, test.bytes_max, out),
              test.result)
        << test.name;
    EXPECT_EQ(out, test.out) << test.name;
  }
}

TEST(UnpackTest, PackingIsToldByTheFirstBytes) {
  EXPECT_EQ(PackingOf(Gzip("a")), Packing::kGzip);
  EXPECT_EQ(PackingOf(Zstd("a")), Packing::kZstd);
  EXPECT_EQ(PackingOf(Zlib("a")), Packing::kNone);
  EXPECT_EQ(PackingOf("\x1F"), Packing::kNone);
  EXPECT_EQ(PackingOf(""), Packing::kNone);
}

TEST(ReadFileTest, UnpacksAndKeepsToItsLimit) {
  const std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) / "read_file_test";
  std::filesystem::create_directories(folder);
  const std::string path = folder / "list.txt";
  const auto write = [&path](const std::string& content) {
    std::ofstream(path, std::ios::binary) << content;
  };
  write("harbour");
  EXPECT_EQ(ReadFile(path, 3).value_or(""), "har");
  EXPECT_EQ(ReadFile(path, 100).value_or(""), "harbour");
  EXPECT_EQ(ReadPackedFile(path).value_or(""), "harbour");
  write(Gzip("harbour"));
  EXPECT_EQ(ReadPackedFile(path).value_or(""), "harbour");
  write(Zstd("harbour"));
  EXPECT_EQ(ReadPackedFile(path).value_or(""), "harbour");
  write(Gzip("harbour").substr(0, 12));
  EXPECT_EQ(ReadPackedFile(path).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReadFile(folder, 1).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReadFile(folder / "none", 1).status().code(),
            absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace wiredesk
