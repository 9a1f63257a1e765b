#include "config/config.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "config/base/read_file.h"

namespace wiredesk {
namespace {

namespace fs = std::filesystem;

// Reads files and what they include. One object a load.
class Loader {
 public:
  Loader(const LoadOptions& options, Diagnostics& diagnostics)
      : options_(options), diagnostics_(diagnostics) {}

  ConfigNode LoadFile(const std::string& path, const Location& from) {
    const absl::StatusOr<std::string> text =
        ReadFile(path, options_.limits.bytes_max + 1);
    if (!text.ok()) {
      const bool top = from.line == 0;
      diagnostics_.Error(top ? Location{path, 0, 0} : from, "",
                         text.status().message(),
                         top ? "name a file that can be read"
                             : "includes are relative to the file they are in");
      complete_ = false;
      return {};
    }
    return Parse(*text, path);
  }

  ConfigNode Parse(absl::string_view text, const std::string& path) {
    files_.push_back(path);
    open_.push_back(Identity(path));
    std::optional<ConfigNode> node = ParseYaml(
        text, path, options_.limits,
        [&](const std::string& file, const Location& location) {
          return Include(fs::path(path).parent_path() / file, location);
        },
        diagnostics_);
    open_.pop_back();
    if (node.has_value()) return *std::move(node);
    complete_ = false;
    return {};
  }

  bool complete() const { return complete_; }

  std::vector<std::string> TakeFiles() { return std::move(files_); }

 private:
  // The same for all names of one file.
  static std::string Identity(const fs::path& path) {
    std::error_code ignored;
    const fs::path resolved = fs::weakly_canonical(path, ignored);
    return resolved.empty() ? path.string() : resolved.string();
  }

  ConfigNode Include(const fs::path& path, const Location& location) {
    if (std::find(open_.begin(), open_.end(), Identity(path)) != open_.end()) {
      diagnostics_.Error(location, "",
                         absl::StrCat(path.string(), " includes itself"),
                         "break the circle");
      complete_ = false;
      return {};
    }
    if (open_.size() > options_.limits.include_depth_max) {
      diagnostics_.Error(location, "",
                         absl::StrCat("includes are nested deeper than ",
                                      options_.limits.include_depth_max),
                         "nest less");
      complete_ = false;
      return {};
    }
    if (files_.size() >= options_.limits.include_files_max) {
      diagnostics_.Error(
          location, "",
          absl::StrCat("more than ", options_.limits.include_files_max,
                       " files are included"),
          "include fewer");
      complete_ = false;
      return {};
    }
    return LoadFile(path.lexically_normal().string(), location);
  }

  const LoadOptions& options_;
  Diagnostics& diagnostics_;
  std::vector<std::string> files_;
  std::vector<std::string> open_;  // from the main file to the one being read
  bool complete_ = true;
};

Config Finish(ConfigNode root, Loader& loader, const LoadOptions& options,
              Diagnostics& diagnostics) {
  if (!root.is_mapping() && !root.is_null()) {
    diagnostics.Error(root, absl::StrCat("is ", KindName(root.kind)),
                      "a configuration is a mapping of sections");
    return Config({}, loader.TakeFiles(), false);
  }
  AssignPaths(root);
  SubstituteEnvironment(options.environment, root, diagnostics);
  return Config(std::move(root), loader.TakeFiles(), loader.complete());
}

// FNV-1a with 64 bits.
uint64_t Fnv(absl::string_view text, uint64_t hash = 0xcbf29ce484222325) {
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3;
  }
  return hash;
}

std::string VersionText(absl::string_view text) {
  return absl::StrCat(absl::Hex(Fnv(text), absl::kZeroPad16));
}

}  // namespace

Config::Config(ConfigNode root, std::vector<std::string> files, bool complete)
    : root_(std::move(root)), files_(std::move(files)), complete_(complete) {}

ConfigNode Config::Section(absl::string_view name) const {
  const ConfigNode* const found = root_.Find(name);
  if (found != nullptr) return *found;
  ConfigNode node;
  node.location = root_.location;
  node.path = std::string(name);
  return node;
}

const ConfigNode* Config::FindPath(absl::string_view path) const {
  const ConfigNode* node = &root_;
  for (const absl::string_view key : absl::StrSplit(path, '.')) {
    node = node->Find(key);
    if (node == nullptr) return nullptr;
  }
  return node;
}

std::string ResolvePath(const ConfigNode& node) {
  const fs::path folder = fs::path(node.location.file).parent_path();
  return (folder / node.scalar).lexically_normal().string();
}

Config LoadConfig(const std::string& path,
                  const std::vector<std::string>& overlays,
                  const LoadOptions& options, Diagnostics& diagnostics) {
  Loader loader(options, diagnostics);
  ConfigNode root = loader.LoadFile(path, {});
  for (const std::string& overlay : overlays) {
    ConfigNode over = loader.LoadFile(overlay, {});
    if (!over.is_null()) Overlay(std::move(over), root);
  }
  return Finish(std::move(root), loader, options, diagnostics);
}

Config ParseConfig(absl::string_view text, const std::string& file,
                   const LoadOptions& options, Diagnostics& diagnostics) {
  Loader loader(options, diagnostics);
  ConfigNode root = loader.Parse(text, file);
  return Finish(std::move(root), loader, options, diagnostics);
}

void SectionSet::CheckKeys(const Config& config,
                           Diagnostics& diagnostics) const {
  std::vector<std::string> known;
  for (const Section& section : sections_) {
    if (section.top_level) {
      for (std::string& key : section.schema->keys()) {
        known.push_back(std::move(key));
      }
    } else {
      known.push_back(section.schema->name());
    }
  }
  for (const ConfigEntry& entry : config.root().entries) {
    if (std::find(known.begin(), known.end(), entry.key) == known.end()) {
      diagnostics.Error(entry.location, entry.key, "is unknown",
                        SuggestName(entry.key, known));
    }
  }
}

void SectionSet::Check(const Config& config, Diagnostics& diagnostics) const {
  CheckKeys(config, diagnostics);
  for (const Section& section : sections_) {
    const std::shared_ptr<void> options = section.schema->NewOptions();
    section.schema->Decode(section.top_level
                               ? config.root()
                               : config.Section(section.schema->name()),
                           section.top_level, options.get(), diagnostics);
  }
}

std::string SectionSet::Version(const Config& config,
                                const std::vector<std::string>& names) const {
  const auto wanted = [&](const std::string& name) {
    return names.empty() ||
           std::find(names.begin(), names.end(), name) != names.end();
  };
  Diagnostics ignored;
  std::string text;
  for (const Section& section : sections_) {
    const std::string& name = section.schema->name();
    if (!section.top_level && !wanted(name)) continue;
    const std::shared_ptr<void> options = section.schema->NewOptions();
    section.schema->Decode(
        section.top_level ? config.root() : config.Section(name),
        section.top_level, options.get(), ignored);
    for (const FieldSpec& field : section.schema->fields()) {
      if (section.top_level && !wanted(field.key)) continue;
      absl::StrAppend(&text, section.top_level ? "" : name, ".", field.key, "=",
                      CanonicalValue(field, options.get()), "\n");
    }
  }
  return VersionText(text);
}

SectionSet::Values SectionSet::CanonicalValues(const Config& config) const {
  Diagnostics ignored;
  Values values;
  for (const Section& section : sections_) {
    const std::string& name = section.schema->name();
    const std::shared_ptr<void> options = section.schema->NewOptions();
    section.schema->Decode(
        section.top_level ? config.root() : config.Section(name),
        section.top_level, options.get(), ignored);
    for (const FieldSpec& field : section.schema->fields()) {
      values[section.top_level ? field.key
                               : absl::StrCat(name, ".", field.key)] =
          CanonicalValue(field, options.get());
    }
  }
  return values;
}

std::vector<std::string> SectionSet::Changes(const Config& before,
                                             const Config& after) const {
  std::vector<std::string> keys;
  const Values old_values = CanonicalValues(before);
  for (const auto& [key, value] : CanonicalValues(after)) {
    if (old_values.at(key) != value) keys.push_back(key);
  }
  return keys;
}

std::string VersionWithFiles(absl::string_view version,
                             const std::vector<std::string>& files) {
  std::string text(version);
  for (const std::string& path : files) {
    std::ifstream file(path, std::ios::binary);
    uint64_t hash = Fnv("");
    std::string block(1 << 16, '\0');
    while (file) {
      file.read(block.data(), static_cast<std::streamsize>(block.size()));
      hash = Fnv(absl::string_view(block).substr(
                     0, static_cast<size_t>(file.gcount())),
                 hash);
    }
    absl::StrAppend(&text, "\n", hash);
  }
  return VersionText(text);
}

}  // namespace wiredesk
