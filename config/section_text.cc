#include "config/section_text.h"

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "config/base/read_file.h"

namespace wiredesk {
namespace {

constexpr int kIndent = 2;

const ConfigEntry* FindEntry(const ConfigNode& root, absl::string_view name) {
  for (const ConfigEntry& entry : root.entries) {
    if (entry.key == name) return &entry;
  }
  return nullptr;
}

// A scalar that YAML reads back as it is.
std::string Quote(absl::string_view text) {
  const auto is_control = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  };
  if (std::none_of(text.begin(), text.end(), is_control)) {
    return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "''"}}), "'");
  }
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      absl::StrAppend(&out, "\\", absl::string_view(&c, 1));
    } else if (is_control(c)) {
      absl::StrAppendFormat(&out, "\\x%02x", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out + "\"";
}

void AppendNode(const ConfigNode& node, int indent, std::string& out);

// What stands behind "key:".
void AppendValue(const ConfigNode& node, int indent, std::string& out) {
  if (node.is_scalar()) {
    absl::StrAppend(&out, " ", Quote(node.scalar), "\n");
  } else if (node.is_null()) {
    out += " null\n";
  } else if (node.items.empty() && node.entries.empty()) {
    out += node.is_sequence() ? " []\n" : " {}\n";
  } else {
    out += '\n';
    AppendNode(node, indent + kIndent, out);
  }
}

void AppendNode(const ConfigNode& node, int indent, std::string& out) {
  const std::string margin(static_cast<size_t>(indent), ' ');
  for (const ConfigEntry& entry : node.entries) {
    absl::StrAppend(&out, margin, Quote(entry.key), ":");
    AppendValue(entry.value, indent, out);
  }
  for (const ConfigNode& item : node.items) {
    absl::StrAppend(&out, margin, "-");
    AppendValue(item, indent, out);
  }
}

// From the key's line to the next that begins a section, without what may
// belong to that.
std::string LinesOf(const ConfigEntry& entry) {
  const absl::StatusOr<std::string> text =
      ReadFile(entry.location.file, YamlLimits().bytes_max + 1);
  if (!text.ok() || entry.location.column != 1) return "";
  const std::vector<absl::string_view> lines = absl::StrSplit(*text, '\n');
  const auto first = static_cast<size_t>(entry.location.line - 1);
  size_t end = first;
  for (size_t i = first; i < lines.size(); ++i) {
    const bool inside =
        i == first || absl::StartsWith(lines[i], " ") || lines[i].empty();
    if (!inside && !absl::StartsWith(lines[i], "#")) break;
    if (inside && !lines[i].empty()) end = i + 1;
  }
  std::string out;
  for (size_t i = first; i < end; ++i) absl::StrAppend(&out, lines[i], "\n");
  return out;
}

}  // namespace

std::string SectionText(const Config& config, absl::string_view name) {
  const ConfigEntry* const entry = FindEntry(config.root(), name);
  if (entry == nullptr || entry->value.is_null()) return "";
  std::string lines = LinesOf(*entry);
  Diagnostics ignored;
  const std::optional<ConfigNode> read =
      ParseYaml(lines, "", {}, nullptr, ignored);
  const ConfigEntry* const again =
      read && ignored.ok() ? FindEntry(*read, name) : nullptr;
  if (again != nullptr &&
      CanonicalText(again->value) == CanonicalText(entry->value)) {
    return lines;
  }
  std::string out = absl::StrCat(name, ":");
  AppendValue(entry->value, 0, out);
  return out;
}

std::optional<Config> WithSections(const Config& config, absl::string_view yaml,
                                   absl::string_view file,
                                   Diagnostics& diagnostics) {
  const std::string base = config.files().empty() ? "" : config.files()[0];
  const std::string path =
      (std::filesystem::path(base).parent_path() / std::string(file)).string();
  std::optional<ConfigNode> sections =
      ParseYaml(yaml, path, {}, nullptr, diagnostics);
  if (!sections) return std::nullopt;
  if (!sections->is_mapping()) {
    diagnostics.Error(*sections, absl::StrCat("is ", KindName(sections->kind)),
                      "begin with a section, such as \"route:\"");
    return std::nullopt;
  }
  AssignPaths(*sections);
  SubstituteEnvironment(
      [](const std::string& /*name*/) { return std::nullopt; }, *sections,
      diagnostics);
  ConfigNode root = config.root();
  root.kind = ConfigNode::Kind::kMapping;
  for (ConfigEntry& entry : sections->entries) {
    std::erase_if(root.entries, [&entry](const ConfigEntry& old) {
      return old.key == entry.key;
    });
    root.entries.push_back(std::move(entry));
  }
  return Config(std::move(root), config.files(), true);
}

}  // namespace wiredesk
