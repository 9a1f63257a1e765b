// The JSON Schema (draft 2020-12) of a configuration file, for editors. A value
// may always be a reference to the environment, so every type but text has a
// second form: a text with "${".

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "config/schema_print.h"

namespace wiredesk {
namespace {

using Shape = FieldSpec::Shape;

std::string Quoted(absl::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      absl::StrAppendFormat(&out, "\\u%04x", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string QuotedList(const std::vector<std::string>& texts) {
  std::vector<std::string> quoted;
  quoted.reserve(texts.size());
  for (const std::string& text : texts) quoted.push_back(Quoted(text));
  return absl::StrCat("[", absl::StrJoin(quoted, ", "), "]");
}

std::string OrEnvironment(absl::string_view schema) {
  return absl::StrCat("\"anyOf\": [{", schema,
                      "}, {\"type\": \"string\", \"pattern\": "
                      "\"\\\\$\\\\{\"}]");
}

std::string NumberSchema(absl::string_view type, const FieldRules& rules) {
  std::string text = absl::StrCat("\"type\": \"", type, "\"");
  if (rules.min.has_value()) {
    absl::StrAppend(&text, ", \"minimum\": ", NumberToText(*rules.min));
  }
  if (rules.max.has_value()) {
    absl::StrAppend(&text, ", \"maximum\": ", NumberToText(*rules.max));
  }
  return text;
}

// The members of the schema object of one scalar.
std::string ScalarSchema(const ValueCodec& codec, const FieldRules& rules) {
  switch (codec.type()) {
    case ValueType::kBool:
      return OrEnvironment("\"type\": \"boolean\"");
    case ValueType::kInteger:
      return OrEnvironment(NumberSchema("integer", rules));
    case ValueType::kNumber:
      return OrEnvironment(NumberSchema("number", rules));
    case ValueType::kDuration:
      return OrEnvironment(
          "\"type\": [\"string\", \"integer\"], \"pattern\": "
          "\"^(0|-?([0-9]+\\\\.?[0-9]*(ns|us|ms|s|m|h|d))+)$\"");
    case ValueType::kBytes:
      return OrEnvironment(
          "\"type\": [\"string\", \"integer\"], \"minimum\": 0, \"pattern\": "
          "\"^[0-9]+ *([KMGT]iB|[kKMGT]B)?$\"");
    case ValueType::kChoice:
      return OrEnvironment(
          absl::StrCat("\"enum\": ", QuotedList(codec.choices())));
    case ValueType::kString:
    case ValueType::kSecret:
      break;
  }
  if (!rules.choices.empty()) {
    return OrEnvironment(absl::StrCat("\"enum\": ", QuotedList(rules.choices)));
  }
  if (!rules.pattern.empty()) {
    return OrEnvironment(
        absl::StrCat("\"type\": \"string\", \"pattern\": ",
                     Quoted(absl::StrCat("^(", rules.pattern, ")$"))));
  }
  return "\"type\": [\"string\", \"number\", \"boolean\"]";
}

std::string RecordSchema(const SchemaCore& schema, const std::string& indent);

std::string FieldSchema(const FieldSpec& field, const std::string& indent) {
  switch (field.shape) {
    case Shape::kScalar:
      return ScalarSchema(*field.codec, field.rules);
    case Shape::kScalarList: {
      const std::string item = ScalarSchema(*field.codec, field.rules);
      return absl::StrCat("\"anyOf\": [{\"type\": \"array\", \"items\": {",
                          item, "}}, {", item, "}]");
    }
    case Shape::kRecord:
      return RecordSchema(*field.record, indent);
    case Shape::kRecordList:
      return absl::StrCat("\"type\": \"array\", \"items\": {",
                          RecordSchema(*field.record, indent), "}");
    case Shape::kStringMap:
      return "\"type\": \"object\", \"additionalProperties\": {\"type\": "
             "[\"string\", \"number\", \"boolean\", \"null\"]}";
    case Shape::kRaw: {
      // The members stand next to the description, so without the braces.
      absl::string_view members = field.raw_json_schema;
      absl::ConsumePrefix(&members, "{");
      absl::ConsumeSuffix(&members, "}");
      return std::string(members);
    }
  }
  return "";
}

void AppendProperties(const SchemaCore& schema, const std::string& indent,
                      std::vector<std::string>& properties,
                      std::vector<std::string>& required) {
  for (const FieldSpec& field : schema.fields()) {
    const std::string members = FieldSchema(field, indent + "  ");
    properties.push_back(absl::StrCat(
        indent, Quoted(field.key), ": {\"description\": ", Quoted(field.help),
        members.empty() ? "" : ", ", members, "}"));
    if (field.rules.required) required.push_back(field.key);
  }
}

std::string ObjectSchema(const std::vector<std::string>& properties,
                         const std::vector<std::string>& required,
                         const std::string& indent) {
  std::string text = absl::StrCat(
      "\"type\": [\"object\", \"null\"], \"additionalProperties\": false");
  if (!required.empty()) {
    absl::StrAppend(&text, ", \"required\": ", QuotedList(required));
  }
  return absl::StrCat(text, ", \"properties\": {\n",
                      absl::StrJoin(properties, ",\n"), "\n", indent, "}");
}

std::string RecordSchema(const SchemaCore& schema, const std::string& indent) {
  std::vector<std::string> properties;
  std::vector<std::string> required;
  AppendProperties(schema, indent + "  ", properties, required);
  return ObjectSchema(properties, required, indent);
}

}  // namespace

std::string ConfigJsonSchema(const SectionSet& sections) {
  std::vector<std::string> properties;
  std::vector<std::string> required;
  for (const SectionSet::Section& section : sections.sections()) {
    const SchemaCore& schema = *section.schema;
    if (section.top_level) {
      AppendProperties(schema, "  ", properties, required);
      continue;
    }
    properties.push_back(absl::StrCat(
        "  ", Quoted(schema.name()), ": {\"description\": ",
        Quoted(schema.help()), ", ", RecordSchema(schema, "  "), "}"));
  }
  return absl::StrCat(
      "{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n",
      "\"title\": \"wiredesk configuration\", ",
      ObjectSchema(properties, required, ""), "}\n");
}

}  // namespace wiredesk
