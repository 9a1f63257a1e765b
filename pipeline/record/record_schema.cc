#include "pipeline/record/record_schema.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "pipeline/record/json_text.h"

namespace wiredesk {
namespace {

constexpr absl::string_view kSharedTypes =
    R"("id":{"description":"128 bits as hexadecimal digits.",)"
    R"("type":"string","pattern":"^[0-9a-f]{32}$"},)"
    R"("optional_id":{"description":"An id, or null.",)"
    R"("type":["string","null"],"pattern":"^[0-9a-f]{32}$"},)"
    R"("time":{"description":"RFC 3339, UTC, or null.",)"
    R"("type":["string","null"],"pattern":)"
    R"("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{3})?Z$",)"
    R"("format":"date-time"})";

// Writes compact JSON; structs of lists are gathered on the way.
class SchemaPrinter {
 public:
  std::string Record(const TableDescription& record) {
    std::string json =
        R"({"$schema":"https://json-schema.org/draft/2020-12/schema",)"
        R"("$id":"urn:wiredesk:event-record:1",)"
        R"("title":"wiredesk event record, version 1",)";
    Object(record, record.help, json);
    json.pop_back();  // the brace; definitions follow
    absl::StrAppend(&json, R"(,"$defs":{)", kSharedTypes);
    // A definition may name more of them.
    for (size_t i = 0; i < named_.size(); ++i) {
      absl::StrAppend(&json, ",\"", named_[i]->name, "\":{");
      Object(*named_[i], named_[i]->help, json);
    }
    json += "}}";
    return json;
  }

 private:
  static void String(absl::string_view text, std::string& json) {
    AppendJsonString(text, json);
  }

  static void Description(absl::string_view help, std::string& json) {
    if (help.empty()) return;
    json += R"("description":)";
    String(help, json);
    json += ',';
  }

  // All of an object's schema but the brace that opens it.
  void Object(const TableDescription& table, absl::string_view help,
              std::string& json) {
    Description(help, json);
    json += R"("type":"object","properties":{)";
    std::string required;
    for (const FieldDescription& field : table.fields) {
      if (!required.empty()) {
        json += ',';
        required += ',';
      }
      String(field.name, json);
      String(field.name, required);
      json += ':';
      Field(field, json);
    }
    absl::StrAppend(&json, R"(},"required":[)", required,
                    R"(],"additionalProperties":false})");
  }

  void Field(const FieldDescription& field, std::string& json) {
    json += '{';
    if (field.list) {
      Description(field.help, json);
      json += R"("type":"array","items":{)";
      Value(field, "", false, json);
      json += '}';
    } else {
      Value(field, field.help, field.nullable, json);
    }
  }

  // All of a value's schema but the brace that opens it.
  void Value(const FieldDescription& field, absl::string_view help,
             bool nullable, std::string& json) {
    switch (field.kind) {
      case ValueKind::kConstant:
        Description(help, json);
        json += R"("const":)";
        String(field.constant, json);
        break;
      case ValueKind::kId:
        return Reference(nullable ? "optional_id" : "id", help, json);
      case ValueKind::kTime:
        return Reference("time", help, json);
      case ValueKind::kObject:
        return ObjectValue(field, help, nullable, json);
      case ValueKind::kMap:
        Description(help, json);
        json += R"("type":"object","additionalProperties":{"type":"string"})";
        break;
      default:
        Description(help, json);
        Plain(field, nullable, json);
    }
    json += '}';
  }

  void ObjectValue(const FieldDescription& field, absl::string_view help,
                   bool nullable, std::string& json) {
    if (nullable) {
      Description(help, json);
      json += R"("anyOf":[{"type":"null"},{)";
      help = "";
    }
    if (field.list || IsNamed(*field.object)) {
      Name(*field.object);
      Reference(field.object->name, help, json);
    } else {
      Object(*field.object, help, json);
    }
    if (nullable) json += "]}";
  }

  static void Reference(absl::string_view name, absl::string_view help,
                        std::string& json) {
    absl::StrAppend(&json, R"("$ref":"#/$defs/)", name, "\"");
    if (!help.empty()) {
      json += R"(,"description":)";
      String(help, json);
    }
    json += '}';
  }

  static void Plain(const FieldDescription& field, bool nullable,
                    std::string& json) {
    if (!field.rule.choices.empty()) {
      json += R"("enum":[)";
      for (const absl::string_view choice : field.rule.choices) {
        if (json.back() != '[') json += ',';
        String(choice, json);
      }
      json += nullable ? ",null]" : "]";
      return;
    }
    const absl::string_view type = field.kind == ValueKind::kInteger ? "integer"
                                   : field.kind == ValueKind::kNumber ? "number"
                                   : field.kind == ValueKind::kFlag ? "boolean"
                                                                    : "string";
    if (nullable) {
      absl::StrAppend(&json, R"("type":[")", type, R"(","null"])");
    } else {
      absl::StrAppend(&json, R"("type":")", type, "\"");
    }
    if (std::isfinite(field.rule.min)) {
      absl::StrAppend(&json, R"(,"minimum":)", field.rule.min);
    }
    if (std::isfinite(field.rule.max)) {
      absl::StrAppend(&json, R"(,"maximum":)", field.rule.max);
    }
  }

  bool IsNamed(const TableDescription& table) const {
    return std::find(named_.begin(), named_.end(), &table) != named_.end();
  }
  void Name(const TableDescription& table) {
    if (!IsNamed(table)) named_.push_back(&table);
  }

  std::vector<const TableDescription*> named_;
};

// JSON without white space, spread over lines.
std::string Indented(absl::string_view json) {
  std::string out;
  size_t depth = 0;
  bool in_string = false;
  const auto new_line = [&] { out += '\n' + std::string(2 * depth, ' '); };
  for (size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_string) {
      out += c;
      if (c == '\\') out += json[++i];
      if (c == '"') in_string = false;
    } else if (c == '{' || c == '[') {
      out += c;
      ++depth;
      new_line();
    } else if (c == '}' || c == ']') {
      --depth;
      new_line();
      out += c;
    } else {
      out += c;
      in_string = c == '"';
      if (c == ',') new_line();
      if (c == ':') out += ' ';
    }
  }
  return out + '\n';
}

}  // namespace

std::string RecordSchema(const TableDescription& record) {
  return Indented(SchemaPrinter().Record(record));
}

}  // namespace wiredesk
