// A configuration file as a tree, before anyone gives it a meaning.
//
// yaml.cc builds it; schemas (schema.h) and stages with a language of their own
// (the route tree) decode it. Each node knows where it was written and what it
// is called, so every message about it can say `file:line:column: key`.

#ifndef WIREDESK_CONFIG_CONFIG_NODE_H_
#define WIREDESK_CONFIG_CONFIG_NODE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace wiredesk {

// A place in a file; lines and columns count from 1, and 0 means unknown.
struct Location {
  std::string file;
  int line = 0;
  int column = 0;

  friend bool operator==(const Location&, const Location&) = default;
};

// "file:line:column", or what of it is known.
std::string ToString(const Location& location);

struct ConfigEntry;

// A plain value type: copies are deep and share nothing.
struct ConfigNode {
  enum class Kind { kNull, kScalar, kSequence, kMapping };

  Kind kind = Kind::kNull;
  std::string scalar;                // kScalar; after ${ENV} substitution
  std::vector<ConfigNode> items;     // kSequence
  std::vector<ConfigEntry> entries;  // kMapping, in the order of the file
  Location location;                 // of the value
  std::string path;                  // "kafka.brokers", "route.routes[3].when"
  bool from_environment = false;     // a part of `scalar` came from ${ENV}

  bool is_null() const { return kind == Kind::kNull; }
  bool is_scalar() const { return kind == Kind::kScalar; }
  bool is_sequence() const { return kind == Kind::kSequence; }
  bool is_mapping() const { return kind == Kind::kMapping; }

  // The value of `key` in a mapping; nullptr if there is none or it is null.
  const ConfigNode* Find(absl::string_view key) const;
  // Whether a mapping has `key`, be its value null.
  bool Has(absl::string_view key) const;
};

struct ConfigEntry {
  std::string key;
  Location location;  // of the key
  ConfigNode value;
};

// "a text", "a list", "a mapping", "nothing": for messages.
absl::string_view KindName(ConfigNode::Kind kind);

// Writes the `path` of `node` and of all below it.
void AssignPaths(ConfigNode& node, absl::string_view path = "");

// Lays `overlay` over `base`: mappings merge key by key, all else replaces, and
// a null takes the key out, so that the default is back.
void Overlay(ConfigNode overlay, ConfigNode& base);

// The tree as one line of JSON-like text without positions, keys sorted: equal
// for equal content. Every scalar is a quoted string.
std::string CanonicalText(const ConfigNode& node);

}  // namespace wiredesk

#endif  // WIREDESK_CONFIG_CONFIG_NODE_H_
