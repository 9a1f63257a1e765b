// Bytes in any charset: what comes out is valid UTF-8, in bounded size. The
// first byte chooses the label that the transport gives.

#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <string>

#include "absl/strings/string_view.h"
#include "stages/parse/bytes/charset.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const absl::string_view kLabels[] = {
      "",       "utf-8",    "iso-8859-1", "gb2312",      "shift_jis",
      "euc-kr", "utf-16",   "utf-7",      "iso-2022-jp", "big5",
      "koi8-r", "us-ascii", "nonsense"};
  if (size == 0) return 0;
  const absl::string_view label = kLabels[data[0] % std::size(kLabels)];
  const absl::string_view bytes(reinterpret_cast<const char*>(data) + 1,
                                size - 1);
  std::string storage;
  const wiredesk::Utf8Text text = wiredesk::DecodeToUtf8(bytes, label, storage);
  if (!wiredesk::IsValidUtf8(text.text)) std::abort();
  if (text.text.size() > 4 * bytes.size() + 64) std::abort();
  return 0;
}
