// YAML text to ConfigNode, with positions and limits.
//
// What is accepted: one document of mappings with scalar keys, lists, scalars,
// anchors and aliases, and `!include file`. What is refused: duplicate keys,
// other tags, several documents, control characters, text that is not UTF-8,
// and everything beyond the limits. All of it as diagnostics: no exception
// leaves this file.

#ifndef WIREDESK_CONFIG_YAML_H_
#define WIREDESK_CONFIG_YAML_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "config/config_node.h"
#include "config/diagnostics.h"

namespace wiredesk {

struct YamlLimits {
  size_t bytes_max = 4 << 20;       // of one file
  size_t depth_max = 64;            // of nested lists and mappings
  size_t nodes_max = 200'000;       // of one file, aliases expanded
  size_t alias_nodes_max = 20'000;  // that aliases add to one file
  size_t include_depth_max = 8;     // files within files
  size_t include_files_max = 256;   // in one configuration
};

// Gives the tree of an included file, null if that fails, which it reports.
using YamlIncluder = std::function<ConfigNode(const std::string& file,
                                              const Location& location)>;

// `file` is only a name for positions. nullopt if the text could not be read to
// its end; a tree may come with errors too. Without an includer, `!include` is
// an error.
std::optional<ConfigNode> ParseYaml(absl::string_view text,
                                    absl::string_view file,
                                    const YamlLimits& limits,
                                    const YamlIncluder& include,
                                    Diagnostics& diagnostics);

}  // namespace wiredesk

#endif  // WIREDESK_CONFIG_YAML_H_
