#include "config/base/utf8.h"

#include <algorithm>

namespace wiredesk {
namespace {

// By the first byte, up to `lead_max`: how long the character is, and what its
// second byte may be (the Unicode Standard, table 3-7).
struct Row {
  uint8_t lead_max;
  uint8_t length;
  uint8_t second_min;
  uint8_t second_max;
};
constexpr Row kRows[] = {
    {0x7F, 1, 0, 0},       {0xC1, 0, 0, 0},       {0xDF, 2, 0x80, 0xBF},
    {0xE0, 3, 0xA0, 0xBF}, {0xEC, 3, 0x80, 0xBF}, {0xED, 3, 0x80, 0x9F},
    {0xEF, 3, 0x80, 0xBF}, {0xF0, 4, 0x90, 0xBF}, {0xF3, 4, 0x80, 0xBF},
    {0xF4, 4, 0x80, 0x8F}, {0xFF, 0, 0, 0}};

uint8_t ByteAt(absl::string_view text, size_t i) {
  return static_cast<uint8_t>(text[i]);
}

}  // namespace

size_t Utf8Length(absl::string_view text) {
  if (text.empty()) return 0;
  const uint8_t lead = ByteAt(text, 0);
  const Row* row = kRows;
  while (lead > row->lead_max) ++row;
  if (row->length <= 1) return row->length;
  if (text.size() < row->length || ByteAt(text, 1) < row->second_min ||
      ByteAt(text, 1) > row->second_max) {
    return 0;
  }
  for (size_t i = 2; i < row->length; ++i) {
    if ((ByteAt(text, i) & 0xC0) != 0x80) return 0;
  }
  return row->length;
}

uint32_t Utf8CodePoint(absl::string_view text) {
  const size_t length = Utf8Length(text);
  if (length <= 1) return ByteAt(text, 0);
  uint32_t code = ByteAt(text, 0) & (0xFFu >> (length + 1));
  for (size_t i = 1; i < length; ++i) {
    code = code << 6 | (ByteAt(text, i) & 0x3F);
  }
  return code;
}

bool IsAllUtf8(absl::string_view text) {
  while (!text.empty()) {
    const size_t length = Utf8Length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace wiredesk
