#include "config/yaml.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <sstream>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "config/base/utf8.h"

namespace wiredesk {
namespace {

// Ends the parse after an error that was reported; caught in ParseYaml.
struct ParseStopped {};

size_t CountNodes(const ConfigNode& node) {
  size_t count = 1;
  for (const ConfigNode& item : node.items) count += CountNodes(item);
  for (const ConfigEntry& entry : node.entries) {
    count += CountNodes(entry.value);
  }
  return count;
}

// Receives yaml-cpp's events and builds the tree, counting as it grows.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(absl::string_view file, const YamlLimits& limits,
              const YamlIncluder& include, Diagnostics& diagnostics)
      : file_(file),
        limits_(limits),
        include_(include),
        diagnostics_(diagnostics) {}

  ConfigNode TakeRoot() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ > 0) {
      Stop(At(mark), "is a second document", "keep one document in a file");
    }
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    ConfigNode node;
    node.location = At(mark);
    Place(std::move(node), anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) {
      Stop(At(mark), "is an alias inside of what it names", "write it out");
    }
    const size_t added = CountNodes(found->second);
    alias_nodes_ += added;
    nodes_ += added;
    if (alias_nodes_ > limits_.alias_nodes_max) {
      Stop(At(mark),
           absl::StrCat("aliases add more than ", limits_.alias_nodes_max,
                        " values"),
           "write less by aliases");
    }
    Place(ConfigNode(found->second), 0);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag,
                YAML::anchor_t anchor, const std::string& value) override {
    if (tag == "!include") {
      Place(Include(mark, value), anchor);
      return;
    }
    CheckTag(mark, tag);
    if (absl::StrContains(value, '\0')) {
      Stop(At(mark), "holds a zero byte", "remove it");
    }
    ConfigNode node;
    node.kind = ConfigNode::Kind::kScalar;
    node.scalar = value;
    node.location = At(mark);
    Place(std::move(node), anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag,
                       YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    Open(mark, tag, anchor, ConfigNode::Kind::kSequence);
  }
  void OnSequenceEnd() override { Close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag,
                  YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    Open(mark, tag, anchor, ConfigNode::Kind::kMapping);
  }
  void OnMapEnd() override { Close(); }

 private:
  // A list or mapping that has not ended yet.
  struct Frame {
    ConfigNode node;
    YAML::anchor_t anchor = 0;
    bool has_key = false;  // in a mapping: the next node is the value
    bool skip = false;     // the value belongs to a duplicate key
    std::string key;
    Location key_location;
    absl::flat_hash_map<std::string, int> key_lines;
  };

  Location At(const YAML::Mark& mark) const {
    return {file_, mark.line + 1, mark.column + 1};
  }

  [[noreturn]] void Stop(const Location& location, absl::string_view what,
                         absl::string_view remedy) {
    diagnostics_.Error(location, "", what, remedy);
    throw ParseStopped();
  }

  void CheckTag(const YAML::Mark& mark, const std::string& tag) {
    // "?" and "!" are yaml-cpp's names for plain and quoted.
    if (tag.empty() || tag == "?" || tag == "!") return;
    if (absl::StartsWith(tag, "tag:yaml.org,2002:")) return;
    diagnostics_.Error(At(mark), "", absl::StrCat("tag ", tag, " is unknown"),
                       "the only tag is !include");
  }

  ConfigNode Include(const YAML::Mark& mark, const std::string& file) {
    if (include_ == nullptr) {
      Stop(At(mark), "!include is not possible here", "write the content out");
    }
    ConfigNode node = include_(file, At(mark));
    // The positions inside are the included file's; a null has none.
    if (node.location.line == 0) node.location = At(mark);
    return node;
  }

  void Open(const YAML::Mark& mark, const std::string& tag,
            YAML::anchor_t anchor, ConfigNode::Kind kind) {
    CheckTag(mark, tag);
    if (stack_.size() >= limits_.depth_max) {
      Stop(At(mark), absl::StrCat("is nested deeper than ", limits_.depth_max),
           "nest less");
    }
    Frame frame;
    frame.node.kind = kind;
    frame.node.location = At(mark);
    frame.anchor = anchor;
    stack_.push_back(std::move(frame));
  }

  void Close() {
    Frame frame = std::move(stack_.back());
    stack_.pop_back();
    Place(std::move(frame.node), frame.anchor);
  }

  // Puts a finished node where it belongs: into the open container, or as the
  // key of an open mapping, or as the root.
  void Place(ConfigNode node, YAML::anchor_t anchor) {
    if (++nodes_ > limits_.nodes_max) {
      Stop(node.location,
           absl::StrCat("has more than ", limits_.nodes_max, " values"),
           "split the file or write less");
    }
    if (anchor != 0) anchors_[anchor] = node;
    if (stack_.empty()) {
      root_ = std::move(node);
      return;
    }
    Frame& parent = stack_.back();
    if (parent.node.is_sequence()) {
      parent.node.items.push_back(std::move(node));
    } else if (!parent.has_key) {
      TakeKey(node, parent);
    } else {
      if (!parent.skip) {
        parent.node.entries.push_back(
            {std::move(parent.key), parent.key_location, std::move(node)});
      }
      parent.has_key = false;
    }
  }

  void TakeKey(const ConfigNode& node, Frame& parent) {
    parent.has_key = true;
    parent.skip = false;
    parent.key_location = node.location;
    if (!node.is_scalar()) {
      diagnostics_.Error(node.location, "", "a key must be a single value",
                         "quote it");
      parent.skip = true;
      return;
    }
    parent.key = node.scalar;
    const auto [first, inserted] =
        parent.key_lines.emplace(parent.key, node.location.line);
    if (inserted) return;
    diagnostics_.Error(
        node.location, parent.key, "is given twice",
        absl::StrCat("keep one; the other is on line ", first->second));
    parent.skip = true;
  }

  const std::string file_;
  const YamlLimits& limits_;
  const YamlIncluder& include_;
  Diagnostics& diagnostics_;
  ConfigNode root_;
  std::vector<Frame> stack_;
  absl::flat_hash_map<YAML::anchor_t, ConfigNode> anchors_;
  size_t nodes_ = 0;
  size_t alias_nodes_ = 0;
  int documents_ = 0;
};

// Refuses what yaml-cpp would misread: it takes an EOT byte for the end of the
// file, and replaces wrong UTF-8 in silence.
bool CheckCharacters(absl::string_view text, absl::string_view file,
                     Diagnostics& diagnostics) {
  Location location = {std::string(file), 1, 1};
  while (!text.empty()) {
    const size_t length = Utf8Length(text);
    const auto first = static_cast<unsigned char>(text.front());
    const bool control =
        first < 0x20 && first != '\n' && first != '\t' && first != '\r';
    if (length == 0 || control || first == 0x7f) {
      diagnostics.Error(location, "",
                        length == 0 ? "is not UTF-8" : "is a control character",
                        "save the file as UTF-8 text");
      return false;
    }
    ++location.column;
    if (first == '\n') location = {location.file, location.line + 1, 1};
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace

std::optional<ConfigNode> ParseYaml(absl::string_view text,
                                    absl::string_view file,
                                    const YamlLimits& limits,
                                    const YamlIncluder& include,
                                    Diagnostics& diagnostics) {
  const Location start = {std::string(file), 1, 1};
  if (text.size() > limits.bytes_max) {
    diagnostics.Error(
        start, "", absl::StrCat("has more than ", limits.bytes_max, " bytes"),
        "split the file or write less");
    return std::nullopt;
  }
  if (!CheckCharacters(text, file, diagnostics)) return std::nullopt;
  TreeBuilder builder(file, limits, include, diagnostics);
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const ParseStopped&) {
    return std::nullopt;
  } catch (const YAML::Exception& error) {
    diagnostics.Error(
        {std::string(file), error.mark.line + 1, error.mark.column + 1}, "",
        absl::StrCat("is not YAML: ", error.msg),
        "check quotes, brackets and indentation");
    return std::nullopt;
  }
  ConfigNode root = builder.TakeRoot();
  if (root.is_null()) root.location = start;
  return root;
}

}  // namespace wiredesk
