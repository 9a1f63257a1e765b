#include "stages/parse/json/token.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "absl/strings/ascii.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace wiredesk {
namespace {

constexpr uint32_t kReplacement = 0xFFFD;

// Passes over digits; false if there are none.
bool SkipDigits(absl::string_view& text) {
  size_t at = 0;
  while (at < text.size() &&
         absl::ascii_isdigit(static_cast<unsigned char>(text[at]))) {
    ++at;
  }
  text.remove_prefix(at);
  return at > 0;
}

// The value of the four hex digits at `at`, or -1.
int HexFour(const char* at, const char* end) {
  if (end - at < 4) return -1;
  int value = 0;
  for (int i = 0; i < 4; ++i) {
    const char c = at[i];
    const char lower = static_cast<char>(c | 0x20);
    const bool digit = c >= '0' && c <= '9';
    if (!digit && (lower < 'a' || lower > 'f')) return -1;
    value = value * 16 + (digit ? c - '0' : lower - 'a' + 10);
  }
  return value;
}

bool IsHigh(int unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool IsLow(int unit) { return unit >= 0xDC00 && unit < 0xE000; }

char* PutUtf8(uint32_t code, char* out) {
  const auto put = [&out](uint32_t byte) { *out++ = static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6);
    put(0x80 | (code & 63));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 63));
    put(0x80 | (code & 63));
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 63));
    put(0x80 | (code >> 6 & 63));
    put(0x80 | (code & 63));
  }
  return out;
}

// What the letter behind a backslash stands for; 0 if for nothing.
char ShortEscape(char letter) {
  switch (letter) {
    case '"':
    case '\\':
    case '/':
      return letter;
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return 0;
  }
}

// Reads what stands behind "\u"; false where these are not hex digits.
bool UnicodeEscape(const char*& at, const char* end, char*& out, bool& mended) {
  const int unit = HexFour(at, end);
  if (unit < 0) return false;
  at += 4;
  auto code = static_cast<uint32_t>(unit);
  if (IsHigh(unit) && end - at >= 6 && at[0] == '\\' && at[1] == 'u' &&
      IsLow(HexFour(at + 2, end))) {
    const auto low = static_cast<uint32_t>(HexFour(at + 2, end));
    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    at += 6;
  } else if (IsHigh(unit) || IsLow(unit)) {
    code = kReplacement;
    mended = true;
  }
  out = PutUtf8(code, out);
  return true;
}

constexpr size_t kStride = 16;

// Copies up to the next backslash or the end, which it returns; `out` ends
// behind the copy, and as much as kStride bytes more may be written.
const char* CopyToBackslash(const char* at, const char* end, char*& out) {
#if defined(__SSE2__)
  const __m128i backslash = _mm_set1_epi8('\\');
  for (; end - at >= static_cast<ptrdiff_t>(kStride); at += kStride) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out), bytes);
    const auto found = static_cast<uint32_t>(
        _mm_movemask_epi8(_mm_cmpeq_epi8(bytes, backslash)));
    if (found != 0) {
      out += std::countr_zero(found);
      return at + std::countr_zero(found);
    }
    out += kStride;
  }
#endif
  while (at != end && *at != '\\') *out++ = *at++;
  return at;
}

}  // namespace

bool IsJsonNumber(absl::string_view text) {
  if (!text.empty() && text[0] == '-') text.remove_prefix(1);
  const bool zero = !text.empty() && text[0] == '0';
  const size_t size = text.size();
  if (!SkipDigits(text) || (zero && size - text.size() > 1)) return false;
  if (!text.empty() && text[0] == '.') {
    text.remove_prefix(1);
    if (!SkipDigits(text)) return false;
  }
  if (!text.empty() && (text[0] | 0x20) == 'e') {
    text.remove_prefix(1);
    if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
      text.remove_prefix(1);
    }
    if (!SkipDigits(text)) return false;
  }
  return text.empty();
}

std::optional<absl::string_view> UnescapeJsonString(
    absl::string_view inside, std::pmr::memory_resource* arena, bool& mended) {
  const char* at = inside.data();
  const char* const end = at + inside.size();
  const void* const first = std::memchr(at, '\\', inside.size());
  if (first == nullptr) return inside;
  const char* next = static_cast<const char*>(first);
  char* const begin =
      static_cast<char*>(arena->allocate(inside.size() + kStride, 1));
  std::memcpy(begin, at, static_cast<size_t>(next - at));
  char* out = begin + (next - at);
  while (next != end) {
    if (end - next < 2) return std::nullopt;
    at = next + 2;
    if (next[1] == 'u') {
      if (!UnicodeEscape(at, end, out, mended)) return std::nullopt;
    } else {
      const char letter = ShortEscape(next[1]);
      if (letter == 0) return std::nullopt;
      *out++ = letter;
    }
    next = CopyToBackslash(at, end, out);
  }
  return absl::string_view(begin, static_cast<size_t>(out - begin));
}

}  // namespace wiredesk
