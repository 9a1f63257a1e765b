#include "stages/parse/bytes/charset.h"

#include <simdjson.h>
#include <uchardet.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "config/base/utf8.h"

namespace wiredesk {
namespace {

// Declarations are looked for in this many bytes at the head.
constexpr size_t kDeclarationMax = 4096;
// Detection reads this many bytes.
constexpr size_t kDetectionMax = 64 << 10;
// So many good sequences are UTF-8 whatever the label says. Texts in charsets
// of two bytes have such sequences by chance.
constexpr size_t kProofSingleByte = 2;
constexpr size_t kProofMultiByte = 64;

struct Label {
  absl::string_view label;
  absl::string_view charset;
};

// Labels that mean another charset than their name; from the encoding standard.
constexpr absl::string_view kWestern = "windows-1252";
const Label kLabels[] = {
    {"utf8", "utf-8"},
    {"unicode-1-1-utf-8", "utf-8"},
    {"ascii", kWestern},
    {"us-ascii", kWestern},
    {"iso-8859-1", kWestern},
    {"iso8859-1", kWestern},
    {"iso_8859-1", kWestern},
    {"iso88591", kWestern},
    {"latin1", kWestern},
    {"latin-1", kWestern},
    {"l1", kWestern},
    {"cp1252", kWestern},
    {"ansi", kWestern},
    {"x-cp1252", kWestern},
    {"iso-8859-9", "windows-1254"},
    {"latin5", "windows-1254"},
    {"iso-8859-11", "windows-874"},
    {"tis-620", "windows-874"},
    {"gb2312", "gb18030"},
    {"gbk", "gb18030"},
    {"gb_2312-80", "gb18030"},
    {"x-gbk", "gb18030"},
    {"chinese", "gb18030"},
    {"big5", "big5-hkscs"},
    {"euc-kr", "windows-949"},
    {"ks_c_5601-1987", "windows-949"},
    {"ksc5601", "windows-949"},
    {"korean", "windows-949"},
    {"shift_jis", "windows-31j"},
    {"shift-jis", "windows-31j"},
    {"sjis", "windows-31j"},
    {"x-sjis", "windows-31j"},
    {"ms_kanji", "windows-31j"},
    {"iso-8859-8-i", "iso-8859-8"},
    {"unicode", "utf-16le"},
    {"utf-16", "utf-16le"},
};

bool IsMultiByte(absl::string_view charset) {
  return charset == "gb18030" || charset == "big5-hkscs" ||
         charset == "windows-949" || charset == "windows-31j" ||
         absl::StartsWith(charset, "euc-") ||
         absl::StartsWith(charset, "iso-2022");
}

size_t SkipAscii(absl::string_view text, size_t i) {
  while (i < text.size() && static_cast<uint8_t>(text[i]) < 0x80) ++i;
  return i;
}

struct SequenceCount {
  size_t good = 0;
  size_t bad = 0;
};

SequenceCount CountSequences(absl::string_view text, size_t stop) {
  SequenceCount count;
  for (size_t i = SkipAscii(text, 0); i < text.size(); i = SkipAscii(text, i)) {
    const size_t length = Utf8Length(text.substr(i));
    ++(length > 0 ? count.good : count.bad);
    if (count.good + count.bad >= stop) break;
    i += std::max<size_t>(length, 1);
  }
  return count;
}

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter OpenConverter(const std::string& charset) {
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(charset.c_str(), &error));
  return U_SUCCESS(error) ? std::move(converter) : nullptr;
}

// Converts all of `bytes`; false where ICU does not know the charset.
bool Convert(absl::string_view bytes, const std::string& charset,
             std::string& storage) {
  const Converter converter = OpenConverter(charset);
  if (converter == nullptr) return false;
  const auto size =
      static_cast<int32_t>(std::min<size_t>(bytes.size(), INT32_MAX / 4));
  storage.resize(static_cast<size_t>(size) * 3 + 16);
  UErrorCode error = U_ZERO_ERROR;
  const int32_t needed = ucnv_toAlgorithmic(
      UCNV_UTF8, converter.get(), storage.data(),
      static_cast<int32_t>(storage.size()), bytes.data(), size, &error);
  if (U_FAILURE(error)) return false;
  storage.resize(static_cast<size_t>(needed));
  return true;
}

// UTF-8 with stray bytes of windows-1252.
void RepairUtf8(absl::string_view bytes, std::string& storage) {
  storage.clear();
  storage.reserve(bytes.size() + bytes.size() / 8);
  std::string strays[128];
  for (int i = 0; i < 128; ++i) {
    const char stray = static_cast<char>(0x80 + i);
    if (!Convert({&stray, 1}, std::string(kWestern), strays[i])) strays[i] = "";
  }
  size_t i = 0;
  while (i < bytes.size()) {
    const size_t end = SkipAscii(bytes, i);
    storage.append(bytes.data() + i, end - i);
    i = end;
    if (i >= bytes.size()) break;
    const size_t length = Utf8Length(bytes.substr(i));
    if (length > 0) {
      storage.append(bytes.data() + i, length);
    } else {
      storage += strays[static_cast<uint8_t>(bytes[i]) - 0x80];
    }
    i += std::max<size_t>(length, 1);
  }
}

struct ByteOrderMark {
  absl::string_view bytes;
  absl::string_view charset;
};

const ByteOrderMark kByteOrderMarks[] = {
    {absl::string_view("\xEF\xBB\xBF", 3), "utf-8"},
    {absl::string_view("\xFF\xFE\0\0", 4), "utf-32le"},
    {absl::string_view("\0\0\xFE\xFF", 4), "utf-32be"},
    {absl::string_view("\xFF\xFE", 2), "utf-16le"},
    {absl::string_view("\xFE\xFF", 2), "utf-16be"},
};

// Wide charsets without a mark, known by the zero bytes of their first letter.
absl::string_view WideCharset(absl::string_view bytes) {
  if (bytes.size() < 4) return {};
  const auto zero = [bytes](size_t i) { return bytes[i] == '\0'; };
  if (!zero(0) && zero(1) && zero(2) && zero(3)) return "utf-32le";
  if (zero(0) && zero(1) && zero(2) && !zero(3)) return "utf-32be";
  if (!zero(0) && zero(1) && !zero(2) && zero(3)) return "utf-16le";
  if (zero(0) && !zero(1) && zero(2) && !zero(3)) return "utf-16be";
  return {};
}

struct CloseDetector {
  void operator()(uchardet* detector) const { uchardet_delete(detector); }
};

std::string DetectCharset(absl::string_view bytes) {
  const std::unique_ptr<uchardet, CloseDetector> detector(uchardet_new());
  bytes = bytes.substr(0, kDetectionMax);
  if (uchardet_handle_data(detector.get(), bytes.data(), bytes.size()) != 0) {
    return std::string(kWestern);
  }
  uchardet_data_end(detector.get());
  const std::string label = uchardet_get_charset(detector.get());
  std::string charset = CharsetOfLabel(label);
  // It is here because this is not UTF-8, and text from the web in an unknown
  // charset is windows-1252 rather than one of an old desktop.
  if (charset.empty() || charset == "utf-8" ||
      absl::StartsWith(charset, "mac") || absl::StartsWith(charset, "ibm")) {
    charset = std::string(kWestern);
  }
  return charset;
}

// The value after `name`, "=" and quotes; ends at what ends a label.
absl::string_view ValueAfter(absl::string_view text, absl::string_view name) {
  for (size_t i = 0; i + name.size() < text.size(); ++i) {
    if (!absl::StartsWithIgnoreCase(text.substr(i), name)) continue;
    absl::string_view rest =
        absl::StripLeadingAsciiWhitespace(text.substr(i + name.size()));
    if (!absl::ConsumePrefix(&rest, "=")) continue;
    rest = absl::StripLeadingAsciiWhitespace(rest);
    if (!absl::ConsumePrefix(&rest, "\"")) absl::ConsumePrefix(&rest, "'");
    return rest.substr(0, rest.find_first_of("\"' \t\r\n;>,?/"));
  }
  return {};
}

Utf8Text AsUtf8(absl::string_view bytes, std::string& storage) {
  Utf8Text result;
  result.charset = "utf-8";
  result.text = bytes;
  if (IsValidUtf8(bytes)) return result;
  RepairUtf8(bytes, storage);
  result.text = storage;
  result.repaired = true;
  return result;
}

Utf8Text AsCharset(absl::string_view bytes, const std::string& charset,
                   std::string& storage) {
  if (charset == "utf-8" || !Convert(bytes, charset, storage)) {
    return AsUtf8(bytes, storage);
  }
  Utf8Text result;
  result.charset = charset;
  result.text = storage;
  absl::ConsumePrefix(&result.text, "\xEF\xBB\xBF");
  result.repaired = absl::StrContains(result.text, "\xEF\xBF\xBD");
  return result;
}

}  // namespace

bool IsValidUtf8(absl::string_view text) {
  return text.empty() || simdjson::validate_utf8(text.data(), text.size());
}

std::string CharsetOfLabel(absl::string_view label) {
  std::string name = absl::AsciiStrToLower(absl::StripAsciiWhitespace(label));
  for (const Label& known : kLabels) {
    if (name == known.label) return std::string(known.charset);
  }
  if (name == "utf-8" || name.empty() || absl::StrContains(name, "utf-7") ||
      absl::StrContains(name, "ebcdic")) {
    return name == "utf-8" ? name : "";
  }
  return OpenConverter(name) != nullptr ? name : "";
}

absl::string_view CharsetOfContentType(absl::string_view content_type) {
  return ValueAfter(content_type, "charset");
}

absl::string_view DeclaredCharset(absl::string_view bytes) {
  absl::string_view head =
      absl::StripLeadingAsciiWhitespace(bytes.substr(0, kDeclarationMax));
  absl::ConsumePrefix(&head, "\xEF\xBB\xBF");
  if (absl::StartsWith(head, "<?xml")) {
    const absl::string_view declaration = head.substr(0, head.find("?>"));
    return ValueAfter(declaration, "encoding");
  }
  for (size_t open = head.find('<'); open != absl::string_view::npos;
       open = head.find('<', open + 1)) {
    const absl::string_view tag = head.substr(open);
    if (!absl::StartsWithIgnoreCase(tag, "<meta")) continue;
    const absl::string_view found =
        ValueAfter(tag.substr(0, tag.find('>')), "charset");
    if (!found.empty()) return found;
  }
  return {};
}

Utf8Text DecodeToUtf8(absl::string_view bytes,
                      absl::string_view transport_charset,
                      std::string& storage) {
  for (const ByteOrderMark& mark : kByteOrderMarks) {
    if (!absl::StartsWith(bytes, mark.bytes)) continue;
    return AsCharset(bytes.substr(mark.bytes.size()), std::string(mark.charset),
                     storage);
  }
  if (const absl::string_view wide = WideCharset(bytes); !wide.empty()) {
    return AsCharset(bytes, std::string(wide), storage);
  }
  std::string charset = CharsetOfLabel(transport_charset);
  if (charset.empty()) charset = CharsetOfLabel(DeclaredCharset(bytes));
  // A document that could be read up to its declaration is not wide.
  if (absl::StartsWith(charset, "utf-16") ||
      absl::StartsWith(charset, "utf-32")) {
    charset = "utf-8";
  }
  const bool valid = IsValidUtf8(bytes);
  const bool ascii = valid && SkipAscii(bytes, 0) == bytes.size() &&
                     !absl::StartsWith(charset, "iso-2022");
  if (charset.empty() || ascii) {
    charset = valid ? "utf-8" : "";
  } else if (charset != "utf-8" && valid) {
    const size_t proof =
        IsMultiByte(charset) ? kProofMultiByte : kProofSingleByte;
    const size_t good = CountSequences(bytes, proof).good;
    if (good >= proof) charset = "utf-8";
  }
  if (!valid && (charset.empty() || charset == "utf-8")) {
    const SequenceCount count = CountSequences(bytes, bytes.size());
    if (count.good <= count.bad) {
      charset = DetectCharset(bytes);
    } else {
      charset = "utf-8";
    }
  }
  return AsCharset(bytes, charset, storage);
}

}  // namespace wiredesk
