#include "pipeline/record/record_description.h"

namespace wiredesk {

const FieldDescription* TableDescription::Find(absl::string_view field) const {
  for (const FieldDescription& each : fields) {
    if (each.name == field) return &each;
  }
  return nullptr;
}

bool HasPath(const TableDescription& table, absl::string_view path) {
  const size_t dot = path.find('.');
  const FieldDescription* const field = table.Find(path.substr(0, dot));
  if (field == nullptr) return false;
  if (dot == absl::string_view::npos || field->object == nullptr) return true;
  return HasPath(*field->object, path.substr(dot + 1));
}

}  // namespace wiredesk
