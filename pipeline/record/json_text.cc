// The long text of an article goes through here once for each message, so it is
// copied and looked at in one pass, sixteen bytes at a time where the processor
// has SSE2 and eight elsewhere. What stands between two escapes is copied
// whole.

#include "pipeline/record/json_text.h"

#include <simdjson.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace wiredesk {
namespace {

constexpr uint64_t kOnes = 0x0101010101010101;
constexpr uint64_t kHighs = 0x8080808080808080;
constexpr char kHexDigits[] = "0123456789abcdef";

// "00" to "99", the tens in the low byte.
constexpr std::array<uint16_t, 100> kPairs = [] {
  std::array<uint16_t, 100> pairs{};
  for (size_t i = 0; i < 100; ++i) {
    pairs[i] = static_cast<uint16_t>(('0' + i % 10) << 8 | ('0' + i / 10));
  }
  return pairs;
}();

uint32_t PairOf(uint32_t number) { return kPairs[number]; }

// The low byte first, whatever the machine's order is.
void StoreLow(uint32_t bytes, char* out) {
  for (int i = 0; i < 4; ++i) out[i] = static_cast<char>(bytes >> (8 * i));
}

bool NeedsEscape(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

char* WriteEscape(char c, char* out) {
  *out++ = '\\';
  switch (c) {
    case '"':
    case '\\':
      *out++ = c;
      return out;
    case '\n':
      *out++ = 'n';
      return out;
    case '\r':
      *out++ = 'r';
      return out;
    case '\t':
      *out++ = 't';
      return out;
    default:
      out[0] = 'u';
      out[1] = '0';
      out[2] = '0';
      out[3] = kHexDigits[(c >> 4) & 15];
      out[4] = kHexDigits[c & 15];
      return out + 5;
  }
}

// Whether any of eight bytes needs an escape; also true for some that only
// stand above such a byte, or above 0x7f, which the slow way then sorts out.
bool MayNeedEscape(uint64_t word) {
  const auto zeros = [](uint64_t x) { return (x - kOnes) & ~x & kHighs; };
  const uint64_t control = (word - kOnes * 0x20) & ~word & kHighs;
  return (control | zeros(word ^ (kOnes * '"')) |
          zeros(word ^ (kOnes * '\\'))) != 0;
}

template <typename Word>
bool CopyPlain(const char* from, size_t size, char* out) {
  // Two words that overlap cover all from one to two of them.
  Word first;
  Word last;
  std::memcpy(&first, from, sizeof(Word));
  std::memcpy(&last, from + size - sizeof(Word), sizeof(Word));
  // Bytes of a smaller word are filled up with what needs no escape.
  constexpr uint64_t kFill =
      sizeof(Word) == 8 ? 0 : (kOnes * ' ') << (8 * (sizeof(Word) % 8));
  if (MayNeedEscape(first | kFill) || MayNeedEscape(last | kFill)) return false;
  std::memcpy(out, &first, sizeof(Word));
  std::memcpy(out + size - sizeof(Word), &last, sizeof(Word));
  return true;
}

// At most 16 bytes.
char* WriteShort(const char* from, size_t size, char* out) {
  const bool plain = size >= 8   ? CopyPlain<uint64_t>(from, size, out)
                     : size >= 4 ? CopyPlain<uint32_t>(from, size, out)
                                 : false;
  if (plain) return out + size;
  for (const char* const end = from + size; from != end; ++from) {
    if (NeedsEscape(*from)) {
      out = WriteEscape(*from, out);
    } else {
      *out++ = *from;
    }
  }
  return out;
}

// Copies 16 bytes; a bit for each one that needs an escape.
#if defined(__SSE2__)
uint32_t CopyAndTest(const char* from, char* out) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(out), bytes);
  const __m128i control =
      _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1f)), bytes);
  const __m128i marks =
      _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                   _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
  return static_cast<uint32_t>(_mm_movemask_epi8(_mm_or_si128(control, marks)));
}
#else
uint32_t CopyAndTest(const char* from, char* out) {
  uint64_t words[2];
  std::memcpy(words, from, sizeof(words));
  std::memcpy(out, words, sizeof(words));
  if (!MayNeedEscape(words[0]) && !MayNeedEscape(words[1])) return 0;
  uint32_t found = 0;
  for (int i = 0; i < 16; ++i) found |= NeedsEscape(from[i]) ? 1U << i : 0;
  return found;
}
#endif

// How many code points begin in `length` bytes: all bytes but 10xxxxxx.
uint32_t CountCodePoints(const char* from, size_t length) {
  uint32_t count = 0;
  for (size_t i = 0; i < length; ++i) {
    count += static_cast<signed char>(from[i]) >= -64 ? 1 : 0;
  }
  return count;
}

char* WriteDigits(int64_t value, int digits, char* out) {
  for (int i = digits; i-- > 0; value /= 10) {
    out[i] = static_cast<char>('0' + value % 10);
  }
  return out + digits;
}

}  // namespace

char* WriteEscaped(absl::string_view text, char* out) {
  const char* from = text.data();
  size_t left = text.size();
  while (left >= 16) {
    const uint32_t found = CopyAndTest(from, out);
    if (found == 0) {
      from += 16;
      out += 16;
      left -= 16;
      continue;
    }
    const auto plain = static_cast<size_t>(__builtin_ctz(found));
    out = WriteEscape(from[plain], out + plain);
    from += plain + 1;
    left -= plain + 1;
  }
  return WriteShort(from, left, out);
}

char* WriteInteger(int64_t value, char* out) {
  if (value < 0 || value >= 10000) {
    return std::to_chars(out, out + kNumberSizeMax, value).ptr;
  }
  // Most are offsets into a text. Four digits, of which the zeros that lead are
  // shifted out.
  const auto number = static_cast<uint32_t>(value);
  const uint32_t digits = PairOf(number / 100) | PairOf(number % 100) << 16;
  const int zeros = number >= 1000  ? 0
                    : number >= 100 ? 1
                    : number >= 10  ? 2
                                    : 3;
  StoreLow(digits >> (8 * zeros), out);
  return out + 4 - zeros;
}

char* WriteJsonNumber(double value, char* out) {
  if (!std::isfinite(value)) {
    constexpr absl::string_view kNull = "null";
    std::memcpy(out, kNull.data(), kNull.size());
    return out + kNull.size();
  }
  if (std::fabs(value) >= 1e14) {
    return std::to_chars(out, out + kNumberSizeMax, value).ptr;
  }
  int64_t scaled = std::llround(value * 10000);
  if (scaled < 0) {
    *out++ = '-';
    scaled = -scaled;
  }
  out = WriteInteger(scaled / 10000, out);
  int64_t fraction = scaled % 10000;
  if (fraction == 0) return out;
  int digits = 4;
  for (; fraction % 10 == 0; fraction /= 10) --digits;
  *out++ = '.';
  return WriteDigits(fraction, digits, out);
}

char* WriteRfc3339(absl::Time time, char* out) {
  constexpr int64_t kDayMillis = 86400000;
  const int64_t millis = absl::ToUnixMillis(time);
  if (millis < -62167219200000 || millis > 253402300799999) {
    return nullptr;
  }
  int64_t day = millis / kDayMillis;
  int64_t rest = millis % kDayMillis;
  if (rest < 0) {
    rest += kDayMillis;
    --day;
  }
  // Days to civil date by eras of 400 years, after Howard Hinnant; the year
  // begins in March, so that the leap day is its last.
  day += 719468;
  const int64_t era = (day >= 0 ? day : day - 146096) / 146097;
  const int64_t of_era = day - era * 146097;
  const int64_t year_of_era =
      (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const int64_t of_year =
      of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t shifted_month = (5 * of_year + 2) / 153;
  const int64_t month = shifted_month + (shifted_month < 10 ? 3 : -9);
  out = WriteDigits(year_of_era + era * 400 + (month <= 2 ? 1 : 0), 4, out);
  *out++ = '-';
  out = WriteDigits(month, 2, out);
  *out++ = '-';
  out = WriteDigits(of_year - (153 * shifted_month + 2) / 5 + 1, 2, out);
  *out++ = 'T';
  out = WriteDigits(rest / 3600000, 2, out);
  *out++ = ':';
  out = WriteDigits(rest / 60000 % 60, 2, out);
  *out++ = ':';
  out = WriteDigits(rest / 1000 % 60, 2, out);
  if (rest % 1000 != 0) {
    *out++ = '.';
    out = WriteDigits(rest % 1000, 3, out);
  }
  *out++ = 'Z';
  return out;
}

void AppendJsonString(absl::string_view text, std::string& out) {
  constexpr size_t kPiece = 512;
  char piece[EscapedSizeMax(kPiece)];
  out += '"';
  for (size_t i = 0; i < text.size(); i += kPiece) {
    const char* const end = WriteEscaped(text.substr(i, kPiece), piece);
    out.append(piece, static_cast<size_t>(end - piece));
  }
  out += '"';
}

void AppendInteger(int64_t value, std::string& out) {
  char text[kNumberSizeMax];
  out.append(text, static_cast<size_t>(WriteInteger(value, text) - text));
}

void AppendJsonNumber(double value, std::string& out) {
  char text[kNumberSizeMax];
  out.append(text, static_cast<size_t>(WriteJsonNumber(value, text) - text));
}

bool AppendRfc3339(absl::Time time, std::string& out) {
  char text[kNumberSizeMax];
  const char* const end = WriteRfc3339(time, text);
  if (end == nullptr) return false;
  out.append(text, static_cast<size_t>(end - text));
  return true;
}

bool IsUtf8(absl::string_view bytes) {
  return simdjson::validate_utf8(bytes.data(), bytes.size());
}

void AppendJsonBytes(absl::string_view bytes, std::string& out) {
  if (IsUtf8(bytes)) {
    AppendJsonString(bytes, out);
    return;
  }
  std::string repaired;
  while (!bytes.empty()) {
    size_t length = bytes.size() < 4 ? bytes.size() : 4;
    while (length > 0 && !(simdjson::validate_utf8(bytes.data(), length) &&
                           CountCodePoints(bytes.data(), length) == 1)) {
      --length;
    }
    if (length == 0) {
      repaired += "\xEF\xBF\xBD";
      length = 1;
    } else {
      repaired.append(bytes.data(), length);
    }
    bytes.remove_prefix(length);
  }
  AppendJsonString(repaired, out);
}

void AppendBase64(absl::string_view bytes, std::string& out) {
  constexpr char kAlphabet[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (size_t i = 0; i < bytes.size(); i += 3) {
    const size_t left = bytes.size() - i;
    uint32_t group = static_cast<unsigned char>(bytes[i]) << 16;
    if (left > 1) {
      group |= static_cast<unsigned char>(bytes[i + 1]) << 8;
    }
    if (left > 2) {
      group |= static_cast<unsigned char>(bytes[i + 2]);
    }
    out += kAlphabet[group >> 18];
    out += kAlphabet[(group >> 12) & 63];
    out += left > 1 ? kAlphabet[(group >> 6) & 63] : '=';
    out += left > 2 ? kAlphabet[group & 63] : '=';
  }
}

void AppendJsonMember(absl::string_view name, absl::string_view bytes,
                      std::string& out) {
  out += '"';
  out.append(name.data(), name.size());
  if (IsUtf8(bytes)) {
    out += "\":";
    AppendJsonString(bytes, out);
    return;
  }
  out += "_base64\":\"";
  AppendBase64(bytes, out);
  out += '"';
}

}  // namespace wiredesk
