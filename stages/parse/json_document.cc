#include "stages/parse/json_document.h"

#include <algorithm>

#include "absl/strings/strip.h"
#include "stages/parse/charset.h"
#include "stages/text/unicode.h"

namespace wiredesk {
namespace {

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";

// The value of the four hex digits at `at`, or -1.
int HexFour(absl::string_view text, size_t at) {
  if (at + 4 > text.size()) return -1;
  int value = 0;
  for (size_t i = at; i < at + 4; ++i) {
    const char c = text[i];
    const char lower = static_cast<char>(c | 0x20);
    const bool digit = c >= '0' && c <= '9';
    if (!digit && (lower < 'a' || lower > 'f')) return -1;
    value = value * 16 + (digit ? c - '0' : lower - 'a' + 10);
  }
  return value;
}

bool IsHigh(int unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool IsLow(int unit) { return unit >= 0xDC00 && unit < 0xE000; }

// "\ud83d" without its other half becomes "\ufffd".
std::string WithoutLoneSurrogates(absl::string_view text) {
  std::string out(text);
  for (size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] != '\\') continue;
    if (text[i + 1] != 'u') {
      ++i;
      continue;
    }
    const int unit = HexFour(text, i + 2);
    const bool paired = IsHigh(unit) && text.substr(i + 6, 2) == "\\u" &&
                        IsLow(HexFour(text, i + 8));
    if ((IsHigh(unit) || IsLow(unit)) && !paired) out.replace(i + 2, 4, "fffd");
    i += paired ? 11 : 1;
  }
  return out;
}

ParseReason ReasonOf(simdjson::error_code code) {
  switch (code) {
    case simdjson::EMPTY:
      return ParseReason::kEmpty;
    case simdjson::CAPACITY:
    case simdjson::MEMALLOC:
      return ParseReason::kTooLarge;
    case simdjson::DEPTH_ERROR:
      return ParseReason::kTooDeep;
    case simdjson::UTF8_ERROR:
      return ParseReason::kNotUtf8;
    default:
      return ParseReason::kNotJson;
  }
}

}  // namespace

simdjson::error_code JsonDocument::TryParse(absl::string_view bytes,
                                            size_t depth_max,
                                            simdjson::dom::element& root) {
  if (padded_.size() < bytes.size() + simdjson::SIMDJSON_PADDING) {
    padded_.resize(bytes.size() * 2 + simdjson::SIMDJSON_PADDING);
  }
  std::copy(bytes.begin(), bytes.end(), padded_.begin());
  std::fill_n(padded_.begin() + static_cast<ptrdiff_t>(bytes.size()),
              simdjson::SIMDJSON_PADDING, '\0');
  if (parser_.max_depth() != depth_max) {
    const simdjson::error_code allocated =
        parser_.allocate(std::max<size_t>(bytes.size(), 1 << 16), depth_max);
    if (allocated != simdjson::SUCCESS) return allocated;
  }
  return parser_.parse(padded_.data(), bytes.size(), false).get(root);
}

std::optional<simdjson::dom::element> JsonDocument::Parse(
    absl::string_view bytes, const ParseContext& context, ParseError& error,
    bool& mended) {
  absl::ConsumePrefix(&bytes, kByteOrderMark);
  simdjson::dom::element root;
  simdjson::error_code code = TryParse(bytes, context.limits.depth_max, root);
  std::string storage;
  if (code == simdjson::UTF8_ERROR) {
    const Utf8Text decoded = DecodeToUtf8(
        bytes, CharsetOfContentType(context.content_type), storage);
    mended = true;
    if (decoded.text.data() != storage.data()) {
      storage.assign(decoded.text.data(), decoded.text.size());
    }
    bytes = storage;
    code = TryParse(bytes, context.limits.depth_max, root);
  }
  if (code == simdjson::STRING_ERROR) {
    const std::string whole = WithoutLoneSurrogates(bytes);
    mended = true;
    code = TryParse(whole, context.limits.depth_max, root);
  }
  if (code == simdjson::SUCCESS) return root;
  error.reason = ReasonOf(code);
  error.detail = simdjson::error_message(code);
  const size_t invalid = FindInvalidUtf8(bytes);
  if (invalid < bytes.size()) error.position = static_cast<int64_t>(invalid);
  return std::nullopt;
}

}  // namespace wiredesk
