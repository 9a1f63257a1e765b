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
using ::testing::IsEmpty;
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

}  // namespace
}  // namespace wiredesk
