#include "config/base/visible_text.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "config/base/utf8.h"

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

}  // namespace

std::string VisibleText(absl::string_view text, VisibleLines lines) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto byte = static_cast<uint8_t>(text[0]);
    size_t size = 1;
    if (byte >= 0x80) {
      size = Utf8Length(text);
      const uint32_t code = size == 0 ? 0 : Utf8CodePoint(text);
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
