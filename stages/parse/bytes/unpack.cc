#include "stages/parse/bytes/unpack.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <memory>

#include "absl/strings/match.h"

namespace wiredesk {
namespace {

constexpr size_t kStep = 256 << 10;

// Makes room for another step at the end of `out`; false at the limit.
bool Grow(std::string& out, size_t used, size_t bytes_max) {
  const size_t size = std::min(bytes_max, used + kStep);
  out.resize(size);
  return size > used;
}

UnpackResult UnpackGzip(absl::string_view bytes, size_t bytes_max,
                        std::string& out) {
  z_stream stream = {};
  if (inflateInit2(&stream, 15 + 16) != Z_OK) return UnpackResult::kBroken;
  const std::unique_ptr<z_stream, int (*)(z_stream*)> owner(&stream,
                                                            &inflateEnd);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  size_t used = 0;
  UnpackResult result = UnpackResult::kOk;
  while (true) {
    if (!Grow(out, used, bytes_max)) {
      result = UnpackResult::kTooLarge;
      break;
    }
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + used);
    stream.avail_out = static_cast<uInt>(out.size() - used);
    const int code = inflate(&stream, Z_NO_FLUSH);
    used = out.size() - stream.avail_out;
    if (code == Z_STREAM_END) {
      if (stream.avail_in == 0) break;
      if (DetectPacking({reinterpret_cast<const char*>(stream.next_in),
                         stream.avail_in}) != Packing::kGzip ||
          inflateReset(&stream) != Z_OK) {
        break;  // padding after the last member
      }
    } else if (code != Z_OK || (stream.avail_in == 0 && stream.avail_out > 0)) {
      result = UnpackResult::kBroken;
      break;
    }
  }
  out.resize(used);
  return result;
}

UnpackResult UnpackZstd(absl::string_view bytes, size_t bytes_max,
                        std::string& out) {
  const std::unique_ptr<ZSTD_DCtx, size_t (*)(ZSTD_DCtx*)> context(
      ZSTD_createDCtx(), &ZSTD_freeDCtx);
  if (context == nullptr) return UnpackResult::kBroken;
  ZSTD_inBuffer in = {bytes.data(), bytes.size(), 0};
  size_t used = 0;
  size_t left = 1;
  UnpackResult result = UnpackResult::kOk;
  while (in.pos < in.size || left != 0) {
    if (!Grow(out, used, bytes_max)) {
      result = UnpackResult::kTooLarge;
      break;
    }
    ZSTD_outBuffer step = {out.data() + used, out.size() - used, 0};
    left = ZSTD_decompressStream(context.get(), &step, &in);
    used += step.pos;
    const bool starved = in.pos == in.size && step.pos < step.size && left != 0;
    if (ZSTD_isError(left) != 0 || starved) {
      result = UnpackResult::kBroken;
      break;
    }
  }
  out.resize(used);
  return result;
}

}  // namespace

Packing DetectPacking(absl::string_view bytes) {
  if (absl::StartsWith(bytes, "\x1F\x8B\x08")) return Packing::kGzip;
  if (absl::StartsWith(bytes, "\x28\xB5\x2F\xFD")) return Packing::kZstd;
  return Packing::kNone;
}

UnpackResult Unpack(absl::string_view bytes, Packing packing, size_t bytes_max,
                    std::string& out) {
  out.clear();
  switch (packing) {
    case Packing::kGzip:
      return UnpackGzip(bytes, bytes_max, out);
    case Packing::kZstd:
      return UnpackZstd(bytes, bytes_max, out);
    case Packing::kNone:
      break;
  }
  return UnpackResult::kBroken;
}

}  // namespace wiredesk
