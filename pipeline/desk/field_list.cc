#include "pipeline/desk/field_list.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "pipeline/record/json_text.h"
#include "pipeline/record/record_description.h"

namespace wiredesk {
namespace {

absl::string_view TypeName(ValueKind kind) {
  switch (kind) {
    case ValueKind::kInteger:
      return "int";
    case ValueKind::kNumber:
      return "double";
    case ValueKind::kFlag:
      return "bool";
    case ValueKind::kTime:
      return "timestamp";
    case ValueKind::kObject:
      return "object";
    case ValueKind::kMap:
      return "map";
    case ValueKind::kText:
    case ValueKind::kId:
    case ValueKind::kConstant:
      return "string";
  }
  return "";
}

// What a condition has no use for is not offered; see
// stages/route/record_values.h.
bool IsAskedFor(const FieldDescription& field) {
  if (field.reach == table::Reach::kMessage ||
      field.reach == table::Reach::kConstant) {
    return false;
  }
  if (field.object != nullptr) {
    return std::any_of(field.object->fields.begin(), field.object->fields.end(),
                       IsAskedFor);
  }
  return field.kind != ValueKind::kId && field.kind != ValueKind::kConstant;
}

void AppendFields(const TableDescription& fields, std::string& out) {
  out += '[';
  bool first = true;
  for (const FieldDescription& field : fields.fields) {
    if (!IsAskedFor(field)) continue;
    out += first ? "{\"name\":" : ",{\"name\":";
    first = false;
    AppendJsonBytes(field.name, out);
    absl::StrAppend(&out, ",\"type\":\"", TypeName(field.kind),
                    "\",\"list\":", field.list ? "true" : "false",
                    ",\"help\":");
    AppendJsonBytes(field.help, out);
    out += ",\"choices\":[";
    bool first_choice = true;
    for (const absl::string_view choice : field.rule.choices) {
      if (choice.empty()) continue;  // stands for null
      if (!first_choice) out += ',';
      first_choice = false;
      AppendJsonBytes(choice, out);
    }
    out += ']';
    if (field.object != nullptr) {
      out += ",\"fields\":";
      AppendFields(*field.object, out);
    }
    out += '}';
  }
  out += ']';
}

}  // namespace

std::string FieldListJson() {
  std::string out;
  AppendFields(Describe(), out);
  return out;
}

}  // namespace wiredesk
