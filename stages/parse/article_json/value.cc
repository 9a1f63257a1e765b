#include "stages/parse/article_json/value.h"

#include <cmath>
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

std::optional<ParsedTime> NumberTime(JsonValue value,
                                     const absl::TimeZone& zone) {
  double number = 0;
  if (!absl::SimpleAtod(value.text(), &number)) return std::nullopt;
  constexpr double kCompactMin = 19000101;
  constexpr double kCompactMax = 29991231235959;
  if (number >= kCompactMin && number <= kCompactMax) {
    const absl::string_view digits = JsonScalar(value);
    if (digits.size() == 8 || digits.size() == 14) {
      return ParseTime(digits, zone);
    }
  }
  // Less is a year, a count of days or what stands for none: 0, -1.
  constexpr double kSecondsMin = 1e6;
  return std::abs(number) < kSecondsMin ? std::nullopt : ParseEpoch(number);
}

// {"$date": …}, {"seconds": …}, {"date": "…", "timezone": "…"}, a list of one.
std::optional<ParsedTime> TimeAt(JsonValue value, const absl::TimeZone& zone,
                                 int depth) {
  constexpr int kDepthMax = 4;
  constexpr size_t kTextMax = 80;
  if (value.is_string()) {
    const absl::string_view text = JsonText(value);
    if (text.size() > kTextMax) return std::nullopt;
    return ParseTime(text, zone);
  }
  if (value.is_number()) return NumberTime(value, zone);
  if (depth >= kDepthMax || !value.has_children()) return std::nullopt;
  if (value.is_array()) return TimeAt(*value.begin(), zone, depth + 1);
  if (value.Find("date").is_string()) {
    absl::TimeZone own = zone;
    const std::string name(JsonText(value.Find("timezone")));
    if (!name.empty() && !absl::LoadTimeZone(name, &own)) own = zone;
    return ParseTime(JsonText(value.Find("date")), own);
  }
  for (const absl::string_view key :
       {"$date", "seconds", "_seconds", "utc", "gmt", "iso", "iso8601",
        "published", "value", "timestamp", "timestampValue", "stringValue",
        "$numberLong", "#text", "rendered", "S", "N"}) {
    const JsonValue inner = value.Find(key);
    if (inner.is_null()) continue;
    const std::optional<ParsedTime> time = TimeAt(inner, zone, depth + 1);
    if (time.has_value()) return time;
  }
  // {"en-US": …}
  const JsonValue only = OnlyMember(value);
  return only.is_null() ? std::nullopt : TimeAt(only, zone, depth + 1);
}

}  // namespace

JsonValue OnlyMember(JsonValue object) {
  if (!object.is_object() || !object.has_children()) return JsonValue();
  const JsonValue first = *object.begin();
  return first.node()->size + 1 == object.node()->size ? first : JsonValue();
}

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
  if (!object.has_children()) return {};
  for (const absl::string_view key : keys) {
    const absl::string_view text = JsonText(object.Find(key));
    if (!text.empty()) return text;
  }
  return {};
}

absl::string_view JsonName(JsonValue value) {
  if (!value.is_object()) return JsonText(value);
  const absl::string_view name =
      JsonMember(value, {"name", "title", "label", "text", "value",
                         "display_name", "displayName", "full_name", "literal",
                         "webTitle", "S", "stringValue", "#text"});
  if (!name.empty()) return name;
  const JsonValue label = value.Find("label");
  const absl::string_view english = JsonMember(label, {"eng", "en"});
  if (!english.empty() || !label.has_children()) return english;
  return JsonText(*label.begin());
}

std::optional<ParsedTime> JsonTime(JsonValue value,
                                   const absl::TimeZone& zone) {
  return TimeAt(value, zone, 0);
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
