#include "pipeline/json_text.h"

#include <simdjson.h>

#include <charconv>
#include <cmath>
#include <cstring>

namespace wiredesk {
namespace {

constexpr uint64_t kOnes = 0x0101010101010101;
constexpr uint64_t kHighs = 0x8080808080808080;
constexpr size_t kBlock = 64;
constexpr char kHexDigits[] = "0123456789abcdef";

uint64_t Load8(const char* from) {
  uint64_t word;
  std::memcpy(&word, from, sizeof(word));
  return word;
}

// The high bit of each byte that is zero; of a byte above a zero one it may be
// set too, which is why callers only ask whether there is any, or for the
// first.
uint64_t ZeroBytes(uint64_t word) { return (word - kOnes) & ~word & kHighs; }

bool NeedsEscape(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

// The first byte of [from, end) that JSON does not take as it is.
const char* FindEscape(const char* from, const char* end) {
  for (; end - from >= 8; from += 8) {
    const uint64_t word = Load8(from);
    const uint64_t control = (word - kOnes * 0x20) & ~word & kHighs;
    const uint64_t found = control | ZeroBytes(word ^ (kOnes * '"')) |
                           ZeroBytes(word ^ (kOnes * '\\'));
    if (found != 0) {
      break;
    }
  }
  while (from != end && !NeedsEscape(*from)) {
    ++from;
  }
  return from;
}

void AppendEscape(char c, std::string& out) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      out += "\\u00";
      out += kHexDigits[(c >> 4) & 15];
      out += kHexDigits[c & 15];
  }
}

// How many code points begin in `length` bytes: all bytes but 10xxxxxx.
uint32_t CountCodePoints(const char* from, size_t length) {
  uint32_t count = 0;
  for (size_t i = 0; i < length; ++i) {
    count += static_cast<signed char>(from[i]) >= -64 ? 1 : 0;
  }
  return count;
}

bool IsAscii(absl::string_view text) {
  const char* from = text.data();
  size_t left = text.size();
  uint64_t bits = 0;
  for (; left >= 8; from += 8, left -= 8) {
    bits |= Load8(from);
  }
  for (; left > 0; ++from, --left) {
    bits |= static_cast<unsigned char>(*from);
  }
  return (bits & kHighs) == 0;
}

void AppendDigits(int64_t value, int digits, std::string& out) {
  char text[8];
  for (int i = digits; i-- > 0; value /= 10) {
    text[i] = static_cast<char>('0' + value % 10);
  }
  out.append(text, static_cast<size_t>(digits));
}

}  // namespace

void AppendJsonString(absl::string_view text, std::string& out) {
  const char* from = text.data();
  const char* const end = from + text.size();
  out += '"';
  while (from != end) {
    const char* stop = FindEscape(from, end);
    out.append(from, static_cast<size_t>(stop - from));
    for (; stop != end && NeedsEscape(*stop); ++stop) {
      AppendEscape(*stop, out);
    }
    from = stop;
  }
  out += '"';
}

void AppendJsonBytes(absl::string_view bytes, std::string& out) {
  if (simdjson::validate_utf8(bytes.data(), bytes.size())) {
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

void AppendInteger(int64_t value, std::string& out) {
  char text[24];
  const auto end = std::to_chars(text, text + sizeof(text), value);
  out.append(text, static_cast<size_t>(end.ptr - text));
}

void AppendJsonNumber(double value, std::string& out) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  if (std::fabs(value) >= 1e14) {
    char text[32];
    const auto end = std::to_chars(text, text + sizeof(text), value);
    out.append(text, static_cast<size_t>(end.ptr - text));
    return;
  }
  int64_t scaled = std::llround(value * 10000);
  if (scaled < 0) {
    out += '-';
    scaled = -scaled;
  }
  AppendInteger(scaled / 10000, out);
  int64_t fraction = scaled % 10000;
  if (fraction == 0) {
    return;
  }
  int digits = 4;
  for (; fraction % 10 == 0; fraction /= 10) {
    --digits;
  }
  out += '.';
  AppendDigits(fraction, digits, out);
}

bool AppendRfc3339(absl::Time time, std::string& out) {
  constexpr int64_t kDayMillis = 86400000;
  const int64_t millis = absl::ToUnixMillis(time);
  if (millis < -62167219200000 || millis > 253402300799999) {
    return false;
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
  AppendDigits(year_of_era + era * 400 + (month <= 2 ? 1 : 0), 4, out);
  out += '-';
  AppendDigits(month, 2, out);
  out += '-';
  AppendDigits(of_year - (153 * shifted_month + 2) / 5 + 1, 2, out);
  out += 'T';
  AppendDigits(rest / 3600000, 2, out);
  out += ':';
  AppendDigits(rest / 60000 % 60, 2, out);
  out += ':';
  AppendDigits(rest / 1000 % 60, 2, out);
  if (rest % 1000 != 0) {
    out += '.';
    AppendDigits(rest % 1000, 3, out);
  }
  out += 'Z';
  return true;
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

void CodePointIndex::Reset(absl::string_view text) {
  text_ = text;
  ascii_ = IsAscii(text);
  before_.clear();
  if (ascii_) {
    return;
  }
  uint32_t count = 0;
  for (size_t begin = 0; begin < text.size(); begin += kBlock) {
    before_.push_back(count);
    const size_t left = text.size() - begin;
    count +=
        CountCodePoints(text.data() + begin, left < kBlock ? left : kBlock);
  }
  before_.push_back(count);
}

uint32_t CodePointIndex::At(uint32_t offset) const {
  if (ascii_) {
    return offset;
  }
  if (offset == text_.size()) {
    return before_.back();
  }
  const size_t block = offset / kBlock;
  return before_[block] +
         CountCodePoints(text_.data() + block * kBlock, offset % kBlock);
}

}  // namespace wiredesk
