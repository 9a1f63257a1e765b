#include "config/schema_print.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace wiredesk {
namespace {

using Shape = FieldSpec::Shape;
using StringMap = std::map<std::string, std::string>;

constexpr size_t kCommentColumns = 76;
constexpr size_t kProseColumns = 100;

const void* ValueOf(const FieldSpec& field, const void* options) {
  return field.member(const_cast<void*>(options));
}

absl::string_view TypeName(const ValueCodec& codec) {
  switch (codec.type()) {
    case ValueType::kBool:
      return "true or false";
    case ValueType::kInteger:
      return "whole number";
    case ValueType::kNumber:
      return "number";
    case ValueType::kString:
      return "text";
    case ValueType::kDuration:
      return "duration";
    case ValueType::kBytes:
      return "size";
    case ValueType::kSecret:
      return "secret";
    case ValueType::kChoice:
      return "choice";
  }
  return "text";
}

std::string Bound(ValueType type, double bound) {
  if (type == ValueType::kDuration) {
    return absl::FormatDuration(absl::Seconds(bound));
  }
  if (type == ValueType::kBytes) {
    return BytesToText(static_cast<int64_t>(bound));
  }
  return NumberToText(bound);
}

// The words of `text` in lines of at most `columns`, each after `prefix`.
void AppendWrapped(absl::string_view text, const std::string& prefix,
                   size_t columns, std::string& out) {
  std::string line;
  for (absl::string_view word : absl::StrSplit(text, ' ')) {
    if (!line.empty() &&
        prefix.size() + line.size() + word.size() + 1 > columns) {
      absl::StrAppend(&out, prefix, line, "\n");
      line.clear();
    }
    absl::StrAppend(&line, line.empty() ? "" : " ", word);
  }
  absl::StrAppend(&out, prefix, line, "\n");
}

// "whole number, 1 to 16", "`a`, `b`", "list of text".
std::string TypeText(const FieldSpec& field) {
  switch (field.shape) {
    case Shape::kRecord:
      return "mapping, see below";
    case Shape::kRecordList:
      return "list of mappings, see below";
    case Shape::kStringMap:
      return "mapping of names to values";
    case Shape::kRaw:
      return "see the text";
    case Shape::kScalar:
    case Shape::kScalarList:
      break;
  }
  const ValueCodec& codec = *field.codec;
  const FieldRules& rules = field.rules;
  std::string text = field.shape == Shape::kScalarList ? "list of " : "";
  std::vector<std::string> choices = codec.choices();
  if (choices.empty()) choices = rules.choices;
  if (choices.empty()) {
    absl::StrAppend(&text, TypeName(codec));
  } else {
    absl::StrAppend(&text, "`", absl::StrJoin(choices, "`, `"), "`");
  }
  const ValueType type = codec.type();
  if (rules.min.has_value() && rules.max.has_value()) {
    absl::StrAppend(&text, ", ", Bound(type, *rules.min), " to ",
                    Bound(type, *rules.max));
  } else if (rules.min.has_value()) {
    absl::StrAppend(&text, ", at least ", Bound(type, *rules.min));
  } else if (rules.max.has_value()) {
    absl::StrAppend(&text, ", at most ", Bound(type, *rules.max));
  }
  return text;
}

// Whether a plain YAML scalar would be read as something else.
bool NeedsQuotes(const std::string& text) {
  if (text.empty() || text == "~" || text == "null") return true;
  if (absl::ascii_isspace(text.front()) || absl::ascii_isspace(text.back())) {
    return true;
  }
  if (absl::StrContains("-?:,[]{}#&*!|>'\"%@`", text.substr(0, 1))) return true;
  if (absl::StrContains(text, ": ") || absl::StrContains(text, " #")) {
    return true;
  }
  return std::any_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_iscntrl(c) || c == '[' || c == ']' || c == '{' ||
           c == '}' || c == ',';
  });
}

std::string ScalarYaml(const std::string& text) {
  if (!NeedsQuotes(text)) return text;
  return absl::StrCat("\"", absl::Utf8SafeCEscape(text), "\"");
}

bool HoldsSecret(absl::string_view key) {
  const std::string lower = absl::AsciiStrToLower(key);
  for (absl::string_view word :
       {"password", "secret", "token", "pem", "credential"}) {
    if (absl::StrContains(lower, word)) return true;
  }
  return false;
}

std::string MapYaml(const StringMap& map) {
  std::vector<std::string> parts;
  for (const auto& [key, value] : map) {
    parts.push_back(absl::StrCat(
        ScalarYaml(key), ": ",
        ScalarYaml(HoldsSecret(key) ? std::string("[secret]") : value)));
  }
  return absl::StrCat("{", absl::StrJoin(parts, ", "), "}");
}

// A value on one line; records are printed by their callers.
std::string ValueYaml(const FieldSpec& field, const void* value) {
  switch (field.shape) {
    case Shape::kScalar: {
      const std::string text = field.codec->Format(value);
      const bool none =
          text.empty() && (field.codec->type() != ValueType::kString);
      return none ? "null" : ScalarYaml(text);
    }
    case Shape::kScalarList: {
      std::vector<std::string> parts;
      for (size_t i = 0; i < field.size(value); ++i) {
        parts.push_back(ScalarYaml(field.codec->Format(field.at(value, i))));
      }
      return absl::StrCat("[", absl::StrJoin(parts, ", "), "]");
    }
    case Shape::kStringMap:
      return MapYaml(*static_cast<const StringMap*>(value));
    case Shape::kRaw: {
      const auto& node = *static_cast<const ConfigNode*>(value);
      return node.is_null() ? "null" : CanonicalText(node);
    }
    case Shape::kRecord:
      return "{}";
    case Shape::kRecordList:
      return "[]";
  }
  return "null";
}

// --- Markdown ---------------------------------------------------------------

std::string DefaultCell(const FieldSpec& field, const void* options) {
  if (field.rules.required) return "required";
  const bool nested =
      field.shape == Shape::kRecord || field.shape == Shape::kRecordList;
  if (nested || field.shape == Shape::kRaw) return "";
  const std::string text = ValueYaml(field, ValueOf(field, options));
  if (text == "\"\"" || text == "null" || text == "[]" || text == "{}") {
    return "";
  }
  return absl::StrCat("`", text, "`");
}

std::string Cell(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"|", "\\|"}, {"\n", " "}});
}

void AppendTable(const SchemaCore& schema, const std::string& path, int level,
                 std::string& out) {
  absl::StrAppend(&out, "| option | type | default | what it does |\n",
                  "|---|---|---|---|\n");
  for (const FieldSpec& field : schema.fields()) {
    absl::StrAppend(&out, "| `", field.key, "` | ", Cell(TypeText(field)),
                    " | ", Cell(DefaultCell(field, schema.defaults())), " | ",
                    Cell(field.help));
    if (!field.rules.example.empty()) {
      absl::StrAppend(&out, " Example: `", Cell(field.rules.example), "`.");
    }
    absl::StrAppend(&out, " |\n");
  }
  for (const FieldSpec& field : schema.fields()) {
    if (field.record == nullptr) continue;
    const std::string inner =
        absl::StrCat(path.empty() ? "" : absl::StrCat(path, "."), field.key,
                     field.shape == Shape::kRecordList ? "[]" : "");
    absl::StrAppend(&out, "\n", std::string(level, '#'), " `", inner, "`\n\n");
    AppendWrapped(field.record->help(), "", kProseColumns, out);
    out += "\n";
    AppendTable(*field.record, inner, std::min(level + 1, 6), out);
  }
}

// --- Example ----------------------------------------------------------------

// `text` as comment lines, broken at spaces.
void AppendComment(absl::string_view text, const std::string& indent,
                   std::string& out) {
  AppendWrapped(text, indent + "# ", kCommentColumns + 2, out);
}

void AppendExample(const SchemaCore& schema, const std::string& indent,
                   bool commented, std::string& out) {
  for (const FieldSpec& field : schema.fields()) {
    AppendComment(
        absl::StrCat(field.help, field.record == nullptr
                                     ? absl::StrCat(" (", TypeText(field), ")")
                                     : ""),
        indent, out);
    const std::string mark = commented ? "#" : "";
    if (field.shape == Shape::kRecord) {
      absl::StrAppend(&out, indent, mark, field.key, ":\n");
      AppendExample(*field.record, indent + "  ", commented, out);
    } else if (field.shape == Shape::kRecordList) {
      absl::StrAppend(&out, indent, "#", field.key, ":\n", indent, "#  -\n");
      AppendExample(*field.record, indent + "    ", true, out);
    } else {
      const std::string value =
          field.rules.example.empty()
              ? ValueYaml(field, ValueOf(field, schema.defaults()))
              : field.rules.example;
      absl::StrAppend(&out, indent, field.rules.required ? mark : "#",
                      field.key, ": ", value, "\n");
    }
  }
}

// --- Effective --------------------------------------------------------------

std::string SourceOf(const ConfigNode* node) {
  if (node == nullptr) return "default";
  const std::string place =
      absl::StrCat(node->location.file, ":", node->location.line);
  return node->from_environment ? absl::StrCat(place, ", environment") : place;
}

void AppendEffective(const SchemaCore& schema, const void* options,
                     const ConfigNode* node, const std::string& indent,
                     std::string& out) {
  for (const FieldSpec& field : schema.fields()) {
    const void* const value = ValueOf(field, options);
    const ConfigNode* const given =
        node == nullptr ? nullptr : node->Find(field.key);
    const std::string source = absl::StrCat("  # ", SourceOf(given), "\n");
    if (field.shape == Shape::kRecord) {
      absl::StrAppend(&out, indent, field.key, ":\n");
      AppendEffective(*field.record, value, given, indent + "  ", out);
    } else if (field.shape == Shape::kRecordList && field.size(value) > 0) {
      absl::StrAppend(&out, indent, field.key, ":", source);
      for (size_t i = 0; i < field.size(value); ++i) {
        const ConfigNode* const item =
            given != nullptr && i < given->items.size() ? &given->items[i]
                                                        : nullptr;
        absl::StrAppend(&out, indent, "  -\n");
        AppendEffective(*field.record, field.at(value, i), item,
                        indent + "    ", out);
      }
    } else {
      absl::StrAppend(&out, indent, field.key, ": ", ValueYaml(field, value),
                      source);
    }
  }
}

}  // namespace

std::string ReferenceMarkdown(const SectionSet& sections) {
  std::string out =
      "# Configuration\n\n"
      "Generated by `wiredesk reference`; do not edit.\n\n";
  AppendWrapped(
      "A configuration is one YAML file. `!include other.yaml` puts in another "
      "file, relative to the one it stands in. `--overlay FILE` lays a file "
      "over it: mappings merge, all else replaces, and `null` puts the "
      "default back. In values, `${NAME}` is an environment variable, "
      "`${NAME:-default}` one with a default, and `$${` a plain `${`. Unknown "
      "keys and duplicate keys are errors.",
      "", kProseColumns, out);
  out += "\n";
  AppendWrapped(
      "Durations carry a unit: `500ms`, `30s`, `5m`, `72h`, `7d`. Sizes are "
      "bytes, with or without a unit: `4096`, `64KiB`, `512MiB`, `2GiB`, "
      "`5MB`. A list of single values may be written as one value.",
      "", kProseColumns, out);
  for (const SectionSet::Section& section : sections.sections()) {
    const SchemaCore& schema = *section.schema;
    absl::StrAppend(
        &out, "\n## ",
        section.top_level ? "Top level" : absl::StrCat("`", schema.name(), "`"),
        "\n\n");
    AppendWrapped(schema.help(), "", kProseColumns, out);
    out += "\n";
    AppendTable(schema, section.top_level ? "" : schema.name(), 3, out);
  }
  return out;
}

std::string ExampleYaml(const SectionSet& sections) {
  std::string out;
  for (const SectionSet::Section& section : sections.sections()) {
    const SchemaCore& schema = *section.schema;
    if (!out.empty()) absl::StrAppend(&out, "\n");
    if (section.top_level) {
      AppendExample(schema, "", false, out);
    } else {
      AppendComment(schema.help(), "", out);
      absl::StrAppend(&out, schema.name(), ":\n");
      AppendExample(schema, "  ", false, out);
    }
  }
  return out;
}

std::string EffectiveYaml(const SectionSet& sections, const Config& config) {
  std::string out;
  Diagnostics ignored;
  for (const SectionSet::Section& section : sections.sections()) {
    const SchemaCore& schema = *section.schema;
    const ConfigNode node =
        section.top_level ? config.root() : config.Section(schema.name());
    const std::shared_ptr<void> options = schema.NewOptions();
    schema.Decode(node, section.top_level, options.get(), ignored);
    if (!section.top_level) absl::StrAppend(&out, schema.name(), ":\n");
    AppendEffective(schema, options.get(), &node, section.top_level ? "" : "  ",
                    out);
  }
  return out;
}

}  // namespace wiredesk
