#include "config/base/visible_text.h"

#include <cstdint>

#include "absl/strings/str_cat.h"

namespace wiredesk {
namespace {

struct Range {
  uint32_t first;
  uint32_t last;
};

// Above ASCII, in order: C1, the marks of direction, separators, the byte order
// mark, tags.
constexpr Range kHidden[] = {
    {0x80, 0x9F},     {0x61C, 0x61C},   {0x200E, 0x200F}, {0x2028, 0x202E},
    {0x2066, 0x2069}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F}};

bool IsHidden(uint32_t code) {
  for (const Range& range : kHidden) {
    if (code >= range.first && code <= range.last) return true;
  }
  return false;
}

// The code point at the front, and its bytes; 0 bytes where it is not UTF-8.
size_t Decode(absl::string_view text, uint32_t& code) {
  const auto lead = static_cast<uint8_t>(text[0]);
  const size_t size = lead < 0xC2   ? 0
                      : lead < 0xE0 ? 2
                      : lead < 0xF0 ? 3
                      : lead < 0xF5 ? 4
                                    : 0;
  if (size == 0 || text.size() < size) return 0;
  code = lead & (0xFFu >> (size + 1));
  for (size_t i = 1; i < size; ++i) {
    const auto byte = static_cast<uint8_t>(text[i]);
    if ((byte & 0xC0) != 0x80) return 0;
    code = code << 6 | (byte & 0x3F);
  }
  const bool sound =
      size == 2 ||
      (size == 3 && code >= 0x800 && (code < 0xD800 || code > 0xDFFF)) ||
      (size == 4 && code >= 0x10000 && code <= 0x10FFFF);
  return sound ? size : 0;
}

}  // namespace

std::string VisibleText(absl::string_view text, VisibleLines lines) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto byte = static_cast<uint8_t>(text[0]);
    size_t size = 1;
    if (byte >= 0x80) {
      uint32_t code = 0;
      size = Decode(text, code);
      if (size == 0) {
        absl::StrAppend(&out, "\\x", absl::Hex(byte, absl::kZeroPad2));
        size = 1;
      } else if (IsHidden(code)) {
        absl::StrAppend(&out, "\\u", absl::Hex(code, absl::kZeroPad4));
      } else {
        out.append(text.data(), size);
      }
    } else if ((byte >= 0x20 && byte != 0x7F) ||
               ((byte == '\n' || byte == '\t') &&
                lines == VisibleLines::kSeveral)) {
      out.push_back(text[0]);
    } else if (byte == '\n') {
      out += "\\n";
    } else if (byte == '\t') {
      out += "\\t";
    } else {
      absl::StrAppend(&out, "\\x", absl::Hex(byte, absl::kZeroPad2));
    }
    text.remove_prefix(size);
  }
  return out;
}

}  // namespace wiredesk
