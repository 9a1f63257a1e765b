// gzip and zstd files read as what was packed, members and frames in a row
// included; broken ones are errors, never silence.

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/file/read_ahead.h"
#include "pipeline/file/stream.h"
#include "tests/packed_text.h"

namespace wiredesk {
namespace {

std::string TempPath(const std::string& name) {
  return testing::TempDir() + name;
}

absl::StatusOr<std::string> ReadBack(const std::string& stored) {
  const std::string path = TempPath("file_stream_test");
  std::ofstream(path, std::ios::binary) << stored;
  auto stream = FileStream::Open(path);
  if (!stream.ok()) return stream.status();
  std::string text;
  char buffer[1000];
  while (true) {
    const auto got = (*stream)->Read(buffer, sizeof buffer);
    if (!got.ok()) return got.status();
    if (*got == 0) return text;
    text.append(buffer, *got);
  }
}

// What can be read, and the faults that were told of on the way.
struct Salvage {
  std::string text;
  std::vector<std::string> faults;
};

Salvage ReadAll(const std::string& stored) {
  const std::string path = TempPath("file_stream_test");
  std::ofstream(path, std::ios::binary) << stored;
  auto stream = FileStream::Open(path);
  Salvage salvage;
  char buffer[1000];
  while (salvage.faults.size() < 100) {
    const auto got = (*stream)->Read(buffer, sizeof buffer);
    if (!got.ok()) {
      salvage.faults.emplace_back(got.status().message());
    } else if (*got == 0) {
      break;
    } else {
      salvage.text.append(buffer, *got);
    }
  }
  return salvage;
}

std::string Long() {
  std::string text;
  for (int i = 0; i < 200000; ++i) text += std::to_string(i * 7919);
  return text;
}

TEST(FileStreamTest, ReadsPlainGzipAndZstd) {
  for (const std::string& text : {std::string(), std::string("x"), Long()}) {
    EXPECT_EQ(*ReadBack(text), text);
    EXPECT_EQ(*ReadBack(Gzip(text)), text);
    EXPECT_EQ(*ReadBack(Zstd(text)), text);
  }
}

TEST(FileStreamTest, ReadsMembersAndFramesInARow) {
  EXPECT_EQ(*ReadBack(Gzip("one ") + Gzip("two")), "one two");
  EXPECT_EQ(*ReadBack(Zstd("one ") + Zstd("two")), "one two");
}

TEST(FileStreamTest, ACutFileIsDataLoss) {
  for (const std::string& stored : {Gzip(Long()), Zstd(Long())}) {
    EXPECT_TRUE(absl::IsDataLoss(
        ReadBack(stored.substr(0, stored.size() / 2)).status()));
    EXPECT_TRUE(absl::IsDataLoss(
        ReadBack(stored + stored.substr(0, 30) + std::string(50, '\xff'))
            .status()));
  }
}

TEST(FileStreamTest, ReadsOnAtTheNextMemberBehindDamage) {
  const std::string text = Long();
  for (const auto& pack : {Gzip, Zstd}) {
    std::string damaged = pack(text);
    damaged.replace(damaged.size() / 2, 40, std::string(40, '\x55'));
    const Salvage salvage = ReadAll(pack("first ") + damaged + pack(" last"));
    EXPECT_EQ(salvage.faults.size(), 1);
    EXPECT_EQ(salvage.text.substr(0, 100), ("first " + text).substr(0, 100));
    EXPECT_EQ(salvage.text.substr(salvage.text.size() - 5), " last");
  }
}

TEST(FileStreamTest, AWrongChecksumCostsNothingButAWord) {
  std::string damaged = Gzip("one ");
  damaged[damaged.size() - 8] ^= 1;
  const Salvage salvage = ReadAll(damaged + Gzip("two"));
  EXPECT_EQ(salvage.text, "one two");
  ASSERT_EQ(salvage.faults.size(), 1);
  EXPECT_THAT(salvage.faults[0], testing::HasSubstr("at byte "));
}

TEST(FileStreamTest, ZerosBehindTheLastMemberArePadding) {
  for (const std::string& stored :
       {Gzip("one ") + std::string(700'000, '\0') + Gzip("two"),
        Zstd("one two") + std::string(512, '\0')}) {
    const Salvage salvage = ReadAll(stored);
    EXPECT_EQ(salvage.text, "one two");
    EXPECT_EQ(salvage.faults.size(), 0);
  }
}

TEST(FileStreamTest, ACutFileGivesAllThatIsThere) {
  const std::string text = Long();
  for (const std::string& stored : {Gzip(text), Zstd(text)}) {
    const Salvage salvage = ReadAll(stored.substr(0, stored.size() * 9 / 10));
    EXPECT_EQ(salvage.faults.size(), 1);
    EXPECT_GT(salvage.text.size(), text.size() / 2);
    EXPECT_EQ(salvage.text, text.substr(0, salvage.text.size()));
  }
}

// Gives `chunks` times 300,000 bytes at most, fails, and goes on for a while.
// `given` are the bytes before it fails.
class FailingStream : public FileStream {
 public:
  FailingStream(int chunks, size_t* given) : chunks_(chunks), given_(given) {}
  absl::StatusOr<size_t> Read(char* out, size_t size) override {
    const int left = chunks_--;
    if (left == 0) return absl::DataLossError("broken");
    if (left < -10) return 0;
    size = std::min<size_t>(size, 300'000);
    std::memset(out, 'x', size);
    if (left > 0) *given_ += size;
    return size;
  }
  int64_t stored_bytes() const override { return -chunks_; }

 private:
  int chunks_;
  size_t* const given_;
};

TEST(FileReadAheadTest, GivesAllThatCameBeforeAnErrorAndThenTheError) {
  size_t given = 0;
  FileReadAhead ahead(std::make_unique<FailingStream>(20, &given));
  std::string buffer(70'001, '\0');
  size_t bytes = 0;
  absl::StatusOr<size_t> got = size_t{1};
  while ((got = ahead.Read(buffer.data(), buffer.size())).ok()) bytes += *got;
  EXPECT_EQ(bytes, given);
  EXPECT_TRUE(absl::IsDataLoss(got.status()));
  // Told once; then the stream goes on.
  EXPECT_EQ(*ahead.Read(buffer.data(), 1), 1);
}

TEST(FileReadAheadTest, ItsThreadEndsThoughNobodyReadsOn) {
  size_t given = 0;
  FileReadAhead ahead(std::make_unique<FailingStream>(1 << 30, &given));
  char c = 0;
  EXPECT_EQ(*ahead.Read(&c, 1), 1);
  EXPECT_EQ(c, 'x');
}

TEST(FileStreamTest, NamesTheFileThatIsMissing) {
  EXPECT_THAT(FileStream::Open("/nowhere/x").status().ToString(),
              testing::HasSubstr("/nowhere/x"));
}

}  // namespace
}  // namespace wiredesk
