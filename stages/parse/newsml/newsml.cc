#include "stages/parse/newsml/newsml.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "stages/parse/bytes/ascii_search.h"
#include "stages/parse/newsml/newsml_1.h"
#include "stages/parse/newsml/nitf.h"
#include "stages/parse/newsml/xml_draft.h"
#include "stages/parse/xml/document.h"

namespace wiredesk {
namespace {

// Reads one <newsItem> of NewsML-G2. Lives for one item.
class NewsItemReader {
 public:
  NewsItemReader(pugi::xml_node item, const ParseContext& context)
      : item_(item), context_(context), reader_(context) {}

  ArticleDraft Read() {
    draft_.guid = reader_.Line(XmlAttribute(item_, "guid"));
    draft_.version = XmlDraftReader::Version(XmlAttribute(item_, "version"));
    ReadItemMeta(XmlChild(item_, "itemMeta"));
    ReadContentMeta(XmlChild(item_, "contentMeta"));
    ReadContent(XmlChild(item_, "contentSet"));
    if (draft_.declared_language.empty()) {
      draft_.declared_language = reader_.Line(XmlAttribute(item_, "xml:lang"));
    }
    if (draft_.headline.empty()) {
      draft_.headline = reader_.Line(XmlAt(item_, {"itemMeta", "title"}));
    }
    draft_.url = context_.url;
    return draft_;
  }

 private:
  std::optional<ParsedTime> TimeAt(pugi::xml_node node,
                                   absl::string_view name) const {
    return reader_.Time(reader_.Line(XmlChild(node, name)));
  }

  // A name in the node, else its literal or code.
  absl::string_view NameOf(pugi::xml_node node) const {
    absl::string_view name = reader_.Line(XmlChild(node, "name"));
    for (const absl::string_view key : {"literal", "qcode", "uri"}) {
      if (name.empty()) name = reader_.Line(XmlAttribute(node, key));
    }
    return name;
  }

  // A dateline is where, and perhaps when; some put a time stamp alone there.
  absl::string_view PlaceOf(pugi::xml_node dateline) const {
    const absl::string_view line = reader_.SpacedLine(dateline);
    for (const char c : line) {
      if ((static_cast<unsigned char>(c) | 0x20) >= 'a' && c != 'T' &&
          c != 'Z') {
        return line;
      }
    }
    return {};
  }

  absl::Span<const absl::string_view> Creators(pugi::xml_node meta) const {
    std::vector<absl::string_view> names;
    ForEachXmlElement(meta, [&](pugi::xml_node child) {
      if (XmlLocalName(child) == "creator" &&
          names.size() < context_.limits.list_items_max) {
        names.push_back(reader_.Line(XmlChild(child, "name")));
      }
    });
    return reader_.Byline(names);
  }

  void ReadItemMeta(pugi::xml_node meta) {
    draft_.provider.name = NameOf(XmlChild(meta, "provider"));
    draft_.published = TimeAt(meta, "firstCreated");
    draft_.updated = TimeAt(meta, "versionCreated");
    draft_.embargoed = TimeAt(meta, "embargoed");
    const pugi::xml_node status = XmlChild(meta, "pubStatus");
    draft_.status = XmlDraftReader::Status(absl::StrCat(
        XmlAttribute(status, "qcode"), " ", XmlAttribute(status, "uri")));
  }

  void ReadContentMeta(pugi::xml_node meta) {
    draft_.urgency =
        XmlDraftReader::Urgency(reader_.Line(XmlChild(meta, "urgency")));
    draft_.headline = reader_.Line(XmlChild(meta, "headline"));
    draft_.summary = reader_.Body(XmlChild(meta, "description"));
    draft_.dateline = PlaceOf(XmlChild(meta, "dateline"));
    draft_.slugline = reader_.Line(XmlChild(meta, "slugline"));
    draft_.byline = reader_.Byline(reader_.SpacedLine(XmlChild(meta, "by")));
    if (draft_.byline.empty()) draft_.byline = Creators(meta);
    if (!draft_.published) draft_.published = TimeAt(meta, "contentCreated");
    if (!draft_.published) draft_.published = draft_.updated;
    draft_.declared_language =
        reader_.Line(XmlAttribute(XmlChild(meta, "language"), "tag"));
    ReadSubjects(meta);
  }

  void ReadSubjects(pugi::xml_node meta) {
    std::vector<Topic> topics;
    std::vector<Entity> entities;
    std::vector<Place> places;
    std::vector<absl::string_view> words;
    const size_t most = context_.limits.list_items_max;
    ForEachXmlElement(meta, [&](pugi::xml_node node) {
      const absl::string_view element = XmlLocalName(node);
      if (element == "keyword" && words.size() < most) {
        words.push_back(reader_.Line(node));
      }
      const bool located = element == "located";
      if (element != "subject" && !located) return;
      absl::string_view code = XmlAttribute(node, "qcode");
      if (code.empty()) code = XmlAttribute(node, "uri");
      const absl::string_view id = reader_.Line(code);
      const absl::string_view name = NameOf(node);
      const absl::string_view type = XmlAttribute(node, "type");
      if (located || ContainsIgnoreCase(type, "geo") ||
          ContainsIgnoreCase(type, "place")) {
        if (places.size() < most) places.push_back(GivenPlace(id, name));
      } else if (const absl::string_view kind = KindOf(type); !kind.empty()) {
        if (entities.size() < most)
          entities.push_back(GivenEntity(id, kind, name));
      } else if (topics.size() < most) {
        topics.push_back(GivenTopic(id, name));
      }
    });
    draft_.topics = CopyItems(topics, context_.arena);
    draft_.entities = CopyItems(entities, context_.arena);
    draft_.places = CopyItems(places, context_.arena);
    draft_.categories = CopyItems(words, context_.arena);
    draft_.keywords = draft_.categories;
  }

  static absl::string_view KindOf(absl::string_view type) {
    if (ContainsIgnoreCase(type, "person")) return "person";
    if (ContainsIgnoreCase(type, "organi")) return "organization";
    if (ContainsIgnoreCase(type, "event")) return "event";
    return {};
  }

  void ReadContent(pugi::xml_node set) {
    ForEachXmlElement(set, [this](pugi::xml_node content) {
      const absl::string_view name = XmlLocalName(content);
      if (name == "inlineXML") {
        ReadInline(content);
      } else if (name == "inlineData" && draft_.body.empty()) {
        std::string storage;
        const absl::string_view type = XmlAttribute(content, "contenttype");
        if (XmlAttribute(content, "encoding").empty()) {
          draft_.body = reader_.Body(XmlText(content, storage),
                                     ContainsIgnoreCase(type, "html"));
        }
      }
    });
  }

  void ReadInline(pugi::xml_node content) {
    const pugi::xml_node nitf = XmlChild(content, "nitf");
    if (!nitf.empty()) {
      ReadNitf(nitf, context_, draft_);
      return;
    }
    if (!draft_.body.empty()) return;
    const pugi::xml_node html = XmlChild(content, "html");
    const pugi::xml_node body = XmlChild(html, "body");
    if (!body.empty()) {
      draft_.body = reader_.Body(body);
    } else if (!ContainsIgnoreCase(XmlAttribute(content, "contenttype"),
                                   "sportsml")) {
      draft_.body = reader_.Body(content);
    }
    if (draft_.headline.empty()) {
      draft_.headline = reader_.Line(XmlAt(html, {"head", "title"}));
    }
  }

  const pugi::xml_node item_;
  const ParseContext& context_;
  const XmlDraftReader reader_;
  ArticleDraft draft_;
};

// "ninat:picture" and its like: what is no text, and is no article where it has
// none.
bool IsPicture(pugi::xml_node item) {
  const pugi::xml_node kind = XmlAt(item, {"itemMeta", "itemClass"});
  for (const char* attribute : {"qcode", "uri"}) {
    const absl::string_view code = XmlAttribute(kind, attribute);
    for (const absl::string_view media :
         {"picture", "video", "audio", "graphic", "animation"}) {
      if (absl::EndsWithIgnoreCase(code, media)) return true;
    }
  }
  return false;
}

void GatherItems(pugi::xml_node node, int depth,
                 std::vector<pugi::xml_node>& items) {
  if (depth > 4) return;
  const absl::string_view name = XmlLocalName(node);
  if (name == "newsItem" || name == "NewsItem") {
    items.push_back(node);
  } else if (name == "newsMessage" || name == "itemSet" || name == "NewsML") {
    ForEachXmlElement(node, [&](pugi::xml_node child) {
      GatherItems(child, depth + 1, items);
    });
  }
}

}  // namespace

void ParseNewsMl(absl::string_view bytes, const ParseContext& context,
                 std::vector<ArticleDraft>& drafts, ParseReport& report) {
  XmlDocument document;
  if (!ReadXml(bytes, context, document, report)) return;
  std::vector<pugi::xml_node> items;
  GatherItems(document.root(), 0, items);
  if (items.size() > context.limits.articles_max) {
    report.LeaveOut(ParseReason::kTooMany,
                    static_cast<int64_t>(context.limits.articles_max),
                    items.size() - context.limits.articles_max);
    items.resize(context.limits.articles_max);
  }
  for (uint32_t number = 0; number < items.size(); ++number) {
    if (context.TooCostly()) {
      report.LeaveOut(ParseReason::kTooCostly, number, items.size() - number);
      break;
    }
    const pugi::xml_node item = items[number];
    if (const auto excess = XmlExcess(item, context.limits)) {
      report.Add(*excess, "elements or attributes of an item", -1, number);
      continue;
    }
    ArticleDraft draft = XmlLocalName(item) == "NewsItem"
                             ? ReadNewsMl1Item(item, context)
                             : NewsItemReader(item, context).Read();
    draft.item = number;
    if (draft.body.empty() && draft.status == PublicationStatus::kUsable &&
        IsPicture(item)) {
      report.Add(ParseReason::kNotAnArticle, "a picture, video or sound", -1,
                 number);
      continue;
    }
    drafts.push_back(draft);
  }
}

}  // namespace wiredesk
