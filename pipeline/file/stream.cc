#include "pipeline/file/stream.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "config/base/status_macros.h"
#include "config/base/unpack.h"
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

// A buffer of packed bytes that is filled as it runs empty.
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

// All members or frames of a file, and what can be saved of a damaged one.
class PackedStream : public FileStream {
 public:
  PackedStream(std::unique_ptr<PlainStream> file, Packing packing)
      : input_(std::move(file)),
        magic_(packing == Packing::kGzip ? kGzipMagic : kZstdMagic),
        name_(packing == Packing::kGzip ? "gzip" : "zstd"),
        unpacker_(packing) {}

  absl::StatusOr<size_t> Read(char* out, size_t size) override {
    if (!fault_.ok()) return std::exchange(fault_, absl::OkStatus());
    if (damaged_) {
      // What failed may begin with a magic of its own, if none of it was taken.
      WD_ASSIGN_OR_RETURN(const bool found,
                          input_.SkipTo(magic_, failed_untaken_ ? 1 : 0));
      if (!found) return 0;
      damaged_ = false;
      between_ = true;
    }
    size_t got = 0;
    while (got == 0) {
      if (between_) {
        WD_RETURN_IF_ERROR(SkipPadding());
      }
      WD_ASSIGN_OR_RETURN(absl::string_view packed, input_.Available());
      if (packed.empty() && between_) return 0;
      if (between_) unpacker_.Restart();
      failed_untaken_ = false;
      if (packed.empty()) return Broken("ends too early");
      const size_t held = packed.size();
      const Unpacker::Step step = unpacker_.Run(packed, out, size, got);
      input_.Take(held - packed.size());
      between_ = step == Unpacker::Step::kEnd;
      if (step == Unpacker::Step::kBroken) {
        failed_untaken_ = packed.size() == held;
        fault_ = Broken(unpacker_.fault());
        break;
      }
    }
    if (got == 0) return std::exchange(fault_, absl::OkStatus());
    return got;
  }

  int64_t stored_bytes() const override { return input_.file().stored_bytes(); }

 private:
  // Tapes and block devices pad what they hold with zeros.
  absl::Status SkipPadding() {
    while (true) {
      WD_ASSIGN_OR_RETURN(const absl::string_view packed, input_.Available());
      const size_t zeros =
          std::min(packed.find_first_not_of('\0'), packed.size());
      input_.Take(zeros);
      if (packed.empty() || zeros < packed.size()) return absl::OkStatus();
    }
  }

  absl::Status Broken(absl::string_view what) {
    damaged_ = true;
    return absl::DataLossError(absl::StrCat(input_.file().path(), ": ", name_,
                                            " data: ", what, " at byte ",
                                            input_.position()));
  }

  PackedInput input_;
  const absl::string_view magic_;
  const absl::string_view name_;
  Unpacker unpacker_;
  bool between_ = false;  // members or frames
  bool damaged_ = false;  // reading goes on at the next of them
  bool failed_untaken_ = false;
  absl::Status fault_;  // to be told, once what was before it is given
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
  const Packing packing = PackingOf(magic);
  if (packing != Packing::kNone) {
    return std::make_unique<FileReadAhead>(
        std::make_unique<PackedStream>(std::move(file), packing));
  }
  return file;
}

}  // namespace wiredesk
