#include "stages/route/cel/functions.h"

#include <charconv>
#include <cmath>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "config/base/utf8.h"
#include "stages/route/cel/errors.h"
#include "stages/route/cel/time.h"

namespace wiredesk {
namespace {

CelValue Range() { return CelValue::Error("range"); }

CelValue CopyText(absl::string_view text, const CelCallContext& context) {
  const absl::string_view copy = context.arena->Copy(text);
  return copy.size() == text.size() ? CelValue::String(copy)
                                    : CelTooLargeError();
}

int64_t CountCodePoints(absl::string_view text) {
  int64_t count = 0;
  for (const char c : text) {
    count += static_cast<signed char>(c) >= -64 ? 1 : 0;
  }
  return count;
}

CelValue Size(const CelValue& value) {
  switch (value.kind) {
    case CelKind::kString:
      return CelValue::Int(CountCodePoints(value.text()));
    case CelKind::kBytes:
    case CelKind::kList:
    case CelKind::kMap:
      return CelValue::Int(value.size);
    default:
      return CelNoOverloadError();
  }
}

CelValue ToInt(const CelValue& value) {
  int64_t parsed = 0;
  switch (value.kind) {
    case CelKind::kInt:
      return value;
    case CelKind::kUint:
      return value.natural > INT64_MAX
                 ? Range()
                 : CelValue::Int(static_cast<int64_t>(value.natural));
    case CelKind::kDouble:
      return value.real > -9223372036854775808.0 &&
                     value.real < 9223372036854775808.0
                 ? CelValue::Int(static_cast<int64_t>(value.real))
                 : Range();
    case CelKind::kString:
      return absl::SimpleAtoi(value.text(), &parsed)
                 ? CelValue::Int(parsed)
                 : CelValue::Error("cannot convert this string to int");
    case CelKind::kTimestamp:
      return CelValue::Int(value.integer);
    default:
      return CelNoOverloadError();
  }
}

CelValue ToUint(const CelValue& value) {
  uint64_t parsed = 0;
  switch (value.kind) {
    case CelKind::kInt:
      return value.integer < 0
                 ? Range()
                 : CelValue::Uint(static_cast<uint64_t>(value.integer));
    case CelKind::kUint:
      return value;
    case CelKind::kDouble:
      return value.real > -1 && value.real < 18446744073709551616.0
                 ? CelValue::Uint(static_cast<uint64_t>(value.real))
                 : Range();
    case CelKind::kString:
      return absl::SimpleAtoi(value.text(), &parsed)
                 ? CelValue::Uint(parsed)
                 : CelValue::Error("cannot convert this string to uint");
    default:
      return CelNoOverloadError();
  }
}

CelValue ToDouble(const CelValue& value) {
  double parsed = 0;
  switch (value.kind) {
    case CelKind::kInt:
      return CelValue::Double(static_cast<double>(value.integer));
    case CelKind::kUint:
      return CelValue::Double(static_cast<double>(value.natural));
    case CelKind::kDouble:
      return value;
    case CelKind::kString:
      return absl::SimpleAtod(value.text(), &parsed)
                 ? CelValue::Double(parsed)
                 : CelValue::Error("cannot convert this string to double");
    default:
      return CelNoOverloadError();
  }
}

CelValue ToText(const CelValue& value, const CelCallContext& context) {
  char digits[40];
  std::to_chars_result end{digits, {}};
  switch (value.kind) {
    case CelKind::kString:
      return value;
    case CelKind::kBytes:
      return IsAllUtf8(value.text()) ? CelValue::String(value.text())
                                     : CelValue::Error("invalid UTF-8");
    case CelKind::kBool:
      return CelValue::String(value.boolean ? "true" : "false");
    case CelKind::kInt:
      end = std::to_chars(digits, digits + sizeof(digits), value.integer);
      break;
    case CelKind::kUint:
      end = std::to_chars(digits, digits + sizeof(digits), value.natural);
      break;
    case CelKind::kDouble:
      end = std::to_chars(digits, digits + sizeof(digits), value.real);
      break;
    case CelKind::kTimestamp:
    case CelKind::kDuration:
      return CopyText(CelTimeToText(value), context);
    default:
      return CelNoOverloadError();
  }
  return CopyText({digits, static_cast<size_t>(end.ptr - digits)}, context);
}

CelValue ToBool(const CelValue& value) {
  if (value.kind == CelKind::kBool) {
    return value;
  }
  if (value.kind != CelKind::kString) {
    return CelNoOverloadError();
  }
  for (const absl::string_view yes : {"1", "t", "true", "TRUE", "True"}) {
    if (value.text() == yes) {
      return CelValue::Bool(true);
    }
  }
  for (const absl::string_view no : {"0", "f", "false", "FALSE", "False"}) {
    if (value.text() == no) {
      return CelValue::Bool(false);
    }
  }
  return CelValue::Error("cannot convert this string to bool");
}

CelValue ToTime(const CelValue& value, CelKind kind) {
  if (value.kind == kind) {
    return value;
  }
  if (value.kind == CelKind::kString) {
    return kind == CelKind::kTimestamp ? CelParseTimestamp(value.text())
                                       : CelParseDuration(value.text());
  }
  if (value.kind == CelKind::kInt && kind == CelKind::kTimestamp) {
    return CelTimestampFromSeconds(value.integer);
  }
  return CelNoOverloadError();
}

CelValue FoldCase(const CelValue& value, bool lower,
                  const CelCallContext& context) {
  if (value.kind != CelKind::kString) {
    return CelNoOverloadError();
  }
  char* memory = static_cast<char*>(context.arena->Allocate(value.size));
  if (memory == nullptr) {
    return CelTooLargeError();
  }
  for (size_t i = 0; i < value.size; ++i) {
    const auto c = static_cast<unsigned char>(value.text()[i]);
    memory[i] = lower ? absl::ascii_tolower(c) : absl::ascii_toupper(c);
  }
  return CelValue::String({memory, value.size});
}

CelValue Matches(absl::Span<const CelValue> args, const CelBound& bound) {
  if (args[0].kind != CelKind::kString || args[1].kind != CelKind::kString) {
    return CelNoOverloadError();
  }
  const absl::string_view text = args[0].text();
  const re2::StringPiece piece(text.data(), text.size());
  if (bound.regex != nullptr) {
    return CelValue::Bool(RE2::PartialMatch(piece, *bound.regex));
  }
  const absl::string_view pattern = args[1].text();
  const RE2 regex({pattern.data(), pattern.size()}, RE2::Quiet);
  return regex.ok() ? CelValue::Bool(RE2::PartialMatch(piece, regex))
                    : CelValue::Error("invalid regular expression");
}

CelValue TimePart(absl::Span<const CelValue> args, const CelBound& bound) {
  const auto part = static_cast<CelTimePart>(bound.time_part);
  if (args[0].kind == CelKind::kDuration && args.size() == 1) {
    return CelPartOfDuration(args[0], part);
  }
  if (args[0].kind != CelKind::kTimestamp) {
    return CelNoOverloadError();
  }
  if (args.size() == 1) {
    return CelPartOfTimestamp(args[0], part, absl::UTCTimeZone());
  }
  if (bound.zone.has_value()) {
    return CelPartOfTimestamp(args[0], part, *bound.zone);
  }
  if (args[1].kind != CelKind::kString) {
    return CelNoOverloadError();
  }
  const std::optional<absl::TimeZone> zone = CelTimeZone(args[1].text());
  return zone.has_value() ? CelPartOfTimestamp(args[0], part, *zone)
                          : CelValue::Error("unknown time zone");
}

CelValue Near(absl::Span<const CelValue> args, const CelBound& bound,
              const CelCallContext& context) {
  if (args[0].kind != CelKind::kString || !bound.near.has_value()) {
    return CelNoOverloadError();
  }
  const absl::string_view text = args[0].text();
  for (const CelWordsOf& known : context.known_words) {
    if (known.text.data() == text.data() && known.text.size() == text.size()) {
      return CelValue::Bool(IsNear(known.words, *bound.near));
    }
  }
  context.words->clear();
  context.splitter->Split(text, *context.words);
  return CelValue::Bool(IsNear(*context.words, *bound.near));
}

CelValue WithinKm(absl::Span<const CelValue> args, const CelBound& bound) {
  if (args[0].kind != CelKind::kObject || bound.latitude == nullptr ||
      bound.longitude == nullptr) {
    return CelNoOverloadError();
  }
  const CelValue latitude = bound.latitude->get(args[0].data);
  const CelValue longitude = bound.longitude->get(args[0].data);
  double numbers[3];
  for (size_t i = 0; i < 3; ++i) {
    const CelValue number = ToDouble(args[i + 1]);
    if (!args[i + 1].is_number()) {
      return CelNoOverloadError();
    }
    numbers[i] = number.real;
  }
  if (latitude.kind != CelKind::kDouble || longitude.kind != CelKind::kDouble) {
    return CelValue::Bool(false);  // a place without coordinates is nowhere
  }
  return CelValue::Bool(DistanceKm(latitude.real, longitude.real, numbers[0],
                                   numbers[1]) <= numbers[2]);
}

CelValue InList(const CelValue& value, const CelBound& bound) {
  if (bound.names == nullptr) {
    return CelNoOverloadError();
  }
  if (value.kind == CelKind::kString) {
    return CelValue::Bool(bound.names->contains(value.text()));
  }
  if (value.kind != CelKind::kList) {
    return CelNoOverloadError();
  }
  for (size_t i = 0; i < value.size; ++i) {
    const CelValue item = value.item(i);
    if (item.kind == CelKind::kString && bound.names->contains(item.text())) {
      return CelValue::Bool(true);
    }
  }
  return CelValue::Bool(false);
}

CelValue TestText(CelFunction function, const CelValue& text,
                  const CelValue& part) {
  if (text.kind != CelKind::kString || part.kind != CelKind::kString) {
    return CelNoOverloadError();
  }
  switch (function) {
    case CelFunction::kStartsWith:
      return CelValue::Bool(absl::StartsWith(text.text(), part.text()));
    case CelFunction::kEndsWith:
      return CelValue::Bool(absl::EndsWith(text.text(), part.text()));
    default:
      return CelValue::Bool(absl::StrContains(text.text(), part.text()));
  }
}

}  // namespace

CelValue CelCall(CelFunction function, absl::Span<const CelValue> args,
                 const CelBound& bound, const CelCallContext& context) {
  switch (function) {
    case CelFunction::kSize:
      return Size(args[0]);
    case CelFunction::kStartsWith:
    case CelFunction::kEndsWith:
    case CelFunction::kContains:
      return TestText(function, args[0], args[1]);
    case CelFunction::kMatches:
      return Matches(args, bound);
    case CelFunction::kLowerAscii:
    case CelFunction::kUpperAscii:
      return FoldCase(args[0], function == CelFunction::kLowerAscii, context);
    case CelFunction::kToInt:
      return ToInt(args[0]);
    case CelFunction::kToUint:
      return ToUint(args[0]);
    case CelFunction::kToDouble:
      return ToDouble(args[0]);
    case CelFunction::kToString:
      return ToText(args[0], context);
    case CelFunction::kToBytes:
      return args[0].is_text() ? CelValue::Bytes(args[0].text())
                               : CelNoOverloadError();
    case CelFunction::kToBool:
      return ToBool(args[0]);
    case CelFunction::kToTimestamp:
      return ToTime(args[0], CelKind::kTimestamp);
    case CelFunction::kToDuration:
      return ToTime(args[0], CelKind::kDuration);
    case CelFunction::kType:
      return CelValue::Type(args[0].kind);
    case CelFunction::kDyn:
      return args[0];
    case CelFunction::kTimePart:
      return TimePart(args, bound);
    case CelFunction::kNear:
      return Near(args, bound, context);
    case CelFunction::kWithinKm:
      return WithinKm(args, bound);
    case CelFunction::kInList:
      return InList(args[0], bound);
  }
  return CelNoOverloadError();
}

}  // namespace wiredesk
