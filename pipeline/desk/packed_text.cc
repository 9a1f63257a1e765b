#include "pipeline/desk/packed_text.h"

#include <zstd.h>

#include <cstdint>

namespace wiredesk {
namespace {

constexpr int kLevel = 1;
// Nothing that is packed here is larger; what says so is damaged.
constexpr uint64_t kBytesMax = 64 << 20;

}  // namespace

std::string PackText(absl::string_view text) {
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  const size_t size = ZSTD_compress(packed.data(), packed.size(), text.data(),
                                    text.size(), kLevel);
  packed.resize(ZSTD_isError(size) != 0 ? 0 : size);
  packed.shrink_to_fit();
  return packed;
}

std::string UnpackText(absl::string_view packed) {
  const uint64_t bytes = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (bytes > kBytesMax) return "";  // errors are the largest numbers
  std::string text(bytes, '\0');
  const size_t size =
      ZSTD_decompress(text.data(), text.size(), packed.data(), packed.size());
  return ZSTD_isError(size) != 0 ? "" : text;
}

}  // namespace wiredesk
