#include "stages/parse/json_value.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "stages/parse/html_text.h"
#include "stages/text/unicode.h"

namespace wiredesk {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

// Clean text never views the JSON, whose memory is used again.
absl::string_view Keep(absl::string_view text, TextShape shape,
                       const ParseContext& context) {
  const absl::string_view clean = CleanText(text, shape, context.arena);
  const bool inside =
      clean.data() >= text.data() && clean.data() < text.data() + text.size();
  return inside ? CopyText(clean, context.arena) : clean;
}

}  // namespace

absl::string_view JsonText(element value) {
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) return {};
  return absl::StripAsciiWhitespace({text.data(), text.size()});
}

std::string JsonScalar(element value) {
  const absl::string_view text = JsonText(value);
  if (!text.empty()) return std::string(text);
  int64_t number = 0;
  uint64_t large = 0;
  if (value.type() == element_type::INT64 &&
      value.get(number) == simdjson::SUCCESS) {
    return absl::StrCat(number);
  }
  if (value.type() == element_type::UINT64 &&
      value.get(large) == simdjson::SUCCESS) {
    return absl::StrCat(large);
  }
  return "";
}

absl::string_view JsonMember(simdjson::dom::object object,
                             std::initializer_list<absl::string_view> keys) {
  for (const absl::string_view key : keys) {
    element value;
    if (object.at_key({key.data(), key.size()}).get(value) ==
        simdjson::SUCCESS) {
      const absl::string_view text = JsonText(value);
      if (!text.empty()) return text;
    }
  }
  return {};
}

absl::string_view JsonName(element value) {
  simdjson::dom::object object;
  if (value.get(object) != simdjson::SUCCESS) return JsonText(value);
  const absl::string_view name = JsonMember(
      object, {"name", "title", "label", "text", "value", "display_name",
               "displayName", "full_name", "literal"});
  if (!name.empty()) return name;
  simdjson::dom::object label;
  if (object.at_key("label").get(label) == simdjson::SUCCESS) {
    const absl::string_view english = JsonMember(label, {"eng", "en"});
    if (!english.empty()) return english;
    for (const simdjson::dom::key_value_pair pair : label) {
      return JsonText(pair.value);
    }
  }
  return {};
}

std::optional<ParsedTime> JsonTime(element value, const absl::TimeZone& zone) {
  std::string_view text;
  double number = 0;
  simdjson::dom::object object;
  if (value.get(text) == simdjson::SUCCESS) {
    return ParseTime({text.data(), text.size()}, zone);
  }
  if (value.get(object) == simdjson::SUCCESS) {
    element inner;
    if (object.at_key("$date").get(inner) != simdjson::SUCCESS ||
        inner.is_object()) {
      return std::nullopt;
    }
    return JsonTime(inner, zone);
  }
  if (value.get(number) != simdjson::SUCCESS) return std::nullopt;
  constexpr double kCompactMin = 19000101;
  constexpr double kCompactMax = 29991231235959;
  if (const bool compact = number >= kCompactMin && number <= kCompactMax;
      compact) {
    const std::string digits = JsonScalar(value);
    if (digits.size() == 8 || digits.size() == 14)
      return ParseTime(digits, zone);
  }
  return ParseEpoch(number);
}

absl::string_view JsonLine(absl::string_view text,
                           const ParseContext& context) {
  const size_t max = context.limits.headline_bytes_max;
  if (!HasHtmlMarkup(text)) {
    return Truncate(Keep(text, TextShape::kLine, context), max);
  }
  const std::string plain = HtmlLine(text);
  return Truncate(Keep(plain, TextShape::kLine, context), max);
}

absl::string_view JsonParagraphs(absl::string_view text,
                                 const ParseContext& context) {
  const size_t max = context.limits.body_bytes_max;
  if (!HasHtmlMarkup(text)) {
    return Truncate(Keep(text, TextShape::kParagraphs, context), max);
  }
  std::string plain;
  AppendHtmlText(text, plain);
  return Truncate(Keep(plain, TextShape::kParagraphs, context), max);
}

}  // namespace wiredesk
