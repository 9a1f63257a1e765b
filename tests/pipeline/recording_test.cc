// Recordings: what is written comes back, byte for byte, with its origin; a
// replay of one gives what its records gave. Method: records with everything
// that is awkward in JSON, and the sample feed.

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/file/recording_file.h"
#include "pipeline/file/recording_line.h"
#include "pipeline/file/source.h"

namespace wiredesk {
namespace {

using ::testing::HasSubstr;

namespace fs = std::filesystem;

// A path where no earlier run has left a file.
std::string PathOf(const std::string& name) {
  const fs::path path = fs::path(testing::TempDir()) / name;
  fs::remove(path);
  return path.string();
}

RawRecord Record(absl::string_view key, absl::string_view value,
                 absl::Span<const Header> headers, int64_t offset) {
  RawRecord raw;
  raw.origin = {"news.raw", 3, offset};
  raw.key = key;
  raw.value = value;
  raw.headers = headers;
  return raw;
}

void ExpectSame(const RawRecord& a, const RawRecord& b) {
  EXPECT_EQ(a.origin.topic, b.origin.topic);
  EXPECT_EQ(a.origin.partition, b.origin.partition);
  EXPECT_EQ(a.origin.offset, b.origin.offset);
  EXPECT_EQ(a.key, b.key);
  EXPECT_EQ(a.value, b.value);
  EXPECT_EQ(a.timestamp, b.timestamp);
  ASSERT_EQ(a.headers.size(), b.headers.size());
  for (size_t i = 0; i < a.headers.size(); ++i) {
    EXPECT_EQ(a.headers[i].name, b.headers[i].name);
    EXPECT_EQ(a.headers[i].value, b.headers[i].value);
  }
}

TEST(RecordingTest, EveryByteComesBack) {
  std::string all_bytes;
  for (int c = 0; c < 256; ++c) all_bytes += static_cast<char>(c);
  const std::vector<Header> headers = {{"content-type", "text/xml"},
                                       {"binary", all_bytes},
                                       {"empty", ""},
                                       {"twice", "1"},
                                       {"twice", "2"}};
  std::vector<RawRecord> records = {
      Record("", "", {}, 0),
      Record("key", "{\"a\":\"line\\n\"}\n\"", headers, 1),
      Record(all_bytes, all_bytes, {}, 5),
      Record("", "한국어 “quotes” \u2028", {}, INT64_C(1) << 40)};
  records[1].timestamp = absl::FromUnixMillis(1783036800123);
  records[2].timestamp = absl::FromUnixMillis(0);

  const std::string path = PathOf("every_byte.zst");
  auto file = RecordingFile::Create(path, {"news.raw"});
  ASSERT_TRUE(file.ok()) << file.status();
  for (const RawRecord& each : records) {
    ASSERT_TRUE((*file)->Append(each).ok());
  }
  EXPECT_FALSE(fs::exists(path)) << "it is not complete yet";
  ASSERT_TRUE((*file)->Close().ok());

  FileReader reader(*ExpandInputs({path}), {});
  Batch batch({});
  ASSERT_TRUE(reader.Fill(batch).ok());
  ASSERT_EQ(batch.raw_records().size(), records.size());
  for (size_t i = 0; i < records.size(); ++i) {
    ExpectSame(batch.raw_records()[i], records[i]);
  }
}

TEST(RecordingTest, AFileThatBreaksOffIsAnError) {
  const std::string path = PathOf("whole.zst");
  auto file = RecordingFile::Create(path, {"t"});
  const std::string value(100'000, 'x');
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE((*file)->Append(Record("", value, {}, i)).ok());
  }
  ASSERT_TRUE((*file)->Close().ok());
  const std::string cut = PathOf("cut.zst");
  fs::copy_file(path, cut, fs::copy_options::overwrite_existing);
  fs::resize_file(cut, fs::file_size(cut) / 2);
  FileReader reader(*ExpandInputs({cut}), {});
  Batch batch({});
  absl::Status status;
  while (status.ok()) {
    batch.Reset();
    status = reader.Fill(batch);
  }
  EXPECT_TRUE(absl::IsOutOfRange(status)) << status;
  EXPECT_TRUE(absl::IsDataLoss(reader.faults())) << reader.faults();
}

TEST(RecordingTest, ALineThatIsNoRecordIsNamed) {
  std::string head;
  AppendRecordingHead({"t"}, head);
  const std::string path = PathOf("bad.ndjson");
  for (const char* line :
       {"nonsense", "{}", "[1]", R"({"value":1})", R"({"value_base64":"*"})",
        R"({"value":"","headers":[["a"]]})"}) {
    std::ofstream(path) << head << "\n{\"value\":\"fine\"}\n" << line << "\n";
    FileReader reader(*ExpandInputs({path}), {});
    Batch batch({});
    ASSERT_TRUE(reader.Fill(batch).ok()) << "what stands before it comes first";
    EXPECT_EQ(batch.raw_records().size(), 1);
    batch.Reset();
    EXPECT_TRUE(absl::IsOutOfRange(reader.Fill(batch))) << line;
    const absl::Status faults = reader.faults();
    EXPECT_TRUE(absl::IsDataLoss(faults)) << line;
    EXPECT_THAT(std::string(faults.message()), HasSubstr("line 3"));
  }
}

TEST(RecordingTest, ALineMayBeSixTimesAsLongAsItsRecord) {
  const std::string path = PathOf("escapes.zst");
  auto file = RecordingFile::Create(path, {"t"});
  const std::string value(50'000, '\x01');
  ASSERT_TRUE((*file)->Append(Record("", value, {}, 0)).ok());
  ASSERT_TRUE((*file)->Close().ok());
  FileReader::Options options;
  options.limits.record_bytes_max = value.size();
  FileReader reader(*ExpandInputs({path}), options);
  Batch batch({});
  ASSERT_TRUE(reader.Fill(batch).ok());
  EXPECT_EQ(batch.raw_records()[0].value, value);
}

TEST(RecordingTest, ReadsTheLinesOfDeadLetters) {
  RecordedLineReader reader;
  RawRecord raw;
  ASSERT_TRUE(
      reader
          .Read(R"({"value_base64":"AP8=","headers":{"wd_stage":"parse"}})",
                raw)
          .ok());
  EXPECT_EQ(raw.value, absl::string_view("\0\xff", 2));
  ASSERT_EQ(raw.headers.size(), 1);
  EXPECT_EQ(raw.headers[0].value, "parse");
}

}  // namespace
}  // namespace wiredesk
