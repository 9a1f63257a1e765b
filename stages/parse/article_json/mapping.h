// Where the operator says that the fields of an article stand in a JSON document
// (parse.json_fields); it comes before what names and values tell (key_words.h).
//
// Each field has a list of JSON Pointers (RFC 6901), best first; the first one
// that leads to something usable wins. All pointers of all fields are compiled
// into one tree of keys, so a document is walked once, however many there are.

#ifndef WIREDESK_STAGES_PARSE_ARTICLE_JSON_MAPPING_H_
#define WIREDESK_STAGES_PARSE_ARTICLE_JSON_MAPPING_H_

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace wiredesk {

enum class JsonField : uint8_t {
  kGuid,
  kVersion,
  kProvider,
  kDomain,
  kCountry,
  kUrl,
  kCanonical,
  kHeadline,
  kSummary,
  kBody,
  kByline,
  kDateline,
  kLanguage,
  kPublished,
  kUpdated,
  kEmbargoed,
  kStatus,
  kUrgency,
  kPriority,
  kSlugline,
  kTake,
  kCategories,
  kKeywords,
  kPersons,
  kOrganizations,
  kPlaces,
  kConcepts,
  kTopics,
  kCount
};
inline constexpr size_t kJsonFieldCount =
    static_cast<size_t>(JsonField::kCount);

// As in the configuration: "headline", "published_at".
absl::string_view JsonFieldName(JsonField field);

// Immutable once built; share freely.
class JsonMapping {
 public:
  // A place in the tree of keys.
  struct Node {
    absl::flat_hash_map<std::string, uint32_t> children;
    std::vector<std::pair<JsonField, uint32_t>> ends;  // field and its rank
  };

  // Pointers of the configuration: field name -> pointers parted by white
  // space. Unknown names and pointers without a leading '/' are errors.
  static absl::StatusOr<JsonMapping> Create(
      const std::map<std::string, std::string>& pointers);

  // One without pointers.
  static const JsonMapping& Default();

  bool empty() const { return nodes_.size() == 1; }
  const Node& root() const { return nodes_[0]; }
  const Node& node(uint32_t index) const { return nodes_[index]; }

  // nullptr where no pointer goes on with `key`.
  const Node* Child(const Node& node, absl::string_view key) const {
    const auto found = node.children.find(key);
    return found == node.children.end() ? nullptr : &nodes_[found->second];
  }

 private:
  JsonMapping() : nodes_(1) {}
  absl::Status AddPointers(JsonField field, absl::string_view pointers);

  std::vector<Node> nodes_;
  std::array<uint32_t, kJsonFieldCount> ranks_ = {};
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_ARTICLE_JSON_MAPPING_H_
