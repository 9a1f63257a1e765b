#include "config/base/unpack.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>

#include "absl/strings/match.h"

namespace wiredesk {
namespace {

constexpr size_t kUnpackStep = 256 << 10;

// Makes room for another step at the end of `out`; false at the limit.
bool Grow(std::string& out, size_t used, size_t bytes_max) {
  const size_t size = std::min(bytes_max, used + kUnpackStep);
  out.resize(size);
  return size > used;
}

// zlib counts in 32 bits.
uInt Count(size_t size) {
  return static_cast<uInt>(std::min<size_t>(size, UINT32_MAX));
}

}  // namespace

Packing PackingOf(absl::string_view bytes) {
  if (absl::StartsWith(bytes, kGzipMagic)) return Packing::kGzip;
  if (absl::StartsWith(bytes, kZstdMagic)) return Packing::kZstd;
  return Packing::kNone;
}

struct Unpacker::State {
  explicit State(Packing packing) {
    if (packing == Packing::kZstd) {
      zstd = ZSTD_createDCtx();
    } else {
      // 15 bits of window, and 16 for the wrapper of gzip.
      ready =
          inflateInit2(&zlib, packing == Packing::kGzip ? 15 + 16 : 15) == Z_OK;
    }
  }
  ~State() {
    ZSTD_freeDCtx(zstd);
    if (ready) inflateEnd(&zlib);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  z_stream zlib{};
  bool ready = false;         // zlib is
  ZSTD_DCtx* zstd = nullptr;  // null: it is zlib's
};

Unpacker::Unpacker(Packing packing)
    : state_(std::make_unique<State>(packing)) {}

Unpacker::~Unpacker() = default;

Unpacker::Step Unpacker::Run(absl::string_view& packed, char* out, size_t size,
                             size_t& written) {
  written = 0;
  if (state_->zstd != nullptr) {
    ZSTD_inBuffer in = {packed.data(), packed.size(), 0};
    ZSTD_outBuffer to = {out, size, 0};
    const size_t left = ZSTD_decompressStream(state_->zstd, &to, &in);
    packed.remove_prefix(in.pos);
    written = to.pos;
    if (ZSTD_isError(left) != 0) {
      fault_ = ZSTD_getErrorName(left);
      return Step::kBroken;
    }
    return left == 0 ? Step::kEnd : Step::kMore;
  }
  fault_ = "broken";
  if (!state_->ready) return Step::kBroken;
  z_stream& zlib = state_->zlib;
  zlib.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  zlib.avail_in = Count(packed.size());
  zlib.next_out = reinterpret_cast<Bytef*>(out);
  zlib.avail_out = Count(size);
  const int code = inflate(&zlib, Z_NO_FLUSH);
  packed.remove_prefix(Count(packed.size()) - zlib.avail_in);
  written = Count(size) - zlib.avail_out;
  if (code == Z_STREAM_END) return Step::kEnd;
  if (code == Z_OK || code == Z_BUF_ERROR) return Step::kMore;
  if (zlib.msg != nullptr) fault_ = zlib.msg;
  return Step::kBroken;
}

void Unpacker::Restart() {
  if (state_->zstd != nullptr) {
    ZSTD_DCtx_reset(state_->zstd, ZSTD_reset_session_only);
  } else if (state_->ready) {
    inflateReset(&state_->zlib);
  }
}

UnpackResult Unpack(absl::string_view bytes, Packing packing, size_t bytes_max,
                    std::string& out) {
  out.clear();
  if (packing == Packing::kNone) return UnpackResult::kBroken;
  Unpacker unpacker(packing);
  size_t used = 0;
  UnpackResult result = UnpackResult::kTooLarge;
  while (Grow(out, used, bytes_max)) {
    size_t written = 0;
    const Unpacker::Step step =
        unpacker.Run(bytes, out.data() + used, out.size() - used, written);
    used += written;
    if (step == Unpacker::Step::kEnd) {
      // Behind the last member of gzip may be padding; frames of zstd include
      // some that hold nothing, under numbers of their own.
      if (bytes.empty() ||
          (packing != Packing::kZstd && PackingOf(bytes) != packing)) {
        result = UnpackResult::kOk;
        break;
      }
      unpacker.Restart();
    } else if (step == Unpacker::Step::kBroken ||
               (bytes.empty() && used < out.size())) {
      result = UnpackResult::kBroken;
      break;
    }
  }
  out.resize(used);
  return result;
}

}  // namespace wiredesk
