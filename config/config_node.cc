#include "config/config_node.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace wiredesk {

std::string ToString(const Location& location) {
  if (location.line == 0) return location.file;
  return absl::StrCat(location.file, ":", location.line, ":", location.column);
}

const ConfigNode* ConfigNode::Find(absl::string_view key) const {
  for (const ConfigEntry& entry : entries) {
    if (entry.key == key) return entry.value.is_null() ? nullptr : &entry.value;
  }
  return nullptr;
}

bool ConfigNode::Has(absl::string_view key) const {
  return std::any_of(
      entries.begin(), entries.end(),
      [key](const ConfigEntry& entry) { return entry.key == key; });
}

absl::string_view KindName(ConfigNode::Kind kind) {
  switch (kind) {
    case ConfigNode::Kind::kNull:
      return "nothing";
    case ConfigNode::Kind::kScalar:
      return "a single value";
    case ConfigNode::Kind::kSequence:
      return "a list";
    case ConfigNode::Kind::kMapping:
      return "a mapping";
  }
  return "nothing";
}

void AssignPaths(ConfigNode& node, absl::string_view path) {
  node.path = std::string(path);
  for (ConfigEntry& entry : node.entries) {
    AssignPaths(entry.value,
                path.empty() ? entry.key : absl::StrCat(path, ".", entry.key));
  }
  for (size_t i = 0; i < node.items.size(); ++i) {
    AssignPaths(node.items[i], absl::StrCat(path, "[", i, "]"));
  }
}

void Overlay(ConfigNode overlay, ConfigNode& base) {
  if (!overlay.is_mapping() || !base.is_mapping()) {
    base = std::move(overlay);
    return;
  }
  absl::flat_hash_map<std::string, size_t> below;
  for (size_t i = 0; i < base.entries.size(); ++i) {
    below[base.entries[i].key] = i;
  }
  for (ConfigEntry& entry : overlay.entries) {
    const auto found = below.find(entry.key);
    if (found == below.end()) {
      if (!entry.value.is_null()) base.entries.push_back(std::move(entry));
      continue;
    }
    ConfigEntry& under = base.entries[found->second];
    under.location = entry.location;
    Overlay(std::move(entry.value), under.value);
  }
  base.entries.erase(std::remove_if(base.entries.begin(), base.entries.end(),
                                    [&overlay](const ConfigEntry& entry) {
                                      return entry.value.is_null() &&
                                             overlay.Has(entry.key);
                                    }),
                     base.entries.end());
}

std::string CanonicalText(const ConfigNode& node) {
  switch (node.kind) {
    case ConfigNode::Kind::kNull:
      return "null";
    case ConfigNode::Kind::kScalar:
      return absl::StrCat("\"", absl::CEscape(node.scalar), "\"");
    case ConfigNode::Kind::kSequence: {
      std::string text = "[";
      for (const ConfigNode& item : node.items) {
        absl::StrAppend(&text, text.size() > 1 ? "," : "", CanonicalText(item));
      }
      return absl::StrCat(text, "]");
    }
    case ConfigNode::Kind::kMapping: {
      std::vector<std::string> parts;
      for (const ConfigEntry& entry : node.entries) {
        if (entry.value.is_null()) continue;
        parts.push_back(absl::StrCat("\"", absl::CEscape(entry.key),
                                     "\":", CanonicalText(entry.value)));
      }
      std::sort(parts.begin(), parts.end());
      std::string text = "{";
      for (const std::string& part : parts) {
        absl::StrAppend(&text, text.size() > 1 ? "," : "", part);
      }
      return absl::StrCat(text, "}");
    }
  }
  return "null";
}

}  // namespace wiredesk
