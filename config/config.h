// A loaded configuration, and the set of sections that the program knows.
//
// Loading: read the file, put in what it includes, lay the overlays over it,
// substitute the environment. The sections are decoded by the schemas of those
// who use them.

#ifndef WIREDESK_CONFIG_CONFIG_H_
#define WIREDESK_CONFIG_CONFIG_H_

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "config/config_node.h"
#include "config/diagnostics.h"
#include "config/environment.h"
#include "config/schema.h"
#include "config/yaml.h"

namespace wiredesk {

// Immutable after loading.
class Config {
 public:
  Config() = default;
  // `files` are all files that were read, the main one first.
  Config(ConfigNode root, std::vector<std::string> files, bool complete);

  // False if a file could not be read to its end: what is missing then is no
  // error of its own, and nothing should be decoded.
  bool complete() const { return complete_; }
  const ConfigNode& root() const { return root_; }
  const std::vector<std::string>& files() const { return files_; }

  // The node of a section; an empty one at the start of the file, for messages
  // about what is missing, if it is not written.
  ConfigNode Section(absl::string_view name) const;

  // The node of "kafka.brokers"; nullptr if it is not written.
  const ConfigNode* FindPath(absl::string_view path) const;

  template <typename Options>
  Options DecodeSection(const Schema<Options>& schema,
                        Diagnostics& diagnostics) const {
    const ConfigNode node = Section(schema.core().name());
    return schema.Decode(&node, diagnostics);
  }

  // For the schema whose fields stand at the top level, between the sections.
  template <typename Options>
  Options DecodeTop(const Schema<Options>& schema,
                    Diagnostics& diagnostics) const {
    Options options;
    schema.core().Decode(root_, true, &options, diagnostics);
    return options;
  }

 private:
  ConfigNode root_;
  std::vector<std::string> files_;
  bool complete_ = true;
};

struct LoadOptions {
  YamlLimits limits;
  EnvironmentLookup environment = ProcessEnvironment();
};

// Loads `path` with `overlays` laid over it, in order. `!include` is relative
// to the file that holds it.
Config LoadConfig(const std::string& path,
                  const std::vector<std::string>& overlays,
                  const LoadOptions& options, Diagnostics& diagnostics);

// The same from text; `file` is a name for positions and the base of includes.
Config ParseConfig(absl::string_view text, const std::string& file,
                   const LoadOptions& options, Diagnostics& diagnostics);

// A path that stands in a configuration: relative ones are to the file that
// names them.
std::string ResolvePath(const ConfigNode& node);

// A version of the same kind as SectionSet::Version() gives, of that and of
// what stands in `files` now.
std::string VersionWithFiles(absl::string_view version,
                             const std::vector<std::string>& files);

// All sections that a configuration may have, in the order of documentation.
class SectionSet {
 public:
  struct Section {
    std::shared_ptr<const SchemaCore> schema;
    bool top_level = false;  // its fields stand at the top level
  };

  SectionSet& Add(std::shared_ptr<const SchemaCore> schema) {
    sections_.push_back({std::move(schema), false});
    return *this;
  }
  template <typename Options>
  SectionSet& Add(const Schema<Options>& schema) {
    return Add(schema.shared_core());
  }
  template <typename Options>
  SectionSet& AddTop(const Schema<Options>& schema) {
    sections_.push_back({schema.shared_core(), true});
    return *this;
  }

  const std::vector<Section>& sections() const { return sections_; }

  // Reports keys of the top level that no section knows.
  void CheckKeys(const Config& config, Diagnostics& diagnostics) const;

  // CheckKeys, and decodes every section, only for the diagnostics.
  void Check(const Config& config, Diagnostics& diagnostics) const;

  // 16 hex digits: equal for configurations that mean the same, whatever the
  // layout, comments, order of keys, includes and written-out defaults. Looks
  // only at the sections and top-level keys in `names`, or at all if empty.
  // Secrets do not count.
  std::string Version(const Config& config,
                      const std::vector<std::string>& names = {}) const;

  // The options, such as "workers" and "dedupe.window", in which two
  // configurations do not mean the same. Secrets do not count.
  std::vector<std::string> Changes(const Config& before,
                                   const Config& after) const;

 private:
  using Values = std::map<std::string, std::string>;
  Values CanonicalValues(const Config& config) const;

  std::vector<Section> sections_;
};

}  // namespace wiredesk

#endif  // WIREDESK_CONFIG_CONFIG_H_
