// Text as gzip, zlib and zstd, for tests.

#ifndef WIREDESK_TESTS_PACKED_TEXT_H_
#define WIREDESK_TESTS_PACKED_TEXT_H_

#include <zlib.h>
#include <zstd.h>

#include <string>

namespace wiredesk {

inline std::string DeflatedText(const std::string& text, int window_bits) {
  z_stream stream = {};
  deflateInit2(&stream, 6, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
  std::string out(compressBound(text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

inline std::string Zlib(const std::string& text) {
  return DeflatedText(text, 15);
}

inline std::string Gzip(const std::string& text) {
  return DeflatedText(text, 15 + 16);
}

inline std::string Zstd(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(
      ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_PACKED_TEXT_H_
