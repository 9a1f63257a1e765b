#ifndef WIREDESK_PIPELINE_RECORD_JSON_BUFFER_H_
#define WIREDESK_PIPELINE_RECORD_JSON_BUFFER_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "pipeline/record/json_text.h"

namespace wiredesk {

// Memory that JSON is written into, piece by piece: a record has some thousand
// pieces, and a std::string costs a call for each. Keeps its memory when it is
// cleared, up to a limit. Belongs to one thread.
class JsonBuffer {
 public:
  JsonBuffer() = default;
  JsonBuffer(const JsonBuffer&) = delete;
  JsonBuffer& operator=(const JsonBuffer&) = delete;

  void Clear() {
    size_ = 0;
    if (capacity_ <= kKeptMax) return;
    bytes_.reset();
    capacity_ = 0;
  }
  // Forgets what was written after the first `size` bytes.
  void Truncate(size_t size) { size_ = size; }

  // Valid until the next change.
  absl::string_view text() const { return {bytes_.get(), size_}; }
  size_t size() const { return size_; }

  void Put(absl::string_view json) {
    if (json.empty()) return;
    Reserve(json.size());
    std::memcpy(bytes_.get() + size_, json.data(), json.size());
    size_ += json.size();
  }
  // A literal, whose length the compiler knows.
  template <size_t kSize>
  void PutLiteral(const char (&literal)[kSize]) {
    Reserve(kSize - 1);
    std::memcpy(bytes_.get() + size_, literal, kSize - 1);
    size_ += kSize - 1;
  }
  template <size_t kSize>
  void PutFixed(const std::array<char, kSize>& bytes) {
    Reserve(kSize);
    std::memcpy(bytes_.get() + size_, bytes.data(), kSize);
    size_ += kSize;
  }
  void Put(char c) {
    Reserve(1);
    bytes_[size_++] = c;
  }
  // `text` must be valid UTF-8.
  void PutString(absl::string_view text) {
    Put('"');
    while (!text.empty()) {
      const absl::string_view piece = text.substr(0, kPiece);
      Reserve(EscapedSizeMax(piece.size()));
      EndAt(WriteEscaped(piece, end()));
      text.remove_prefix(piece.size());
    }
    Put('"');
  }
  // `before`, and then a string.
  template <size_t kSize>
  void PutString(const std::array<char, kSize>& before,
                 absl::string_view text) {
    if (text.size() > kPiece) {
      PutFixed(before);
      PutString(text);
      return;
    }
    Reserve(kSize + 2 + EscapedSizeMax(text.size()));
    char* out = end();
    std::memcpy(out, before.data(), kSize);
    out += kSize;
    *out++ = '"';
    out = WriteEscaped(text, out);
    *out++ = '"';
    EndAt(out);
  }
  // Where at most `size` bytes can be written, to be ended by EndAt(); for what
  // has many pieces of a known length.
  char* AppendBegin(size_t size) {
    Reserve(size);
    return end();
  }
  void EndAt(const char* end) {
    size_ = static_cast<size_t>(end - bytes_.get());
  }
  void PutInteger(int64_t value) {
    Reserve(kNumberSizeMax);
    EndAt(WriteInteger(value, end()));
  }
  void PutNumber(double value) {
    Reserve(kNumberSizeMax);
    EndAt(WriteJsonNumber(value, end()));
  }
  // Without quotes. False, and nothing written, outside of the years 0 to 9999.
  bool PutRfc3339(absl::Time time) {
    Reserve(kNumberSizeMax);
    char* const after = WriteRfc3339(time, end());
    if (after == nullptr) return false;
    EndAt(after);
    return true;
  }

 private:
  static constexpr size_t kKeptMax = 4 << 20;  // beyond the longest article
  static constexpr size_t kPiece = 64 << 10;

  char* end() { return bytes_.get() + size_; }
  void Reserve(size_t more) {
    if (capacity_ - size_ < more) Grow(more);
  }
  void Grow(size_t more) {
    const size_t capacity = std::max(2 * capacity_, size_ + more + 4096);
    std::unique_ptr<char[]> bytes(new char[capacity]);
    if (size_ > 0) std::memcpy(bytes.get(), bytes_.get(), size_);
    bytes_ = std::move(bytes);
    capacity_ = capacity;
  }

  std::unique_ptr<char[]> bytes_;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace wiredesk

#endif  // WIREDESK_PIPELINE_RECORD_JSON_BUFFER_H_
