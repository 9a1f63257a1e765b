#include "stages/parse/newsml/nitf.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "stages/parse/newsml/xml_draft.h"
#include "stages/parse/xml/document.h"

namespace wiredesk {
namespace {

// <date.issue norm="20240711T093000Z"/>
std::optional<ParsedTime> NormTime(const XmlDraftReader& reader,
                                   pugi::xml_node node) {
  return reader.Time(XmlAttribute(node, "norm"));
}

void ReadTopics(pugi::xml_node head, const XmlDraftReader& reader,
                const ParseContext& context, ArticleDraft& draft) {
  std::vector<Topic> topics;
  ForEachXmlElement(XmlChild(head, "tobject"), [&](pugi::xml_node subject) {
    if (XmlLocalName(subject) != "tobject.subject" ||
        topics.size() >= context.limits.list_items_max) {
      return;
    }
    // The most exact of its levels.
    absl::string_view name;
    for (const char* level :
         {"tobject.subject.detail", "tobject.subject.matter",
          "tobject.subject.type"}) {
      if (name.empty()) name = XmlAttribute(subject, level);
    }
    const absl::string_view number =
        XmlAttribute(subject, "tobject.subject.refnum");
    const std::string id = number.empty() ? "" : absl::StrCat("subj:", number);
    if (id.empty() && name.empty()) return;
    topics.push_back(GivenTopic(reader.Line(id), reader.Line(name)));
  });
  draft.topics = CopyItems(topics, context.arena);
}

// <meta name="anpa-keyword" content="…"/>: what a wire's header becomes.
void ReadMeta(pugi::xml_node head, const XmlDraftReader& reader,
              ArticleDraft& draft) {
  ForEachXmlElement(head, [&](pugi::xml_node meta) {
    if (XmlLocalName(meta) != "meta") return;
    const absl::string_view name = XmlAttribute(meta, "name");
    const absl::string_view content = XmlAttribute(meta, "content");
    if (name == "anpa-keyword" && draft.slugline.empty()) {
      draft.slugline = reader.Line(content);
    } else if (name == "anpa-takekey" && draft.take.empty()) {
      draft.take = reader.Line(content);
    } else if (absl::EndsWith(name, "-priority") && draft.priority == 0) {
      draft.priority = XmlDraftReader::Urgency(content);
    }
  });
}

void ReadHead(pugi::xml_node head, const XmlDraftReader& reader,
              const ParseContext& context, ArticleDraft& draft) {
  const pugi::xml_node data = XmlChild(head, "docdata");
  if (draft.guid.empty()) {
    draft.guid =
        reader.Line(XmlAttribute(XmlChild(data, "doc-id"), "id-string"));
  }
  if (draft.urgency == 0) {
    draft.urgency = XmlDraftReader::Urgency(
        XmlAttribute(XmlChild(data, "urgency"), "ed-urg"));
  }
  const absl::string_view status = XmlAttribute(data, "management-status");
  if (draft.status == PublicationStatus::kUsable) {
    draft.status = XmlDraftReader::Status(status);
  }
  const std::optional<ParsedTime> release =
      NormTime(reader, XmlChild(data, "date.release"));
  if (!draft.published) {
    draft.published = NormTime(reader, XmlChild(data, "date.issue"));
  }
  if (!draft.published) {
    draft.published = reader.Time(
        XmlAttribute(XmlChild(head, "pubdata"), "date.publication"));
  }
  if (!draft.published) draft.published = release;
  if (!draft.embargoed && absl::EqualsIgnoreCase(status, "embargoed")) {
    draft.embargoed = release;
  }
  if (draft.provider.name.empty()) {
    draft.provider.name =
        reader.Line(XmlAttribute(XmlChild(head, "pubdata"), "name"));
  }
  if (draft.topics.empty()) ReadTopics(head, reader, context, draft);
  std::vector<absl::string_view> words;
  ForEachXmlElement(XmlChild(data, "key-list"), [&](pugi::xml_node word) {
    const absl::string_view key = reader.Line(XmlAttribute(word, "key"));
    if (!key.empty() && words.size() < context.limits.list_items_max) {
      words.push_back(key);
    }
  });
  if (draft.categories.empty()) {
    draft.categories = CopyItems(words, context.arena);
  }
  if (draft.keywords.empty()) {
    draft.keywords = CopyItems(words, context.arena);
  }
  if (draft.version == 0) {
    draft.version = XmlDraftReader::Version(
        XmlAttribute(XmlChild(data, "du-key"), "version"));
  }
  ReadMeta(head, reader, draft);
}

// The people of a byline, or its text without titles and places of people.
absl::Span<const absl::string_view> BylineOf(pugi::xml_node body_head,
                                             const XmlDraftReader& reader) {
  std::vector<absl::string_view> names;
  ForEachXmlElement(body_head, [&](pugi::xml_node byline) {
    if (XmlLocalName(byline) != "byline") return;
    const size_t before = names.size();
    std::string rest;
    for (pugi::xml_node child = byline.first_child(); child;
         child = child.next_sibling()) {
      if (child.type() == pugi::node_pcdata ||
          child.type() == pugi::node_cdata) {
        absl::StrAppend(&rest, " ", child.value());
      } else if (XmlLocalName(child) == "person") {
        names.push_back(reader.SpacedLine(child));
      } else if (XmlLocalName(child) != "byttl" &&
                 XmlLocalName(child) != "location" &&
                 XmlLocalName(child) != "virtloc") {
        absl::StrAppend(&rest, " ", reader.Line(child));
      }
    }
    if (names.size() == before) names.push_back(reader.Line(rest));
  });
  return reader.Byline(names);
}

absl::string_view Headline(pugi::xml_node head, const XmlDraftReader& reader) {
  const pugi::xml_node lines = XmlChild(head, "hedline");
  const absl::string_view first = reader.Line(XmlChild(lines, "hl1"));
  return first.empty() ? reader.Line(lines) : first;
}

}  // namespace

void ReadNitf(pugi::xml_node nitf, const ParseContext& context,
              ArticleDraft& draft) {
  const XmlDraftReader reader(context);
  const pugi::xml_node head = XmlChild(nitf, "head");
  ReadHead(head, reader, context, draft);
  const pugi::xml_node body = XmlChild(nitf, "body");
  const pugi::xml_node body_head = XmlChild(body, "body.head");
  if (draft.headline.empty()) draft.headline = Headline(body_head, reader);
  if (draft.headline.empty()) {
    draft.headline = reader.Line(XmlChild(head, "title"));
  }
  if (draft.summary.empty()) {
    draft.summary = reader.Body(XmlChild(body_head, "abstract"));
  }
  if (draft.byline.empty()) draft.byline = BylineOf(body_head, reader);
  if (draft.dateline.empty()) {
    draft.dateline = reader.SpacedLine(XmlChild(body_head, "dateline"));
  }
  if (draft.slugline.empty()) {
    draft.slugline = reader.Line(XmlChild(body_head, "slugline"));
  }
  if (draft.body.empty()) {
    draft.body = reader.Body(XmlChild(body, "body.content"));
  }
  if (draft.declared_language.empty()) {
    draft.declared_language = reader.Line(XmlAttribute(nitf, "xml:lang"));
  }
}

void ParseNitf(absl::string_view bytes, const ParseContext& context,
               std::vector<ArticleDraft>& drafts, ParseReport& report) {
  XmlDocument document;
  if (!ReadXml(bytes, context, document, report)) return;
  if (IsXmlTooLarge(document, context, report)) return;
  ArticleDraft draft;
  draft.url = context.url;
  ReadNitf(document.root(), context, draft);
  drafts.push_back(draft);
}

}  // namespace wiredesk
