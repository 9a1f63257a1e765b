#include "pipeline/record/json_projection.h"

#include <cstddef>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace wiredesk {
namespace {

// The length of the string that `json` begins with, quotes included.
size_t StringLength(absl::string_view json) {
  size_t end = 1;
  while (end < json.size() && json[end] != '"') {
    end += json[end] == '\\' ? 2 : 1;
  }
  return end + 1;
}

// The length of the value that `json` begins with.
size_t ValueLength(absl::string_view json) {
  int depth = 0;
  size_t end = 0;
  while (end < json.size()) {
    const char c = json[end];
    if (c == '"') {
      end += StringLength(json.substr(end));
    } else if (c == '{' || c == '[') {
      ++depth;
      ++end;
    } else if (c == '}' || c == ']') {
      --depth;
      ++end;
    } else if (c == ',' && depth == 0) {
      return end;
    } else {
      ++end;
      continue;
    }
    if (depth <= 0) {
      return depth < 0 ? end - 1 : end;
    }
  }
  return end;
}

void AppendList(absl::string_view json, absl::string_view path,
                absl::Span<const absl::string_view> paths, std::string& out) {
  json.remove_prefix(1);
  out += '[';
  while (json.size() > 1) {
    const size_t length = ValueLength(json);
    AppendProjected(json.substr(0, length), path, paths, out);
    json.remove_prefix(length);
    if (json.size() > 1) {
      out += ',';
      json.remove_prefix(1);
    }
  }
  out += ']';
}

void AppendObject(absl::string_view json, absl::string_view path,
                  absl::Span<const absl::string_view> paths, std::string& out) {
  json.remove_prefix(1);
  out += '{';
  bool first = true;
  while (json.size() > 1) {
    const size_t name_length = StringLength(json);
    const absl::string_view name = json.substr(0, name_length);
    const std::string below =
        absl::StrCat(path, ".", name.substr(1, name_length - 2));
    json.remove_prefix(name_length + 1);
    const size_t length = ValueLength(json);
    const absl::string_view value = json.substr(0, length);
    json.remove_prefix(length);
    if (json.size() > 1) {
      json.remove_prefix(1);
    }
    if (ProjectionOf(below, paths) == Projection::kNone) {
      continue;
    }
    absl::StrAppend(&out, first ? "" : ",", name, ":");
    first = false;
    AppendProjected(value, below, paths, out);
  }
  out += '}';
}

}  // namespace

Projection ProjectionOf(absl::string_view path,
                        absl::Span<const absl::string_view> paths) {
  Projection found = Projection::kNone;
  for (const absl::string_view wanted : paths) {
    if (wanted == path ||
        (absl::StartsWith(path, wanted) && path[wanted.size()] == '.')) {
      return Projection::kWhole;
    }
    if (absl::StartsWith(wanted, path) && wanted[path.size()] == '.') {
      found = Projection::kParts;
    }
  }
  return found;
}

void AppendProjected(absl::string_view json, absl::string_view path,
                     absl::Span<const absl::string_view> paths,
                     std::string& out) {
  const bool whole = ProjectionOf(path, paths) == Projection::kWhole;
  if (!whole && json.front() == '[') {
    AppendList(json, path, paths, out);
  } else if (!whole && json.front() == '{') {
    AppendObject(json, path, paths, out);
  } else {
    out.append(json.data(), json.size());
  }
}

}  // namespace wiredesk
