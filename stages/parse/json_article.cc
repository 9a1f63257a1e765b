#include "stages/parse/json_article.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "stages/parse/json_document.h"
#include "stages/parse/json_draft.h"
#include "stages/parse/json_value.h"

namespace wiredesk {
namespace {

using simdjson::dom::element;

constexpr int kEnvelopesMax = 5;  // one inside of the other

// Members that hold the list of articles, in the order in which they are
// looked for, and members that hold one article.
constexpr absl::string_view kLists[] = {
    "articles",  "items",     "results",   "posts",     "news",
    "docs",      "hits",      "data",      "entries",   "stories",
    "response",  "documents", "newsItems", "newsitems", "value",
    "_embedded", "result",    "feed",      "records",   "list"};
constexpr absl::string_view kWrappers[] = {
    "article",  "_source", "attributes", "document", "post", "story",
    "newsItem", "payload", "record",     "after",    "node", "message"};

class JsonReader {
 public:
  JsonReader(const ParseContext& context, std::vector<ArticleDraft>& drafts,
             ParseReport& report)
      : context_(context), drafts_(drafts), report_(report) {}

  void ReadRoot(element root) { Read(root, 0); }

 private:
  static bool Get(simdjson::dom::object object, absl::string_view key,
                  element& value) {
    return object.at_key({key.data(), key.size()}).get(value) ==
           simdjson::SUCCESS;
  }

  static bool IsObjectList(element value) {
    simdjson::dom::array array;
    if (value.get(array) != simdjson::SUCCESS) return false;
    for (const element item : array) {
      if (item.is_object()) return true;
    }
    return false;
  }

  void Read(element value, int depth) {
    simdjson::dom::array array;
    simdjson::dom::object object;
    if (value.get(array) == simdjson::SUCCESS) {
      ReadList(array, depth);
    } else if (value.get(object) == simdjson::SUCCESS) {
      ReadObject(object, depth);
    }
  }

  void ReadList(simdjson::dom::array array, int depth) {
    for (const element item : array) {
      if (drafts_.size() >= context_.limits.articles_max) {
        report_.Add(ParseReason::kTooMany, "more articles than allowed");
        return;
      }
      simdjson::dom::object object;
      if (item.get(object) != simdjson::SUCCESS) {
        ++item_;
        continue;
      }
      ReadItem(object, depth + 1);
    }
  }

  // An object in a list is an article, or wraps one.
  void ReadItem(simdjson::dom::object object, int depth) {
    simdjson::dom::object inner;
    if (Wrapped(object, depth, inner)) {
      ReadItem(inner, depth + 1);
      return;
    }
    ArticleDraft draft = ReadJsonDraft(object, context_);
    draft.item = item_++;
    if (draft.provider_feed.empty()) draft.provider_feed = feed_;
    if (draft.provider_name.empty()) draft.provider_name = feed_;
    if (draft.language.empty()) draft.language = language_;
    drafts_.push_back(draft);
  }

  static bool HasText(simdjson::dom::object object) {
    element value;
    for (const absl::string_view key :
         {"headline", "title", "headlines", "body", "bodies", "content", "text",
          "webTitle", "body_text", "maintext", "uri"}) {
      if (Get(object, key, value) && !value.is_null()) return true;
    }
    return false;
  }

  static bool Wrapped(simdjson::dom::object object, int depth,
                      simdjson::dom::object& inner) {
    if (depth >= kEnvelopesMax || HasText(object)) return false;
    for (const absl::string_view key : kWrappers) {
      element value;
      if (Get(object, key, value) && value.get(inner) == simdjson::SUCCESS) {
        return true;
      }
    }
    return false;
  }

  void ReadObject(simdjson::dom::object object, int depth) {
    if (depth < kEnvelopesMax) {
      if (ReadCloudEvent(object, depth) || ReadEnvelope(object, depth)) return;
    }
    ReadItem(object, depth);
  }

  // CloudEvents 1.0, structured mode.
  bool ReadCloudEvent(simdjson::dom::object object, int depth) {
    element value;
    if (!Get(object, "specversion", value) || !Get(object, "type", value)) {
      return false;
    }
    if (Get(object, "data", value)) {
      const absl::string_view text = JsonText(value);
      if (text.empty()) {
        Read(value, depth + 1);
      } else {
        ReadNested(std::string(text));
      }
      return true;
    }
    std::string bytes;
    if (Get(object, "data_base64", value) &&
        absl::Base64Unescape(JsonText(value), &bytes)) {
      ReadNested(bytes);
    }
    return true;
  }

  // A document within a string; a parser of its own, since ours is in use.
  void ReadNested(const std::string& bytes) {
    JsonDocument document;
    ParseError error;
    bool mended = false;
    const std::optional<element> root =
        document.Parse(bytes, context_, error, mended);
    if (!root.has_value()) {
      report_.Add(error.reason, error.detail, error.position);
      return;
    }
    report_.malformed |= mended;
    Read(*root, kEnvelopesMax - 1);
  }

  bool ReadEnvelope(simdjson::dom::object object, int depth) {
    element value;
    const bool feed = Get(object, "version", value) &&
                      absl::StrContains(JsonText(value), "jsonfeed.org");
    const bool has_text = !feed && HasText(object);
    for (const absl::string_view key : kLists) {
      if (!Get(object, key, value)) continue;
      const bool list = IsObjectList(value);
      if (list && (!has_text || key == "articles")) {
        if (feed || depth == 0) ReadFeedHead(object, feed);
        Read(value, depth + 1);
        return true;
      }
      if (!list && !has_text && value.is_object()) {
        const size_t before = drafts_.size();
        Read(value, depth + 1);
        if (drafts_.size() > before) return true;
      }
    }
    // JSON Feed, and answers that found nothing.
    const bool empty_list = !has_text && Get(object, "articles", value);
    return feed || empty_list;
  }

  void ReadFeedHead(simdjson::dom::object object, bool feed) {
    if (!feed) return;
    feed_ = JsonLine(JsonMember(object, {"title"}), context_);
    language_ = JsonLine(JsonMember(object, {"language"}), context_);
  }

  const ParseContext& context_;
  std::vector<ArticleDraft>& drafts_;
  ParseReport& report_;
  absl::string_view feed_;
  absl::string_view language_;
  uint32_t item_ = 0;
};

JsonDocument& ThreadsDocument() {
  thread_local JsonDocument document;
  return document;
}

// Each line for itself; false if the first one is no object.
bool ParseLines(absl::string_view bytes, const ParseContext& context,
                std::vector<ArticleDraft>& drafts, ParseReport& report) {
  JsonReader reader(context, drafts, report);
  int64_t number = 0;
  for (size_t at = 0; at < bytes.size();) {
    const size_t end = std::min(bytes.find('\n', at), bytes.size());
    const absl::string_view line =
        absl::StripAsciiWhitespace(bytes.substr(at, end - at));
    const size_t position = at;
    at = end + 1;
    if (line.empty()) continue;
    ParseError error;
    bool mended = false;
    const std::optional<element> root =
        ThreadsDocument().Parse(line, context, error, mended);
    if (root.has_value() && (number > 0 || root->is_object())) {
      reader.ReadRoot(*root);
      report.malformed |= mended;
    } else if (number == 0) {
      return false;
    } else {
      report.Add(ParseReason::kBadItem, error.detail,
                 static_cast<int64_t>(position), number);
    }
    ++number;
  }
  return number > 0;
}

}  // namespace

void ParseJson(absl::string_view bytes, const ParseContext& context,
               std::vector<ArticleDraft>& drafts, ParseReport& report) {
  ParseError error;
  bool mended = false;
  const std::optional<element> root =
      ThreadsDocument().Parse(bytes, context, error, mended);
  if (root.has_value()) {
    report.malformed |= mended;
    JsonReader(context, drafts, report).ReadRoot(*root);
    return;
  }
  const absl::string_view text = absl::StripAsciiWhitespace(bytes);
  if (error.reason == ParseReason::kNotJson && absl::StartsWith(text, "{") &&
      absl::StrContains(text, "\n") &&
      ParseLines(bytes, context, drafts, report)) {
    return;
  }
  report.errors.push_back(error);
}

}  // namespace wiredesk
