#include "stages/parse/json/document.h"

#include <simdjson.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "stages/parse/bytes/charset.h"
#include "stages/parse/json/token.h"
#include "stages/text/unicode.h"

namespace wiredesk {
namespace {

namespace ondemand = simdjson::ondemand;

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";
// The memory for longer documents is given back after them.
constexpr size_t kKeptBytes = size_t{4} << 20;
constexpr size_t kKeptNodes = size_t{1} << 17;

ParseReason ReasonOf(int code) {
  switch (code) {
    case simdjson::EMPTY:
      return ParseReason::kEmpty;
    case simdjson::CAPACITY:
    case simdjson::MEMALLOC:
      return ParseReason::kTooLarge;
    case simdjson::DEPTH_ERROR:
      return ParseReason::kTooDeep;
    case simdjson::UTF8_ERROR:
      return ParseReason::kNotUtf8;
    default:
      return ParseReason::kNotJson;
  }
}

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// A copy with the zero bytes behind it that simdjson reads into.
absl::string_view CopyPadded(absl::string_view text,
                             std::pmr::memory_resource* arena) {
  std::string padded(text);
  padded.append(simdjson::SIMDJSON_PADDING, '\0');
  return CopyText(padded, arena).substr(0, text.size());
}

}  // namespace

struct JsonDocument::Parser {
  ondemand::parser simd;
};

// One walk over a document's tokens, which makes its nodes. Each function gives
// simdjson::SUCCESS or why not.
class JsonDocument::Walk {
 public:
  Walk(const ParseContext& context, std::vector<JsonNode>& nodes, bool& mended)
      : context_(context), nodes_(nodes), mended_(mended) {}

  simdjson::error_code Root(ondemand::document& document, bool is_object) {
    nodes_.clear();
    simdjson::error_code code = simdjson::SUCCESS;
    if (is_object) {
      ondemand::object object;
      code = document.get_object().get(object);
      if (code == simdjson::SUCCESS) code = Object(object, Add(), 1);
    } else {
      ondemand::array array;
      code = document.get_array().get(array);
      if (code == simdjson::SUCCESS) code = Array(array, Add(), 1);
    }
    if (code != simdjson::SUCCESS) return code;
    const bool ended =
        document.current_location().error() == simdjson::OUT_OF_BOUNDS;
    return ended ? simdjson::SUCCESS : simdjson::TRAILING_CONTENT;
  }

  // The scalar that was none; nullptr where the fault was another.
  const char* fault() const { return fault_; }

 private:
  size_t Add() {
    nodes_.emplace_back();
    return nodes_.size() - 1;
  }

  void Close(size_t node, JsonType type) {
    nodes_[node].type = type;
    nodes_[node].size = static_cast<uint32_t>(nodes_.size() - node);
  }

  simdjson::error_code Object(ondemand::object& object, size_t node,
                              size_t depth) {
    if (depth > context_.limits.depth_max) return simdjson::DEPTH_ERROR;
    for (simdjson::simdjson_result<ondemand::field> result : object) {
      ondemand::field field;
      SIMDJSON_TRY(std::move(result).get(field));
      const size_t member = Add();
      SIMDJSON_TRY(Key(field.key().raw(), nodes_[member]));
      SIMDJSON_TRY(Value(field.value(), member, depth));
    }
    Close(node, JsonType::kObject);
    return simdjson::SUCCESS;
  }

  simdjson::error_code Array(ondemand::array& array, size_t node,
                             size_t depth) {
    if (depth > context_.limits.depth_max) return simdjson::DEPTH_ERROR;
    for (simdjson::simdjson_result<ondemand::value> result : array) {
      ondemand::value value;
      // NOLINTNEXTLINE(performance-move-const-arg): get() takes an rvalue
      SIMDJSON_TRY(std::move(result).get(value));
      SIMDJSON_TRY(Value(value, Add(), depth));
    }
    Close(node, JsonType::kArray);
    return simdjson::SUCCESS;
  }

  simdjson::error_code Value(ondemand::value value, size_t node, size_t depth) {
    const std::string_view raw = value.raw_json_token();
    if (raw.empty()) return simdjson::TAPE_ERROR;
    if (raw[0] == '{') {
      ondemand::object object;
      SIMDJSON_TRY(value.get_object().get(object));
      return Object(object, node, depth + 1);
    }
    if (raw[0] == '[') {
      ondemand::array array;
      SIMDJSON_TRY(value.get_array().get(array));
      return Array(array, node, depth + 1);
    }
    // Left unread, a string before a colon would be passed over with it.
    if (raw[0] == '"') SIMDJSON_TRY(value.get_raw_json_string().error());
    absl::string_view token(raw.data(), raw.size());
    while (!token.empty() && IsSpace(token.back())) token.remove_suffix(1);
    const simdjson::error_code code = Scalar(token, nodes_[node]);
    if (code != simdjson::SUCCESS) fault_ = raw.data();
    return code;
  }

  simdjson::error_code Scalar(absl::string_view token, JsonNode& node) {
    if (token == "null") return simdjson::SUCCESS;
    if (token == "true" || token == "false") {
      node.type = token[0] == 't' ? JsonType::kTrue : JsonType::kFalse;
      return simdjson::SUCCESS;
    }
    std::optional<absl::string_view> text = token;
    if (token.size() >= 2 && token[0] == '"' && token.back() == '"') {
      node.type = JsonType::kString;
      text = UnescapeJsonString(token.substr(1, token.size() - 2),
                                context_.arena, mended_);
      if (!text.has_value()) return simdjson::STRING_ERROR;
    } else if (IsJsonNumber(token)) {
      node.type = JsonType::kNumber;
    } else {
      return simdjson::TAPE_ERROR;
    }
    node.text = text->data();
    node.text_size = static_cast<uint32_t>(text->size());
    return simdjson::SUCCESS;
  }

  // Keys are short, and the tokenizer saw that their closing quote is there.
  simdjson::error_code Key(const char* begin, JsonNode& node) {
    const char* end = begin;
    for (; *end != '"'; ++end) {
      if (*end == '\\') ++end;
    }
    const std::optional<absl::string_view> key = UnescapeJsonString(
        {begin, static_cast<size_t>(end - begin)}, context_.arena, mended_);
    if (!key.has_value()) return simdjson::STRING_ERROR;
    node.key = key->data();
    node.key_size = static_cast<uint32_t>(key->size());
    return simdjson::SUCCESS;
  }

  const ParseContext& context_;
  std::vector<JsonNode>& nodes_;
  bool& mended_;
  const char* fault_ = nullptr;
};

JsonValue JsonValue::Find(absl::string_view name) const {
  if (!is_object()) return JsonValue();
  for (const JsonValue member : *this) {
    if (member.key() == name) return member;
  }
  return JsonValue();
}

JsonDocument::JsonDocument() = default;
JsonDocument::~JsonDocument() = default;

int JsonDocument::TryParse(absl::string_view bytes, bool padded,
                           const ParseContext& context, int64_t& position,
                           bool& mended) {
  size_t first = 0;
  while (first < bytes.size() && IsSpace(bytes[first])) ++first;
  if (first == bytes.size()) return simdjson::EMPTY;
  if (bytes.size() > UINT32_MAX) return simdjson::CAPACITY;
  const bool is_object = bytes[first] == '{';
  if (!is_object && bytes[first] != '[') {
    return TryScalar(bytes, context, position, mended);
  }
  if (!padded) bytes = CopyPadded(bytes, context.arena);
  ondemand::document document;
  SIMDJSON_TRY(parser_->simd
                   .iterate(simdjson::padded_string_view(
                       bytes.data(), bytes.size(),
                       bytes.size() + simdjson::SIMDJSON_PADDING))
                   .get(document));
  Walk walk(context, nodes_, mended);
  const simdjson::error_code code = walk.Root(document, is_object);
  if (code != simdjson::SUCCESS) {
    const char* at = walk.fault();
    const bool known = at != nullptr ||
                       document.current_location().get(at) == simdjson::SUCCESS;
    position = known ? at - bytes.data() : static_cast<int64_t>(bytes.size());
  }
  return code;
}

// A lone string or number is read as the only element of a list.
int JsonDocument::TryScalar(absl::string_view bytes,
                            const ParseContext& context, int64_t& position,
                            bool& mended) {
  const std::string list = absl::StrCat("[", bytes, "]");
  const int code = TryParse(CopyPadded(list, context.arena), true, context,
                            position, mended);
  // Without the brackets.
  position =
      std::clamp<int64_t>(position - 1, 0, static_cast<int64_t>(bytes.size()));
  if (code != simdjson::SUCCESS) return code;
  const bool alone = nodes_.size() > 1 && nodes_[0].size == nodes_[1].size + 1;
  return alone ? simdjson::SUCCESS : simdjson::TRAILING_CONTENT;
}

bool JsonDocument::Parse(absl::string_view bytes, const ParseContext& context,
                         ParseError& error, bool& mended) {
  if (parser_ == nullptr || parser_->simd.capacity() > kKeptBytes) {
    parser_ = std::make_unique<Parser>();
  }
  if (nodes_.capacity() > kKeptNodes) std::vector<JsonNode>().swap(nodes_);
  absl::ConsumePrefix(&bytes, kByteOrderMark);
  error.position = -1;
  int code = TryParse(bytes, context.padded, context, error.position, mended);
  if (code == simdjson::UTF8_ERROR) {
    std::string storage;
    const Utf8Text decoded = DecodeToUtf8(
        bytes, CharsetOfContentType(context.content_type), storage);
    mended = true;
    code = TryParse(CopyPadded(decoded.text, context.arena), true, context,
                    error.position, mended);
  }
  if (code == simdjson::SUCCESS) return true;
  nodes_.clear();
  error.reason = ReasonOf(code);
  error.detail =
      simdjson::error_message(static_cast<simdjson::error_code>(code));
  return false;
}

}  // namespace wiredesk
