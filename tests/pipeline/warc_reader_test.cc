// Goal: every page and feed of a web archive comes out as the server meant it,
// and a broken record costs no more than itself.
// Method: archives written here, read through a stream that gives few bytes at
// a time; and where the samples of other readers are at hand, that they are
// read to the end.

#include "pipeline/file/warc_reader.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <vector>

#include "absl/strings/str_cat.h"

namespace wiredesk {
namespace {

class StringStream : public FileStream {
 public:
  StringStream(std::string bytes, size_t piece)
      : bytes_(std::move(bytes)), piece_(piece) {}

  absl::StatusOr<size_t> Read(char* out, size_t size) override {
    const size_t taken = std::min({size, piece_, bytes_.size() - position_});
    std::memcpy(out, bytes_.data() + position_, taken);
    position_ += taken;
    return taken;
  }
  int64_t stored_bytes() const override {
    return static_cast<int64_t>(position_);
  }

 private:
  const std::string bytes_;
  const size_t piece_;
  size_t position_ = 0;
};

std::string Record(absl::string_view type, absl::string_view url,
                   absl::string_view block) {
  return absl::StrCat(
      "WARC/1.0\r\nWARC-Type: ", type, "\r\nWARC-Target-URI: ", url,
      "\r\nWARC-Date: 2024-07-11T09:30:00Z\r\n",
      "Content-Length: ", block.size(), "\r\n\r\n", block, "\r\n\r\n");
}

std::string Response(absl::string_view headers, absl::string_view body) {
  return absl::StrCat("HTTP/1.1 200 OK\r\n", headers, "\r\n", body);
}

std::string Gzip(absl::string_view text) {
  z_stream stream = {};
  EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY),
            Z_OK);
  std::string out(text.size() + 100, '\0');
  std::string in(text);
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

struct Reading {
  std::vector<WarcDocument> documents;
  absl::Status status;
  int64_t broken = 0;
};

Reading ReadAll(const std::string& archive, size_t piece = 1 << 20,
                WarcReader::Limits limits = {}) {
  WarcReader reader(std::make_unique<StringStream>(archive, piece), limits);
  Reading reading;
  while (true) {
    auto next = reader.Next();
    if (!next.ok()) {
      reading.status = next.status();
      break;
    }
    if (!next->has_value()) break;
    reading.documents.push_back(**next);
  }
  reading.broken = reader.broken_records();
  return reading;
}

TEST(WarcReaderTest, GivesResponsesAndPassesOverTheRest) {
  const std::string html = "Content-Type: text/html; charset=utf-8\r\n";
  const std::string archive = absl::StrCat(
      Record("warcinfo", "", "software: none"),
      Record("request", "http://example.org/a", "GET / HTTP/1.1\r\n\r\n"),
      Record("response", "<http://example.org/a>", Response(html, "<p>a")),
      Record("response", "http://example.org/b",
             Response("Content-Type: image/png\r\n", "b")),
      Record("response", "http://example.org/c",
             "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\nno"),
      Record("response", "http://example.org/d",
             Response("Content-Type: application/rss+xml\r\n", "<rss/>")));
  for (const size_t piece : {size_t{1}, size_t{7}, size_t{1} << 20}) {
    const Reading reading = ReadAll(archive, piece);
    ASSERT_TRUE(reading.status.ok()) << reading.status;
    ASSERT_EQ(reading.documents.size(), 2u);
    EXPECT_EQ(reading.documents[0].url, "http://example.org/a");
    EXPECT_EQ(reading.documents[0].body, "<p>a");
    EXPECT_EQ(reading.documents[0].date, "2024-07-11T09:30:00Z");
    EXPECT_EQ(reading.documents[0].content_type, "text/html; charset=utf-8");
    EXPECT_EQ(reading.documents[1].body, "<rss/>");
    EXPECT_EQ(reading.broken, 0);
  }
}

TEST(WarcReaderTest, DecodesBodies) {
  const struct {
    absl::string_view headers;
    std::string body;
    absl::string_view decoded;
  } kCases[] = {
      {"Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n",
       "abcde"},
      {"Transfer-Encoding: chunked\r\n", "not chunked", "not chunked"},
      {"Transfer-Encoding: chunked\r\n", "ff\r\ncut", "cut"},
      {"Content-Encoding: gzip\r\n", Gzip("packed"), "packed"},
      {"Content-Encoding: gzip\r\n", "not packed", "not packed"},
      {"Content-Encoding: identity\r\n", "plain", "plain"},
  };
  for (const auto& test : kCases) {
    const auto document =
        ReadHttpResponse(Response(test.headers, test.body), 1000);
    ASSERT_TRUE(document.has_value()) << test.headers;
    EXPECT_EQ(document->body, test.decoded);
  }
}

TEST(WarcReaderTest, BodiesAreLimited) {
  WarcReader::Limits limits;
  limits.body_bytes_max = 1000;
  const std::string bomb = Gzip(std::string(5 << 20, 'x'));
  const Reading reading = ReadAll(
      absl::StrCat(
          Record("response", "http://example.org/1",
                 Response("Content-Encoding: gzip\r\n", bomb)),
          Record("response", "http://example.org/2",
                 Response("", std::string(3 << 20, 'y'))),
          Record("response", "http://example.org/3", Response("", "z"))),
      1 << 16, limits);
  ASSERT_EQ(reading.documents.size(), 3u);
  EXPECT_EQ(reading.documents[0].body.size(), 1001u);
  EXPECT_EQ(reading.documents[1].body.size(), 1001u);
  EXPECT_EQ(reading.documents[2].body, "z");
}

TEST(WarcReaderTest, GoesOnAfterABrokenRecord) {
  const std::string good =
      Record("response", "http://example.org/", Response("", "good"));
  const std::string no_length = "WARC/1.0\r\nWARC-Type: response\r\n\r\njunk\n";
  const Reading reading =
      ReadAll(absl::StrCat(no_length, good, "junk\n", good));
  EXPECT_TRUE(reading.status.ok());
  EXPECT_EQ(reading.documents.size(), 2u);
  EXPECT_GE(reading.broken, 2);
}

TEST(WarcReaderTest, AWrongLengthTakesNoOtherRecordWithIt) {
  const std::string good =
      Record("response", "http://example.org/", Response("", "good"));
  for (const char* length : {"3", "300", "900000000"}) {
    const std::string wrong = absl::StrCat(
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: ", length,
        "\r\n\r\nHTTP/1.1 200 OK\r\n\r\nsome text\r\n\r\n");
    const Reading reading = ReadAll(absl::StrCat(good, wrong, good, good));
    EXPECT_TRUE(reading.status.ok()) << length;
    EXPECT_EQ(reading.documents.size(), 3u) << length;
    EXPECT_GE(reading.broken, 1) << length;
  }
}

TEST(WarcReaderTest, ACutArchiveGivesWhatStandsBeforeTheCut) {
  const std::string record =
      Record("response", "http://example.org/", Response("", "good"));
  const std::string archive = absl::StrCat(record, record);
  for (size_t size = record.size(); size < archive.size(); ++size) {
    const Reading reading = ReadAll(archive.substr(0, size));
    EXPECT_GE(reading.documents.size(), 1u) << size;
  }
  EXPECT_EQ(ReadAll(archive.substr(0, archive.size() - 6)).status.code(),
            absl::StatusCode::kDataLoss);
}

TEST(WarcReaderTest, ReadsTheSamplesOfOtherReaders) {
  const std::filesystem::path folder =
      std::filesystem::path(WIREDESK_SOURCE_DIR) / "../shared/data/feeds/warc";
  if (!std::filesystem::exists(folder)) GTEST_SKIP();
  int documents = 0;
  for (const auto& file :
       std::filesystem::recursive_directory_iterator(folder)) {
    const std::string path = file.path().string();
    if (path.find(".warc") == std::string::npos ||
        path.find(".lz4") != std::string::npos) {
      continue;
    }
    auto stream = FileStream::Open(path);
    ASSERT_TRUE(stream.ok()) << path;
    WarcReader reader(std::move(*stream), {});
    int64_t found = 0;
    for (auto next = reader.Next(); next.ok() && next->has_value();
         next = reader.Next()) {
      ++found;
    }
    RecordProperty(file.path().filename().string(), found);
    documents += static_cast<int>(found);
  }
  EXPECT_GT(documents, 20);
}

}  // namespace
}  // namespace wiredesk
