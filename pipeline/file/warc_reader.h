// Web archives (WARC): the pages and feeds in them, one by one.
//
// Only what a crawler was answered counts: records of the types response and
// resource whose HTTP status is 200 and whose content type is HTML, XML, JSON
// or plain text. Chunks are joined and gzip is unpacked. A record that cannot
// be read is passed over, and counted; reading goes on at the next one.
// The archive itself may be gzip, a member for each record or for all
// (stream.h unpacks it). ARC files, the older format, are not read.
//
// Tested by warc_reader_test.cc and warc_fuzz.cc.

#ifndef WIREDESK_PIPELINE_FILE_WARC_READER_H_
#define WIREDESK_PIPELINE_FILE_WARC_READER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "pipeline/file/stream.h"

namespace wiredesk {

// A page or feed as it was fetched.
struct WarcDocument {
  std::string url;            // where it was fetched
  std::string date;           // when, RFC 3339
  std::string content_type;   // as the server said, with its parameters
  std::string last_modified;  // the same
  std::string body;           // of at most Limits::body_bytes_max + 1 bytes
  size_t body_bytes = 0;      // before that; 0 where not known
};

// Belongs to one thread at a time.
class WarcReader {
 public:
  struct Limits {
    // A longer body comes cut to one byte more, so that it is seen to be too
    // large.
    size_t body_bytes_max = size_t{32} << 20;
    // A longer header is not a header.
    size_t header_bytes_max = size_t{64} << 10;
  };

  WarcReader(std::unique_ptr<FileStream> stream, const Limits& limits);

  // The next document, or nullopt at the end. An archive that ends too early,
  // or whose gzip breaks, gives what stands before the fault, then DataLoss,
  // then what stands behind it.
  absl::StatusOr<std::optional<WarcDocument>> Next();

  // Records that could not be read so far.
  int64_t broken_records() const { return broken_records_; }
  int64_t stored_bytes() const { return stream_->stored_bytes(); }

 private:
  struct Header;

  absl::Status Fill(size_t size);
  absl::StatusOr<bool> FindRecord();
  absl::StatusOr<std::optional<Header>> ReadHeader();
  absl::StatusOr<std::optional<std::string>> ReadBlock(uint64_t size,
                                                       bool keep);
  absl::string_view rest() const {
    return absl::string_view(buffer_).substr(begin_);
  }

  const std::unique_ptr<FileStream> stream_;
  const Limits limits_;
  std::string buffer_;
  size_t begin_ = 0;  // what of the buffer is read
  bool ended_ = false;
  int64_t broken_records_ = 0;
};

// Whether these are the first bytes of a web archive, unpacked.
bool LooksLikeWarc(absl::string_view head);

// An HTTP response as it went over the wire: headers and body. nullopt where it
// is no answer with something to read.
std::optional<WarcDocument> ReadHttpResponse(absl::string_view response,
                                             size_t body_bytes_max);

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_FILE_WARC_READER_H_
