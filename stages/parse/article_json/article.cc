#include "stages/parse/article_json/article.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "stages/parse/article_json/draft.h"
#include "stages/parse/article_json/names.h"
#include "stages/parse/article_json/shape.h"
#include "stages/parse/article_json/tracer.h"
#include "stages/parse/article_json/value.h"
#include "stages/parse/bytes/charset.h"
#include "stages/parse/json/document.h"

namespace wiredesk {
namespace {

constexpr int kEnvelopesMax = 5;  // one inside of the other

// What an object says of itself that no other object does.
struct EnvelopeSigns {
  bool is_cloud_event = false;
  bool is_json_feed = false;   // by its version, or an address of the feed
  bool found_nothing = false;  // an answer without any article
};

EnvelopeSigns EnvelopeOf(JsonValue object) {
  EnvelopeSigns signs;
  bool version = false;
  bool type = false;
  bool items = false;
  bool feed = false;
  for (const JsonValue member : object) {
    const absl::string_view key = member.key();
    if (member.is_null()) continue;
    signs.found_nothing |= key == "articles" && member.is_array();
    items |= key == "items" && member.is_array();
    version |= key == "specversion";
    type |= key == "type";
    feed |= key == "feed_url" || key == "home_page_url" ||
            (key == "version" &&
             absl::StrContains(member.string(), "jsonfeed.org"));
  }
  signs.is_cloud_event = version && type;
  signs.is_json_feed = items && feed;
  return signs;
}

// JSON-LD says what an object is: a page or an organization is no article.
bool IsOtherThing(JsonValue item) {
  const absl::string_view type = JsonMember(item, {"@type"});
  if (type.empty()) return false;
  for (const absl::string_view text :
       {"Article", "Posting", "Report", "Story", "News", "Review", "Work"}) {
    if (absl::StrContains(type, text)) return false;
  }
  return true;
}

class JsonReader {
 public:
  JsonReader(const ParseContext& context, std::vector<ArticleDraft>& drafts,
             ParseReport& report)
      : context_(context), drafts_(drafts), report_(report) {}

  void ReadRoot(JsonValue root) {
    root_ = root;
    Read(root, 0);
  }

 private:
  void Read(JsonValue value, int depth) {
    if (value.is_array()) {
      ReadList(value, depth);
    } else if (value.is_object()) {
      ReadObject(value, depth);
    }
  }

  void ReadList(JsonValue array, int depth) {
    for (const JsonValue item : array) {
      if (full_) {
        report_.left_out += item.is_object() ? 1 : 0;
        continue;
      }
      if (item.is_object()) {
        ReadItem(item, depth + 1);
      } else if (IsJsonText(item.string()) && depth < kEnvelopesMax) {
        ReadNested(item.string(), {}, depth + 1);
      } else {
        ++item_;
      }
    }
  }

  // An object in a list is an article, wraps one, holds lists of them, or
  // carries one as text.
  void ReadItem(JsonValue object, int depth) {
    const ArticleSigns signs = SignsOf(object);
    if (ReadEnvelope(object, signs, depth)) return;
    if (signs.IsArticle()) {
      AddDraft(object, true);
      return;
    }
    if (depth < kEnvelopesMax && ArticleIn(object).is_null()) {
      const std::vector<JsonValue> lists = FindArticleLists(object);
      if (!lists.empty()) {
        ReadLists(lists, depth + 1);
        return;
      }
      if (ReadCarried(object, depth) || IsOtherThing(object)) return;
    }
    AddDraft(object);
  }

  // `itself`: it is known to be no box around an article.
  void AddDraft(JsonValue object, bool itself = false) {
    if (full_) {
      ++report_.left_out;
      return;
    }
    const bool many = drafts_.size() >= context_.limits.articles_max;
    if (many || context_.TooCostly()) {
      full_ = true;
      report_.LeaveOut(many ? ParseReason::kTooMany : ParseReason::kTooCostly,
                       item_, 1);
      return;
    }
    ArticleDraft draft = ReadJsonDraft(object, itself, context_, report_);
    draft.item = item_++;
    if (draft.provider.feed.empty()) draft.provider.feed = feed_;
    if (draft.provider.name.empty()) draft.provider.name = feed_;
    if (draft.declared_language.empty()) draft.declared_language = language_;
    if (draft.byline.empty()) {
      draft.byline = CopyItems(authors_, context_.arena);
    }
    if (context_.trace != nullptr) {
      context_.trace->At(PointerTo(root_, object));
      context_.trace->End(draft.item);
    }
    drafts_.push_back(draft);
  }

  void ReadLists(const std::vector<JsonValue>& lists, int depth) {
    for (const JsonValue list : lists) {
      if (list.is_array()) {
        ReadList(list, depth);
      } else {
        ReadMembers(list);
      }
    }
  }

  // An object of which one member is an article, or whose members all are:
  // {"81": {…}, "82": {…}}.
  void ReadMembers(JsonValue object) {
    std::vector<std::pair<JsonValue, int>> articles;
    int strongest = 0;
    for (const JsonValue member : object) {
      const JsonValue article = ArticleAmong(member);
      if (article.is_null()) continue;
      articles.emplace_back(member, SignsOf(article).strength());
      strongest = std::max(strongest, articles.back().second);
    }
    size_t strong = 0;
    for (const auto& [member, strength] : articles) {
      if (3 * strength >= 2 * strongest) ++strong;
    }
    if (strong == 1) {
      AddDraft(object);
      return;
    }
    for (const auto& [member, strength] : articles) {
      if (3 * strength >= 2 * strongest) AddDraft(member);
    }
  }

  void ReadObject(JsonValue object, int depth) {
    const EnvelopeSigns signs = EnvelopeOf(object);
    if (depth < kEnvelopesMax) {
      if (signs.is_cloud_event) {
        ReadCloudEvent(object, depth);
        return;
      }
      if (signs.is_json_feed) ReadFeedHead(object);
      const ArticleSigns own = SignsOf(object);
      if (ReadEnvelope(object, own, depth)) return;
      const bool article = own.IsArticle();
      const std::vector<JsonValue> lists = !article || HoldsObjects(object)
                                               ? FindArticleLists(object)
                                               : std::vector<JsonValue>();
      if (!lists.empty()) {
        ReadLists(lists, depth + 1);
        return;
      }
      if (signs.is_json_feed) return;
      if (!article && ArticleIn(object).is_null() &&
          (ReadCarried(object, depth) || signs.found_nothing)) {
        return;
      }
      AddDraft(object, article);
      return;
    }
    AddDraft(object);
  }

  // Whether there are objects below, which lists of articles are made of.
  static bool HoldsObjects(JsonValue object) {
    for (const JsonValue member : object) {
      if (member.is_object()) return true;
      for (const JsonValue item : member) {
        if (item.is_object() || item.is_array()) return true;
      }
    }
    return false;
  }

  // An envelope with a subject and a time of its own looks like an article of a
  // single line; what is in it counts where that is one.
  bool ReadEnvelope(JsonValue object, const ArticleSigns& own, int depth) {
    if (depth >= kEnvelopesMax || own.body || own.summary || own.prose ||
        own.url) {
      return false;
    }
    for (const JsonValue member : object) {
      if (!member.is_string() || !IsJsonText(member.string())) continue;
      const size_t before = drafts_.size();
      if (!ReadCarriedText(member.string(), depth)) continue;
      const bool text =
          std::any_of(drafts_.begin() + static_cast<ptrdiff_t>(before),
                      drafts_.end(), [](const ArticleDraft& draft) {
                        return !draft.headline.empty() && !draft.body.empty();
                      });
      if (text) return true;
      item_ -= static_cast<uint32_t>(drafts_.size() - before);
      drafts_.resize(before);
    }
    return false;
  }

  // A queue's envelope: the article is text of JSON, or base64 of it, in one of
  // the members of `object`, of a child or of the objects of a list.
  bool ReadCarried(JsonValue object, int depth) {
    if (depth >= kEnvelopesMax) return false;
    for (const JsonValue member : object) {
      bool found = false;
      if (member.is_string()) {
        found = ReadCarriedText(member.string(), depth);
      } else if (member.is_object()) {
        found = ReadCarried(member, depth + 1);
      } else {
        for (const JsonValue item : member) {
          found |= item.is_object() && ReadCarried(item, depth + 1);
        }
      }
      if (found) return true;
    }
    return false;
  }

  bool ReadCarriedText(absl::string_view text, int depth) {
    std::string bytes;
    if (IsPackedJson(text)) {
      if (!absl::Base64Unescape(text, &bytes)) return false;
      text = CopyText(bytes, context_.arena);
    } else if (!IsJsonText(text)) {
      return false;
    }
    const size_t before = drafts_.size();
    const size_t errors = report_.errors.size();
    ReadNested(text, {}, depth + 1);
    if (drafts_.size() > before) return true;
    report_.errors.resize(errors);
    return false;
  }

  // base64 of what begins with {" or [{ or a tag.
  static bool IsPackedJson(absl::string_view text) {
    constexpr size_t kShortest = 16;
    return text.size() >= kShortest &&
           (absl::StartsWith(text, "eyJ") || absl::StartsWith(text, "ewo") ||
            absl::StartsWith(text, "eyAi") || absl::StartsWith(text, "W3si")) &&
           text.find_first_of(" .") == absl::string_view::npos;
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
      ReadNested(data.string(), type, depth);
    } else if (absl::Base64Unescape(JsonText(object.Find("data_base64")),
                                    &bytes)) {
      ReadNested(CopyText(bytes, context_.arena), type, depth);
    }
  }

  // A document within a string, of any format.
  void ReadNested(absl::string_view bytes, absl::string_view content_type,
                  int depth) {
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
      report_.Add(error.reason, error.detail, error.position, item_++);
      return;
    }
    report_.malformed |= mended;
    const JsonValue outer = std::exchange(root_, document.root());
    Read(document.root(), std::max(depth + 1, kEnvelopesMax - 2));
    root_ = outer;
  }

  void ReadFeedHead(JsonValue object) {
    std::vector<std::string> names;
    for (const absl::string_view key : {"authors", "author"}) {
      if (names.empty()) AppendAuthors(object.Find(key), context_, names);
    }
    for (const std::string& name : names) {
      authors_.push_back(CopyText(name, context_.arena));
    }
    feed_ = JsonLine(JsonMember(object, {"title"}), context_);
    language_ = JsonLine(JsonMember(object, {"language"}), context_);
  }

  const ParseContext& context_;
  std::vector<ArticleDraft>& drafts_;
  ParseReport& report_;
  JsonValue root_;  // of the document that is being read
  absl::string_view feed_;
  absl::string_view language_;
  std::vector<absl::string_view> authors_;  // of a JSON Feed
  uint32_t item_ = 0;
  bool full_ = false;  // as many articles as are allowed
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
  bool full = false;
  for (size_t at = 0; at < bytes.size();) {
    const size_t end = std::min(bytes.find('\n', at), bytes.size());
    const absl::string_view line =
        absl::StripAsciiWhitespace(bytes.substr(at, end - at));
    const size_t position = at;
    at = end + 1;
    if (line.empty()) continue;
    if (full) {
      ++report.left_out;
      continue;
    }
    const bool many =
        number >= static_cast<int64_t>(context.limits.articles_max);
    if (many || context.TooCostly()) {
      full = true;
      report.LeaveOut(many ? ParseReason::kTooMany : ParseReason::kTooCostly,
                      number, 1);
      continue;
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

void ReadJsonArticles(JsonValue root, const ParseContext& context,
                      std::vector<ArticleDraft>& drafts, ParseReport& report) {
  JsonReader(context, drafts, report).ReadRoot(root);
}

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
