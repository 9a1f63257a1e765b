// Little-endian and variable-length numbers, written and read back.

#ifndef WIREDESK_STAGES_DEDUPE_SKETCH_BYTE_CODING_H_
#define WIREDESK_STAGES_DEDUPE_SKETCH_BYTE_CODING_H_

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>

#include "absl/strings/string_view.h"

namespace wiredesk {

inline void StoreFixed(uint64_t value, int bytes, char* out) {
  static_assert(std::endian::native == std::endian::little);
  std::memcpy(out, &value, bytes);
}

inline uint64_t LoadFixed(const char* in, int bytes) {
  uint64_t value = 0;
  std::memcpy(&value, in, bytes);
  return value;
}

class ByteWriter {
 public:
  explicit ByteWriter(std::string& out) : out_(out) {}

  // The low `bytes` bytes of `value`.
  void Fixed(uint64_t value, int bytes) {
    char buffer[8];
    StoreFixed(value, bytes, buffer);
    out_.append(buffer, bytes);
  }
  // Room for this many bytes, to be written by StoreFixed().
  char* Extend(size_t bytes) {
    out_.resize(out_.size() + bytes);
    return out_.data() + out_.size() - bytes;
  }
  void Varint(uint64_t value) {
    for (; value >= 0x80; value >>= 7) {
      out_ += static_cast<char>(value | 0x80);
    }
    out_ += static_cast<char>(value);
  }
  // Small when near to zero, of either sign.
  void Signed(int64_t value) {
    Varint(static_cast<uint64_t>(value) << 1 ^
           static_cast<uint64_t>(value >> 63));
  }
  void Bytes(absl::string_view bytes) {
    Varint(bytes.size());
    out_.append(bytes.data(), bytes.size());
  }

 private:
  std::string& out_;
};

// Reads what a ByteWriter wrote. After a number that is not there `ok()` is
// false and all further numbers are 0.
class ByteReader {
 public:
  explicit ByteReader(absl::string_view in) : in_(in) {}

  uint64_t Fixed(int bytes) {
    if (in_.size() < static_cast<size_t>(bytes)) return Fail();
    const uint64_t value = LoadFixed(in_.data(), bytes);
    in_.remove_prefix(bytes);
    return value;
  }
  // So many bytes, to be read by LoadFixed(); nullptr where there are fewer.
  const char* Take(size_t bytes) {
    if (bytes > in_.size()) {
      Fail();
      return nullptr;
    }
    const char* const taken = in_.data();
    in_.remove_prefix(bytes);
    return taken;
  }
  uint64_t Varint() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64 && !in_.empty(); shift += 7) {
      const auto byte = static_cast<uint8_t>(in_[0]);
      in_.remove_prefix(1);
      value |= static_cast<uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
    return Fail();
  }
  int64_t Signed() {
    const uint64_t value = Varint();
    return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1);
  }
  absl::string_view Bytes() {
    const uint64_t size = Varint();
    if (size > in_.size()) {
      Fail();
      return {};
    }
    const absl::string_view bytes = in_.substr(0, size);
    in_.remove_prefix(size);
    return bytes;
  }
  // A count of things of at least one byte each.
  size_t Count(size_t max) {
    const uint64_t count = Varint();
    if (count > max || count > in_.size()) return Fail();
    return count;
  }

  bool ok() const { return ok_; }
  bool done() const { return ok_ && in_.empty(); }

 private:
  uint64_t Fail() {
    ok_ = false;
    in_ = {};
    return 0;
  }

  absl::string_view in_;
  bool ok_ = true;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_DEDUPE_SKETCH_BYTE_CODING_H_
