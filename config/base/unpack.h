// gzip, zlib and zstd, unpacked up to a limit.
//
// Unpack() takes bytes that are at hand as a whole: the value of a record, the
// body of an HTTP response, a file. Unpacker is the step that it is made of, for
// those who get the packed bytes piece by piece, such as a file that does not
// fit into memory. Linear in the bytes that go in and come out; memory beyond
// `out` is a decoder's window, which zstd bounds at 128 MB.

#ifndef WIREDESK_CONFIG_BASE_UNPACK_H_
#define WIREDESK_CONFIG_BASE_UNPACK_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"

namespace wiredesk {

enum class Packing : uint8_t { kNone, kGzip, kZlib, kZstd };

// The magic numbers with which a member or frame begins.
inline constexpr absl::string_view kGzipMagic = "\x1F\x8B\x08";
inline constexpr absl::string_view kZstdMagic = "\x28\xB5\x2F\xFD";

// By the first bytes. Never kZlib, which begins as text may ("x"): HTTP calls it
// deflate, and only a header says so.
Packing PackingOf(absl::string_view bytes);

// Reads the members or frames of one packing. Belongs to one thread.
class Unpacker {
 public:
  explicit Unpacker(Packing packing);  // not kNone
  ~Unpacker();
  Unpacker(const Unpacker&) = delete;
  Unpacker& operator=(const Unpacker&) = delete;

  enum class Step : uint8_t {
    kMore,    // it needs more bytes, or more room
    kEnd,     // of a member or frame; Restart() before the next
    kBroken,  // see fault(); Restart() where one begins again
  };
  // Takes from the front of `packed` and writes up to `size` bytes to `out`;
  // `written` says how many, also where it is broken behind them.
  Step Run(absl::string_view& packed, char* out, size_t size, size_t& written);
  void Restart();
  absl::string_view fault() const { return fault_; }

 private:
  struct State;  // of zlib or zstd
  const std::unique_ptr<State> state_;
  absl::string_view fault_;
};

enum class UnpackResult : uint8_t { kOk, kTooLarge, kBroken };

// Unpacks all members or frames of `bytes` to `out`, of which never more than
// `bytes_max` bytes are made. Afterwards `out` holds what came out, even where
// the input broke off.
UnpackResult Unpack(absl::string_view bytes, Packing packing, size_t bytes_max,
                    std::string& out);

}  // namespace wiredesk

#endif  // WIREDESK_CONFIG_BASE_UNPACK_H_
