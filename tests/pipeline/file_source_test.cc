// Files in, batches out: names, offsets, sequence numbers, limits.

#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pipeline/file/source.h"

namespace wiredesk {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

class FileSourceTest : public testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "deeper");
    Write("b.ndjson", "{\"n\":1}\n{\"n\":2}\n\n{\"n\":3}\n");
    Write("a.json", "[1,\n2]");
    Write("deeper/c.xml", "<rss/>");
    Write(".hidden", "no");
  }
  void Write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  std::vector<InputFile> Expand() { return *ExpandInputs({folder_.string()}); }

  const fs::path folder_ = fs::path(testing::TempDir()) / "file_source_test";
};

TEST_F(FileSourceTest, WalksFoldersInTheOrderOfNames) {
  std::vector<std::string> names;
  for (const InputFile& file : Expand()) names.push_back(file.name);
  EXPECT_THAT(names, ElementsAre("a.json", "b.ndjson", "deeper/c.xml"));
}

TEST_F(FileSourceTest, NumbersRecordsFromZeroInEachFile) {
  FileReader reader(Expand(), {});
  Batch batch({});
  ASSERT_TRUE(reader.Fill(batch).ok());
  std::vector<std::string> seen;
  for (const RawRecord& raw : batch.raw_records()) {
    seen.push_back(std::string(raw.origin.topic) + ":" +
                   std::to_string(raw.origin.offset) + " " +
                   std::string(raw.value));
  }
  EXPECT_THAT(seen, ElementsAre("a.json:0 [1,\n2]", "b.ndjson:0 {\"n\":1}",
                                "b.ndjson:1 {\"n\":2}", "b.ndjson:2 {\"n\":3}",
                                "deeper/c.xml:0 <rss/>"));
  batch.Reset();
  EXPECT_TRUE(absl::IsOutOfRange(reader.Fill(batch)));
}

TEST_F(FileSourceTest, BatchesAreNumberedAndSmall) {
  FileReader reader(Expand(), {});
  Batch batch({.records_max = 2});
  for (int64_t sequence = 0; sequence < 3; ++sequence) {
    batch.Reset();
    ASSERT_TRUE(reader.Fill(batch).ok());
    EXPECT_EQ(batch.sequence(), sequence);
    EXPECT_LE(batch.raw_records().size(), 2);
  }
  EXPECT_EQ(reader.progress().records, 5);
  EXPECT_EQ(reader.progress().done, reader.progress().total);
}

TEST_F(FileSourceTest, StopsAtTheLimit) {
  FileReader reader(Expand(), {.records_limit = 2});
  Batch batch({});
  ASSERT_TRUE(reader.Fill(batch).ok());
  EXPECT_EQ(batch.raw_records().size(), 2);
  batch.Reset();
  EXPECT_TRUE(absl::IsOutOfRange(reader.Fill(batch)));
}

std::string WarcRecord(absl::string_view url, absl::string_view body) {
  const std::string block = absl::StrCat(
      "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
      "Last-Modified: Thu, 11 Jul 2024 08:00:00 GMT\r\n\r\n",
      body);
  return absl::StrCat(
      "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: ", url,
      "\r\nWARC-Date: 2024-07-11T09:30:00Z\r\nContent-Length: ", block.size(),
      "\r\n\r\n", block, "\r\n\r\n");
}

std::string ValueOf(const RawRecord& raw, absl::string_view name) {
  for (const Header& header : raw.headers) {
    if (header.name == name) return std::string(header.value);
  }
  return "";
}

TEST_F(FileSourceTest, GivesThePagesOfAWebArchiveWithWhatTheServerSaid) {
  // Known by its first bytes, not by its name.
  Write("b.ndjson", absl::StrCat(WarcRecord("http://example.org/1", "<p>one"),
                                 WarcRecord("http://example.org/2", "<p>two")));
  FileReader reader(Expand(), {});
  Batch batch({});
  ASSERT_TRUE(reader.Fill(batch).ok());
  ASSERT_EQ(batch.raw_records().size(), 4);
  const RawRecord& page = batch.raw_records()[2];
  EXPECT_EQ(page.origin.topic, "b.ndjson");
  EXPECT_EQ(page.origin.offset, 1);
  EXPECT_EQ(page.value, "<p>two");
  EXPECT_EQ(ValueOf(page, "url"), "http://example.org/2");
  EXPECT_EQ(ValueOf(page, "content-type"), "text/html; charset=utf-8");
  EXPECT_EQ(ValueOf(page, "last-modified"), "Thu, 11 Jul 2024 08:00:00 GMT");
  EXPECT_EQ(page.timestamp, absl::FromUnixSeconds(1720690200));
}

TEST_F(FileSourceTest, PagesOfAWebArchiveAreLimited) {
  Write("b.ndjson", WarcRecord("http://example.org/1", std::string(5000, 'x')));
  FileReader reader(Expand(), {.limits = {.record_bytes_max = 1000}});
  Batch batch({});
  ASSERT_TRUE(reader.Fill(batch).ok());
  const RawRecord& page = batch.raw_records()[1];
  EXPECT_EQ(page.value.size(), 1000);
  EXPECT_EQ(page.reason, "too_large");
  EXPECT_EQ(page.whole_bytes, 5000);
}

TEST_F(FileSourceTest, ARecordOverTheLimitIsADeadLetterThatSaysSo) {
  Write("b.ndjson", absl::StrCat("{}\n{\"a\":\"", std::string(3 << 20, 'x'),
                                 "\"}\n{\"n\":3}\n"));
  FileReader reader(Expand(), {.limits = {.record_bytes_max = 1000}});
  Batch batch({});
  ASSERT_TRUE(reader.Fill(batch).ok());
  ASSERT_EQ(batch.raw_records().size(), 5);
  EXPECT_FALSE(batch.raw_records()[1].dead_letter);
  const RawRecord& large = batch.raw_records()[2];
  EXPECT_TRUE(large.dead_letter);
  EXPECT_EQ(large.stage, "source");
  EXPECT_EQ(large.reason, "too_large");
  EXPECT_EQ(large.whole_bytes, (3 << 20) + 8);
  EXPECT_EQ(large.value.size(), 1000);
  EXPECT_FALSE(batch.raw_records()[3].dead_letter);
}

TEST_F(FileSourceTest, InputsOfOneNameAreSeveralOrigins) {
  fs::create_directories(folder_ / "mon");
  fs::create_directories(folder_ / "tue");
  Write("mon/feed.xml", "<rss/>");
  Write("tue/feed.xml", "<rss/>");
  const auto names = [](const std::vector<std::string>& arguments) {
    std::vector<std::string> found;
    const auto files = ExpandInputs(arguments);
    for (const InputFile& file : files.value()) {
      found.push_back(file.name);
    }
    return found;
  };
  const std::string mon = (folder_ / "mon" / "feed.xml").string();
  const std::string tue = (folder_ / "tue" / "feed.xml").string();
  EXPECT_THAT(names({mon, tue}), ElementsAre("mon/feed.xml", "tue/feed.xml"));
  EXPECT_THAT(names({mon}), ElementsAre("feed.xml"));
  EXPECT_THAT(names({(folder_ / "mon").string(), (folder_ / "tue").string()}),
              ElementsAre("mon/feed.xml", "tue/feed.xml"));
  const std::vector<std::string> twice = names({mon, mon});
  EXPECT_NE(twice[0], twice[1]);
}

TEST_F(FileSourceTest, AFaultCostsNothingButItsRecord) {
  const std::string record = WarcRecord("http://example.org/1", "<p>one");
  Write("b.ndjson", absl::StrCat(record, record.substr(0, record.size() - 8)));
  FileReader reader(Expand(), {});
  Batch batch({});
  ASSERT_TRUE(reader.Fill(batch).ok());
  // All of the other files, too.
  ASSERT_EQ(batch.raw_records().size(), 3);
  EXPECT_EQ(batch.raw_records()[2].origin.topic, "deeper/c.xml");
  batch.Reset();
  EXPECT_TRUE(absl::IsOutOfRange(reader.Fill(batch)));
  const absl::Status faults = reader.faults();
  EXPECT_TRUE(absl::IsDataLoss(faults)) << faults;
  EXPECT_THAT(std::string(faults.message()), HasSubstr("b.ndjson"));
  EXPECT_THAT(std::string(faults.message()), HasSubstr("behind record 1"));
}

TEST_F(FileSourceTest, WithoutFaultsThereAreNone) {
  FileReader reader(Expand(), {});
  Batch batch({});
  ASSERT_TRUE(reader.Fill(batch).ok());
  EXPECT_TRUE(reader.faults().ok());
}

TEST_F(FileSourceTest, NamesWhatIsMissing) {
  const auto files = ExpandInputs({(folder_ / "none").string()});
  EXPECT_TRUE(absl::IsNotFound(files.status()));
  EXPECT_THAT(std::string(files.status().message()),
              HasSubstr("none: no such file or folder"));
}

}  // namespace
}  // namespace wiredesk
