// What a file falls into: tables of bytes and the records expected of them,
// each fed in chunks of several sizes, since a record may be cut anywhere.

#include "pipeline/file/record_splitter.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wiredesk {
namespace {

using ::testing::ElementsAre;
using Records = std::vector<std::string>;

class TextStream : public FileStream {
 public:
  TextStream(std::string text, size_t chunk)
      : text_(std::move(text)), chunk_(chunk) {}
  absl::StatusOr<size_t> Read(char* out, size_t size) override {
    const size_t got = std::min({size, chunk_, text_.size() - position_});
    std::memcpy(out, text_.data() + position_, got);
    position_ += got;
    return got;
  }
  int64_t stored_bytes() const override {
    return static_cast<int64_t>(position_);
  }

 private:
  const std::string text_;
  const size_t chunk_;
  size_t position_ = 0;
};

Records Split(const std::string& text, bool lines, size_t record_bytes_max,
              size_t chunk) {
  RecordSplitter splitter(std::make_unique<TextStream>(text, chunk), lines,
                          {.record_bytes_max = record_bytes_max});
  Records records;
  while (true) {
    const auto record = splitter.Next();
    if (!record.ok() || !record->has_value()) return records;
    records.emplace_back(**record);
  }
}

struct Case {
  const char* name;
  const char* text;
  bool lines;
  size_t record_bytes_max;
  Records expected;
};

const Case kCases[] = {
    {"lines",
     "{\"a\":1}\n\n{\"b\":2}\r\n{\"c\":3}",
     true,
     100,
     {"{\"a\":1}", "{\"b\":2}", "{\"c\":3}"}},
    {"no lines at all", "", true, 100, {}},
    {"a long line is cut",
     "{\"a\":123456789}\n{}\n",
     true,
     8,
     {"{\"a\":1234", "{}"}},
    {"small files are whole",
     "[1,2]\n{\"a\":1}",
     false,
     100,
     {"[1,2]\n{\"a\":1}"}},
    {"an empty file is an empty record", "", false, 100, {""}},
    {"a large array falls into elements",
     " [ {\"a\":\"],[\"}, [1,2] ,3 ]\n ",
     false,
     15,
     {"{\"a\":\"],[\"}", "[1,2]", "3"}},
    {"escaped quotes do not end a string",
     "[\"a\\\"],\\\\\",\"b\"]",
     false,
     9,
     {"\"a\\\"],\\\\\"", "\"b\""}},
    {"what follows an array is not lost",
     "[1234567]x",
     false,
     8,
     {"1234567", "x"}},
    {"an array that does not end keeps its rest",
     "[1,{\"a\":[2,3]",
     false,
     10,
     {"1", "{\"a\":[2,3]"}},
    {"large objects are lines",
     "{\"a\":1}\n{\"b\":2}\n",
     false,
     10,
     {"{\"a\":1}", "{\"b\":2}"}},
    {"anything else is cut", "<feed>0123456789", false, 8, {"<feed>012"}},
};

TEST(RecordSplitterTest, GivesTheRecordsOfTheTable) {
  for (const Case& c : kCases) {
    for (const size_t chunk : {1, 3, 7, 1000}) {
      EXPECT_EQ(Split(c.text, c.lines, c.record_bytes_max, chunk), c.expected)
          << c.name << ", in chunks of " << chunk;
    }
  }
}

// A text of which a part cannot be read.
class FaultyStream : public FileStream {
 public:
  FaultyStream(std::string before, std::string behind)
      : parts_{std::move(before), std::move(behind)} {}
  absl::StatusOr<size_t> Read(char* out, size_t size) override {
    if (part_ == 2) return 0;
    std::string& part = parts_[part_];
    const size_t got = std::min<size_t>({size, 7, part.size()});
    std::memcpy(out, part.data(), got);
    part.erase(0, got);
    if (got > 0) return got;
    if (++part_ == 1) return absl::DataLossError("damaged");
    return 0;
  }
  int64_t stored_bytes() const override { return 0; }

 private:
  std::string parts_[2];
  int part_ = 0;
};

// The records, and "!" where the splitter tells of a fault.
Records Salvage(const std::string& before, const std::string& behind,
                bool lines, size_t record_bytes_max = 100) {
  RecordSplitter splitter(std::make_unique<FaultyStream>(before, behind), lines,
                          {.record_bytes_max = record_bytes_max});
  Records records;
  while (records.size() < 20) {
    const auto record = splitter.Next();
    if (record.ok() && !record->has_value()) return records;
    records.push_back(record.ok() ? std::string(**record) : "!");
  }
  return records;
}

TEST(RecordSplitterTest, ReadsAroundAFault) {
  EXPECT_THAT(Salvage("{\"a\":1}\n{\"b\":", "{\"c\":3}\n{}\n", true),
              ElementsAre("{\"a\":1}", "!", "{\"c\":3}", "{}"));
  // A file of NDJSON that is not named so, and is small.
  EXPECT_THAT(Salvage("{\"a\":1}\n{\"b\":", "", false),
              ElementsAre("{\"a\":1}", "!"));
  EXPECT_THAT(Salvage("[{\"a\":1}, {\"b\":2}, {\"c", "", false),
              ElementsAre("{\"a\":1}", "{\"b\":2}", "!"));
  EXPECT_THAT(Salvage("[{\"a\":1}, {\"b\":2}, {\"c", "", false, 10),
              ElementsAre("{\"a\":1}", "{\"b\":2}", "!"));
  // The beginning of a feed is worth reading, that of an object is not.
  EXPECT_THAT(Salvage("<rss><item/><it", "", false),
              ElementsAre("<rss><item/><it", "!"));
  EXPECT_THAT(Salvage("{\n\"a\": 1,\n\"b\"", "", false), ElementsAre("!"));
  EXPECT_THAT(Salvage("", "", true), ElementsAre("!"));
}

TEST(RecordSplitterTest, KnowsHowLongALongRecordIs) {
  RecordSplitter splitter(
      std::make_unique<TextStream>("{\"a\":123456789}\n{}\n", 3), true,
      {.record_bytes_max = 8});
  EXPECT_EQ((*splitter.Next())->size(), 9);
  EXPECT_EQ(splitter.record_bytes(), 15);
  EXPECT_EQ((*splitter.Next())->size(), 2);
  EXPECT_EQ(splitter.record_bytes(), 2);
}

}  // namespace
}  // namespace wiredesk
