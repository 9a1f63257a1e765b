#include "pipeline/file/stream.h"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "config/base/status_macros.h"
#include "pipeline/file/read_ahead.h"

namespace wiredesk {
namespace {

constexpr size_t kChunkBytes = 256 << 10;

// The stored bytes of a file, with a look at its beginning.
class PlainStream : public FileStream {
 public:
  PlainStream(int fd, std::string path) : fd_(fd), path_(std::move(path)) {}
  ~PlainStream() override {
    if (fd_ != STDIN_FILENO) close(fd_);
  }
  PlainStream(const PlainStream&) = delete;
  PlainStream& operator=(const PlainStream&) = delete;

  // Looks at the first bytes without taking them.
  absl::StatusOr<absl::string_view> Peek(size_t size) {
    while (head_.size() < size) {
      char buffer[16];
      WD_ASSIGN_OR_RETURN(const size_t got,
                          ReadFile(buffer, size - head_.size()));
      if (got == 0) break;
      head_.append(buffer, got);
    }
    return absl::string_view(head_);
  }

  absl::StatusOr<size_t> Read(char* out, size_t size) override {
    size_t got = std::min(size, head_.size());
    if (got > 0) {
      std::memcpy(out, head_.data(), got);
      head_.erase(0, got);
    } else {
      WD_ASSIGN_OR_RETURN(got, ReadFile(out, size));
    }
    stored_bytes_ += static_cast<int64_t>(got);
    return got;
  }

  int64_t stored_bytes() const override { return stored_bytes_; }
  const std::string& path() const { return path_; }

 private:
  absl::StatusOr<size_t> ReadFile(char* out, size_t size) {
    ssize_t got = 0;
    do {
      got = read(fd_, out, size);
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
      return absl::ErrnoToStatus(errno, absl::StrCat("cannot read ", path_));
    }
    return static_cast<size_t>(got);
  }

  const int fd_;
  const std::string path_;
  std::string head_;
  int64_t stored_bytes_ = 0;
};

// What the two decoders share: a buffer of packed bytes that is filled as it
// runs empty.
class PackedInput {
 public:
  explicit PackedInput(std::unique_ptr<PlainStream> file)
      : file_(std::move(file)), buffer_(kChunkBytes) {}

  // The packed bytes at hand; empty at the end of the file.
  absl::StatusOr<absl::string_view> Available() {
    if (begin_ == end_) {
      WD_ASSIGN_OR_RETURN(end_, file_->Read(buffer_.data(), buffer_.size()));
      begin_ = 0;
    }
    return absl::string_view(buffer_.data() + begin_, end_ - begin_);
  }
  void Take(size_t size) { begin_ += size; }

  // Goes to where `magic` stands next, `from` bytes ahead at least; false at the
  // end of the file. Something that only looks like it fails again.
  absl::StatusOr<bool> SkipTo(absl::string_view magic, size_t from) {
    while (true) {
      if (end_ - begin_ < magic.size()) {
        WD_ASSIGN_OR_RETURN(const bool more, Refill());
        if (!more && end_ - begin_ < magic.size()) return false;
        continue;
      }
      const absl::string_view held(buffer_.data() + begin_, end_ - begin_);
      const size_t found = held.find(magic, std::exchange(from, 0));
      if (found != absl::string_view::npos) {
        begin_ += found;
        return true;
      }
      begin_ = end_ - (magic.size() - 1);
    }
  }

  // Where in the file the bytes at hand begin.
  int64_t position() const {
    return file_->stored_bytes() - static_cast<int64_t>(end_ - begin_);
  }

  const PlainStream& file() const { return *file_; }

 private:
  // More bytes behind those at hand; false at the end of the file.
  absl::StatusOr<bool> Refill() {
    std::copy(buffer_.begin() + static_cast<ptrdiff_t>(begin_),
              buffer_.begin() + static_cast<ptrdiff_t>(end_), buffer_.begin());
    end_ -= begin_;
    begin_ = 0;
    WD_ASSIGN_OR_RETURN(const size_t got, file_->Read(buffer_.data() + end_,
                                                      buffer_.size() - end_));
    end_ += got;
    return got > 0;
  }

  const std::unique_ptr<PlainStream> file_;
  std::vector<char> buffer_;
  size_t begin_ = 0;
  size_t end_ = 0;
};

constexpr absl::string_view kGzipMagic = "\x1f\x8b\x08";
constexpr absl::string_view kZstdMagic = "\x28\xb5\x2f\xfd";

class GzipStream : public FileStream {
 public:
  explicit GzipStream(std::unique_ptr<PlainStream> file)
      : input_(std::move(file)) {
    // 15 bits of window, and 16 for the gzip wrapper.
    inflateInit2(&stream_, 15 + 16);
  }
  ~GzipStream() override { inflateEnd(&stream_); }
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;

  absl::StatusOr<size_t> Read(char* out, size_t size) override {
    if (!fault_.ok()) return std::exchange(fault_, absl::OkStatus());
    if (damaged_) {
      WD_ASSIGN_OR_RETURN(const bool found, input_.SkipTo(kGzipMagic, 0));
      if (!found) return 0;
      damaged_ = false;
      between_members_ = true;
    }
    while (true) {
      WD_ASSIGN_OR_RETURN(absl::string_view packed, input_.Available());
      if (between_members_) {
        // Tapes and block devices pad what they hold with zeros.
        while (!packed.empty() && packed[0] == '\0') {
          input_.Take(1);
          WD_ASSIGN_OR_RETURN(packed, input_.Available());
        }
        if (packed.empty()) return 0;
        inflateReset(&stream_);
      }
      if (packed.empty()) return Broken("ends too early");
      between_members_ = false;
      stream_.next_in =
          reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
      stream_.avail_in = static_cast<uInt>(packed.size());
      stream_.next_out = reinterpret_cast<Bytef*>(out);
      stream_.avail_out = static_cast<uInt>(size);
      const int result = inflate(&stream_, Z_NO_FLUSH);
      const size_t got = size - stream_.avail_out;
      input_.Take(packed.size() - stream_.avail_in);
      if (result == Z_STREAM_END) {
        between_members_ = true;
      } else if (result != Z_OK && result != Z_BUF_ERROR) {
        const absl::Status broken =
            Broken(stream_.msg == nullptr ? "broken" : stream_.msg);
        if (got == 0) return broken;
        fault_ = broken;
      }
      if (got > 0) return got;
    }
  }

  int64_t stored_bytes() const override { return input_.file().stored_bytes(); }

 private:
  absl::Status Broken(absl::string_view what) {
    damaged_ = true;
    return absl::DataLossError(absl::StrCat(input_.file().path(),
                                            ": gzip data: ", what, " at byte ",
                                            input_.position()));
  }

  PackedInput input_;
  z_stream stream_{};
  bool between_members_ = false;
  bool damaged_ = false;  // reading goes on at the next member
  absl::Status fault_;    // to be told, once what was before it is given
};

class ZstdStream : public FileStream {
 public:
  explicit ZstdStream(std::unique_ptr<PlainStream> file)
      : input_(std::move(file)), stream_(ZSTD_createDStream()) {}
  ~ZstdStream() override { ZSTD_freeDStream(stream_); }
  ZstdStream(const ZstdStream&) = delete;
  ZstdStream& operator=(const ZstdStream&) = delete;

  absl::StatusOr<size_t> Read(char* out, size_t size) override {
    if (damaged_) {
      // What failed was not taken, and may begin with a magic of its own.
      WD_ASSIGN_OR_RETURN(const bool found, input_.SkipTo(kZstdMagic, 1));
      if (!found) return 0;
      damaged_ = false;
      ZSTD_initDStream(stream_);
    }
    while (true) {
      WD_ASSIGN_OR_RETURN(absl::string_view packed, input_.Available());
      while (between_frames_ && !packed.empty() && packed[0] == '\0') {
        input_.Take(1);  // padding
        WD_ASSIGN_OR_RETURN(packed, input_.Available());
      }
      if (packed.empty()) {
        if (between_frames_) return 0;
        return Broken("ends too early");
      }
      ZSTD_inBuffer in = {packed.data(), packed.size(), 0};
      ZSTD_outBuffer unpacked = {out, size, 0};
      const size_t result = ZSTD_decompressStream(stream_, &unpacked, &in);
      if (ZSTD_isError(result) != 0) return Broken(ZSTD_getErrorName(result));
      input_.Take(in.pos);
      between_frames_ = result == 0;
      if (unpacked.pos > 0) return unpacked.pos;
    }
  }

  int64_t stored_bytes() const override { return input_.file().stored_bytes(); }

 private:
  absl::Status Broken(absl::string_view what) {
    damaged_ = true;
    between_frames_ = false;
    return absl::DataLossError(absl::StrCat(input_.file().path(),
                                            ": zstd data: ", what, " at byte ",
                                            input_.position()));
  }

  PackedInput input_;
  ZSTD_DStream* const stream_;
  bool between_frames_ = false;
  bool damaged_ = false;  // reading goes on at the next frame
};

}  // namespace

absl::StatusOr<std::unique_ptr<FileStream>> FileStream::Open(
    const std::string& path) {
  const int fd =
      path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot open ", path));
  }
  auto file = std::make_unique<PlainStream>(fd, path);
  WD_ASSIGN_OR_RETURN(const absl::string_view magic, file->Peek(4));
  if (magic.substr(0, 2) == "\x1f\x8b") {
    return std::make_unique<FileReadAhead>(
        std::make_unique<GzipStream>(std::move(file)));
  }
  if (magic == kZstdMagic) {
    return std::make_unique<FileReadAhead>(
        std::make_unique<ZstdStream>(std::move(file)));
  }
  return file;
}

}  // namespace wiredesk
