#include "stages/parse/article_json/article.h"

#include <algorithm>
#include <array>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "stages/parse/article_json/draft.h"
#include "stages/parse/article_json/value.h"
#include "stages/parse/bytes/charset.h"
#include "stages/parse/json/document.h"

namespace wiredesk {
namespace {

constexpr int kEnvelopesMax = 5;  // one inside of the other

// Members that hold the list of articles, in the order in which they are
// looked for, and members that hold one article.
constexpr std::array<absl::string_view, 20> kLists = {
    "articles",  "items",     "results",   "posts",     "news",
    "docs",      "hits",      "data",      "entries",   "stories",
    "response",  "documents", "newsItems", "newsitems", "value",
    "_embedded", "result",    "feed",      "records",   "list"};
constexpr std::array<absl::string_view, 12> kWrappers = {
    "article",  "_source", "attributes", "document", "post", "story",
    "newsItem", "payload", "record",     "after",    "node", "message"};
// Members that only an article has.
constexpr absl::string_view kTexts[] = {
    "headline", "title", "headlines", "body",      "bodies",  "content",
    "text",     "uri",   "webTitle",  "body_text", "maintext"};

enum class OtherKey : uint8_t {
  kNone,
  kSpecVersion,
  kType,
  kVersion,
  kFeedUrl
};

// What the name of a member tells of the object.
struct KeyRole {
  int8_t list = -1;     // index in kLists
  int8_t wrapper = -1;  // index in kWrappers
  bool text = false;
  OtherKey other = OtherKey::kNone;
};

const absl::flat_hash_map<absl::string_view, KeyRole>& KeyRoles() {
  static const auto& roles = *[] {
    auto* made = new absl::flat_hash_map<absl::string_view, KeyRole>;
    for (size_t i = 0; i < kLists.size(); ++i) {
      (*made)[kLists[i]].list = static_cast<int8_t>(i);
    }
    for (size_t i = 0; i < kWrappers.size(); ++i) {
      (*made)[kWrappers[i]].wrapper = static_cast<int8_t>(i);
    }
    for (const absl::string_view key : kTexts) (*made)[key].text = true;
    (*made)["specversion"].other = OtherKey::kSpecVersion;
    (*made)["type"].other = OtherKey::kType;
    (*made)["version"].other = OtherKey::kVersion;
    (*made)["feed_url"].other = OtherKey::kFeedUrl;
    (*made)["home_page_url"].other = OtherKey::kFeedUrl;
    return made;
  }();
  return roles;
}

// An object seen from afar: what it may hold. Of two members of one name the
// first counts.
struct ObjectShape {
  explicit ObjectShape(JsonValue object) {
    const auto& roles = KeyRoles();
    for (const JsonValue member : object) {
      const auto found = roles.find(member.key());
      if (found != roles.end()) Add(found->second, member);
    }
  }

  std::array<JsonValue, kLists.size()> lists;
  std::array<JsonValue, kWrappers.size()> wrappers;
  uint32_t list_bits = 0;  // which of `lists` are there
  uint32_t wrapper_bits = 0;
  bool has_text = false;
  bool has_spec_version = false;
  bool has_type = false;
  bool is_json_feed = false;  // by its version, or an address of the feed

 private:
  void Add(const KeyRole& role, JsonValue member) {
    has_text |= role.text && !member.is_null();
    if (role.list >= 0 && (list_bits >> role.list & 1) == 0) {
      list_bits |= uint32_t{1} << role.list;
      lists[static_cast<uint8_t>(role.list)] = member;
    }
    if (role.wrapper >= 0 && (wrapper_bits >> role.wrapper & 1) == 0) {
      wrapper_bits |= uint32_t{1} << role.wrapper;
      wrappers[static_cast<uint8_t>(role.wrapper)] = member;
    }
    has_spec_version |= role.other == OtherKey::kSpecVersion;
    has_type |= role.other == OtherKey::kType;
    is_json_feed |= role.other == OtherKey::kFeedUrl ||
                    (role.other == OtherKey::kVersion &&
                     absl::StrContains(member.string(), "jsonfeed.org"));
  }
};

class JsonReader {
 public:
  JsonReader(const ParseContext& context, std::vector<ArticleDraft>& drafts,
             ParseReport& report)
      : context_(context), drafts_(drafts), report_(report) {}

  void ReadRoot(JsonValue root) { Read(root, 0); }

 private:
  static bool IsObjectList(JsonValue value) {
    if (!value.is_array()) return false;
    for (const JsonValue item : value) {
      if (item.is_object()) return true;
    }
    return false;
  }

  void Read(JsonValue value, int depth) {
    if (value.is_array()) {
      ReadList(value, depth);
    } else if (value.is_object()) {
      ReadObject(value, depth);
    }
  }

  void ReadList(JsonValue array, int depth) {
    for (const JsonValue item : array) {
      if (drafts_.size() >= context_.limits.articles_max) {
        report_.Add(ParseReason::kTooMany, "more articles than allowed");
        return;
      }
      if (item.is_object()) {
        ReadItem(item, ObjectShape(item), depth + 1);
      } else {
        ++item_;
      }
    }
  }

  // An object in a list is an article, or wraps one.
  void ReadItem(JsonValue object, const ObjectShape& shape, int depth) {
    if (const JsonValue inner = Wrapped(shape, depth); inner.is_object()) {
      ReadItem(inner, ObjectShape(inner), depth + 1);
      return;
    }
    ArticleDraft draft = ReadJsonDraft(object, context_);
    draft.item = item_++;
    if (draft.provider_feed.empty()) draft.provider_feed = feed_;
    if (draft.provider_name.empty()) draft.provider_name = feed_;
    if (draft.language.empty()) draft.language = language_;
    drafts_.push_back(draft);
  }

  static JsonValue Wrapped(const ObjectShape& shape, int depth) {
    if (depth >= kEnvelopesMax || shape.has_text) return JsonValue();
    for (const JsonValue wrapper : shape.wrappers) {
      if (wrapper.is_object()) return wrapper;
    }
    return JsonValue();
  }

  void ReadObject(JsonValue object, int depth) {
    const ObjectShape shape(object);
    if (depth < kEnvelopesMax) {
      if (shape.has_spec_version && shape.has_type) {
        ReadCloudEvent(object, depth);
        return;
      }
      if (ReadEnvelope(object, shape, depth)) return;
    }
    ReadItem(object, shape, depth);
  }

  // CloudEvents 1.0, structured mode.
  void ReadCloudEvent(JsonValue object, int depth) {
    const JsonValue data = object.Find("data");
    if (!data.is_null() && !data.is_string()) {
      Read(data, depth + 1);
      return;
    }
    const absl::string_view type = JsonMember(object, {"datacontenttype"});
    std::string bytes;
    if (!JsonText(data).empty()) {
      ReadNested(data.string(), type);
    } else if (absl::Base64Unescape(JsonText(object.Find("data_base64")),
                                    &bytes)) {
      ReadNested(CopyText(bytes, context_.arena), type);
    }
  }

  // A document within a string, of any format.
  void ReadNested(absl::string_view bytes, absl::string_view content_type) {
    ParseContext context = context_;
    context.padded = false;
    context.content_type = content_type;
    if (context.parse_nested != nullptr &&
        context.parse_nested(bytes, context, drafts_, report_)) {
      return;
    }
    // With a tree of its own, since ours is in use.
    JsonDocument document;
    ParseError error;
    bool mended = false;
    if (!document.Parse(bytes, context, error, mended)) {
      report_.Add(error.reason, error.detail, error.position);
      return;
    }
    report_.malformed |= mended;
    Read(document.root(), kEnvelopesMax - 1);
  }

  bool ReadEnvelope(JsonValue object, const ObjectShape& shape, int depth) {
    if (shape.list_bits == 0) return shape.is_json_feed && !shape.has_text;
    const bool feed = shape.is_json_feed && IsObjectList(shape.lists[kItems]);
    const bool has_text = !feed && shape.has_text;
    for (size_t i = 0; i < kLists.size(); ++i) {
      const JsonValue value = shape.lists[i];
      const bool list = IsObjectList(value);
      if (list && (!has_text || i == kArticles)) {
        if (feed) ReadFeedHead(object);
        Read(value, depth + 1);
        return true;
      }
      if (!list && !has_text && value.is_object()) {
        const size_t before = drafts_.size();
        Read(value, depth + 1);
        if (drafts_.size() > before) return true;
      }
    }
    // Feeds and answers that found nothing.
    const bool none =
        shape.is_json_feed && (shape.list_bits >> kItems & 1) != 0;
    return none || (!has_text && (shape.list_bits >> kArticles & 1) != 0);
  }

  void ReadFeedHead(JsonValue object) {
    feed_ = JsonLine(JsonMember(object, {"title"}), context_);
    language_ = JsonLine(JsonMember(object, {"language"}), context_);
  }

  static constexpr size_t kArticles = 0;  // in kLists
  static constexpr size_t kItems = 1;

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

// Each line for itself; false if the first one is not an object.
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
    if (number >= static_cast<int64_t>(context.limits.articles_max)) {
      report.Add(ParseReason::kTooMany, "more lines than articles allowed");
      break;
    }
    ParseError error;
    bool mended = false;
    JsonDocument& document = ThreadsDocument();
    if (document.Parse(line, context, error, mended) &&
        (number > 0 || document.root().is_object())) {
      reader.ReadRoot(document.root());
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
  JsonDocument& document = ThreadsDocument();
  if (document.Parse(bytes, context, error, mended)) {
    report.malformed |= mended;
    JsonReader(context, drafts, report).ReadRoot(document.root());
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
