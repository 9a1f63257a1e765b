#include "config/schema.h"

#include <regex.h>

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace wiredesk {
namespace {

using Shape = FieldSpec::Shape;

// "what; remedy", as ValueCodec::Parse() and the rules give it.
void ReportAt(const ConfigNode& node, absl::string_view message,
              Diagnostics& diagnostics) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(message, absl::MaxSplits("; ", 1));
  diagnostics.Error(node, parts.first, parts.second);
}

bool MatchesWhole(const std::string& pattern, const std::string& text) {
  regex_t compiled;
  const std::string anchored = absl::StrCat("^(", pattern, ")$");
  if (regcomp(&compiled, anchored.c_str(), REG_EXTENDED | REG_NOSUB) != 0) {
    return false;
  }
  const bool matches = regexec(&compiled, text.c_str(), 0, nullptr, 0) == 0;
  regfree(&compiled);
  return matches;
}

std::string BoundText(ValueType type, double bound) {
  switch (type) {
    case ValueType::kDuration:
      return absl::FormatDuration(absl::Seconds(bound));
    case ValueType::kBytes:
      return BytesToText(static_cast<int64_t>(bound));
    default:
      return NumberToText(bound);
  }
}

void CheckBounds(const FieldSpec& field, const ConfigNode& node,
                 const void* value, Diagnostics& diagnostics) {
  const std::optional<double> measure = field.codec->Measure(value);
  if (!measure.has_value()) return;
  const FieldRules& rules = field.rules;
  const ValueType type = field.codec->type();
  const bool low = rules.min.has_value() && !(*measure >= *rules.min);
  const bool high = rules.max.has_value() && !(*measure <= *rules.max);
  if (!low && !high) return;
  std::string remedy;
  if (rules.min.has_value() && rules.max.has_value()) {
    remedy = absl::StrCat("must be ", BoundText(type, *rules.min), " to ",
                          BoundText(type, *rules.max));
  } else if (rules.min.has_value()) {
    remedy = absl::StrCat("must be at least ", BoundText(type, *rules.min));
  } else {
    remedy = absl::StrCat("must be at most ", BoundText(type, *rules.max));
  }
  diagnostics.Error(
      node, absl::StrCat(node.scalar, low ? " is too small" : " is too large"),
      remedy);
}

void CheckText(const FieldSpec& field, const ConfigNode& node,
               Diagnostics& diagnostics) {
  const FieldRules& rules = field.rules;
  const bool secret = field.codec->type() == ValueType::kSecret;
  if (!rules.choices.empty() &&
      std::find(rules.choices.begin(), rules.choices.end(), node.scalar) ==
          rules.choices.end()) {
    ReportAt(node, UnknownChoiceError(node.scalar, rules.choices).message(),
             diagnostics);
  }
  if (!rules.pattern.empty() && !secret &&
      !MatchesWhole(rules.pattern, node.scalar)) {
    diagnostics.Error(node,
                      absl::StrCat("\"", node.scalar, "\" is not allowed here"),
                      absl::StrCat("must match ", rules.pattern));
  }
}

void DecodeScalar(const FieldSpec& field, const ConfigNode& node, void* value,
                  Diagnostics& diagnostics) {
  if (!node.is_scalar()) {
    diagnostics.Error(node, absl::StrCat("is ", KindName(node.kind)),
                      "must be a single value");
    return;
  }
  const absl::Status status = field.codec->Parse(node.scalar, value);
  if (!status.ok()) {
    ReportAt(node, status.message(), diagnostics);
    return;
  }
  CheckBounds(field, node, value, diagnostics);
  CheckText(field, node, diagnostics);
}

void DecodeElement(const FieldSpec& field, const ConfigNode& node, void* value,
                   Diagnostics& diagnostics) {
  if (field.shape == Shape::kRecordList) {
    field.record->Decode(node, false, value, diagnostics);
  } else {
    DecodeScalar(field, node, value, diagnostics);
  }
}

bool TooMany(const FieldSpec& field, const ConfigNode& node, size_t count,
             Diagnostics& diagnostics) {
  if (count <= field.rules.items_max) return false;
  diagnostics.Error(node, absl::StrCat("has ", count, " items"),
                    absl::StrCat("at most ", field.rules.items_max));
  return true;
}

void DecodeList(const FieldSpec& field, const ConfigNode& node, void* list,
                Diagnostics& diagnostics) {
  const bool single = field.shape == Shape::kScalarList && node.is_scalar();
  if (!node.is_sequence() && !single) {
    diagnostics.Error(node, absl::StrCat("is ", KindName(node.kind)),
                      "must be a list");
    return;
  }
  if (TooMany(field, node, node.items.size(), diagnostics)) return;
  field.clear(list);
  if (single) {
    DecodeElement(field, node, field.append(list), diagnostics);
    return;
  }
  for (const ConfigNode& item : node.items) {
    DecodeElement(field, item, field.append(list), diagnostics);
  }
  if (field.rules.required && node.items.empty()) {
    diagnostics.Error(node, "is empty", "give at least one");
  }
}

void DecodeMap(const FieldSpec& field, const ConfigNode& node, void* value,
               Diagnostics& diagnostics) {
  if (!node.is_mapping()) {
    diagnostics.Error(node, absl::StrCat("is ", KindName(node.kind)),
                      "must be a mapping");
    return;
  }
  if (TooMany(field, node, node.entries.size(), diagnostics)) return;
  auto& map = *static_cast<std::map<std::string, std::string>*>(value);
  map.clear();
  for (const ConfigEntry& entry : node.entries) {
    if (entry.value.is_scalar() || entry.value.is_null()) {
      map[entry.key] = entry.value.scalar;
    } else {
      diagnostics.Error(entry.value,
                        absl::StrCat("is ", KindName(entry.value.kind)),
                        "must be a single value");
    }
  }
}

void DecodeField(const FieldSpec& field, const ConfigNode& node, void* value,
                 Diagnostics& diagnostics) {
  switch (field.shape) {
    case Shape::kScalar:
      return DecodeScalar(field, node, value, diagnostics);
    case Shape::kScalarList:
    case Shape::kRecordList:
      return DecodeList(field, node, value, diagnostics);
    case Shape::kRecord:
      return field.record->Decode(node, false, value, diagnostics);
    case Shape::kStringMap:
      return DecodeMap(field, node, value, diagnostics);
    case Shape::kRaw:
      *static_cast<ConfigNode*>(value) = node;
      return;
  }
}

void ReportMissing(const FieldSpec& field, const ConfigNode& node,
                   Diagnostics& diagnostics) {
  const std::string path =
      node.path.empty() ? field.key : absl::StrCat(node.path, ".", field.key);
  diagnostics.Error(node.location, path, "is missing",
                    absl::StrCat("give it: ", field.help));
}

std::string CanonicalElement(const FieldSpec& field, const void* value) {
  if (field.record == nullptr) {
    if (field.codec->type() == ValueType::kSecret) return "";
    return absl::StrCat("\"", absl::CEscape(field.codec->Format(value)), "\"");
  }
  std::string text = "{";
  for (const FieldSpec& inner : field.record->fields()) {
    absl::StrAppend(&text, inner.key, "=", CanonicalValue(inner, value), ",");
  }
  return absl::StrCat(text, "}");
}

}  // namespace

std::string CanonicalValue(const FieldSpec& field, const void* options) {
  // member() leads to the field and changes nothing.
  const void* const value = field.member(const_cast<void*>(options));
  std::string text = "[";
  switch (field.shape) {
    case Shape::kScalar:
    case Shape::kRecord:
      return CanonicalElement(field, value);
    case Shape::kRaw:
      return CanonicalText(*static_cast<const ConfigNode*>(value));
    case Shape::kStringMap:
      for (const auto& [key, item] :
           *static_cast<const std::map<std::string, std::string>*>(value)) {
        absl::StrAppend(&text, "\"", absl::CEscape(key), "\"=\"",
                        absl::CEscape(item), "\",");
      }
      break;
    case Shape::kScalarList:
    case Shape::kRecordList:
      for (size_t i = 0; i < field.size(value); ++i) {
        absl::StrAppend(&text, CanonicalElement(field, field.at(value, i)),
                        ",");
      }
      break;
  }
  return absl::StrCat(text, "]");
}

SchemaCore::SchemaCore(absl::string_view name, absl::string_view help,
                       std::function<std::shared_ptr<void>()> new_options)
    : name_(name),
      help_(help),
      new_options_(std::move(new_options)),
      defaults_(new_options_()) {}

const FieldSpec* SchemaCore::FindField(absl::string_view key) const {
  for (const FieldSpec& field : fields_) {
    if (field.key == key) return &field;
  }
  return nullptr;
}

std::vector<std::string> SchemaCore::keys() const {
  std::vector<std::string> keys;
  for (const FieldSpec& field : fields_) keys.push_back(field.key);
  return keys;
}

void SchemaCore::AddField(FieldSpec field) {
  fields_.push_back(std::move(field));
}

void SchemaCore::AddCheck(ErasedCheck check) {
  checks_.push_back(std::move(check));
}

void SchemaCore::Decode(const ConfigNode& node, bool foreign_keys,
                        void* options, Diagnostics& diagnostics) const {
  if (!node.is_mapping() && !node.is_null()) {
    diagnostics.Error(node, absl::StrCat("is ", KindName(node.kind)),
                      "must be a mapping of options");
    return;
  }
  for (const ConfigEntry& entry : node.entries) {
    const FieldSpec* const field = FindField(entry.key);
    if (field == nullptr) {
      if (!foreign_keys) {
        diagnostics.Error(entry.location, entry.value.path, "is unknown",
                          SuggestName(entry.key, keys()));
      }
    } else if (!entry.value.is_null()) {
      DecodeField(*field, entry.value, field->member(options), diagnostics);
    } else if (field->shape != Shape::kRecord) {
      // What is written and empty must not mean what is left out. A section
      // without options is one whose options are all left out.
      diagnostics.Error(entry.location, entry.value.path, "has no value",
                        "give it one, or leave the line out for the default");
    }
  }
  for (const FieldSpec& field : fields_) {
    const bool absent = node.Find(field.key) == nullptr;
    if (!absent) continue;
    if (field.rules.required) {
      ReportMissing(field, node, diagnostics);
    } else if (field.shape == Shape::kRecord) {
      // Its own required fields and checks count even if it is not written.
      ConfigNode nothing;
      nothing.location = node.location;
      nothing.path = node.path.empty()
                         ? field.key
                         : absl::StrCat(node.path, ".", field.key);
      field.record->Decode(nothing, false, field.member(options), diagnostics);
    }
  }
  for (const ErasedCheck& check : checks_) check(options, node, diagnostics);
}

}  // namespace wiredesk
