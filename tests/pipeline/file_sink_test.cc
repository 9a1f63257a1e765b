// What a replay writes: one file a topic, in the order of batches, dead letters
// beside; and what it refuses to overwrite.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/file/sink.h"

namespace wiredesk {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;
namespace fs = std::filesystem;

class FileSinkTest : public testing::Test {
 protected:
  void SetUp() override { fs::remove_all(folder_); }
  static absl::Status Write(FileWriter& writer, int64_t sequence,
                            FileWriter::Lines lines) {
    return writer.Write(sequence, lines);
  }
  std::string Read(const std::string& name) {
    std::ifstream in(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  const fs::path folder_ = fs::path(testing::TempDir()) / "file_sink_test";
};

TEST_F(FileSinkTest, WritesBatchesInOrderWhoeverComesFirst) {
  auto writer = FileWriter::Open(folder_.string());
  ASSERT_TRUE(writer.ok()) << writer.status();
  std::thread second([&] {
    EXPECT_TRUE(Write(**writer, 1, {{"t", "two\n"}}).ok());
  });
  EXPECT_TRUE(Write(**writer, 0, {{"t", "one\n"}, {"u", "x\n"}}).ok());
  second.join();
  ASSERT_TRUE((*writer)->Close().ok());
  EXPECT_EQ(Read("t.ndjson"), "one\ntwo\n");
  EXPECT_EQ(Read("u.ndjson"), "x\n");
}

TEST_F(FileSinkTest, PublishesLiveRecordsAndDeadLetters) {
  auto writer = FileWriter::Open(folder_.string());
  ASSERT_TRUE(writer.ok());
  FileSink sink(writer->get(), {}, "dead");
  Batch batch({});
  batch.Append({"in", 0, 0}, "", "{}", {}, {});
  batch.Append({"in", 0, 1}, "", "{bro", {}, {});
  batch.AddArticle(0, 0).article.headline = "Rain";
  const Destination topics[] = {{.route = "r", .topic = "a"},
                                {.route = "r", .topic = "b"}};
  batch.mutable_records()[0].destinations = topics;
  batch.DeadLetter(1, "parse", "not_json", "ends too early");
  batch.set_sequence(0);
  ASSERT_TRUE(sink.Deliver(batch).ok());
  ASSERT_TRUE((*writer)->Close().ok());
  EXPECT_THAT(Read("a.ndjson"), HasSubstr("\"headline\":\"Rain\""));
  EXPECT_EQ(Read("a.ndjson"), Read("b.ndjson"));
  EXPECT_THAT(Read("dead.ndjson"), StartsWith("{\"value\":\"{bro\""));
  EXPECT_THAT(Read("dead.ndjson"), HasSubstr("\"wd_reason\":\"not_json\""));
}

TEST_F(FileSinkTest, ReplacesAnEarlierReplayButNobodyElsesFiles) {
  {
    auto writer = FileWriter::Open(folder_.string());
    ASSERT_TRUE(Write(**writer, 0, {{"old", "x\n"}}).ok());
    ASSERT_TRUE((*writer)->Close().ok());
  }
  ASSERT_TRUE(FileWriter::Open(folder_.string()).ok());
  EXPECT_FALSE(fs::exists(folder_ / "old.ndjson"));

  fs::remove_all(folder_);
  fs::create_directories(folder_);
  std::ofstream(folder_ / "precious.ndjson") << "mine\n";
  EXPECT_TRUE(
      absl::IsAlreadyExists(FileWriter::Open(folder_.string()).status()));
  EXPECT_EQ(Read("precious.ndjson"), "mine\n");
}

TEST_F(FileSinkTest, AFullDiskIsAnErrorThatNamesTheFile) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  auto writer = FileWriter::Open(folder_.string());
  ASSERT_TRUE(writer.ok());
  fs::create_symlink("/dev/full", folder_ / "t.ndjson");
  ASSERT_TRUE(Write(**writer, 0, {{"t", "x\n"}}).ok());
  const absl::Status status = (*writer)->Close();
  ASSERT_FALSE(status.ok());
  EXPECT_THAT(std::string(status.message()), HasSubstr("t.ndjson"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("make room"));
}

TEST_F(FileSinkTest, AFullDiskStopsTheWorkers) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  auto writer = FileWriter::Open(folder_.string());
  ASSERT_TRUE(writer.ok());
  fs::create_symlink("/dev/full", folder_ / "t.ndjson");
  const std::string large(2 << 20, 'x');
  // What is queued may be taken still; far more than that may not.
  absl::Status status;
  for (int64_t i = 0; i < 100 && status.ok(); ++i) {
    status = Write(**writer, i, {{"t", large}});
  }
  EXPECT_THAT(std::string(status.message()), HasSubstr("t.ndjson"));
  EXPECT_FALSE((*writer)->Close().ok());
}

TEST_F(FileSinkTest, GivesMemoryForTheMemoryThatItTakes) {
  auto writer = FileWriter::Open(folder_.string());
  ASSERT_TRUE(writer.ok());
  FileWriter::Lines lines;
  std::string expected;
  for (int64_t i = 0; i < 50; ++i) {
    for (const auto& [topic, text] : lines) EXPECT_EQ(text, "") << topic;
    lines["t"] = absl::StrCat("line ", i, "\n");
    expected += lines["t"];
    ASSERT_TRUE((*writer)->Write(i, lines).ok());
  }
  ASSERT_TRUE((*writer)->Close().ok());
  EXPECT_EQ(Read("t.ndjson"), expected);
}

TEST_F(FileSinkTest, AbandoningWakesWhoWaits) {
  auto writer = FileWriter::Open("");
  ASSERT_TRUE(writer.ok());
  absl::Status status;
  std::thread waiting([&] { status = Write(**writer, 7, {}); });
  (*writer)->Abandon();
  waiting.join();
  EXPECT_TRUE(absl::IsAborted(status));
}

}  // namespace
}  // namespace wiredesk
