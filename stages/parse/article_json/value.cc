#include "stages/parse/article_json/value.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "stages/parse/html/markup_sniff.h"
#include "stages/parse/html/text.h"
#include "stages/text/unicode.h"

namespace wiredesk {
namespace {

// The text of what may be HTML; a view of it where it is plain.
absl::string_view WithoutMarkup(absl::string_view text,
                                const ParseContext& context) {
  const TextMarkup markup = SniffMarkup(text);
  if (markup == TextMarkup::kNone) return text;
  std::string plain;
  if (markup == TextMarkup::kTags) {
    AppendHtmlText(text, plain);
  } else {
    AppendReferencedText(text, plain);
  }
  return CopyText(plain, context.arena);
}

}  // namespace

absl::string_view JsonText(JsonValue value) {
  return absl::StripAsciiWhitespace(value.string());
}

absl::string_view JsonScalar(JsonValue value) {
  if (!value.is_number()) return JsonText(value);
  const bool whole =
      value.text().find_first_of(".eE") == absl::string_view::npos;
  return whole ? value.text() : absl::string_view();
}

absl::string_view JsonMember(JsonValue object,
                             std::initializer_list<absl::string_view> keys) {
  for (const absl::string_view key : keys) {
    const absl::string_view text = JsonText(object.Find(key));
    if (!text.empty()) return text;
  }
  return {};
}

absl::string_view JsonName(JsonValue value) {
  if (!value.is_object()) return JsonText(value);
  const absl::string_view name = JsonMember(
      value, {"name", "title", "label", "text", "value", "display_name",
              "displayName", "full_name", "literal"});
  if (!name.empty()) return name;
  const JsonValue label = value.Find("label");
  const absl::string_view english = JsonMember(label, {"eng", "en"});
  if (!english.empty() || !label.has_children()) return english;
  return JsonText(*label.begin());
}

std::optional<ParsedTime> JsonTime(JsonValue value,
                                   const absl::TimeZone& zone) {
  if (value.is_string()) return ParseTime(value.text(), zone);
  if (value.is_object()) {
    const JsonValue inner = value.Find("$date");
    return inner.is_object() ? std::nullopt : JsonTime(inner, zone);
  }
  double number = 0;
  if (!value.is_number() || !absl::SimpleAtod(value.text(), &number)) {
    return std::nullopt;
  }
  constexpr double kCompactMin = 19000101;
  constexpr double kCompactMax = 29991231235959;
  if (number >= kCompactMin && number <= kCompactMax) {
    const absl::string_view digits = JsonScalar(value);
    if (digits.size() == 8 || digits.size() == 14) {
      return ParseTime(digits, zone);
    }
  }
  return ParseEpoch(number);
}

absl::string_view JsonLine(absl::string_view text,
                           const ParseContext& context) {
  return Truncate(
      CleanText(WithoutMarkup(text, context), TextShape::kLine, context.arena),
      context.limits.headline_bytes_max);
}

absl::string_view JsonParagraphs(absl::string_view text,
                                 const ParseContext& context) {
  return Truncate(CleanText(WithoutMarkup(text, context),
                            TextShape::kParagraphs, context.arena),
                  context.limits.body_bytes_max);
}

}  // namespace wiredesk
