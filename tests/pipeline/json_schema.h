// A validator for the part of JSON Schema (draft 2020-12) that
// docs/record.schema.json uses. An unknown keyword is an error, so that the
// schema cannot ask for what is not checked.

#ifndef WIREDESK_TESTS_PIPELINE_JSON_SCHEMA_H_
#define WIREDESK_TESTS_PIPELINE_JSON_SCHEMA_H_

#include <simdjson.h>

#include <regex>
#include <string>
#include <vector>

namespace wiredesk {

class JsonSchema {
 public:
  using Value = simdjson::dom::element;

  explicit JsonSchema(Value schema) : root_(schema) {}

  // What is wrong with `value`, each with its path; empty if nothing is.
  std::vector<std::string> Check(Value value) {
    errors_.clear();
    Check(root_, value, "");
    return errors_;
  }

 private:
  static std::string Type(Value value) {
    switch (value.type()) {
      case simdjson::dom::element_type::ARRAY:
        return "array";
      case simdjson::dom::element_type::OBJECT:
        return "object";
      case simdjson::dom::element_type::STRING:
        return "string";
      case simdjson::dom::element_type::BOOL:
        return "boolean";
      case simdjson::dom::element_type::NULL_VALUE:
        return "null";
      case simdjson::dom::element_type::DOUBLE:
        return "number";
      default:
        return "integer";
    }
  }

  static bool HasType(Value value, std::string_view name) {
    const std::string type = Type(value);
    return type == name || (name == "number" && type == "integer");
  }

  void Fail(const std::string& path, const std::string& what) {
    errors_.push_back(path + ": " + what);
  }

  Value Resolve(std::string_view pointer) {
    return root_.at_pointer(pointer.substr(1)).value();
  }

  void Check(Value schema, Value value, const std::string& path) {
    for (const auto& [key, rule] : simdjson::dom::object(schema)) {
      CheckRule(schema, key, rule, value, path);
    }
  }

  void CheckRule(Value schema, std::string_view key, Value rule, Value value,
                 const std::string& path) {
    if (key == "$ref") {
      Check(Resolve(rule), value, path);
    } else if (key == "type") {
      CheckType(rule, value, path);
    } else if (key == "const" || key == "enum") {
      CheckChoice(rule, value, path);
    } else if (key == "pattern") {
      std::string_view text;
      if (value.get(text) == simdjson::SUCCESS &&
          !std::regex_search(
              std::string(text),
              std::regex(std::string(rule.get_string().value())))) {
        Fail(path, "does not match the pattern");
      }
    } else if (key == "minimum" || key == "maximum") {
      double number = 0;
      if (value.get(number) == simdjson::SUCCESS &&
          (key == "minimum" ? number < double(rule) : number > double(rule))) {
        Fail(path, "is out of bounds");
      }
    } else if (key == "anyOf") {
      CheckAnyOf(rule, value, path);
    } else if (key == "items") {
      CheckItems(rule, value, path);
    } else if (key == "properties") {
      CheckProperties(schema, value, path);
    } else if (key == "required") {
      CheckRequired(rule, value, path);
    } else if (key != "description" && key != "title" && key != "$schema" &&
               key != "$id" && key != "$defs" && key != "format" &&
               key != "additionalProperties") {
      Fail(path, "unknown keyword " + std::string(key));
    }
  }

  void CheckType(Value rule, Value value, const std::string& path) {
    if (rule.is_string()) {
      if (!HasType(value, rule)) {
        Fail(path, "is " + Type(value));
      }
      return;
    }
    for (const Value each : simdjson::dom::array(rule)) {
      if (HasType(value, each)) {
        return;
      }
    }
    Fail(path, "is " + Type(value));
  }

  void CheckChoice(Value rule, Value value, const std::string& path) {
    const std::string text = simdjson::minify(value);
    if (!rule.is_array()) {
      if (text != simdjson::minify(rule)) {
        Fail(path, "is " + text);
      }
      return;
    }
    for (const Value each : simdjson::dom::array(rule)) {
      if (text == simdjson::minify(each)) {
        return;
      }
    }
    Fail(path, "is " + text);
  }

  void CheckAnyOf(Value rule, Value value, const std::string& path) {
    const std::vector<std::string> before = errors_;
    for (const Value each : simdjson::dom::array(rule)) {
      errors_.clear();
      Check(each, value, path);
      if (errors_.empty()) {
        errors_ = before;
        return;
      }
    }
    errors_.insert(errors_.begin(), before.begin(), before.end());
  }

  void CheckItems(Value rule, Value value, const std::string& path) {
    size_t index = 0;
    if (value.is_array()) {
      for (const Value each : simdjson::dom::array(value)) {
        Check(rule, each, path + "/" + std::to_string(index++));
      }
    }
  }

  void CheckProperties(Value schema, Value value, const std::string& path) {
    if (!value.is_object()) {
      return;
    }
    for (const auto& [name, each] : simdjson::dom::object(value)) {
      const std::string below = path + "/" + std::string(name);
      Value rule;
      if (schema["properties"][name].get(rule) == simdjson::SUCCESS) {
        Check(rule, each, below);
        continue;
      }
      bool open = true;
      if (schema["additionalProperties"].get(open) == simdjson::SUCCESS &&
          !open) {
        Fail(below, "is not in the schema");
      }
    }
  }

  void CheckRequired(Value rule, Value value, const std::string& path) {
    for (const std::string_view name : simdjson::dom::array(rule)) {
      if (value.is_object() && value[name].error() != simdjson::SUCCESS) {
        Fail(path, "lacks " + std::string(name));
      }
    }
  }

  Value root_;
  std::vector<std::string> errors_;
};

}  // namespace wiredesk

#endif  // WIREDESK_TESTS_PIPELINE_JSON_SCHEMA_H_
