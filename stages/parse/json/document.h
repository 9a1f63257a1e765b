// A JSON document as a tree of views, valid throughout.
//
// simdjson finds the tokens, eight and more bytes at a time; one walk over them
// checks each value, read later or not, and lays it down as a node. A string
// without escapes views the input, the others are unescaped to the arena once,
// so nothing else is copied and what is read from the tree can be published as
// it is. (simdjson's DOM copies every string, and its On-Demand interface alone
// leaves unread, and so unchecked, what nobody asks for.)
//
// Lone halves of surrogate pairs, which truncating sources produce, become
// U+FFFD and bytes that are not UTF-8 are decoded; both are counted as faults
// that were mended. Every other fault refuses the document.
//
// Tested by json_document_test.cc, against simdjson's DOM.

#ifndef WIREDESK_STAGES_PARSE_JSON_DOCUMENT_H_
#define WIREDESK_STAGES_PARSE_JSON_DOCUMENT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/strings/string_view.h"
#include "stages/parse/draft/article_draft.h"

namespace wiredesk {

enum class JsonType : uint8_t {
  kNull,
  kFalse,
  kTrue,
  kNumber,
  kString,
  kArray,
  kObject
};

// A value, with its key where it is a member. The nodes of a document stand in
// its order, so the first child of a node is behind it, and its next sibling
// `size` nodes on.
struct JsonNode {
  const char* key = nullptr;
  const char* text = nullptr;  // of strings, unescaped; of numbers, as written
  uint32_t key_size = 0;
  uint32_t text_size = 0;
  uint32_t size = 1;  // nodes of this value, itself included
  JsonType type = JsonType::kNull;
};

// A place in a document, or nowhere: what is not there reads like null. Cheap
// to copy; lives as long as the document's tree, its texts as the arena.
class JsonValue {
 public:
  // Members or elements, in order.
  class Iterator {
   public:
    explicit Iterator(const JsonNode* node) : node_(node) {}
    JsonValue operator*() const { return JsonValue(node_); }
    Iterator& operator++() {
      node_ += node_->size;
      return *this;
    }
    bool operator!=(const Iterator& other) const {
      return node_ != other.node_;
    }

   private:
    const JsonNode* node_;
  };

  JsonValue() = default;
  explicit JsonValue(const JsonNode* node) : node_(node) {}

  JsonType type() const {
    return node_ == nullptr ? JsonType::kNull : node_->type;
  }
  bool is_null() const { return type() == JsonType::kNull; }
  bool is_object() const { return type() == JsonType::kObject; }
  bool is_array() const { return type() == JsonType::kArray; }
  bool is_string() const { return type() == JsonType::kString; }
  bool is_number() const { return type() == JsonType::kNumber; }

  // The key of a member; empty for what is none.
  absl::string_view key() const {
    return node_ == nullptr ? absl::string_view()
                            : absl::string_view(node_->key, node_->key_size);
  }
  // A string, unescaped, or a number as it is written; empty for all else.
  absl::string_view text() const {
    return node_ == nullptr ? absl::string_view()
                            : absl::string_view(node_->text, node_->text_size);
  }
  // A string; empty for all else.
  absl::string_view string() const {
    return is_string() ? text() : absl::string_view();
  }

  // Over the children of an object or array; nothing for all else.
  Iterator begin() const { return Iterator(node_ + (node_ != nullptr)); }
  Iterator end() const {
    return Iterator(node_ == nullptr ? node_ : node_ + node_->size);
  }
  bool has_children() const { return node_ != nullptr && node_->size > 1; }

  // The place itself; nullptr for nowhere.
  const JsonNode* node() const { return node_; }

  // The first member of this name; nowhere if there is none.
  JsonValue Find(absl::string_view name) const;

 private:
  const JsonNode* node_ = nullptr;
};

// Owns the tree that it parsed last, and uses its memory again. Not
// thread-safe. Needs about 4 bytes for each byte of the input to find the
// tokens, and 32 for each value.
class JsonDocument {
 public:
  JsonDocument();
  ~JsonDocument();
  JsonDocument(const JsonDocument&) = delete;
  JsonDocument& operator=(const JsonDocument&) = delete;

  // False, with `error` set, where `bytes` are not JSON. `mended` is set where
  // they became JSON by mending. `bytes` live as long as the arena;
  // `context.padded` is about them.
  bool Parse(absl::string_view bytes, const ParseContext& context,
             ParseError& error, bool& mended);

  // Valid until the next Parse(). A lone string or number comes in an array.
  JsonValue root() const {
    return nodes_.empty() ? JsonValue() : JsonValue(nodes_.data());
  }

 private:
  class Walk;
  struct Parser;

  int TryParse(absl::string_view bytes, bool padded,
               const ParseContext& context, int64_t& position, bool& mended);

  int TryScalar(absl::string_view bytes, const ParseContext& context,
                int64_t& position, bool& mended);

  std::unique_ptr<Parser> parser_;
  std::vector<JsonNode> nodes_;
};

}  // namespace wiredesk

#endif  // WIREDESK_STAGES_PARSE_JSON_DOCUMENT_H_
